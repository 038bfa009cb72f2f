"""Names and values of a stranger: what is written is what is read."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rai_check.documents import read_yaml
from rai_check.intake.yaml_text import comment, key, listed, scalar

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(str.strip).filter(bool)
ODD = (
    "no", "yes", "null", "~", "007", "1.0", "2026-01-01", "a: b", "a #b", "- a", "? a", "[a]",
    "{a}", "*a", "&a", "!a", "'a'", '"a"', "\\", "a\nb", "a\tb", "\u202eevil", "\u2028", "\x85",
    "\ufeff", "😀", "é", "=cmd()", "<<", "%TAG", "---", "a,b", "x" * 1500,
)  # fmt: skip


def read_back(tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8", newline="\n")
    return read_yaml(path).content


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_reads_back_as_key_value_and_item(tmp_path, odd):
    *before, last = key(odd, "  ")
    text = "\n".join([*before, f"{last} {scalar(odd)}", f"items: {listed((odd, 'b'))}"])

    got = read_back(tmp_path, text.replace("  ", "", 1) if not before else _dedent(text))

    assert got[odd] == odd
    assert got["items"] == [odd, "b"]


def _dedent(text):
    return "\n".join(line.removeprefix("  ") for line in text.split("\n"))


@given(TEXT)
def test_any_text_is_one_line_that_reads_back(text):
    written = scalar(text)

    assert "\n" not in written
    assert yaml.compose(written, Loader=yaml.SafeLoader).value == text
    assert yaml.compose(f"[{written}, b]", Loader=yaml.SafeLoader).value[0].value == text
    assert yaml.compose(f"{{{written}: b}}", Loader=yaml.SafeLoader).value[0][0].value == text


@given(st.text(max_size=300))
def test_comment_never_ends_early(text):
    lines = comment(text, "    ")

    assert all(line.startswith("    # ") for line in lines)
    assert yaml.compose("\n".join([*lines, "a: b"]), Loader=yaml.SafeLoader) is not None
    assert all(len(line) <= 100 for line in lines)


@pytest.mark.parametrize("plain", ["Plan ref", "ethnic_group", "dd/mm/yyyy", "Review (2025)"])
def test_ordinary_words_are_written_plainly(plain):
    assert scalar(plain) == plain
