"""Puts propose.sql in place. Whoever changes that file adds a migration like this."""

from pathlib import Path

from django.db import migrations

PROPOSE = Path(__file__).resolve().parent.parent / "propose.sql"


class Migration(migrations.Migration):
    dependencies = [("appointments", "0008_take_turn_asks_the_rule_of_the_day")]

    operations = [
        migrations.RunSQL(PROPOSE.read_text(encoding="utf-8"), "DROP FUNCTION free_hours_for")
    ]
