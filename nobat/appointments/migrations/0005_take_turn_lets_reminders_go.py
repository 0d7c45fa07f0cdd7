"""Puts take_turn.sql in place again: whoever moves is not reminded of the old hour."""

from pathlib import Path

from django.db import migrations

TAKE_TURN = Path(__file__).resolve().parent.parent / "take_turn.sql"


class Migration(migrations.Migration):
    dependencies = [("appointments", "0004_take_turn_after_a_closure")]

    operations = [migrations.RunSQL(TAKE_TURN.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
