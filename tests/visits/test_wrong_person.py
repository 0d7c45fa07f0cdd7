from nobat.appointments.models import Appointment, Status
from nobat.journal.models import JournalEntry
from nobat.visits.check_in import check_in
from nobat.visits.models import Visit
from nobat.visits.wrong_person import note_wrong_person


def test_it_is_written_down_and_nobody_is_checked_in(at_ten, maryam):
    note_wrong_person(appointment=at_ten, by=maryam)
    assert JournalEntry.objects.get(act="wrong_person").by == f"people.Person:{maryam.pk}"
    assert Appointment.objects.get().status == Status.BOOKED
    assert not Visit.objects.exists()


def test_the_right_person_may_still_come(at_ten, office, maryam):
    note_wrong_person(appointment=at_ten, by=maryam)
    assert check_in(appointment=at_ten, office=office, by=maryam).number == 1
