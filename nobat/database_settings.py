"""Where the database is, and how long anybody waits for it."""

from typing import Any

from nobat.environment import Environment, database

# Of the driver: a server that is not there is noticed, instead of being waited for.
PATIENCE = {
    "connect_timeout": 3,  # seconds
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
}
# How the driver calls what an address holds.
_NAMES = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}


def the_database(env: Environment, *, private_url: str) -> dict[str, Any]:
    """What Django is told of the one database, and of the copy to read from."""
    found = database(env.str("DATABASE_URL", default="") or private_url)
    found["CONN_MAX_AGE"] = env.int("DATABASE_CONNECTION_SECONDS", default=600)
    found["CONN_HEALTH_CHECKS"] = True
    # Behind a pooler that keeps nothing from one transaction to the next, no statement is
    # prepared, and no rows wait on the server until they are fetched.
    is_prepared = env.bool("DATABASE_PREPARED", default=True)
    found["DISABLE_SERVER_SIDE_CURSORS"] = not is_prepared
    found["OPTIONS"] = {
        **PATIENCE,
        **found.get("OPTIONS", {}),
        "prepare_threshold": 5 if is_prepared else None,
    }
    found["READ"] = _copy(env.str("DATABASE_READ_URL", default=""))
    return found


def _copy(url: str) -> dict[str, Any]:
    """As the driver takes it; empty if there is none."""
    if not url:
        return {}
    found = database(url, variable="DATABASE_READ_URL")
    said = {ours: found[name] for name, ours in _NAMES.items() if found.get(name)}
    return said | found.get("OPTIONS", {})
