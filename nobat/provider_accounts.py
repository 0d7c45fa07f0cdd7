"""Which providers of SMS are in use, and our accounts there, as the environment says."""

from typing import NamedTuple

from nobat.environment import Environment, is_https, is_in_a_module, is_on_this_machine, must


class KavenegarAccount(NamedTuple):
    api_key: str
    line: str
    # Of codes; without one they go as plain text.
    code_template: str
    url: str


class MagfaAccount(NamedTuple):
    username: str
    domain: str
    password: str
    line: str
    url: str


def gateways(env: Environment, *, demo: bool) -> str:
    """Paths of classes, separated by commas; stops the start if one cannot be."""
    paths = env.str(
        "SMS_GATEWAY", default="nobat.sms.gateways.demo_phone.DemoPhone" if demo else ""
    )
    must(
        all(is_in_a_module(path.strip()) for path in paths.split(",") if path),
        "SMS_GATEWAY must be the path of a class, like those in nobat.sms.gateways, or several "
        "separated by commas",
    )
    must(
        demo or ".demo_phone." not in paths,
        "SMS_GATEWAY must not be the demo phone outside of DEMO=1: nobody would get an SMS",
    )
    return paths


def stand_ins_url(env: Environment, *, demo: bool) -> str:
    """Where the stand-ins of the demo are told how to behave; `make run` says it."""
    url = env.str("DEMO_PROVIDERS_URL", default="")
    must(
        not url or (demo and is_on_this_machine(url)),
        "DEMO_PROVIDERS_URL must be like http://127.0.0.1:9000, and only with DEMO=1",
    )
    return url


def kavenegar_account(env: Environment, *, is_needed: bool, demo: bool) -> KavenegarAccount:
    """Stops the start if something is missing that is needed."""
    account = KavenegarAccount(
        api_key=env.str("KAVENEGAR_API_KEY", default=""),
        line=env.str("KAVENEGAR_LINE", default=""),
        code_template=env.str("KAVENEGAR_CODE_TEMPLATE", default=""),
        url=env.str("KAVENEGAR_URL", default="https://api.kavenegar.com"),
    )
    needed = {"KAVENEGAR_API_KEY": account.api_key, "KAVENEGAR_LINE": account.line}
    _must_be_there(needed if is_needed else {})
    _must_be_safe("KAVENEGAR_URL", account.url, demo)
    return account


def magfa_account(env: Environment, *, is_needed: bool, demo: bool) -> MagfaAccount:
    """Stops the start if something is missing that is needed."""
    account = MagfaAccount(
        username=env.str("MAGFA_USERNAME", default=""),
        domain=env.str("MAGFA_DOMAIN", default=""),
        password=env.str("MAGFA_PASSWORD", default=""),
        line=env.str("MAGFA_LINE", default=""),
        url=env.str("MAGFA_URL", default="https://sms.magfa.com"),
    )
    needed = {
        "MAGFA_USERNAME": account.username,
        "MAGFA_DOMAIN": account.domain,
        "MAGFA_PASSWORD": account.password,
        "MAGFA_LINE": account.line,
    }
    _must_be_there(needed if is_needed else {})
    _must_be_safe("MAGFA_URL", account.url, demo)
    return account


def _must_be_there(needed: dict[str, str]) -> None:
    for name, value in needed.items():
        must(bool(value), f"{name} must be set for the gateway in SMS_GATEWAY")


def _must_be_safe(name: str, url: str, demo: bool) -> None:
    """Only the demo speaks without https, and only with this machine."""
    must(
        is_https(url) or (demo and is_on_this_machine(url)),
        f"{name} must be like https://sms.example (with DEMO=1 also http://127.0.0.1:9000)",
    )
