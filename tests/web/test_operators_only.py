"""Names and networks of operators: elsewhere there is nothing at /operator/ and /metrics."""

import pytest
from django.test import Client
from django.utils import timezone

from nobat.offices.models import Operator
from tests.build import make_person, sign_in_staff

pytestmark = pytest.mark.django_db
THEIRS = ["/operator/", "/operator/login/", "/operator/people/person/", "/metrics"]
NAME, NEAR = "ops.nobat.example", "10.1.2.3"


@pytest.fixture(autouse=True)
def of_operators(settings):
    settings.ALLOWED_HOSTS = ["testserver", NAME]
    settings.OPERATOR_HOSTS = [NAME]
    settings.OPERATOR_NETWORKS = ["10.1.0.0/16", "2001:db8:1::/48"]


@pytest.fixture
def omid(db) -> Client:
    person = make_person("امید", "فروتن", mobile="+989120000017")
    Operator.objects.create(person=person, since=timezone.now())
    return sign_in_staff(Client(), person)


def status(client, page, *, host=NAME, address=NEAR, **headers):
    return client.get(page, headers={"host": host, **headers}, REMOTE_ADDR=address).status_code


@pytest.mark.parametrize("page", THEIRS)
def test_by_the_public_name_or_from_elsewhere_there_is_nothing_even_for_operators(omid, page):
    assert status(omid, page, host="testserver") == 404
    assert status(omid, page, address="10.2.0.1") == 404
    assert status(Client(), page, host="testserver") == 404


def test_by_their_name_and_from_near_they_come_in(omid):
    assert status(omid, "/operator/") == 200
    assert status(omid, "/operator/people/person/") == 200
    assert status(Client(), "/metrics") == 200
    assert status(Client(), "/operator/") == 302
    assert status(Client(), "/metrics", host=f"{NAME}:8000") == 200


def test_an_address_that_only_the_client_tells_brings_nobody_near(settings):
    told = {"x-forwarded-for": f"{NEAR}"}
    assert status(Client(), "/metrics", address="203.0.113.9", **told) == 404
    settings.TRUSTED_PROXIES = 1
    assert status(Client(), "/metrics", address="203.0.113.9", **told) == 200
    invented = {"x-forwarded-for": f"{NEAR}, 203.0.113.9"}
    assert status(Client(), "/metrics", address="10.9.9.9", **invented) == 404


def test_addresses_of_ipv6_are_compared_as_they_are():
    assert status(Client(), "/metrics", address="2001:db8:1:2::3") == 200
    assert status(Client(), "/metrics", address="2001:db8:2::3") == 404
    assert status(Client(), "/metrics", address="::ffff:10.1.2.3") == 200


def test_no_address_at_all_is_not_near():
    assert status(Client(), "/metrics", address="") == 404


def test_pages_for_everybody_are_answered_by_both_names():
    for host in ("testserver", NAME):
        assert status(Client(), "/help/", host=host, address="203.0.113.9") == 200
        assert status(Client(), "/healthz/live", host=host, address="203.0.113.9") == 200


def test_without_names_and_networks_nobody_is_refused(settings):
    settings.OPERATOR_HOSTS = settings.OPERATOR_NETWORKS = []
    assert status(Client(), "/metrics", host="testserver", address="203.0.113.9") == 200
