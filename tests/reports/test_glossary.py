import pytest

from rai_check.reports.glossary import TERMS


def test_terms_are_in_the_order_of_the_alphabet_and_each_once() -> None:
    words = [term for term, _ in TERMS]

    assert words == sorted({*words}, key=str.casefold)
    assert all(text.endswith(".") for _, text in TERMS)


@pytest.mark.parametrize(
    "word",
    [
        "AUC",
        "Calibration",
        "Effective number of records",
        "False discovery rate",
        "Four-fifths rule",
        "Intersection",
        "Paired",
        "Strata",
        "Would have shown",
    ],
)
def test_words_of_comparisons_are_explained(word: str) -> None:
    assert dict(TERMS)[word]
