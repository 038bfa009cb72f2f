import pytest

from rai_check.disclosure.texts import protected_text
from rai_check.measurement import Exact, Measurement


def shown(text: str, *, about_people: bool = True) -> str:
    m = Measurement(metric="m", evidence=Exact(value=1), about_people=about_people)
    return protected_text(text, m)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3 rows have no weight", "fewer than 10 rows have no weight"),
        ("1,203 rows have no weight", "1,205 rows have no weight"),
        ("fewer than 30 rows on one side", "fewer than 30 rows on one side"),
        ("fewer than 4 people on one side", "fewer than 10 people on one side"),
        ("at least 5 records are needed", "at least 5 records are needed"),
        ("12 values are not declared", "12 values are not declared"),
        ("section 4 of ISO 1234-2", "section 4 of ISO 1234-2"),
    ],
)
def test_text_about_people_holds_no_true_count(text: str, said: str) -> None:
    assert shown(text) == said


def test_text_about_nobody_is_left_alone() -> None:
    assert shown("3 rows of 24 test cases", about_people=False) == "3 rows of 24 test cases"
