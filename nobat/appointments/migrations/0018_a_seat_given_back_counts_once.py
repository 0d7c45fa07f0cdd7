"""Puts take_turn.sql in place again: a seat that is given back at that very moment counts once."""

from pathlib import Path

from django.db import migrations

TAKE_TURN = Path(__file__).resolve().parent.parent / "take_turn.sql"


class Migration(migrations.Migration):
    dependencies = [("appointments", "0017_who_has_left_takes_no_turn")]

    operations = [
        migrations.RunSQL(TAKE_TURN.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
