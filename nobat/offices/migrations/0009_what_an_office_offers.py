"""The ids of an office's services in its own row, which only the database writes.

Django does not know the column: whoever saves a whole office would write back what it offered
before. Whoever changes office_offers.sql adds a migration that puts it in place again.
"""

from pathlib import Path

from django.db import migrations

OFFICE_OFFERS = Path(__file__).resolve().parent.parent / "office_offers.sql"


class Migration(migrations.Migration):
    dependencies = [("offices", "0008_nearest_offices")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE offices_office ADD COLUMN offers bigint[] NOT NULL DEFAULT '{}'",
            "ALTER TABLE offices_office DROP COLUMN offers",
        ),
        migrations.RunSQL(
            OFFICE_OFFERS.read_text(encoding="utf-8"),
            "DROP FUNCTION write_down_offers CASCADE",
        ),
        # The triggers stand already: nobody adds a service that is not written down.
        migrations.RunSQL(
            """
            UPDATE offices_office o SET offers = ARRAY(
                SELECT os.service_id FROM offices_officeservice os
                WHERE os.office_id = o.id ORDER BY os.service_id)
            """,
            migrations.RunSQL.noop,
        ),
    ]
