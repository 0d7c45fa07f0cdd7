from nobat.web.association.sure_form import SureForm


def test_what_was_seen_is_known_before_anything_is_checked():
    assert SureForm({"seen": "07:1"}).what_was_seen == "07:1"
    assert SureForm({}).what_was_seen == ""


def test_a_fresh_one_is_no_mistake_and_one_without_a_code_is():
    assert SureForm(initial={"seen": "07:1"}).status == 200

    sent = SureForm({"seen": "07:1"})
    assert not sent.is_valid()
    assert sent.status == 422
