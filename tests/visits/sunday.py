"""A whole Sunday at office 1021, for the tests of how it ends."""

from datetime import date, datetime, time

from nobat.appointments.models import Appointment, Status, Suspension
from nobat.shared.jalali import TEHRAN
from nobat.visits.end_of_day import close_finished_days
from nobat.visits.models import Visit
from tests.build import TOMORROW, book, make_person, make_slot, make_visit


class Sunday:
    """Sunday at office 1021: Sara has the turn at ten, and Reza was there at nine."""

    def __init__(self, clock, office, petition, sara, reza, maryam):
        self.clock, self.office, self.petition = clock, office, petition
        self.sara, self.reza, self.maryam = sara, reza, maryam
        self.slot = make_slot(office, "10:00")
        self.appointment = book(sara, self.slot, petition)
        at_nine = book(reza, make_slot(office, "09:00"), petition)
        make_visit(office, appointment=at_nine, by=maryam)

    def at(self, hour: str, day: date = TOMORROW) -> None:
        self.clock.move_to(datetime.combine(day, time.fromisoformat(hour), TEHRAN))

    def evening(self) -> int:
        """Half past six: the last turn ended at half past ten."""
        self.at("18:30")
        return close_finished_days()

    def nobody_is_recorded(self) -> None:
        Visit.objects.all().delete()
        Appointment.objects.filter(citizen=self.reza).update(status=Status.CANCELLED_BY_CITIZEN)

    def crowd(self, number: int) -> list[Appointment]:
        """So many others with a turn at the same office."""
        people = [make_person(mobile=f"+98912111{each:04}") for each in range(number)]
        return [
            book(who, make_slot(self.office, f"11:{each:02}"), self.petition)
            for each, who in enumerate(people)
        ]

    def status(self) -> Status:
        return Status(Appointment.objects.get(pk=self.appointment.pk).status)

    def weeks(self) -> int:
        """How many weeks without booking run for Sara."""
        running = Suspension.objects.of(self.sara).filter(ended_at=None)
        return running.count()
