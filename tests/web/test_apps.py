import pytest

from nobat.web.apps import operators_have_a_name_of_their_own

BOTH = {"OPERATOR_HOSTS": ["ops.nobat.example"], "OPERATOR_NETWORKS": ["10.0.0.0/8"]}


@pytest.fixture
def warnings(settings):
    def of(**changed):
        for name, value in ({"DEMO": False} | BOTH | changed).items():
            setattr(settings, name, value)
        return [each.id for each in operators_have_a_name_of_their_own(None)]

    return of


def test_a_workshop_that_the_whole_country_reaches_is_warned_of(warnings):
    assert warnings() == []
    assert warnings(OPERATOR_HOSTS=[]) == ["web.W001"]
    assert warnings(OPERATOR_NETWORKS=[]) == ["web.W001"]
    assert warnings(OPERATOR_HOSTS=[], DEMO=True) == []
