"""Messages that name what may be data: one for the terminal, one for a report."""

import pytest

from rai_check.errors import DataError
from rai_check.two_readers import held, own, shared

MESSAGE = f"book.xlsx has {held('J Smith caseload', repr('J Smith caseload'), 'sheet 2')}."


def test_name_of_a_person_is_said_on_ones_own_terminal_alone():
    assert own(MESSAGE) == "book.xlsx has 'J Smith caseload'."
    assert shared(MESSAGE) == "book.xlsx has sheet 2."


def test_name_that_the_project_file_gives_is_said_in_a_report():
    assert shared(MESSAGE, {"J Smith caseload"}) == own(MESSAGE)


def test_ordinary_heading_is_said_in_both():
    text = f"Column {held('Case Ref', repr('Case Ref'), '3')}."

    assert own(text) == shared(text) == "Column 'Case Ref'."


@pytest.mark.parametrize("name", ["jo@example.com", "943 476 5919"])
def test_identifier_is_said_in_neither(name):
    text = f"Column {held(name, repr(name), '3')}."

    assert own(text) == shared(text) == "Column 3."


def test_error_inside_an_error_keeps_both_readings():
    inner = DataError(MESSAGE)
    outer = DataError(f"Step 1: {inner.marked}")

    assert str(outer) == "Step 1: book.xlsx has 'J Smith caseload'."
    assert outer.shared() == "Step 1: book.xlsx has sheet 2."
    assert "\ue000" not in str(outer) + outer.shared()
    assert outer.args == (str(outer),)


def test_message_without_a_name_is_the_same_for_both():
    assert str(DataError("plain \ue000")) == DataError("plain \ue000").shared() == "plain \ue000"
