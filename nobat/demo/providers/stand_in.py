"""A provider's server on this machine: takes messages, hands them to phones, reports."""

import time
from collections.abc import Callable
from itertools import count

from nobat.demo.providers.asked import Asked, Reply, SpeaksProtocol
from nobat.demo.providers.kept import Kept, Taken
from nobat.demo.providers.misbehave import Answers, misbehaving
from nobat.demo.providers.mood import SLOW_SECONDS, Manner, Mood
from nobat.demo.providers.postman import Postman
from nobat.demo.providers.server import Server

ON_ITS_WAY_AFTER = 0.2  # seconds, and then of the mood until it has arrived


class StandIn:
    """Answers from its start to its end at `url`; its `mood` may change at any time.

    `to_phone` is told number and text of each message, in the thread that took it.
    """

    def __init__(
        self,
        protocol: SpeaksProtocol,
        *,
        port: int = 0,
        to_phone: Callable[[str, str], None] | None = None,
        reports_to: str = "",
        messages_to: str = "",
    ) -> None:
        self.protocol = protocol
        self.kept = Kept(self._taken)
        self._asked = count()
        self._to_phone = to_phone
        self._reports_to, self._messages_to = reports_to, messages_to
        self._postman = Postman()
        self._mood = Mood()
        self._server = Server(port, self._answer)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def mood(self) -> Mood:
        return self._mood

    @mood.setter
    def mood(self, mood: Mood) -> None:
        self._mood = mood
        if mood.manner == Manner.AWAY:
            self._server.close()
        else:
            self._server.open()

    def start(self) -> None:
        self._server.open()

    def end(self) -> None:
        self._server.close()
        self._postman.end()

    def hear(self, sender: str, line: str, text: str) -> None:
        """A phone sends this to one of our lines: it is handed over, or kept until we ask."""
        heard = self.kept.hear(sender, line, text)
        if not self.protocol.hands_over_by_itself:
            self.kept.put_in_inbox(heard)
            return
        form = {"messageid": str(heard.id), "from": sender, "to": line, "message": text}
        for _ in range(2 if self._mood.twice else 1):
            self._postman.bring(self._messages_to, form, after=0)

    def _answer(self, asked: Asked) -> Answers:
        mood = self._mood
        if next(self._asked) % mood.every:
            mood = Mood(reported_after=mood.reported_after)
        time.sleep(mood.delay or (SLOW_SECONDS if mood.manner == Manner.SLOW else 0))
        is_hand_over = self.protocol.is_hand_over(asked)

        def as_it_should_be() -> Reply:
            return self.protocol.answer(asked, self.kept, mood)

        return misbehaving(mood, as_it_should_be, is_hand_over=is_hand_over)

    def _taken(self, taken: Taken, text: str) -> None:
        if self._to_phone:
            self._to_phone(taken.to, text)
        if self._reports_to:
            self._report(taken)

    def _report(self, taken: Taken) -> None:
        mood = self._mood
        forms = self.protocol.reports_of(taken)
        moments = [ON_ITS_WAY_AFTER, mood.reported_after]
        if mood.out_of_order:
            forms.reverse()
        for form, after in zip(forms, moments, strict=False):
            for _ in range(2 if mood.twice else 1):
                self._postman.bring(self._reports_to, form, after=after)
