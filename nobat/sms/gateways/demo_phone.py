"""The phones of the demo: what they receive is read at /demo/phone/."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from nobat.sms.gateways import Accepted, Incoming, Message
from nobat.sms.models import DemoPhoneSms, State


class DemoPhone:
    name = "demo"
    at_once = 1  # it writes into our own database

    def send(self, message: Message) -> Accepted:
        row, _ = DemoPhoneSms.objects.get_or_create(
            sms_id=message.id,
            defaults={"to": message.to, "text": message.text, "received_at": timezone.now()},
        )
        return Accepted(f"demo-{row.pk}")

    def find(self, ids: Sequence[int]) -> Mapping[int, Accepted]:
        received = DemoPhoneSms.objects.filter(sms_id__in=ids).values_list("sms_id", "pk")
        return {sms_id: Accepted(f"demo-{pk}") for sms_id, pk in received if sms_id}

    def became(self, provider_ids: Sequence[str]) -> Mapping[str, State]:
        keys = [int(provider_id.removeprefix("demo-")) for provider_id in provider_ids]
        arrived = DemoPhoneSms.objects.filter(pk__in=keys).values_list("pk", flat=True)
        return {f"demo-{pk}": State.DELIVERED for pk in arrived}

    def credit(self) -> int | None:
        return None

    def reports(self, form: Mapping[str, str]) -> Mapping[str, State]:
        return {}

    def incoming(self, form: Mapping[str, str]) -> Sequence[Incoming]:
        return []

    def collect(self) -> Sequence[Incoming]:
        return []
