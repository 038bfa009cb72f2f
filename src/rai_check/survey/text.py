"""A survey in 80 columns for a person, and as JSON for a program."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from textwrap import wrap

from rai_check.protected import SMALL
from rai_check.reports.escape import visible
from rai_check.reports.numerals import plural
from rai_check.survey.model import ColumnLook, Notice, Sort, Survey
from rai_check.survey.said import rounded

WIDTH = 80
SCHEMA = "rai-data-survey/1"
FOOT = (
    "Counts are rounded to the nearest 5, and counts under 10 are not shown; shares have their 95% "
    "interval. No value of the file is shown."
)
_HEADS = {
    Sort.MEND: "To mend before anything else",
    Sort.LOOK: "To look at",
    Sort.KNOW: "Good to know",
}
_COLOURS = {Sort.MEND: "31;1", Sort.LOOK: "33", Sort.KNOW: "2"}
_NAME, _LOOKS = 23, 33
_INDENT, _DEEPER = "  ", "    "


def as_text(file: str, read: Sequence[str], found: Survey, *, colour: bool) -> str:
    """The page of one file: how it was read, what to mend, then its columns."""
    rows = [_painted(visible(file), "1", on=colour)]
    for sentence in (*read, _size(found)):
        rows += wrapped(sentence, _INDENT)
    for sort in (Sort.MEND, Sort.LOOK):
        rows += _notices(sort, found, colour=colour)
    rows += ["", f"{_INDENT}Columns", *_table(found.columns)]
    rows += _notices(Sort.KNOW, found, colour=colour)
    if not found.to_mend:
        rows += ["", f"{_INDENT}Nothing was found that has to be mended first."]
    return "\n".join(rows) + "\n"


def as_data(file: str, read: Sequence[str], found: Survey) -> dict[str, object]:
    """The same for a program."""
    whole = asdict(found)
    return {"file": visible(file), "read": list(read), **whole, "rows": _rows(found.rows)}


def _rows(n: int) -> int | str:
    """Rows to the nearest 5: the exact number would give away what is hidden, by subtraction."""
    return rounded(n) if n >= SMALL or not n else f"fewer than {SMALL}"


def _size(found: Survey) -> str:
    few = f"Fewer than {SMALL} rows" if found.rows else "No rows"
    rows = plural(rounded(found.rows), "row") if found.rows >= SMALL else few
    return f"{rows}, {plural(len(found.columns), 'column')}."


def _notices(sort: Sort, found: Survey, *, colour: bool) -> Iterator[str]:
    chosen = [one for one in found.notices if one.sort is sort]
    if not chosen:
        return
    yield ""
    yield _painted(f"{_INDENT}{_HEADS[sort]} ({len(chosen)})", _COLOURS[sort], on=colour)
    for one, following in zip(chosen, (*chosen[1:], None), strict=True):
        yield from wrapped(f"- {_said(one)}", f"{_INDENT}", f"{_INDENT}  ")
        if following is None or following.do != one.do:  # said once for several in a row
            yield from wrapped(one.do, _DEEPER)


def _said(one: Notice) -> str:
    if one.column is None:
        return f"{one.says[:1].upper()}{one.says[1:]}."
    return f"{visible(one.column)}: {one.says}."


def _table(columns: Sequence[ColumnLook]) -> Iterator[str]:
    yield f"{_DEEPER}{'name':<{_NAME}}{'looks like':<{_LOOKS}}missing"
    for one in columns:
        cells = (_cut(one.name, _NAME), _cut(one.looks_like, _LOOKS), one.missing)
        yield f"{_DEEPER}{cells[0]:<{_NAME}}{cells[1]:<{_LOOKS}}{cells[2]}"


def _cut(text: str, width: int) -> str:
    plain = visible(text)
    return plain if len(plain) < width else f"{plain[: width - 2]}…"


def wrapped(text: str, first: str = "", then: str | None = None) -> list[str]:
    """Lines of 80 columns."""
    return wrap(
        visible(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if then is None else then,
        break_on_hyphens=False,
    )


def _painted(text: str, code: str, *, on: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if on else text
