"""One column of the project file as text."""

from rai_check.intake.draft import DraftColumn
from rai_check.intake.yaml_text import comment, key, listed, scalar

LONGEST_NAME = 4_000
"""Characters of a column's name that a project file takes."""
_TO, _IN = "      ", "        "


def column_lines(column: DraftColumn) -> list[str]:
    """Lines of a column: why it is proposed, its name, and what it means."""
    if len(column.name) > LONGEST_NAME:
        return comment("A column whose name is longer than 4,000 characters is left out.", _TO)
    lines = comment(f"{column.confidence.value.capitalize()}: {column.why}.", _TO)
    lines += [line for note in column.notes for line in comment(note, _TO)]
    lines += [*key(column.name, _TO), f"{_IN}means: {column.means.value}"]
    lines += [f"{_IN}{name}: {text}" for name, text in _single(column) if text]
    if column.labels:
        lines += [f"{_IN}labels:"]
        for value, label in column.labels:
            lines += _pair(value, label)
    return [*lines, *_identifier(column)]


def _single(column: DraftColumn) -> tuple[tuple[str, str | None], ...]:
    """Keys that take one line, in the order in which they are read best."""
    characteristic = column.characteristic.value if column.characteristic else None
    return (
        ("characteristic", characteristic),
        ("codes", column.codes),
        ("positive", listed(column.positive) if column.positive else None),
        ("negative", listed(column.negative) if column.negative else None),
        ("positive_is", column.positive_is),
        ("written", column.written),
        ("required", "always" if column.always else None),
        ("not_known", listed(column.not_known) if column.not_known else None),
        ("purpose", scalar(column.purpose) if column.purpose else None),
    )


def _pair(value: str, label: str) -> list[str]:
    *before, last = key(value, f"{_IN}  ")
    return [*before, f"{last} {scalar(label)}"]


def _identifier(column: DraftColumn) -> list[str]:
    """What to do about a column that names people; nothing is declared on anybody's behalf."""
    if not column.identifiers:
        return []
    kinds = " and ".join(column.identifiers)
    text = (
        f"TODO: its values look like personal identifiers ({kinds}). Leave the column out of the "
        "file, or put a reference of your own in its place. If the system cannot do without it, "
        "say why and remove the #:"
    )
    declared = f"# identifier: {{kinds: {listed(column.identifiers)}, why: TODO}}"
    return [*comment(text, _IN), f"{_IN}{declared}"]
