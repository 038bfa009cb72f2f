"""Give the columns of answers the meaning that the person who was asked gave them."""

from dataclasses import replace

from rai_check.intake.answers import Answers, Said, one
from rai_check.intake.draft import Confidence, DraftColumn, DraftTable
from rai_check.intake.look import LookedAt
from rai_check.intake.words import NOT_STATED
from rai_check.project.columns import Meaning


def with_answers(table: DraftTable, file: LookedAt, answers: Answers) -> DraftTable:
    """Give the columns of answers the meaning that the person gave them."""
    columns = [
        _outcome(
            column, file, Meaning.PREDICTION, answers.tool, answers.positive, one(answers.good)
        )
        for column in table.columns
    ]
    columns = [
        _outcome(column, file, Meaning.TRUTH, answers.truth, answers.truth_positive, "")
        for column in columns
    ]
    return replace(table, columns=tuple(columns))


def _outcome(
    column: DraftColumn,
    file: LookedAt,
    means: Meaning,
    named: Said,
    positive: Said,
    good: str | None,
) -> DraftColumn:
    """A column that was named; without its positive values it can have no such meaning yet."""
    if column.name != one(named):
        return column
    held = file.values(column.name)
    if not positive or good is None:
        open_ = " and ".join(
            word for word, given in (("positive", positive), ("positive_is", good)) if not given
        )
        more = ", positive_is: favourable (or unfavourable)" if good != "" else ""
        note = (
            f"You said that it holds the {means.value}. Once {open_} are known, write: "
            f"means: {means.value}, positive: [...]{more}"
        )
        return replace(column, notes=(*column.notes, note))
    rest = [value for value in held if value not in positive]
    unknown = tuple(value for value in rest if value.casefold() in NOT_STATED)
    negative = tuple(value for value in rest if value not in unknown)
    return replace(
        column,
        means=means,
        confidence=Confidence.CERTAIN,
        why="you said so",
        positive=positive,
        negative=negative if len(negative) > 1 else (),
        positive_is=good or None,
        always=means is Meaning.PREDICTION,
        purpose=None,
        characteristic=None,
        codes=None,
        labels=(),
        not_known=unknown,
    )
