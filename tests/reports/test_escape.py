import time
import unicodedata
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.reports.escape import LONGEST, markdown, visible, xml


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b31m", "\\x9b31m"),
        ("a\u202eb", "a\\u202eb"),
        ("one\r\n two", "one / two"),
        ("a\u2028b", "a / b"),
        ("a \n \r\n\t b", "a / b"),
        ("a  b", "a  b"),
        ("a\tb", "a b"),
        ("  padded\n", "padded"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("Sîan O'Néill-Ó 北", "Sîan O'Néill-Ó 北"),
        (7, "7"),
    ],
)
def test_visible_when_text_steers_names_what_is_hidden(text: object, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_holds_no_control_format_or_surrogate_that_steers(text: str) -> None:
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}

    for character in visible(text):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in bidi


@given(st.text())
def test_xml_when_parsed_comes_back_as_written(text: str) -> None:
    element = ET.Element("a", {"b": xml(text)})

    assert ET.fromstring(ET.tostring(element)).get("b") == visible(text)  # noqa: S314 - our own text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", "a\\|b"),
        ("`code`", "\\`code\\`"),
        ("<b>", "\\<b\\>"),
        ("[x](y)", "\\[x\\](y)"),
        ("*a* _b_", "\\*a\\* \\_b\\_"),
        ("=cmd()", "\\=cmd()"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("2.3", "2.3"),
        ("https://evil.example", "https\\://evil.example"),
        ("www.evil.example", "www\\.evil.example"),
        ("a@b.c", "a\\@b.c"),
        ("&lt;", "\\&lt;"),
        ("back\\slash", "back\\\\slash"),
    ],
)
def test_markdown_when_text_is_markup_escapes_it(text: str, escaped: str) -> None:
    assert markdown(text) == escaped


@given(st.text(alphabet=st.sampled_from("|`<>[]*_\\ab\n#")))
def test_markdown_leaves_no_character_of_a_table_unescaped(text: str) -> None:
    rest = markdown(text).replace("\\\\", "")

    for character in "|`<[*":
        assert rest.count(character) == rest.count(f"\\{character}")


@pytest.mark.parametrize("fill", [" ", "\t", "\xa0", " \n", "\n", "-", "1", "\\", "\x1b"])
@pytest.mark.parametrize("escape", [visible, markdown, xml])
def test_text_however_long_takes_no_time_and_is_cut(
    escape: Callable[[str], str], fill: str
) -> None:
    start = time.process_time()
    shown = escape("a" + fill * 300_000 + "b")

    assert time.process_time() - start < 1
    assert len(shown) < 7 * LONGEST
    assert shown.endswith(" more characters)")


def test_text_is_cut_with_how_much_was_left_out() -> None:
    assert visible("x" * LONGEST) == "x" * LONGEST
    assert visible("x" * (LONGEST + 1_234)) == "x" * LONGEST + "… (1,234 more characters)"
    assert (
        visible("no such control: abcdef", most=20) == "no such control: abc… (3 more characters)"
    )
