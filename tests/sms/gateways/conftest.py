"""The providers of these tests: stand-ins on this machine that speak their protocols."""

from dataclasses import dataclass, field

import pytest

from nobat.demo.providers.kavenegar import SpeaksKavenegar
from nobat.demo.providers.magfa import SpeaksMagfa
from nobat.demo.providers.mood import Manner, Mood
from nobat.demo.providers.stand_in import StandIn
from nobat.provider_accounts import KavenegarAccount, MagfaAccount
from nobat.sms.gateways import Message, SmsGateway
from nobat.sms.gateways.http import Patience
from nobat.sms.gateways.kavenegar import Kavenegar
from nobat.sms.gateways.magfa import Magfa
from nobat.sms.kinds import Kind

KEY, PASSWORD, LINE = "4B6C79654B6579", "Ramz-e-Magfa", "30001234"
LONG, SHORT = Patience(step=5, whole=8), Patience(step=0.2, whole=0.3)
PROVIDERS = ["kavenegar", "magfa"]


@dataclass
class Provider:
    stand_in: StandIn
    gateway: SmsGateway
    phones: list[tuple[str, str]] = field(default_factory=list)

    def behaves(self, manner: Manner = Manner.WORKS, **more: object) -> None:
        """From now on; for what comes late nobody here has the time that we have."""
        self.stand_in.mood = Mood(manner, late=1, **more)
        is_slow = manner in {Manner.LATE, Manner.DRIPS, Manner.DRIPS_HEAD}
        self.gateway._patience = SHORT if is_slow else LONG


def a_message(id_=7, text="نوبت شما", to="+989120000001", kind=Kind.BOOKED, **values) -> Message:
    return Message(id_, to, kind, text, values)


@pytest.fixture
def make_provider(settings):
    """A provider of this name, at work, and the gateway that speaks with it."""
    begun = []

    def make(name: str, **places: str) -> Provider:
        phones: list[tuple[str, str]] = []

        def to_phone(number, text):
            phones.append((number, text))

        if name == "kavenegar":
            protocol = SpeaksKavenegar(KEY, LINE, {"nobat-code"})
        else:
            protocol = SpeaksMagfa("nobat", "kanoon", PASSWORD, LINE)
        stand_in = StandIn(protocol, to_phone=to_phone, **places)
        begun.append(stand_in)
        stand_in.start()
        settings.KAVENEGAR = KavenegarAccount(KEY, LINE, "", stand_in.url)
        settings.MAGFA = MagfaAccount("nobat", "kanoon", PASSWORD, LINE, stand_in.url)
        gateway = Kavenegar(LONG) if name == "kavenegar" else Magfa(LONG)
        return Provider(stand_in, gateway, phones)

    yield make
    for stand_in in begun:
        stand_in.end()


@pytest.fixture(params=PROVIDERS)
def provider(request, make_provider) -> Provider:
    """Each provider in turn."""
    return make_provider(request.param)


@pytest.fixture
def kavenegar(make_provider) -> Provider:
    return make_provider("kavenegar")


@pytest.fixture
def magfa(make_provider) -> Provider:
    return make_provider("magfa")
