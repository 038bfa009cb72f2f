"""What the person who was asked said."""

from dataclasses import dataclass, fields

UNKNOWN: tuple[str, ...] = ()
"""The answer "I don't know"; None stands for a question that has not been asked."""
Said = tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One answer for each question, in the order in which they are asked."""

    decisions: Said = None
    """Place of the file with the decisions, from one."""
    name: Said = None
    organisation: Said = None
    decides: Said = None
    about: Said = None
    """`services` or `staff`."""
    day_first: Said = None
    """`day` or `month`: which comes first in dates that can be read both ways."""
    tool: Said = None
    """Column with what the system said."""
    positive: Said = None
    """Values of it that mean that a person was picked."""
    good: Said = None
    """`favourable` or `unfavourable`."""
    truth: Said = None
    """Column with what turned out to be right."""
    truth_positive: Said = None
    golden: Said = None
    """Values of the system's outcomes in the golden cases that are bad for the person."""
    unit: Said = None
    """Column that says whom a row is about."""
    why_not_held: Said = None
    harm: Said = None
    base_rate: Said = None
    """Share, as a per cent."""

    @classmethod
    def all_unknown(cls) -> "Answers":
        """Nothing is known: every question counts as answered with "I don't know"."""
        return cls(**{field.name: UNKNOWN for field in fields(cls)})

    @property
    def count(self) -> int:
        """How many questions have been answered, "I don't know" included."""
        return sum(getattr(self, field.name) is not None for field in fields(self))


def one(said: Said) -> str | None:
    """The single answer, or None where it is not known or was not asked."""
    return said[0] if said else None
