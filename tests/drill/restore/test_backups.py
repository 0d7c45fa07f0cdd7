"""What is tried is what is shipped: but for its places, nothing of it may be overruled."""

import re

from drill.restore.backups import environment
from drill.restore.server import SHIPPED


def test_only_places_and_the_user_differ_from_the_file_that_operators_install():
    of_the_drill = {name.removeprefix("PGBACKREST_") for name in environment()}

    assert of_the_drill == {
        "CONFIG", "CONFIG_INCLUDE_PATH", "STANZA", "REPO1_PATH", "PG1_PATH", "PG1_SOCKET_PATH",
        "PG1_PORT", "PG1_USER", "LOG_PATH", "LOCK_PATH", "SPOOL_PATH",
    }  # fmt: skip


def test_the_file_that_operators_install_encrypts_and_holds_no_secret():
    shipped = (SHIPPED / "pgbackrest.conf").read_text()

    assert re.search("^repo1-cipher-type=aes-256-cbc$", shipped, re.MULTILINE)
    assert not re.search("^[^#]*cipher-pass", shipped, re.MULTILINE)


def test_at_most_a_minute_of_changes_is_not_archived():
    assert "\narchive_timeout = 60\n" in (SHIPPED / "archiving.conf").read_text()
