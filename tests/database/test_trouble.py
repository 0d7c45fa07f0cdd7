"""What of a trouble passes by itself; each of them comes from the server itself."""

import pytest
from django.db import Error, InternalError, OperationalError, connection, transaction

from nobat.database.trouble import (
    NoConnection,
    OutcomeUnknown,
    is_for_reading_only,
    passes,
    state_of,
    told_apart,
)


def trouble_of(statement):
    with pytest.raises(Error) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return refused.value


def raised(state):
    return trouble_of(f"DO $$ BEGIN RAISE 'no' USING ERRCODE = '{state}'; END $$")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "state", "40001 40P01 55P03 25006 57P01 57P02 57P03 08000 08006 08P01".split()
)
def test_it_passes(state):
    assert state_of(raised(state)) == state
    assert passes(raised(state))


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["57014", "23505", "42P01", "22012", "53100", "P0001"])
def test_it_does_not_pass(state):
    assert not passes(raised(state))


@pytest.mark.django_db
def test_a_write_where_one_can_only_read_is_known():
    trouble = trouble_of("SET TRANSACTION READ ONLY; DELETE FROM people_person")
    assert isinstance(trouble, InternalError)
    assert is_for_reading_only(trouble)
    assert not is_for_reading_only(raised("40001"))
    assert not is_for_reading_only(None)


@pytest.mark.parametrize("is_final", [True, False])
@pytest.mark.parametrize(
    "words",
    [
        "query_wait_timeout",
        "server login has been failing, try again later (server_login_retry)",
    ],
)
def test_what_stood_in_the_queue_of_a_pooler_was_never_asked(words, is_final):
    trouble = OperationalError(words)
    assert passes(trouble)
    assert isinstance(told_apart(trouble, is_final=is_final), NoConnection)


def test_what_a_pooler_lost_was_perhaps_done_unless_a_commit_was_to_follow():
    lost = OperationalError("server conn crashed?")
    assert isinstance(told_apart(lost, is_final=True), OutcomeUnknown)
    assert told_apart(lost, is_final=False) is lost


@pytest.mark.django_db
def test_an_answer_of_the_server_is_certain():
    refused = raised("40P01")
    assert told_apart(refused, is_final=True) is refused
