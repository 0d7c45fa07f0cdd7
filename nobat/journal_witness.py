"""Where each day's seal of the journal is carried to, as the environment says."""

from nobat.environment import Environment, is_https_address, is_on_this_machine, must


def witness_url(env: Environment, *, demo: bool) -> str:
    """Empty: to nobody. Only the demo speaks without https, and only with this machine."""
    url = str(env.str("JOURNAL_WITNESS_URL", default=""))
    must(
        not url or is_https_address(url) or (demo and is_on_this_machine(url)),
        "JOURNAL_WITNESS_URL must be like https://witness.example/seals "
        "(with DEMO=1 also http://127.0.0.1:9000)",
    )
    return url
