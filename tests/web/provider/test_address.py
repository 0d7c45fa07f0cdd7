from nobat.web.provider.address import Tells, address_for, is_token_of, what_is_told


def token_in(address):
    return address.split("/")[3]


def test_each_provider_has_an_address_of_its_own_for_each_thing_it_tells():
    addresses = {address_for(name, tells) for name in ("outside", "second") for tells in Tells}
    assert len({token_in(address) for address in addresses}) == 4
    assert address_for("outside", Tells.REPORTS).startswith("/sms/outside/")
    assert address_for("outside", Tells.REPORTS).endswith("/reports/")


def test_an_address_stays_until_the_secret_key_changes(settings):
    before = address_for("outside", Tells.REPORTS)
    assert address_for("outside", Tells.REPORTS) == before
    settings.SECRET_KEY = "another one"
    assert address_for("outside", Tells.REPORTS) != before


def test_a_token_is_right_for_one_provider_and_one_thing():
    token = token_in(address_for("outside", Tells.REPORTS))
    assert is_token_of("outside", Tells.REPORTS, token)
    assert not is_token_of("outside", Tells.INCOMING, token)
    assert not is_token_of("second", Tells.REPORTS, token)
    assert not is_token_of("outside", Tells.REPORTS, token[:-1])


def test_a_line_that_cannot_receive_hears_reports_alone(settings):
    assert what_is_told() == [Tells.REPORTS, Tells.INCOMING]
    settings.SMS_ANSWERS = False
    assert what_is_told() == [Tells.REPORTS]
