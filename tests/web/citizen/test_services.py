import pytest

from tests.build import make_service

pytestmark = pytest.mark.django_db


def test_every_subject_says_its_papers_and_leads_to_offices(client):
    page = client.get("/services/").content.decode()

    assert "تنظیم دادخواست یا شکواییه" in page
    assert "اصل مدرک‌ها (سند، قرارداد، چک)" in page
    assert 'href="/?service=petition#search"' in page


def test_what_is_not_offered_any_more_is_not_shown(client):
    make_service("petition", "تنظیم دادخواست یا شکواییه", is_bookable=False)

    assert "service=petition" not in client.get("/services/").content.decode()


def test_the_number_of_subjects_costs_no_statements(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/services/")
