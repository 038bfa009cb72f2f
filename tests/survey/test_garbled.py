"""Letters misread on the way, told apart from honest letters of many languages."""

# ruff: noqa: RUF001 - letters and signs that look like others are what is tried here

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.survey import Sort
from rai_check.survey.garbled import is_garbled
from surveyed import clean, kinds, looked, told, with_

NAMES = [
    "Zoë", "Siân", "Seán", "Renée", "Jürgen", "Müller", "Søren", "Åse", "Øystein", "Łukasz",
    "Żaneta", "Dvořák", "Škoda", "Şafak", "Özil", "İbrahim", "Ağaoğlu", "Nguyễn", "Trần", "Đặng",
    "Phạm", "Mălina", "Brânduşa", "Æthelstan", "Ångström", "Þórr", "Ragnheiður", "Gonçalo",
    "João", "Conceição", "Françoise", "Gérard", "Élodie", "Chloé", "Noël", "Ñuñez", "Muñoz",
    "Iñaki", "Straße", "Groß", "Kovács", "Ģirts", "Šarūnas", "Žydrūnas", "Čapek", "Marić", "Bríd",
    "Tâm", "Ầm", "Αλέξης", "Иван", "Ёлка", "محمد", "Siôn", "Tŵm", "Llŷr", "ZoëÉ", "Peña",
]  # fmt: skip
HONEST = [
    *NAMES, "IRMÃ’S", "IRMÃ”", "STRAUß’S", "JOSÉ’S", "TOMÍŠ", "LUKÁŠ", "ÚŽASNÝ", "CAFÉ™", "«IRMû",
    "ÂND", "ROMÂNIA", "România", "Â", "Ân", "Ã", "SÃO", "São Tomé", "Nghĩa", "ÂU CƠ", "Đà Nẵng",
    "É…", "É–É", "Ó’Súilleabháin", "£20", "20 °C", "½", "naïve – café", "Šibenik", "Å", "SMÅ’s",
    "Ï", "ΐ", "Ðuro", "10 € – 20 €", "“Äh…”", "MÜ–Nord", "Bá»", "à «la", "ß”",
]  # fmt: skip
_OPEN = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def misread(text):
    """UTF-8 as Windows-1252 shows it."""
    raw = text.encode("utf-8")
    return "".join(chr(b) if b in _OPEN else bytes([b]).decode("cp1252") for b in raw)


@pytest.mark.parametrize("text", HONEST)
def test_honest_letters_of_any_language_are_let_be(text):
    assert not is_garbled(text)


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_known_once_it_was_misread(name):
    assert is_garbled(misread(name))
    assert is_garbled(f"Ms {misread(name)} Smith")


@pytest.mark.parametrize(
    "text", ["It’s", "“so”", "£20", "10 €", "a – b", "20 °C", "½", "™", "😀", "ï»¿a", "�"]
)
def test_signs_are_known_once_they_were_misread(text):
    assert is_garbled(misread(text))
    assert is_garbled(misread(misread(text)))


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x17F)))
def test_text_without_the_signs_of_a_first_byte_is_never_garbled(text):
    assert not is_garbled("".join(c for c in text if c not in "ÂÃÄÅâáðï" and ord(c) < 0x80))
    is_garbled(text)  # any text is looked at without a fault


@pytest.mark.parametrize(
    ("bad", "kind"), [("JosÃ©", "wrong-encoding"), ("Jos\ufffd", "letters-lost")]
)
def test_letters_lost_or_misread_are_to_mend_and_their_column_is_named(bad, kind):
    found = looked(**clean(200), town=[bad] * 12 + ["José", "Zoë"] * 94)

    assert (kind, "town", Sort.MEND) in kinds(found)
    assert told(found, kind)[0].startswith("10 rows with letters")
    assert bad not in repr(found)


def test_true_letters_are_not_to_mend():
    assert not looked(**clean(200), town=["José", "Zoë Ângela", "Łódź", "Şafak"] * 50).to_mend


def test_heading_misread_is_to_mend():
    found = looked(**clean(60), **{"Amount (Â£)": ["1", "2", "3"] * 20})
    assert [(one.kind, one.column) for one in found.notices if one.sort is Sort.MEND] == [
        ("heading-encoding", "Amount (Â£)")
    ]

    assert not looked(**clean(60), **{"Amount (£)": ["1", "2", "3"] * 20}).to_mend


def test_a_letter_pasted_into_few_of_many_notes_is_looked_at():
    notes = [f"Visited the family at home on day {i} and wrote to the school" for i in range(200)]
    one = ["It’s as was said at the meeting of all who work with her"]
    assert not looked(**clean(), note=[misread(one[0]), *notes[1:]]).to_mend

    many = [misread(f"{text}, it’s said") for text in notes]
    assert looked(**clean(), note=many).to_mend == 1


def test_codes_of_web_pages_and_letters_queried_are_looked_at():
    found = looked(**with_("ethnicity", ["Asian &amp; White"] * 12 + ["Fran?ais"] * 12))

    assert {"coded-letters", "letters-queried"} <= {one.kind for one in found.notices}
    assert not found.to_mend
    clear = looked(**with_("ethnicity", ["Asian & White"] * 12 + ["Why?"] * 12))
    assert not {"coded-letters", "letters-queried"} & {one.kind for one in clear.notices}
