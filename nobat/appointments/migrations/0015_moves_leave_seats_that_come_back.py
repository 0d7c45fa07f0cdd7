"""Puts take_turn.sql in place again: what a move leaves comes back at a random moment."""

from pathlib import Path

from django.db import migrations

TAKE_TURN = Path(__file__).resolve().parent.parent / "take_turn.sql"
# With one value less it would be another function of the same name.
DROP = """
DROP FUNCTION IF EXISTS take_turn(
    bigint, bigint, integer, text, smallint, uuid, bigint, text[], timestamptz, date, date, integer)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0014_waiting_room"),
        ("schedule", "0005_who_decided_a_holiday"),
    ]

    operations = [
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
        migrations.RunSQL(TAKE_TURN.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
