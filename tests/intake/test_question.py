"""What a typed answer means."""

import pytest

from rai_check.intake.question import Choice, Question, chosen, share_of, words_of


def asked(several):
    choices = tuple(Choice(value=v, shown=v) for v in "abc")
    return Question(id="x", text="?", help="", choices=choices, several=several)


@pytest.mark.parametrize(
    ("said", "several", "means"),
    [
        ("1", False, ("a",)),
        (" 3 ", False, ("c",)),
        ("1,2", False, None),  # one only
        ("3, 1", True, ("a", "c")),
        ("1,1", True, ("a",)),
        ("1,2,3", True, None),  # all at once: nothing could differ
        ("4", True, None),
        ("0", True, None),
        ("a", True, None),
        ("", True, None),
        ("²", True, None),
        ("1,", True, None),
    ],
)
def test_numbers_of_choices(said, several, means):
    assert chosen(asked(several), said) == means


@pytest.mark.parametrize(
    ("said", "share"),
    [("40", 40.0), ("2.5 %", 2.5), ("0", None), ("100", None), ("-1", None), ("nan", None),
     ("inf", None), ("many", None)],
)  # fmt: skip
def test_share_is_a_per_cent_between_none_and_all(said, share):
    found = share_of(said)

    assert (found and float(found[0])) == share


@pytest.mark.parametrize(
    ("said", "words"), [(" a  b ", "a b"), ("", None), ("  ", None), ("x" * 1001, None)]
)
def test_words_are_one_line(said, words):
    assert words_of(said) == (words and (words,))
