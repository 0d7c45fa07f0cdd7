"""Places in line before an opening at which everybody wants to book at once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0013_take_turn_in_session"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WaitingPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opening", models.DateTimeField()),
                ("draw", models.FloatField()),
                ("number", models.PositiveIntegerField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("used_at", None)),
                        fields=("opening", "citizen"),
                        name="a_citizen_waits_in_one_place",
                    ),
                    models.UniqueConstraint(
                        fields=("opening", "number"), name="one_place_per_number_of_an_opening"
                    ),
                ],
            },
        ),
    ]
