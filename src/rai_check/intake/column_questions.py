"""Questions on columns: which holds what, and which of its values count."""

from pathlib import Path

from rai_check.intake.answers import Answers, one
from rai_check.intake.golden import outcome_column
from rai_check.intake.look import Looked, LookedAt
from rai_check.intake.looks import is_yes_or_no
from rai_check.intake.profile import ColumnProfile
from rai_check.intake.propose import decisions_place, propose
from rai_check.intake.question import Choice, Question
from rai_check.intake.roles import answer_columns, tool_merit
from rai_check.intake.units import unit_question
from rai_check.intake.words import TRUTH
from rai_check.tables import shown

YES = frozenset({"yes", "y", "true", "t", "1"})


def tool(looked: Looked, answers: Answers, folder: Path) -> Question | None:
    """Ask which column holds what the system said."""
    del folder
    held = answer_columns(_table(looked, answers))
    if not held:
        return None
    return Question(
        id="tool",
        text="Which column holds what the system said?",
        help=(
            "The column with its own answer, before a person changed it: its recommendation, flag, "
            "rating or prediction. A person's final decision is not it."
        ),
        choices=tuple(Choice(value=one.name, shown=shown(one.name)) for one in held),
        default=1 if tool_merit(held[0]) > 0 else None,
    )


def positive(looked: Looked, answers: Answers, folder: Path) -> Question | None:
    """Ask which of its values pick a person."""
    del folder
    column = one(answers.tool)
    return _values(
        looked,
        answers,
        column,
        id_="positive",
        text=f"In {shown(column or '')!r}, which values mean that the system picked the person?",
        help_=(
            "Picked for whatever it decides: flagged, brought forward, offered, refused. All the "
            "other values count as not picked. Give one number, or several with commas."
        ),
    )


def good(looked: Looked, answers: Answers, folder: Path) -> Question | None:
    """Ask whether being picked is good or bad for the person."""
    del looked, folder
    if not answers.positive:
        return None
    return Question(
        id="good",
        text="Is being picked good or bad for the person?",
        help=(
            "Good: an earlier review, an offer. Bad: an investigation, a refusal, a delay. "
            "It decides which side of a difference counts as the disadvantage."
        ),
        choices=(
            Choice(value="favourable", shown="good"),
            Choice(value="unfavourable", shown="bad"),
        ),
    )


def truth(looked: Looked, answers: Answers, folder: Path) -> Question | None:
    """Ask which column says what turned out to be right, if one is named like that."""
    del folder
    tool = one(answers.tool)
    held = [c for c in answer_columns(_table(looked, answers)) if c.name != tool and _is_truth(c)]
    if not held:
        return None
    return Question(
        id="truth",
        text="Which column says what turned out to be right?",
        help=(
            "What was found later, without regard to what the system had said: needed or not, "
            "upheld or not. With it, errors can be compared between groups. What a person decided "
            "after seeing the system's answer is not it: then say that you don't know."
        ),
        choices=tuple(Choice(value=one.name, shown=shown(one.name)) for one in held),
    )


def truth_positive(looked: Looked, answers: Answers, folder: Path) -> Question | None:
    """Ask which of its values mean that picking would have been right."""
    del folder
    column = one(answers.truth)
    return _values(
        looked,
        answers,
        column,
        id_="truth_positive",
        text=f"In {shown(column or '')!r}, which values mean that picking would have been right?",
        help_="Give one number, or several with commas.",
    )


def golden(looked: Looked, answers: Answers, folder: Path) -> Question | None:
    """Ask which outcomes of the golden cases are bad, where the tool's own values do not tell."""
    draft = propose(looked, answers, folder)
    first = decisions_place(looked, answers)
    files = (looked.files[first], *looked.files[:first], *looked.files[first + 1 :])
    for table, file in zip(draft.tables, files, strict=True):
        column = outcome_column(file, table)
        if column is not None:
            values = file.values(column.name)
            return Question(
                id="golden",
                text=f"In {shown(column.name)!r} of the golden cases, what is bad for the person?",
                help=(
                    "It seems to hold what the system gave in cases that somebody worked out by "
                    "hand. Give one number, or several with commas; all the others count as good."
                ),
                choices=tuple(Choice(value=value, shown=shown(value)) for value in values),
                several=True,
            )
    return None


def unit(looked: Looked, answers: Answers, folder: Path) -> Question | None:
    """Ask whom a row is about, where neither names nor keys tell."""
    del folder
    place = decisions_place(looked, answers)
    held = unit_question(looked.files[place], looked, place)
    if not held:
        return None
    return Question(
        id="unit",
        text="Which column says whom a row is about?",
        help=(
            "Where several rows can be about one person, they do not count as several people. "
            "Without it every row counts as a person of its own."
        ),
        choices=tuple(Choice(value=name, shown=shown(name)) for name in held),
    )


def _values(
    looked: Looked, answers: Answers, column: str | None, *, id_: str, text: str, help_: str
) -> Question | None:
    """Ask which values of a column count; they are shown, because nobody could answer otherwise.

    Only of a column of few different values that looks neither like an identifier of people nor
    like free text (`LookedAt.values`); nowhere else does a value reach the screen.
    """
    held = _table(looked, answers).values(column) if column else ()
    if not held:
        return None
    choices = tuple(Choice(value=value, shown=shown(value)) for value in held)
    return Question(
        id=id_, text=text, help=help_, choices=choices, several=True, default=_yes_among(held)
    )


def _yes_among(values: tuple[str, ...]) -> int | None:
    """Place of "yes" among yes and no, from one."""
    yes = [place for place, value in enumerate(values, start=1) if value.casefold() in YES]
    return yes[0] if len(yes) == 1 and is_yes_or_no(values) else None


def _is_truth(column: ColumnProfile) -> bool:
    return bool(TRUTH.intersection(column.words))


def _table(looked: Looked, answers: Answers) -> LookedAt:
    return looked.files[decisions_place(looked, answers)]
