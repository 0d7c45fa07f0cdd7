"""Both stand-ins of the demo, with the accounts of the settings, and who tells them how to be."""

import io
import json
import logging
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import close_old_connections, connections
from django.utils import timezone

from nobat.demo.providers.asked import Asked, SpeaksProtocol
from nobat.demo.providers.kavenegar import SpeaksKavenegar
from nobat.demo.providers.magfa import SpeaksMagfa
from nobat.demo.providers.misbehave import Answers, http_answer
from nobat.demo.providers.mood import IN_THE_DEMO, Manner, Mood
from nobat.demo.providers.server import Server
from nobat.demo.providers.stand_in import StandIn
from nobat.people.mobile import mobile_number
from nobat.sms.models import DemoPhoneSms

logger = logging.getLogger(__name__)

ADDRESSES = "sms_addresses"  # prints where providers hand things over: name, what, address


@contextmanager
def both_at_work(site: str) -> Iterator[dict[str, StandIn]]:
    """They answer, and are told how to behave, until this ends.

    `site` is where our web is, for what they hand over by themselves.
    """
    with ThreadPoolExecutor(1, "phones") as phones:
        stand_ins = {
            protocol.name: _stand_in(protocol, url, phones, places_of(protocol.name, site))
            for protocol, url in _protocols()
        }
        control = Server(_port(settings.DEMO_PROVIDERS_URL), Control(stand_ins).answer)
        for stand_in in stand_ins.values():
            stand_in.start()
        control.open()
        try:
            yield stand_ins
        finally:
            control.close()
            for stand_in in stand_ins.values():
                stand_in.end()
            phones.submit(connections.close_all)


def _protocols() -> list[tuple[SpeaksProtocol, str]]:
    at_kavenegar, at_magfa = settings.KAVENEGAR, settings.MAGFA
    kavenegar = SpeaksKavenegar(
        at_kavenegar.api_key, at_kavenegar.line, {at_kavenegar.code_template}
    )
    magfa = SpeaksMagfa(at_magfa.username, at_magfa.domain, at_magfa.password, at_magfa.line)
    return [(kavenegar, at_kavenegar.url), (magfa, at_magfa.url)]


def _stand_in(
    protocol: SpeaksProtocol, url: str, phones: Executor, places: dict[str, str]
) -> StandIn:
    def to_phone(number: str, text: str) -> None:
        phones.submit(_show_on_phone, number, text)

    return StandIn(
        protocol,
        port=_port(url),
        to_phone=to_phone,
        reports_to=places.get("reports", ""),
        messages_to=places.get("incoming", ""),
    )


def _show_on_phone(number: str, text: str) -> None:
    close_old_connections()
    try:
        DemoPhoneSms.objects.create(to=mobile_number(number), text=text, received_at=timezone.now())
    except Exception as problem:  # the next message may find the database again
        logger.warning("A demo phone did not get its message: %s", type(problem).__name__)


def places_of(provider: str, site: str) -> dict[str, str]:
    """Where this provider hands over reports and messages, as the command prints it."""
    if not site or ADDRESSES not in get_commands():
        return {}
    printed = io.StringIO()
    call_command(ADDRESSES, site=site, stdout=printed)
    lines = [line.split() for line in printed.getvalue().splitlines()]
    return {line[1]: line[2] for line in lines if len(line) == 3 and line[0] == provider}


def _port(url: str) -> int:
    return urlsplit(url).port or 0


class Control:
    """GET / says how they are; POST /<name> with a `manner` changes one."""

    def __init__(self, stand_ins: dict[str, StandIn]) -> None:
        self._stand_ins = stand_ins

    def answer(self, asked: Asked) -> Answers:
        yield http_answer(self._status(asked), json.dumps(self._how_they_are()).encode())

    def _status(self, asked: Asked) -> int:
        if asked.method != "POST":
            return 200
        stand_in = self._stand_ins.get(asked.path.strip("/"))
        if stand_in is None or asked.form.get("manner") not in IN_THE_DEMO:
            return 400
        stand_in.mood = Mood(Manner(asked.form["manner"]))
        return 200

    def _how_they_are(self) -> dict[str, dict[str, object]]:
        return {
            name: {"manner": stand_in.mood.manner, "taken": len(stand_in.kept)}
            for name, stand_in in self._stand_ins.items()
        }
