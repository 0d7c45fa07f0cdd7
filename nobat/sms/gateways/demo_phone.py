"""The phones of the demo: what they receive is read at /demo/phone/."""

from django.utils import timezone

from nobat.sms.models import DemoPhoneSms


class DemoPhone:
    def send(self, to: str, text: str) -> str:
        return (
            f"demo-{DemoPhoneSms.objects.create(to=to, text=text, received_at=timezone.now()).pk}"
        )
