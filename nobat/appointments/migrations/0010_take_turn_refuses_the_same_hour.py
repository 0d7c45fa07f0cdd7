"""Puts take_turn.sql in place again: whoever is there already is not moved there."""

from pathlib import Path

from django.db import migrations

TAKE_TURN = Path(__file__).resolve().parent.parent / "take_turn.sql"


class Migration(migrations.Migration):
    dependencies = [("appointments", "0009_free_hours_for")]

    operations = [migrations.RunSQL(TAKE_TURN.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
