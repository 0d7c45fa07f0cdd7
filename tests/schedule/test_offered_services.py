from datetime import timedelta

from nobat.offices.models import Service
from nobat.schedule.offered_services import offered_services
from nobat.shared.kept import KEPT_FOR_SECONDS
from tests.build import make_service


def offered(*services):
    return offered_services([each.pk for each in services])


def test_only_bookable_services_are_offered_in_their_order(petition):
    head = make_service("head", "سرگروه", is_bookable=False)
    papers = ["شناسنامه"]
    other = make_service("other", "خدمت دیگر", parent=head, needs_sana=False, papers=papers)
    gone = make_service("gone", "خدمت برچیده", is_bookable=False)

    services = offered(petition, other, gone)

    assert {service.code for service in services} == {"petition", "other"}
    found = next(service for service in services if service.code == "other")
    assert (found.head, found.needs_sana, found.papers) == ("سرگروه", False, ("شناسنامه",))


def test_those_without_a_head_come_first_then_by_place(db):
    names = ("head", "second", "first", "alone")
    head, second, first, alone = (make_service(each, each) for each in names)
    Service.objects.filter(pk__in=[first.pk, second.pk]).update(parent=head)
    for place, each in enumerate([head, first, second, alone]):
        Service.objects.filter(pk=each.pk).update(position=place)

    assert [each.code for each in offered(second, alone, first)] == ["alone", "first", "second"]


def test_what_the_services_say_is_read_once_in_two_seconds(
    petition, clock, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert offered(petition) == offered(petition)
    Service.objects.update(title="عنوان تازه")
    clock.shift(timedelta(seconds=KEPT_FOR_SECONDS))

    assert offered(petition)[0].title == "عنوان تازه"


def test_a_new_service_is_known_at_once(petition):
    offered(petition)
    other = make_service("other", "خدمت دیگر")

    assert [each.code for each in offered(other)] == ["other"]
