"""Names and values of a stranger as YAML that reads back the same, and words as comments."""

import re
import textwrap
import unicodedata

import yaml

WIDTH = 100
LONGEST_KEY = 1_000
"""Characters of a key on one line; YAML takes 1,024."""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./()%-]*(?: [A-Za-z0-9_./()%-]+)*")


def scalar(text: str) -> str:
    """One line of YAML that is read as exactly this text.

    Plain where nothing could take it for anything else, in any place; else in double quotes,
    with what is not printed written as an escape.
    """
    if _PLAIN.fullmatch(text) and yaml.safe_dump(text, width=len(text) + WIDTH) == f"{text}\n...\n":
        return text
    quoted: str = yaml.safe_dump(
        text, default_style='"', allow_unicode=True, width=12 * len(text) + WIDTH
    )
    return "".join(map(_escaped, quoted.strip("\n")))


def _escaped(character: str) -> str:
    """Direction marks and what no font shows are YAML's own printables, but steer an editor."""
    if unicodedata.category(character) not in {"Cf", "Co", "Cn", "Zl", "Zp"}:
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 1 << 16 else f"\\U{code:08x}"


def listed(items: tuple[str | int, ...]) -> str:
    """A list on one line."""
    return f"[{', '.join(scalar(i) if isinstance(i, str) else str(i) for i in items)}]"


def key(text: str, indent: str) -> list[str]:
    """The line or lines that begin a block under a key."""
    written = scalar(text)
    if len(written) <= LONGEST_KEY:
        return [f"{indent}{written}:"]
    return [f"{indent}? {written}", f"{indent}:"]


def comment(text: str, indent: str = "") -> list[str]:
    """Text as comment lines that cannot end early, whatever is in it."""
    clean = "".join("?" if unicodedata.category(c) in _STEERING else c for c in text)
    lines = textwrap.wrap(clean, WIDTH - len(indent) - 2) or [""]
    return [f"{indent}# {line}" for line in lines]


_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
