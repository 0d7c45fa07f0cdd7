from nobat.schedule.seats import give_back, hold_again
from tests.build import book, make_slot


def test_a_seat_that_is_given_back_is_free_again(sara, slot, petition):
    book(sara, slot, petition)

    give_back([slot.pk])

    slot.refresh_from_db()
    assert (slot.taken, slot.is_open) == (0, True)


def test_two_turns_give_back_one_seat_each(sara, office, petition):
    first, second = make_slot(office, "10:00", capacity=2), make_slot(office, "10:30", capacity=2)
    book(sara, first, petition, cases=3)

    give_back([second.pk, first.pk])

    for slot in (first, second):
        slot.refresh_from_db()
        assert slot.taken == 0


def test_there_are_never_fewer_than_no_seats_taken(slot):
    give_back([slot.pk])

    slot.refresh_from_db()
    assert slot.taken == 0


def test_a_seat_of_an_hour_that_is_over_is_held_again(office):
    slot = make_slot(office, "10:00", capacity=2)
    hold_again([slot.pk])
    slot.refresh_from_db()
    assert slot.taken == 1
