"""The settings of the site that bodies are sent to: ours, with static files where they lie."""

from nobat import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})
STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
