"""What finds the nearest offices without looking at all of them.

Whoever changes metres_between.sql adds a migration that puts it in place again.
"""

from pathlib import Path

import django.contrib.postgres.indexes
from django.db import migrations, models

METRES_BETWEEN = Path(__file__).resolve().parent.parent / "metres_between.sql"


class Migration(migrations.Migration):
    dependencies = [("offices", "0007_operators")]

    operations = [
        migrations.RunSQL(
            METRES_BETWEEN.read_text(encoding="utf-8"),
            "DROP FUNCTION metres_between(float8, float8, float8, float8)",
        ),
        migrations.AddIndex(
            model_name="office",
            index=django.contrib.postgres.indexes.GistIndex(
                models.Func("lat", "lon", function="point"),
                condition=models.Q(("status", "open")),
                name="open_offices_by_place",
            ),
        ),
    ]
