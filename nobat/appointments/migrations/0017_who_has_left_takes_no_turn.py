"""Puts take_turn.sql in place again: who leaves at that very moment is refused with words."""

from pathlib import Path

from django.db import migrations

TAKE_TURN = Path(__file__).resolve().parent.parent / "take_turn.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0016_again_is_certain"),
        ("people", "0005_people_can_leave"),
    ]

    operations = [
        migrations.RunSQL(TAKE_TURN.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
