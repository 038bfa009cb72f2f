"""Of the rows of each key the latest; what cannot be told apart is an error, not a choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rai_check.derive.interface import Work, about, named, told
from rai_check.derive.keys import BLANK_KEY, is_spent
from rai_check.derive.typed import moment
from rai_check.reading import LeftOut
from rai_check.tables.sql import quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What choosing did: rows lost, and rows kept that no key or date speaks for."""

    left_out: tuple[LeftOut, ...]
    unset: tuple[LeftOut, ...]


def latest(
    work: Work, key: Sequence[str], by: str | None, *, keyless: Literal["keep", "drop"]
) -> Chosen:
    """Leave of each key its latest row by a column, or its only one where none is given.

    Rows of a key that are the same in every column count as one: whichever stays, the result is
    the same, so that it never depends on the order of the file.

    Raises:
        DataError: rows that differ are the latest of one key; some dates could not be read; or a
            key was cut short by a spreadsheet, so that rows of several people share it.
    """
    texts = [work.known(column) for column in key]
    _must_not_be_spent(work, key, texts)
    _must_be_dated(work, by)
    at = "NULL::TIMESTAMP" if by is None else moment(work, by)
    whole = " AND ".join(f"{text} IS NOT NULL" for text in texts)
    if by is not None:
        _must_be_in_order(work, key, by, (texts, whole, at))
    top, kept = _tops(work, texts, whole, at)
    _must_be_one(work, key, by, kept)
    rows, n_top = work.bench.rows, work.bench.numbers(f"SELECT count(*) FROM {top}")[0]  # noqa: S608 - SQL of ours
    n_kept, undated = work.bench.numbers(f"SELECT count(*), count(*) FILTER (undated) FROM {kept}")  # noqa: S608 - SQL of ours
    blank = work.count(f"NOT ({whole})")
    stays = f"{work.bench.row} IN (SELECT row FROM {kept})"  # noqa: S608 - SQL of ours
    work.bench.keep(f"{stays} OR NOT ({whole})" if keyless == "keep" else stays)
    for made in (top, kept):
        work.bench.drop(made)
    without_key = (BLANK_KEY, blank)
    lost = (
        (f"earlier than the latest of the same {named(*key)}", rows - blank - n_top),
        ("the same in every column as one that stays", n_top - n_kept),
    )
    unset = (f"without {named(by)}", undated) if by else ("", 0)
    if keyless == "keep":
        return Chosen(left_out=told(*lost), unset=told(without_key, unset))
    return Chosen(left_out=told(without_key, *lost), unset=told(unset))


def _tops(work: Work, texts: Sequence[str], whole: str, at: str) -> tuple[str, str]:
    """Make a table of the latest rows of each key, and one of them without repeats."""
    bench = work.bench
    keys = ", ".join(texts)
    top = bench.make(
        f"SELECT d.*, {_keys_as(texts)}, {at} AS moment FROM $data WHERE {whole} "  # noqa: S608 - SQL of ours
        f"QUALIFY rank() OVER (PARTITION BY {keys} ORDER BY {at} DESC NULLS LAST) = 1"
    )
    given = _given(texts)
    columns = ", ".join(quoted(f"c{i}") for i in range(len(bench.columns)))
    kept = bench.make(
        f'SELECT min("row") AS row, {given}, bool_and(moment IS NULL) AS undated FROM {top} '  # noqa: S608 - SQL of ours
        f"GROUP BY {given}, {columns}"
    )
    return top, kept


def _must_not_be_spent(work: Work, key: Sequence[str], texts: Sequence[str]) -> None:
    if spent := work.count(is_spent(texts)):
        raise work.fault(
            f"{about(spent)} have a {named(*key)} that a spreadsheet cut short, as in 1.2E+11, so "
            "that several may share it; export it again as text."
        )


def _must_be_dated(work: Work, by: str | None) -> None:
    """Refuse to choose by dates of which some could not be read: one of them may be the latest."""
    if by is not None and (unread := work.unread.get(by)):
        raise work.fault(
            f"{about(unread, 'value')} of {named(by)} could not be read, were not listed by a "
            "recode, or may be hidden from a join by damaged keys, so that the latest of a key is "
            "not known; correct them, or list what stands for no date under 'not_known'."
        )


def _must_be_in_order(
    work: Work, key: Sequence[str], by: str, sql: tuple[Sequence[str], str, str]
) -> None:
    """Refuse a latest day of which some rows have a time and some have none."""
    texts, whole, at = sql
    keys, timed = ", ".join(texts), f"{work.known(by)} LIKE '%T%'"
    last = f"max(({at})::DATE) OVER (PARTITION BY {keys})"
    unclear = work.bench.numbers(
        f"SELECT count(*) FROM (SELECT 1 FROM (SELECT {_keys_as(texts)}, {timed} AS timed, "  # noqa: S608 - SQL of ours
        f"({at})::DATE AS day, {last} AS last FROM $data WHERE {whole} AND ({at}) IS NOT NULL) "
        f"WHERE day = last GROUP BY {_given(texts)} HAVING bool_or(timed) AND NOT bool_and(timed))"
    )[0]
    if unclear:
        raise work.fault(
            f"{about(unclear, 'value')} of {named(*key)} have rows of their latest day with a time "
            f"and without one in {named(by)}, so that the latest is not known; give all of that "
            "day a time, or use a column of days alone."
        )


def _must_be_one(work: Work, key: Sequence[str], by: str | None, kept: str) -> None:
    given = _given(key)
    several, rows = work.bench.numbers(
        f"SELECT count(*), sum(n) FROM (SELECT count(*) AS n FROM {kept} GROUP BY {given} "  # noqa: S608 - SQL of ours
        "HAVING count(*) > 1)"
    )
    if several:
        which = f"latest by {named(by)} at once" if by else "not the same"
        way = "" if by else ", or say which stays with 'latest_by'"
        raise work.fault(
            f"{about(several, 'value')} of {named(*key)} have several rows that are {which} "
            f"({about(rows)} that differ); correct them{way}."
        )


def _keys_as(texts: Sequence[str]) -> str:
    return ", ".join(f"{text} AS g{i}" for i, text in enumerate(texts))


def _given(texts: Sequence[str]) -> str:
    return ", ".join(f"g{i}" for i in range(len(texts)))
