"""A question, and what an answer to it means."""

from dataclasses import dataclass

LONGEST = 1_000
"""Characters of an answer in words."""
EVERYBODY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several answers: what is kept, and what is shown."""

    value: str
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; with choices it is answered by their numbers, else in words.

    Attributes:
        id: the field of `Answers` that it fills.
        text: the question.
        help: shown on "?".
        choices: what can be answered, in order; none for words.
        several: whether more than one choice may be given.
        default: place of the choice that Enter stands for, from one; None where Enter means
            "I don't know".
        share: whether the answer is a per cent between 0 and 100.
    """

    id: str
    text: str
    help: str
    choices: tuple[Choice, ...] = ()
    several: bool = False
    default: int | None = None
    share: bool = False


def chosen(question: Question, said: str) -> tuple[str, ...] | None:
    """What the numbers of choices stand for, or None where one is not a choice.

    Not every value of a column at once either: then nothing could differ.
    """
    places = [part.strip() for part in said.split(",")]
    if not all(part.isascii() and part.isdigit() for part in places):
        return None
    numbers = sorted({int(part) for part in places})
    if numbers[0] < 1 or numbers[-1] > len(question.choices):
        return None
    if len(numbers) > 1 and (not question.several or len(numbers) == len(question.choices)):
        return None
    return tuple(question.choices[number - 1].value for number in numbers)


def share_of(said: str) -> tuple[str, ...] | None:
    """A per cent above 0 and below 100, or None."""
    try:
        number = float(said.removesuffix("%").strip())
    except ValueError:
        return None
    return (str(number),) if 0 < number < EVERYBODY else None


def words_of(said: str) -> tuple[str, ...] | None:
    """One line of words, or None where there are none or far too many."""
    words = " ".join(said.split())
    return (words,) if 0 < len(words) <= LONGEST else None
