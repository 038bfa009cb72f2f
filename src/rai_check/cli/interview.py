"""Plain questions at a terminal: one at a time, help on "?", "I don't know" always allowed."""

import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rai_check.errors import DataError

if TYPE_CHECKING:
    from rai_check.intake.answers import Answers
    from rai_check.intake.look import Given, Looked
    from rai_check.intake.question import Question

DONT_KNOW, MORE = "0", "?"
WIDTH = 80
LAST_ROW = 1_000


def line(text: str, depth: int = 0, *, whole: bool = False) -> None:
    """Write text for a person on standard error, with nothing in it that could drive a terminal.

    Args:
        text: what to say.
        depth: how far it is indented.
        whole: whether it stays on one line, so that it can be copied.
    """
    from rai_check.reports.escape import visible

    start = "  " * depth
    safe = visible(text)
    hanging = start + "  " * safe.startswith("- ")
    lines = [f"{start}{safe}"]
    if not whole:
        lines = textwrap.wrap(
            safe, WIDTH, initial_indent=start, subsequent_indent=hanging, break_long_words=False
        )
    for part in lines or [""]:
        click.echo(part, err=True)


def ask_all(looked: "Looked", folder: Path) -> "Answers":
    """Ask until nothing is open.

    Raises:
        click.Abort: the person stopped; nothing has been written.
    """
    from rai_check.intake.answers import Answers
    from rai_check.intake.questions import answered, next_question

    line("")
    line(
        f"A few questions. {MORE} says more. Enter takes what stands in brackets, and "
        f'{DONT_KNOW} there is "I don\'t know". Ctrl-C stops and writes nothing.'
    )
    answers = Answers()
    while question := next_question(looked, answers, folder):
        answers = answered(answers, question, _answer(question, answers.count + 1))
    return answers


def _answer(question: "Question", number: int) -> tuple[str, ...]:
    """Put one question until it has an answer that can be used."""
    line("")
    line(f"{number}. {question.text}")
    for place, choice in enumerate(question.choices, start=1):
        line(f"{place:>2}  {choice.shown}", 1)
    default = DONT_KNOW if question.default is None else str(question.default)
    while True:
        said = _typed(default)
        if said == MORE:
            line(question.help, 1)
            continue
        if said == DONT_KNOW:
            return ()
        found = _understood(question, said)
        if found is not None:
            return found
        line(_wanted(question), 1)


def _typed(default: str) -> str:
    said: str = click.prompt("  ", default=default, prompt_suffix="> ", err=True)
    return said.strip()


def _understood(question: "Question", said: str) -> tuple[str, ...] | None:
    """What an answer means, or None where it cannot be used."""
    from rai_check.intake.question import chosen, share_of, words_of

    if question.choices:
        return chosen(question, said)
    return share_of(said) if question.share else words_of(said)


def _wanted(question: "Question") -> str:
    last, other = len(question.choices), f"{DONT_KNOW} or {MORE}"
    if question.several:
        return f"Give numbers from 1 to {last} with commas, but not all of them; {other}."
    if question.choices:
        return f"Give one number from 1 to {last}, {other}."
    if question.share:
        return f"Give a number above 0 and below 100, {other}."
    return f"Give one line of at most 1,000 characters, {other}."


def mended_by_asking(given: "Given", fault: DataError) -> "Given":
    """Ask which sheet, or which row has the column names, where only that is in the way.

    Raises:
        DataError: the fault itself, where it is another, or where the person does not know.
    """
    text = str(fault)
    sheet, row = "`sheet:`" in text, "`header_row:" in text
    if given.sheet is None and sheet:
        line(text)
        line("What is the sheet called?")
        said = _typed(DONT_KNOW)
        if said != DONT_KNOW:
            return replace(given, sheet=said)
    elif given.header_row is None and row:
        line(text)
        line("Which row of the file, counted from one, has the names of the columns?")
        said = _typed(DONT_KNOW)
        if said.isascii() and said.isdigit() and 0 < int(said) <= LAST_ROW:
            return replace(given, header_row=int(said))
    raise fault
