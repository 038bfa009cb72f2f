import pytest

from rai_check.recognisers.reserved import reserved_spans


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("999 000 0018", "NHS number"),  # 9x10+9x9+9x8+1x2+8 = 253 = 23 x 11
        ("qq123456a", "National Insurance number"),
        ("QQ 12 34 56 A", "National Insurance number"),
        ("ZZ99 3VZ", "postcode"),
        ("ann@example.com", "e-mail address"),
        ("ann@mail.example.org.", "e-mail address"),
        ("07700 900123", "phone number"),
        ("+44 (0)1632 960001", "phone number"),
        ("020 7946 0018", "phone number"),
        ("0117 496 0123", "phone number"),
        ("MORGA657054SM9IJ", "driving licence number"),
        ("GB82 WEST 1234 5698 7654 32", "IBAN"),
        ("4111-1111-1111-1111", "payment card number"),
        ("192.0.2.17", "IP address"),
        ("2001:db8::7", "IP address"),
    ],
)
def test_reserved_values_are_known(text, kind):
    assert [found for found, _, _ in reserved_spans(f"see {text} there")] == [kind]


@pytest.mark.parametrize(
    "text",
    ["943 476 5919", "999 123 4560", "ann@example.com.org.uk", "ann@myexample.com", "07911 123456",
     "AB123456C", "SW1A 1AA", "020 7947 0018", "ann@example.company", "192.0.22.17"],
)  # fmt: skip
def test_other_values_are_not_reserved(text):
    assert list(reserved_spans(text)) == []


def test_span_is_the_place_in_the_text():
    (found,) = reserved_spans("tel 07700 900123, home")
    assert found == ("phone number", 4, 16)
