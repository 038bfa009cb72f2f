"""What the result rests on: the system, its data, the days, and how the numbers were rounded."""

from rai_check.disclosed import PublicAssessment
from rai_check.reports import beside
from rai_check.reports.numerals import count, cut, day, sentence

_BRIEF = 140
_NOT_SAID = "Not stated."
ROUNDED = (
    "Counts of people are rounded to the nearest 5 and counts under 10 are not shown; rates and "
    "intervals are worked out from the rounded counts. Outcomes were decided on exact counts."
)


def facts(a: PublicAssessment) -> tuple[tuple[str, str], ...]:
    """(name, what the project says) of the system: what was assessed, and what is at stake."""
    subject = a.subject
    decides = " ".join(sentence(x) for x in (subject.decides, beside.favourable_words(subject)))
    return (
        ("Purpose", subject.purpose or _NOT_SAID),
        ("Decision", decides.strip() or _NOT_SAID),
        ("Human role", sentence(subject.human_involvement) or _NOT_SAID),
        ("Owner", sentence(subject.owner_role) or _NOT_SAID),
        ("Possible harm", sentence(subject.harm) or _NOT_SAID),
    )


def brief(a: PublicAssessment) -> tuple[tuple[str, str], ...]:
    """The same in a line or two each, without the purpose; the long reports say the rest."""
    return tuple((name, cut(text, _BRIEF, "...")) for name, text in facts(a)[1:])


def data_words(a: PublicAssessment) -> str:
    """Each input with its rows and the start of its fingerprint."""
    each = []
    for one in a.inputs:
        rows = f"{count(one.rows)} rows, " if one.rows else ""
        each.append(f"{one.name}: {rows}{one.sha256[:12] or 'not read'}")
    return f"{'; '.join(each)}." if each else "No input."


def attempt(a: PublicAssessment) -> str:
    """Which set of evidence this is under the same definitions; trying again is visible."""
    k = a.run.attempt
    if k > 1:
        return f"Attempt {k} on different evidence under the same definitions of the controls."
    return "First attempt under these definitions of the controls." if k == 1 else ""


def shows_people(a: PublicAssessment) -> bool:
    """Whether any number is about people, so that rounding must be explained."""
    return any(
        m.about_people and m.kind not in {"asked", "undefined"}
        for item in a.items
        for m in (*(x.measurement for x in item.lines if x.measurement), *item.information)
    )


def judged_on(a: PublicAssessment) -> str:
    """The days that matter to a reader."""
    return (
        f"Judged as of {day(a.as_of)}, on measurements of {day(a.measured_on)}; first assessed on "
        f"{day(a.first_run_on)}."
    )
