"""From what the files look like and what was answered to a whole draft of the project file."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from rai_check.intake.answers import Answers, one
from rai_check.intake.draft import Confidence, Draft, DraftPlan, DraftStep, DraftTable
from rai_check.intake.golden import with_outcomes
from rai_check.intake.joins import join
from rai_check.intake.look import Looked, LookedAt
from rai_check.intake.meaning import meaning
from rai_check.intake.outcomes import with_answers
from rai_check.intake.roles import counted, decisions_file, role_of
from rai_check.intake.settle import (
    counting,
    dated,
    one_of_each_meaning,
    one_of_each_role,
    required,
    without_rare,
)
from rai_check.intake.steps import (
    Derived,
    age_band,
    used_or_not,
    waited,
    with_steps,
)
from rai_check.intake.units import with_unit
from rai_check.project.columns import Meaning
from rai_check.project.table_file import Role

LOCAL, FAIRNESS = "uk-local-government", "uk-fairness"


def propose(looked: Looked, answers: Answers, folder: Path) -> Draft:
    """Draft a project file.

    Args:
        looked: the files.
        answers: what has been answered so far; what is not known stays open.
        folder: where the project file will be; paths are relative to it.
    """
    first = decisions_place(looked, answers)
    names = _names(looked, first)
    tables = [
        _table(looked, place, first, names[place], folder, answers)
        for place in range(len(looked.files))
    ]
    tables = one_of_each_role(tables)
    tables[first] = _derived(looked, first, tables)
    tables = [used_or_not(table, tables[first]) for table in tables]
    tables[first] = with_answers(tables[first], looked.files[first], answers)
    tables = [
        with_outcomes(table, looked.files[place], tables[first], answers)
        for place, table in enumerate(tables)
    ]
    policy, why = _policy(tables[first])
    return Draft(
        tables=(tables[first], *tables[:first], *tables[first + 1 :]),
        policy=policy,
        policy_why=why,
        system=_system(answers),
        plan=_plan(answers),
        about=one(answers.about),
        why_not_held=one(answers.why_not_held),
    )


def decisions_place(looked: Looked, answers: Answers) -> int:
    """Place of the file with the decisions: as answered, else as proposed."""
    said = one(answers.decisions)
    return int(said) - 1 if said else decisions_file(looked)[0]


def _names(looked: Looked, first: int) -> list[str]:
    """A name for each table that the project file takes, all different."""
    names: list[str] = []
    for place, file in enumerate(looked.files):
        plain = re.sub(r"[^A-Za-z0-9]+", "_", file.path.stem).strip("_").lower()[:40]
        name = "decisions" if place == first else plain if plain[:1].isalpha() else f"table_{plain}"
        taken = {*names, "decisions"} if place != first else set(names)
        names.append(name if name not in taken else f"{name}_{place + 1}")
    return names


def _table(
    looked: Looked, place: int, first: int, name: str, folder: Path, answers: Answers
) -> DraftTable:
    file = looked.files[place]
    role = role_of(looked, place, first)
    columns = [meaning(column, file.values) for column in file.columns]
    columns = [dated(column, answers) for column in columns]
    if role.role is Role.GOLDEN_CASES:
        columns = [required(column) for column in columns]
    if role.role is Role.REFERENCE:
        columns = [counting(column, counted(file), file) for column in columns]
    else:
        columns = [without_rare(column, file) for column in columns]
    if role.role is Role.DECISIONS:
        columns = with_unit(columns, file, looked, place, one(answers.unit))
    return DraftTable(
        name=name,
        path=relative(file.path, folder),
        role=role.role,
        why=role.why,
        sheet=file.given.sheet or file.table.note.sheet,
        header_row=file.given.header_row,
        columns=tuple(one_of_each_meaning(columns)),
    )


def relative(path: Path, folder: Path) -> str:
    """The way from a folder to a file with forward slashes, or the whole path on another drive."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def _derived(looked: Looked, first: int, tables: Sequence[DraftTable]) -> DraftTable:
    table = tables[first]
    for place, other in enumerate(tables):
        key = looked.link(first, place)
        found = join(table, other, key) if key and other.role is Role.LOOKUP else None
        table = with_steps(table, [found] if found else [])
    table = with_steps(table, age_band(table))
    table = with_steps(table, waited(table))
    return with_steps(table, _repeats(table, looked.files[first]))


def _repeats(table: DraftTable, file: LookedAt) -> list[Derived]:
    """Suggest to count the last event of each, where rows repeat; only a person can know."""
    unit = next((column for column in table.columns if column.means is Meaning.UNIT), None)
    found = next((one for one in file.columns if unit and one.name == unit.name), None)
    if unit is None or found is None or found.unique:
        return []
    why = (
        f"{found.known:,} rows are about {found.distinct:,}; remove the # to keep only the last "
        "row of each"
    )
    body = (("unit", unit.name), ("by", "TODO the date column"))
    return [Derived(step=DraftStep(kind="last_event", body=body, why=why, suggested=True))]


def _policy(table: DraftTable) -> tuple[str, str]:
    said = {Meaning.TRUTH: "what turned out to be right", Meaning.WAIT: "how long people waited",
            Meaning.TODAY: "what today's process decides", Meaning.SCORE: "a score"}  # fmt: skip
    held = [words for means, words in said.items() if _sure(table, means)]
    if held:
        return FAIRNESS, f"all controls for councils, and those on {' and '.join(held)}"
    maybe = [words for means, words in said.items() if any(c.means is means for c in table.columns)]
    more = f"; {FAIRNESS} adds those on {' and '.join(maybe)}, once you have checked that"
    return LOCAL, f"the controls for councils in England{more if maybe else ''}"


def _sure(table: DraftTable, means: Meaning) -> bool:
    """Whether a person confirmed a column of a meaning; a guess by its name adds no control."""
    return any(c.means is means and c.confidence is Confidence.CERTAIN for c in table.columns)


def _system(answers: Answers) -> tuple[tuple[str, str], ...]:
    given = {
        "name": answers.name, "organisation": answers.organisation, "decides": answers.decides
    }  # fmt: skip
    return tuple((key, text) for key, said in given.items() if (text := one(said)))


def _plan(answers: Answers) -> DraftPlan:
    rate = one(answers.base_rate)
    return DraftPlan(
        harm=one(answers.harm), base_rate=round(float(rate) / 100, 4) if rate else None
    )
