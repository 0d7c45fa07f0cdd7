"""Puts take_turn_in_session.sql in place: who is asking is found out in the same round trip."""

from pathlib import Path

from django.db import migrations

IN_SESSION = Path(__file__).resolve().parent.parent / "take_turn_in_session.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0012_fewer_proofs_per_booking"),
        ("people", "0004_sessions_fit_their_password"),
    ]

    operations = [
        migrations.RunSQL(
            IN_SESSION.read_text(encoding="utf-8"), "DROP FUNCTION take_turn_in_session"
        )
    ]
