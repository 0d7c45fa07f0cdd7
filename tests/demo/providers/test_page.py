import pytest
from django.core.cache import cache
from django.utils import timezone

from nobat.demo.providers.accounts import made_up_accounts
from nobat.demo.providers.both import both_at_work
from nobat.demo.providers.mood import Manner
from nobat.sms.models import Gateway, Trouble
from tests.demo.test_providers import use_accounts

PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PAGE = "/demo/providers/"


@pytest.fixture(autouse=True)
def _no_files_of_the_front_end_needed(settings, db):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_FILES}
    cache.clear()


@pytest.fixture
def stand_ins(settings):
    use_accounts(settings, made_up_accounts({}))
    with both_at_work("") as stand_ins:
        yield stand_ins


def test_it_shows_how_each_behaves_and_which_gets_the_messages(client, stand_ins):
    html = client.get(PAGE).content.decode()
    assert html.count("۰ پیامک گرفته است") == 2
    assert html.count('<option value="works" selected>کار می‌کند') == 2
    kavenegar, magfa = html.split('aria-labelledby="magfa"')
    assert "پیامک‌ها از این درگاه می‌رود" in kavenegar
    assert "پیامک‌ها از این درگاه می‌رود" not in magfa


def test_it_says_why_one_is_left_out_and_who_has_taken_over(client, stand_ins):
    Gateway.objects.create(name="kavenegar", rests_until=timezone.now(), reason=Trouble.NO_CREDIT)
    kavenegar, magfa = client.get(PAGE).content.decode().split('aria-labelledby="magfa"')
    assert "اعتبار درگاه تمام شده است" in kavenegar
    assert "پیامک‌ها از این درگاه می‌رود" in magfa


def test_each_choice_changes_the_one_that_it_is_for(client, stand_ins):
    answer = client.post(PAGE, {"name": "magfa", "manner": "key_refused"})
    assert answer["Location"] == PAGE
    assert stand_ins["magfa"].mood.manner == Manner.KEY_REFUSED
    assert stand_ins["kavenegar"].mood.manner == Manner.WORKS


@pytest.mark.parametrize(
    "form", [{}, {"name": "pigeon", "manner": "works"}, {"name": "magfa", "manner": "drips"}]
)
def test_other_choices_do_not_exist(client, stand_ins, form):
    assert client.post(PAGE, form).status_code == 404


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:1"])
def test_without_stand_ins_it_says_so(client, settings, url):
    settings.DEMO_PROVIDERS_URL = url
    assert "این بار درگاه نمایشی کار نمی‌کند" in client.get(PAGE).content.decode()
    answer = client.post(PAGE, {"name": "magfa", "manner": "slow"})
    assert "این بار درگاه نمایشی کار نمی‌کند" in answer.content.decode()


def test_outside_of_the_demo_there_is_no_such_page(client, settings):
    settings.DEMO = False
    assert client.get(PAGE).status_code == 404


def test_nobody_keeps_a_copy_of_the_page(client):
    assert "no-store" in client.get(PAGE)["Cache-Control"]
