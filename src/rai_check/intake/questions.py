"""What is asked: only what no file can tell, one plain question at a time, sixteen at most."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from rai_check.intake import column_questions as columns
from rai_check.intake import fixed
from rai_check.intake.answers import Answers
from rai_check.intake.look import Looked
from rai_check.intake.propose import propose
from rai_check.intake.question import Choice, Question
from rai_check.intake.recorded import not_usable
from rai_check.intake.roles import decisions_file
from rai_check.intake.steps import is_readable
from rai_check.project.columns import Characteristic, Meaning
from rai_check.tables import shown

Ask: TypeAlias = Callable[[Looked, Answers, Path], Question | None]


def next_question(looked: Looked, answers: Answers, folder: Path) -> Question | None:
    """Return the first question that applies and has no answer yet, or None."""
    for id_, ask in _QUESTIONS:
        if getattr(answers, id_) is None:
            question = ask if isinstance(ask, Question) else ask(looked, answers, folder)
            if question is not None:
                return question
    return None


def answered(answers: Answers, question: Question, said: tuple[str, ...]) -> Answers:
    """Return the answers with one more."""
    return replace(answers, **{question.id: said})


def _decisions(looked: Looked, answers: Answers, folder: Path) -> Question | None:
    del answers, folder
    first, sure = decisions_file(looked)
    if sure:
        return None
    return Question(
        id="decisions",
        text="Which file has one row for each case that the system spoke on?",
        help="The file with the tool's answers. The others may add groups, dates or a log to it.",
        choices=tuple(
            Choice(value=str(place), shown=shown(file.path.name))
            for place, file in enumerate(looked.files, start=1)
        ),
        default=first + 1,
    )


def _day_first(looked: Looked, answers: Answers, folder: Path) -> Question | None:
    draft = propose(looked, answers, folder)
    every = (column for table in draft.tables for column in table.columns)
    unclear = (one for one in every if one.means is Meaning.DATE and not is_readable(one))
    open_ = list(dict.fromkeys(shown(one.name) for one in unclear))
    if not open_:
        return None
    return Question(
        id="day_first",
        text=f"In the dates of {_listed(open_)}, which comes first?",
        help=(
            "Every date there could be read both ways: 03/04/2026 is 3 April in Britain and "
            "4 March in America. Files of British councils nearly always have the day first, but "
            "some systems write the American way, so it is not guessed."
        ),
        choices=(Choice(value="day", shown="the day"), Choice(value="month", shown="the month")),
    )


def _why_not_held(looked: Looked, answers: Answers, folder: Path) -> Question | None:
    draft = propose(looked, answers, folder)
    known = {*draft.held(), *not_usable(draft)}
    gone = [one.words for one in Characteristic if one not in known]
    if not gone:
        return None
    return Question(
        id="why_not_held",
        text=f"The files do not record {_listed(gone)}. Why not, in one sentence?",
        help=(
            "For example: Not recorded in the case system. One reason for all of them will do for "
            "now; the project file has a line for each. Without a reason the control on the "
            "fairness plan counts the gap."
        ),
    )


def _listed(items: list[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


_QUESTIONS: tuple[tuple[str, Ask | Question], ...] = (
    ("decisions", _decisions),
    ("name", fixed.NAME),
    ("organisation", fixed.ORGANISATION),
    ("decides", fixed.DECIDES),
    ("about", fixed.ABOUT),
    ("tool", columns.tool),
    ("positive", columns.positive),
    ("good", columns.good),
    ("truth", columns.truth),
    ("truth_positive", columns.truth_positive),
    ("golden", columns.golden),
    ("unit", columns.unit),
    ("day_first", _day_first),
    ("why_not_held", _why_not_held),
    ("harm", fixed.HARM),
    ("base_rate", fixed.BASE_RATE),
)
"""In the order in which they are asked; each may find that it does not apply."""
