from datetime import date

from nobat.web.citizen.other_offices import other_offices
from tests.build import make_office, make_slot

MAY = {"first": date(2026, 5, 3), "last": date(2026, 6, 1)}


def test_the_nearest_with_the_service_and_a_free_hour_come_first(office, petition):
    far = make_office("1031", services=[petition], lat=29.9)
    near = make_office("1032", services=[petition], lat=29.62)
    make_office("1033", services=[petition])
    without_service = make_office("1034")
    for each in (office, far, near, without_service):
        make_slot(each, "09:00")

    others = other_offices(office, service="petition", **MAY)

    assert [each.code for each in others] == [near.code, far.code]
