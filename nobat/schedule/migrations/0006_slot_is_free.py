"""Puts slot_is_free.sql in place. Whoever changes that file adds a migration like this."""

from pathlib import Path

from django.db import migrations

SLOT_IS_FREE = Path(__file__).resolve().parent.parent / "slot_is_free.sql"


class Migration(migrations.Migration):
    dependencies = [("schedule", "0005_who_decided_a_holiday")]

    operations = [
        migrations.RunSQL(
            SLOT_IS_FREE.read_text(encoding="utf-8"),
            "DROP FUNCTION slot_is_free(schedule_slot, timestamptz, bigint)",
        )
    ]
