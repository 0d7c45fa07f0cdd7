"""The application of the plain Django site, without what stands in front of ours."""

import os

from django.core.wsgi import get_wsgi_application

from nobat.demo.children import end_with_parent

application = get_wsgi_application()
end_with_parent(os.getppid())
