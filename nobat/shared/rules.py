"""A rule of the domain says no, in words a citizen understands."""

from nobat.shared.counts import count_refusal


class RuleBroken(Exception):
    """The root of every refusal.

    Subclasses are named as the sentence goes on (*raise* SlotFull). `message` is
    Persian: what happened, why, and what to do next. `status` is the HTTP status a
    page or an API answers with when nothing nearer catches the refusal. Each is counted
    by the name of its class, wherever it is caught.
    """

    message: str = "این کار اکنون شدنی نیست. صفحه را دوباره باز کنید و دوباره امتحان کنید."
    status: int = 409

    def __init__(self, message: str | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.message)
        count_refusal(type(self).__name__)
