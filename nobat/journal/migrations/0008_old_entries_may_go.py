from django.db import migrations

# Under the seals of their days, which stay. Nothing younger goes, whoever asks.
FORGET_OLD = """
DROP TRIGGER journal_is_append_only ON journal_journalentry;
CREATE TRIGGER journal_is_append_only
    BEFORE UPDATE ON journal_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER journal_keeps_five_years
    BEFORE DELETE ON journal_journalentry
    FOR EACH ROW WHEN (OLD.at > now() - interval '5 years')
    EXECUTE FUNCTION journal_is_append_only();
"""
FORGET_NOTHING = """
DROP TRIGGER journal_keeps_five_years ON journal_journalentry;
DROP TRIGGER journal_is_append_only ON journal_journalentry;
CREATE TRIGGER journal_is_append_only
    BEFORE UPDATE OR DELETE ON journal_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0007_acts_of_leaving"),
    ]

    operations = [migrations.RunSQL(FORGET_OLD, FORGET_NOTHING)]
