"""Puts take_turn.sql in place. Whoever changes that file adds a migration like this."""

from pathlib import Path

from django.db import migrations

TAKE_TURN = Path(__file__).resolve().parent.parent / "take_turn.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0001_initial"),
        ("journal", "0001_initial"),
        ("sms", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            TAKE_TURN.read_text(encoding="utf-8"),
            "DROP FUNCTION take_turn; DROP FUNCTION answer_to_key;",
        )
    ]
