from django.core.checks import run_checks


def told_before_going_live() -> set[str]:
    return {message.id for message in run_checks(include_deployment_checks=True)}


def test_an_operator_is_advised_to_keep_the_password_out_of_the_sms(settings):
    settings.CREDENTIALS_SMS = "username_and_password"
    assert "people.W001" in told_before_going_live()


def test_an_operator_who_keeps_it_out_hears_nothing(settings):
    settings.CREDENTIALS_SMS = "username"
    assert "people.W001" not in told_before_going_live()
