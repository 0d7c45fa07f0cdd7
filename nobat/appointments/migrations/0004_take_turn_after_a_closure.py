"""Puts take_turn.sql in place again: what a closure displaced can be moved."""

from pathlib import Path

from django.db import migrations

TAKE_TURN = Path(__file__).resolve().parent.parent / "take_turn.sql"


class Migration(migrations.Migration):
    dependencies = [("appointments", "0003_objections_and_closures")]

    operations = [migrations.RunSQL(TAKE_TURN.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
