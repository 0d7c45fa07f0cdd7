"""The cookie that brings a sentence to the next page, under a name no other site can set."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class MessagesCookie(CookieStorage):
    cookie_name = settings.MESSAGES_COOKIE_NAME
