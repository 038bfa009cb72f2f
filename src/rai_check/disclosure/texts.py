"""Sentences of checks and of the judge, without the true counts of people that they may hold."""

import re

from rai_check.judgement import Line
from rai_check.measurement import Measurement, Undefined
from rai_check.protected import PEOPLE, SMALL

NO_POSITIVE = "no_positive"
"""Code of a rate that cannot be, since none of the values declared as positive occurs."""
_REBUILT = {"unknown_share", "sampled", "too_few"}
"""Codes whose reason the judge makes from true counts; reports word them anew."""
_FEW_POSITIVE = f"there are fewer than {SMALL} records to measure it on"
_PEOPLE = "rows|records|people|persons|person|cases|children|pupils|residents"
_OTHERS = r"values|units|of (?:all )?\d+"
_NUMBER = r"(?<![\w.,/\-])(?P<least>least )?(?P<than>fewer than )?(?P<n>\d[\d,]*)"
_COUNTED = re.compile(rf"{_NUMBER}(?= (?:distinct )?(?:(?P<people>{_PEOPLE})|{_OTHERS})\b)")


def reason_of(line: Line) -> str:
    """The judge's reason, empty where reports word it anew from what they may show."""
    if line.code in _REBUILT:
        return ""
    m = line.measurement
    if m is None:
        return line.reason
    if isinstance(m.evidence, Undefined):
        return undefined_text(m.evidence, m)
    return protected_text(line.reason, m)


def protected_text(text: str, m: Measurement) -> str:
    """A check's sentence about people: small counts masked, others rounded, limits left alone."""
    return _COUNTED.sub(_protected, text) if m.about_people else text


def _protected(found: re.Match[str]) -> str:
    n = int(found["n"].replace(",", ""))
    before = f"{found['least'] or ''}"
    if n < SMALL:
        return found[0] if before else f"fewer than {SMALL}"
    if before or found["than"] or not found["people"]:
        return found[0]
    return f"{int(PEOPLE.count(n).value or 0):,}"


def undefined_text(e: Undefined, m: Measurement) -> str:
    """Why there is no number; that no value is positive would say that a count is nought."""
    if m.about_people and e.code == NO_POSITIVE:
        _, joint, column = e.text.partition(" in column ")
        return f"{_FEW_POSITIVE}{joint}{column}"
    return protected_text(e.text, m)
