"""Every address of the site: one set of pages per audience."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from nobat.web import health, metrics
from nobat.web.operator.site import operators
from nobat.web.operators_only import operators_only

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("nobat.web.citizen.urls")),
    path("office/", include("nobat.web.office.urls")),
    path("association/", include("nobat.web.association.urls")),
    path("operator/", operators.urls),
    path("sms/", include("nobat.web.provider.urls")),
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("metrics", operators_only(metrics.metrics), name="metrics"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("nobat.demo.urls")))

handler400 = "nobat.web.errors.bad_request"
handler403 = "nobat.web.errors.forbidden"
handler404 = "nobat.web.errors.not_found"
handler500 = "nobat.web.errors.server_error"
