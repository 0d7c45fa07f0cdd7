"""Puts take_turn.sql in place again: its SMS goes in a lane."""

from pathlib import Path

from django.db import migrations

TAKE_TURN = Path(__file__).resolve().parent.parent / "take_turn.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0010_take_turn_refuses_the_same_hour"),
        ("sms", "0007_a_ledger_that_can_be_trusted"),
    ]

    operations = [migrations.RunSQL(TAKE_TURN.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
