"""Puts rule_on.sql in place, and take_turn.sql, which asks it, again."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).resolve().parent.parent
STATEMENTS = "\n".join(
    (HERE / name).read_text(encoding="utf-8") for name in ("rule_on.sql", "take_turn.sql")
)


class Migration(migrations.Migration):
    dependencies = [("appointments", "0007_rules")]

    operations = [migrations.RunSQL(STATEMENTS, migrations.RunSQL.noop)]
