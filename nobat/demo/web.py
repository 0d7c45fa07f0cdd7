"""The web application inside `make run`, where no process may outlive the one above it."""

import os

from nobat.demo.children import end_with_parent
from nobat.wsgi import application

__all__ = ["application"]

# The server's own processes would go on answering if the server itself was killed.
end_with_parent(os.getppid())
