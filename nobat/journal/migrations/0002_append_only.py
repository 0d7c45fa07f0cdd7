"""The database refuses to change or delete what the journal says."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

-- Per statement: refused even where no row would be touched.
CREATE TRIGGER journal_is_append_only
    BEFORE UPDATE OR DELETE ON journal_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
"""

ALLOW = """
DROP TRIGGER journal_is_append_only ON journal_journalentry;
DROP FUNCTION journal_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
