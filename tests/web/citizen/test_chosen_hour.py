import pytest

from nobat.web.citizen.chosen_hour import chosen_hour

pytestmark = pytest.mark.django_db


def test_the_way_back_to_booking_names_its_hour(slot):
    assert chosen_hour(f"/offices/1021/book/?service=petition&slot={slot.pk}") == slot


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/offices/1021/?slot=1",
        "/no/such/page/?slot=1",
        "/offices/1021/book/",
        "/offices/1021/book/?slot=abc",
        "/offices/1021/book/?slot=999999",
        "/offices/1021/book/?slot=99999999999999999999999",
        "/offices/1021/book/?slot=۱۲",
    ],
)
def test_any_other_way_back_names_none(path, slot):
    assert chosen_hour(path) is None
