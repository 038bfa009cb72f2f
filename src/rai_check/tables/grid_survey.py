"""The first rows of a sheet of cells, and for each what the rows below it are like."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from rai_check.tables.grid_cells import Cells, evidence, kind_of_cell, kind_of_column
from rai_check.tables.grid_totals import is_note, is_total

SEARCHED = 100
"""Rows from the top among which the header is."""
_FEW = 3
_BY_CHANCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Rows, and for each row what is below it.

    Attributes:
        rows: clean cells.
        filled: of each row, the columns with something in them.
        used_below: for each row, the columns that rows of a table below it use.
        columns_below: for each row, what most cells of each column below it look like.
        told: for each row, how many of its cells are unlike, like, and surely like those below.
    """

    rows: Sequence[Cells]
    filled: tuple[frozenset[int], ...]
    used_below: tuple[frozenset[int], ...]
    columns_below: tuple[tuple[str | None, ...], ...]
    told: tuple[tuple[int, int, int], ...]

    @property
    def blank(self) -> bool:
        """Whether no row has anything in it."""
        return not any(self.filled)

    def named(self, at: int) -> bool:
        """Say whether a row has something in every column that is used below it."""
        return bool(self.filled[at]) and self.filled[at] >= self.used_below[at]

    def kind(self, at: int, column: int) -> str | None:
        """Return what most cells of a column below a row look like."""
        below = self.columns_below[at]
        return below[column] if column < len(below) else None

    def typical(self, at: int) -> int:
        """Return how many cells the rows below a row usually fill."""
        sizes = [len(filled) for filled in self.filled[at + 1 :] if filled]
        return median_low(sizes) if sizes else len(self.filled[at])

    def first_named(self) -> int | None:
        """Return the first row that has something in every column used below it.

        Parameters of a report ("Department:") and headings of groups give way to the next such
        row, if that one is unlike what is below it.
        """
        named = [at for at in self.searched() if self.named(at)]
        for at, following in pairwise(named):
            if not (self.contrasts(following) and self._gives_way(at, following)):
                return at
        return named[-1] if named else None

    def rival(self, at: int) -> int | None:
        """Return the row below a header that could as well be it, None if there is none.

        It names every column in words and is unlike what is below it. It is none if it has words
        that come again below, as data do, or one word for a number among many cells.
        """
        below = next((i for i in self.searched() if i > at), None)
        if below is None or not (self.named(below) and self.contrasts(below)):
            return None
        if any(kind_of_cell(cell) not in {"text", "blank"} for cell in self.rows[below]):
            return None
        wide, unlike = len(self.filled[below]) >= _FEW, self.told[below][0]
        one_off = wide and unlike == 1 < self.told[at][0]
        again = self.rows[below] == self.rows[at] or self._recurrences(below) > 0
        return None if one_off or again else below

    def pair(self, before: int) -> int | None:
        """Return the lower of the first two rows that name every column only together."""
        from rai_check.tables.grid_names import is_grouping, joined

        for at in self.searched():
            if not 0 < at < before:
                continue
            upper, lower = self.rows[at - 1], self.rows[at]
            names = joined(upper, lower)
            together = frozenset(i for i, name in enumerate(names) if name)
            told = evidence([kind_of_cell(name) for name in names], self.columns_below[at])
            if (
                is_contrast(told)
                and is_grouping(upper, lower)
                and together >= self.used_below[at]
                and self.filled[at]
            ):
                return at
        return None

    def partial(self, before: int) -> int | None:
        """Return the first row unlike what is below it that names half of the columns or more."""
        for at in self.searched():
            share = len(self.filled[at] & self.used_below[at])
            if at < before and self.contrasts(at) and 2 * share >= len(self.used_below[at]):
                return at
        return None

    def looks_like_data(self, at: int) -> bool:
        """Say whether a row is like those below it, or has words that come again and again."""
        unlike, alike, surely = self.told[at]
        coded = alike > unlike and len(self.filled[at]) > 1
        return surely > unlike or coded or self._recurrences(at) > 1

    def under_titles(self, at: int) -> bool:
        """Say whether above a row there are only titles, told from it by how they are laid out.

        A title is a lone cell, with blank cells beside it or a blank row below, or else the only
        one in a text file whose rows all have three cells or more.
        """
        above = [i for i in range(at) if self.filled[i]]
        if not above:
            return True
        widths = {
            len(row) for row, filled in zip(self.rows[at:], self.filled[at:], strict=True) if filled
        }
        told = len(self.rows[above[-1]]) > 1 or not self.filled[at - 1]
        return all(len(self.filled[i]) == 1 for i in above) and (
            told or (len(widths) == 1 and min(widths) >= _FEW)
        )

    def contrasts(self, at: int) -> bool:
        """Say whether a row is unlike what is below it."""
        return is_contrast(self.told[at])

    def searched(self) -> list[int]:
        """Return the rows among which the header is, without blank ones."""
        return [at for at in range(min(len(self.rows), SEARCHED)) if self.filled[at]]

    def _recurrences(self, at: int) -> int:
        """Return how many cells below hold the words that a row has in their column."""
        row = self.rows[at]
        return sum(
            cell != "" and cell == below
            for other in self.rows[at + 1 :]
            if other != row
            for cell, below in zip(row, other, strict=False)
        )

    def _gives_way(self, at: int, following: int) -> bool:
        cells = [cell for cell in self.rows[at] if cell]
        if any(cell.endswith(":") for cell in cells) or len(set(cells)) < len(cells):
            return True
        unlike, alike, _ = self.told[following]
        return following > at + 1 and unlike > 1 and not alike and not self.contrasts(at)


def survey(rows: Sequence[Cells]) -> Survey:
    """Look at rows from the last to the first, so that each knows what is below it."""
    filled = tuple(frozenset(i for i, cell in enumerate(row) if cell) for row in rows)
    widest = max((len(each) for each in filled), default=0)
    used: frozenset[int] = frozenset()
    kinds: list[Counter[str]] = []
    below: list[tuple[frozenset[int], tuple[str | None, ...], tuple[int, int, int]]] = []
    for at in reversed(range(len(rows))):
        own = [kind_of_cell(cell) for cell in rows[at]]
        columns = tuple(map(kind_of_column, kinds)) if at < SEARCHED else ()
        below.append((used, columns, evidence(own, columns)))
        first = next((cell for cell in rows[at] if cell), "")
        lone = len(filled[at]) == 1 and widest >= _FEW
        if lone or is_note(first) or is_total(rows[at]):
            continue
        used |= filled[at]
        kinds += [Counter() for _ in range(len(own) - len(kinds))]
        for kind, counter in zip(own, kinds, strict=False):
            counter[kind] += 1
    below.reverse()
    return Survey(
        rows=rows,
        filled=filled,
        used_below=tuple(used for used, _, _ in below),
        columns_below=tuple(columns for _, columns, _ in below),
        told=tuple(told for _, _, told in below),
    )


def is_contrast(told: tuple[int, int, int]) -> bool:
    """Say whether a row is a header, by how many cells are unlike and like those below."""
    unlike, alike, _ = told
    return unlike > 0 and _BY_CHANCE * alike <= unlike
