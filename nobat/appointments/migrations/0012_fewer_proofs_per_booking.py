"""Puts take_turn.sql in place again, which asks less often, and takes keys away that cost more."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TAKE_TURN = Path(__file__).resolve().parent.parent / "take_turn.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0011_take_turn_in_lanes"),
        ("offices", "0007_operators"),
        ("schedule", "0005_who_decided_a_holiday"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(TAKE_TURN.read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="appointment",
            name="office",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="offices.office",
            ),
        ),
        migrations.AlterField(
            model_name="appointment",
            name="service",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="offices.service",
            ),
        ),
        migrations.AlterField(
            model_name="turnrequest",
            name="appointment",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="appointments.appointment",
            ),
        ),
        migrations.AlterField(
            model_name="turnrequest",
            name="citizen",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="turnrequest",
            name="slot",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="schedule.slot",
            ),
        ),
    ]
