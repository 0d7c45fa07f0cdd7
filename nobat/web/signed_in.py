"""Who is asking: the person of the session, read with it in one statement."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth import login, logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from nobat.people.models import Person
from nobat.people.sessions import SECOND_FACTOR_AT, SessionStore

BY_ITSELF = "X-By-Itself"


class SignedInMiddleware:
    """Sets `request.user`; nothing is read until somebody asks who it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = session_of(request)
        session.user_agent = request.headers.get("User-Agent", "")
        # A page that asks for its news by itself is not somebody at work.
        whoever = _whoever_shows if BY_ITSELF in request.headers else _whoever
        request.user = SimpleLazyObject(partial(whoever, session))  # type: ignore[assignment]
        return self.get_response(request)


def session_of(request: HttpRequest) -> SessionStore:
    """The session as the store that it is (SESSION_ENGINE)."""
    session = request.session
    if not isinstance(session, SessionStore):
        raise TypeError("SESSION_ENGINE must be nobat.people.sessions")
    return session


def sign_in_on_this_device(request: HttpRequest, person: Person) -> None:
    """Begin a session under a key that nobody can have known before."""
    login(request, person)


def sign_in_staff_on_this_device(request: HttpRequest, person: Person) -> None:
    """After password and second factor: a session of its own, whoever was here before."""
    request.session.flush()
    login(request, person)
    request.session[SECOND_FACTOR_AT] = timezone.now().isoformat()


def sign_out_of_this_device(request: HttpRequest) -> None:
    logout(request)


def _whoever(session: SessionStore) -> Person | AnonymousUser:
    person = _whoever_shows(session)
    if person.is_authenticated:
        session.note_seen(timezone.now())
    return person


def _whoever_shows(session: SessionStore) -> Person | AnonymousUser:
    return session.person or AnonymousUser()
