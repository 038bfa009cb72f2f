import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.recognisers.text import OVERLAP, PIECE, clean, header_words, masked, may_hold, pieces


@pytest.mark.parametrize(
    ("given_", "plain"),
    [
        (" 943 476 5919 ", "943 476 5919"),
        ("943\u00a0476\u20115919", "943 476-5919"),  # no-break space, no-break hyphen
        ("\uff19\uff14\uff13", "943"),  # full-width digits
        ("\u0669\u0664", "94"),  # Arabic-Indic digits
        ("94\u200b3\ufeff", "943"),  # invisible
        ("a\x1eb\tc\nd", "a b c\nd"),
    ],
)
def test_clean_gives_one_spelling(given_, plain):
    assert clean(given_) == plain


@pytest.mark.parametrize(
    "text",
    ["Castle Ward", "", "12.5", "-0.25", "1234567", "45%", "£1,200.00", "1e5.2".replace("e5", ""),
     "550e8400-e29b-41d4-a716-446655440000"],
)  # fmt: skip
def test_nothing_is_looked_for_where_no_identifier_can_be(text):
    assert not may_hold(text)


@pytest.mark.parametrize("text", ["a@b.uk", "9434765919", "M11AA", "::1", "see 12"])
def test_everything_else_is_looked_at(text):
    assert may_hold(text)


@given(st.integers(0, 3 * PIECE))
def test_pieces_cover_the_text_and_overlap(length):
    text = "".join(chr(97 + i % 26) for i in range(length))
    cut = list(pieces(text))

    assert cut[0].first
    assert cut[-1].last
    assert cut[0].text + "".join(p.text[OVERLAP:] for p in cut[1:]) == text
    assert sum(p.last for p in cut) == 1


def test_place_at_an_inner_edge_is_cut():
    first, second = pieces("a" * (PIECE + 1))

    assert first.cuts(PIECE - 5, PIECE)
    assert second.cuts(0, 5)
    assert not first.cuts(0, 5)
    assert not second.cuts(5, len(second.text))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("NHSNumber", "nhs"), ("nhs_no", "nhs"), ("nhsno", "nhs"), ("NHS No.", "nhs"),
        ("dateOfBirth", "birth"), ("DOB", "dob"), ("first name", "firstname"),
        ("FIRSTNAME", "firstname"), ("ninumber", "ni"), ("E-mail", "email"),
    ],
)  # fmt: skip
def test_header_words_know_their_ways_of_writing(name, word):
    assert word in header_words(name)


def test_header_words_are_whole_words():
    assert "reg" not in header_words("region")
    assert "car" not in header_words("care_package")


def test_mask_keeps_classes_and_closed_punctuation_only():
    assert masked("943 476 5919", short=False) == "NNN NNN NNNN"
    assert masked("Ann.O'Neil@x-y.uk", short=True) == "A.A'A@A-A.A"
    assert masked("é9\u00a7\n", short=False) == "AN??"
    assert masked("9" * 50, short=False) == "N" * 39 + "…"


@given(st.text(max_size=60))
def test_mask_holds_no_letter_or_digit_of_the_text(text):
    assert set(masked(text, short=False)) <= set("AN? @.-/()+:,'&_#…")
