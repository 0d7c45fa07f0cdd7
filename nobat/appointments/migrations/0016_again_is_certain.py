"""Puts take_turn.sql in place again: a turn that is there already is on the standby too."""

from pathlib import Path

from django.db import migrations

TAKE_TURN = Path(__file__).resolve().parent.parent / "take_turn.sql"


class Migration(migrations.Migration):
    dependencies = [("appointments", "0015_moves_leave_seats_that_come_back")]

    operations = [
        migrations.RunSQL(TAKE_TURN.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
