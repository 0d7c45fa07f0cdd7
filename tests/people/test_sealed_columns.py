import pytest
from django.apps import apps
from django.db.models import BinaryField

from nobat.people.sealed_columns import sealed_columns
from nobat.shared.sealed import CannotUnseal, unseal
from tests.people.test_seal_anew import one_of_each

pytestmark = pytest.mark.django_db


def test_every_column_of_bytes_is_one_that_is_sealed_anew():
    of_bytes = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, BinaryField)
    }
    assert {(column.rows.model, column.field) for column in sealed_columns()} == of_bytes


def test_each_value_opens_for_what_it_was_sealed_for_alone(sara, reza):
    one_of_each(sara, reza)
    for column in sealed_columns():
        row = column.rows.get(pk=column.rows.values_list("pk", flat=True).first())
        assert unseal(getattr(row, column.field), column.sealed_for(row))
        with pytest.raises(CannotUnseal):
            unseal(getattr(row, column.field), "something else")


def test_who_has_left_has_no_number_to_seal(sara, reza):
    one_of_each(sara, reza)
    people = next(each for each in sealed_columns() if each.field == "identity_sealed")
    assert list(people.rows) == [sara]
