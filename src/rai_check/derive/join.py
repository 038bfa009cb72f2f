"""join: columns of another table, by a key that says which of its rows is meant."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rai_check.derive.interface import ColumnName, Side, Step, Work, about, known, named, told
from rai_check.derive.keys import BLANK_KEY, NEAR, SPENT_KEY, is_spent, usable
from rai_check.errors import DataError
from rai_check.reading import LeftOut, StepNote
from rai_check.tables import shown

_Taken = Annotated[tuple[ColumnName, ...], Field(min_length=1)]
_Renamed = Annotated[dict[ColumnName, ColumnName], Field(min_length=1)]


class Join(Step):
    """`join: {with: monitoring, on: {person_ref: employee_no}, take: [sex], each: one to one}`.

    `on` pairs columns here with columns there. `take` lists columns there, or gives theirs new
    names. `one to one`: the key is on one row at most on either side; `many to one`: on one row at
    most there. Keys are compared exactly; blank ones, and ones that a spreadsheet cut short, match
    nothing, on either side. What the other table declares as not known comes over as a blank.
    `unmatched: keep`, the default, leaves the new columns blank; `drop` leaves rows out.
    """

    with_: Annotated[str, Field(alias="with", min_length=1, max_length=64)]
    on: Annotated[dict[ColumnName, ColumnName], Field(min_length=1, max_length=10)]
    take: _Renamed | _Taken
    each: Literal["one to one", "many to one"]
    unmatched: Literal["keep", "drop"] = "keep"

    @model_validator(mode="after")
    def _takes_each_name_once(self) -> Self:
        if len({*self.adds}) < len(self.adds):
            raise ValueError("'take' gives two columns one name")
        return self

    @property
    def adds(self) -> tuple[str, ...]:
        """See `Step`."""
        return tuple(self.take.values()) if isinstance(self.take, dict) else self.take

    def run(self, work: Work) -> StepNote:
        """See `Step`."""
        bench, rows = work.bench, work.bench.rows
        ours = [work.known(column) for column in self.on]
        theirs, unused = self._theirs(work, other := work.other(self.with_))
        self._must_be_unique(work, theirs, ours)
        match = " AND ".join(f"o.h{i} = {usable(text)}" for i, text in enumerate(ours))
        unmatched = self._unmatched(work, theirs, ours, match)
        if rows and _rows(unmatched) == rows:
            raise work.fault(_nothing_matches(self.with_, unmatched))
        bench.add(
            {name: f"o.v{i}" for i, name in enumerate(self.adds)},
            joins=f"LEFT JOIN {theirs} o ON {match}",
            where="o.h0 IS NOT NULL" if self.unmatched == "drop" else "",
        )
        bench.drop(theirs)
        self._carry(work, other, unmatched, unused)
        drops = self.unmatched == "drop"
        return StepNote(
            step="join",
            does=self._words(),
            rows_in=rows,
            rows_out=bench.rows,
            left_out=unmatched if drops else (),
            unset=() if drops else unmatched,
            unused=unused,
            columns=self.adds,
        )

    @property
    def _wanted(self) -> tuple[str, ...]:
        return tuple(self.take)  # the names there, of a list and of pairs alike

    def _words(self) -> str:
        key = ", ".join(
            named(here) if here == there else f"{named(here)} = {named(there)}"
            for here, there in self.on.items()
        )
        return f"join {shown(self.with_)!r} on {key}, {self.each}, taking {named(*self._wanted)}"

    def _theirs(self, work: Work, other: Side) -> tuple[str, tuple[LeftOut, ...]]:
        """Load the other table's keys ("h0" …) and the columns taken ("v0" …).

        Rows without a whole, usable key can match nothing: they are counted, and not loaded.
        """
        try:
            brought = work.bench.bring(other.table, [*self.on.values(), *self._wanted])
        except DataError as fault:
            raise work.fault(fault.marked) from None
        texts = [
            known(f"k{i}", other.not_known.get(name, ())) for i, name in enumerate(self.on.values())
        ]
        keys = [f"{usable(text)} AS h{i}" for i, text in enumerate(texts)]
        first = len(self.on)
        taken = [
            f"{known(f'k{first + i}', other.not_known.get(name, ()))} AS v{i}"
            for i, name in enumerate(self._wanted)
        ]
        whole = " AND ".join(f"h{i} IS NOT NULL" for i in range(first))
        made = work.bench.make(
            f"SELECT * FROM (SELECT {', '.join([*keys, *taken])} FROM {brought}) WHERE {whole}"  # noqa: S608 - SQL of ours
        )
        rows, spent, usable_ = work.bench.numbers(
            f"SELECT count(*), count(*) FILTER ({is_spent(texts)}), (SELECT count(*) FROM {made}) "  # noqa: S608 - SQL of ours
            f"FROM {brought}"
        )
        work.bench.drop(brought)
        there = f"of {shown(self.with_)!r} "
        blank = rows - spent - usable_
        return made, told((there + BLANK_KEY, blank), (there + SPENT_KEY, spent))

    def _must_be_unique(self, work: Work, theirs: str, ours: Sequence[str]) -> None:
        keys = [f"h{i}" for i in range(len(self.on))]
        self._must_be_once(work, theirs, keys, f"{shown(self.with_)!r}", [*self.on.values()])
        if self.each == "one to one":
            here = [usable(text) for text in ours]
            self._must_be_once(work, "$data", here, "this table", [*self.on])

    def _must_be_once(
        self, work: Work, table: str, keys: Sequence[str], called: str, names: Sequence[str]
    ) -> None:
        known_ = " AND ".join(f"{key} IS NOT NULL" for key in keys)
        several, rows = work.bench.numbers(
            f"SELECT count(*), sum(n) FROM (SELECT count(*) AS n FROM {table} WHERE {known_} "  # noqa: S608 - SQL of ours
            f"GROUP BY {', '.join(keys)} HAVING count(*) > 1)"
        )
        if several:
            ways = "" if called != "this table" else ", or say 'each: many to one' if that is meant"
            raise work.fault(
                f"the join is to be {self.each}, but {about(several, 'value')} of {named(*names)} "
                f"in {called} are on more than one row each ({about(rows)}); "
                f"remove the repeats (a step 'one_per' does where they are the same){ways}."
            )

    def _unmatched(
        self, work: Work, theirs: str, ours: Sequence[str], match: str
    ) -> tuple[LeftOut, ...]:
        """Count the rows without a match by what stands in the way; each row once."""
        whole = " AND ".join(f"{usable(text)} IS NOT NULL" for text in ours)
        spent = work.count(is_spent(ours))
        blank = work.count(f"NOT ({whole})") - spent
        keys = ", ".join(f"{usable(text)} AS g{i}" for i, text in enumerate(ours))
        lone = work.bench.make(
            f"SELECT {keys} FROM $data WHERE {whole} AND NOT EXISTS (SELECT 1 FROM {theirs} o "  # noqa: S608 - SQL of ours
            f"WHERE {match})"
        )
        counts = work.bench.numbers(_nearly(lone, theirs, len(ours)))
        work.bench.drop(lone)
        without = _without(self.with_)
        near = [
            (f"{without} that would have one but for {what}", n)
            for (what, _), n in zip(NEAR, counts[1:], strict=True)
        ]
        rest = (without, counts[0] - sum(n for _, n in near))
        return told((BLANK_KEY, blank), (SPENT_KEY, spent), *near, rest)

    def _carry(
        self, work: Work, other: Side, unmatched: Sequence[LeftOut], unused: Sequence[LeftOut]
    ) -> None:
        """Remember which taken columns have values that could not be read, or not be found.

        A key that is blank, cut short or nearly another's may well have a row there, and a row
        there whose key is blank or cut short may be of any row without a match: that nothing was
        found is no news of them, and `late_if` must not take it for "not done".
        """
        hindered = _rows(line for line in unmatched if line.why != _without(self.with_))
        hindered += min(_rows(unmatched) - hindered, _rows(unused))
        for name, new in zip(self._wanted, self.adds, strict=True):
            lost = other.unread.get(name, 0)
            if unknown := lost + (hindered if self.unmatched == "keep" else 0):
                work.unread[new] = unknown


def _rows(lines: Iterable[LeftOut]) -> int:
    return sum(line.rows for line in lines)


def _nearly(lone: str, theirs: str, width: int) -> str:
    """SQL for how many keys are alone, and how many of them each kind of nearness explains."""
    flags = []
    for _, form in NEAR:
        pairs = " AND ".join(f"{form(f'o.h{i}')} = {form(f'u.g{i}')}" for i in range(width))
        flags.append(f"EXISTS (SELECT 1 FROM {theirs} o WHERE {pairs})")  # noqa: S608 - SQL of ours
    names = [f"f{i}" for i in range(len(NEAR))]
    only = [" AND ".join([*(f"NOT {n}" for n in names[:i]), names[i]]) for i in range(len(names))]
    asked = ", ".join(f"{flag} AS {name}" for flag, name in zip(flags, names, strict=True))
    sums = ", ".join(f"count(*) FILTER ({condition})" for condition in only)
    return f"SELECT count(*), {sums} FROM (SELECT {asked} FROM {lone} u)"  # noqa: S608 - SQL of ours


def _without(other: str) -> str:
    return f"without a match in {shown(other)!r}"


def _nothing_matches(other: str, unmatched: Sequence[LeftOut]) -> str:
    why = "; ".join(f"{about(line.rows)} {line.why}" for line in unmatched)
    return (
        f"no row has a match in {shown(other)!r} ({why}); see whether 'on' names the right columns."
    )
