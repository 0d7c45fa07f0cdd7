from io import StringIO

from django.core.management import call_command


def printed(**options):
    out = StringIO()
    call_command("sms_addresses", stdout=out, **options)
    return out.getvalue().splitlines()


def test_each_provider_in_use_has_its_addresses(settings, client, db):
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll,tests.sms.gateway.Second"
    lines = printed(site="https://nobat.example/")
    assert [line.split("  ")[:2] for line in lines] == [
        ["outside", "reports"],
        ["outside", "incoming"],
        ["second", "reports"],
        ["second", "incoming"],
    ]
    address = lines[0].split("  ")[2]
    assert address.startswith("https://nobat.example/sms/outside/")
    path = address.removeprefix("https://nobat.example")
    assert client.get(path, {"id": "1", "state": "delivered"}).content == b"ok"


def test_a_line_that_cannot_receive_has_none_for_messages(settings):
    settings.SMS_ANSWERS = False
    assert [line.split("  ")[1] for line in printed()] == ["reports"]
