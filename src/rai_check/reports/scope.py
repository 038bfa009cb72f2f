"""What was not looked at, and what no number here can say."""

from rai_check.disclosed import PublicAssessment
from rai_check.outcome import Outcome, Stage
from rai_check.reports import beside
from rai_check.reports.numerals import cut, days_in, listed, plural, sentence
from rai_check.reports.summary import ids

_POSITIONS = {
    "held_in_part": "Held in part",
    "not_held": "Not held",
    "not_applicable": "Not applicable in law",
    "not_stated": "Nothing stated",
}
_MOST_KINDS = 4
CHANCE_ONLY = (
    "Intervals cover the play of chance in the number of records and no other error: not records "
    "that are wrong, absent, or unlike the people the system will meet."
)
NOT_MEASURED = (
    "Not measured: whether the use is lawful, what people went through, and what happens after a "
    "decision. A control that passes shows what it tested and nothing more."
)


def not_applicable(a: PublicAssessment) -> str:
    """Controls that do not apply."""
    items = [item for item in a.items if item.outcome is Outcome.NOT_APPLICABLE]
    return f"Controls that do not apply: {ids(items)}." if items else ""


def left_out(a: PublicAssessment) -> str:
    """What the run left out; empty for a whole run."""
    if not a.partial and not a.not_judged:
        return ""
    why = f": {days_in('; '.join(a.partial))}" if a.partial else ""
    what = plural(a.not_judged, "result")
    return sentence(f"Left out: {what}{why}") if a.not_judged else sentence(f"Incomplete{why}")


def incomplete(a: PublicAssessment) -> str:
    """Why it is no whole assessment, in the run's own words; empty where it is."""
    return f"Incomplete: {days_in('; '.join(a.partial))}." if a.partial else ""


def later(a: PublicAssessment) -> str:
    """Controls of later stages, which nobody may take as judged before a release."""
    found = [f"{n} of the stage “{name.value}”" for name, n in a.later if n]
    if not found or a.subject.stage.includes(Stage.RELEASE):
        return ""
    return (
        f"Not judged at the stage “{a.subject.stage.value}”: the controls of later stages "
        f"({listed(found)}). A stage includes those before it."
    )


def not_looked_for(a: PublicAssessment) -> tuple[str, ...]:
    """What each scan did not look for, the first kinds by name."""
    rows = []
    for item in a.items:
        kinds = beside.not_looked_for(item)
        shown = [*kinds[:_MOST_KINDS]]
        if more := len(kinds) - len(shown):
            shown.append(plural(more, "other kind"))
        if kinds:
            rows.append(f"Kinds of identifier not looked for ({item.id}): {listed(shown)}.")
    return tuple(rows)


def characteristics(a: PublicAssessment) -> tuple[tuple[str, str, str], ...]:
    """(protected characteristic, position, reason) of those that are not fully held."""
    return tuple(
        (name.replace("_", " "), _POSITIONS[position], a.subject.reasons.get(name, "").strip())
        for name, position in sorted(a.subject.positions.items())
        if position in _POSITIONS
    )


def characteristics_sentences(a: PublicAssessment, most: int = 90) -> tuple[str, ...]:
    """The same in few lines, each reason cut to `most` characters; the rest is further on."""
    found = characteristics(a)
    rows = []
    for words in _POSITIONS.values():
        each = [_with_reason(n, why, most) for n, position, why in found if position == words]
        if each:
            rows.append(f"{words}: {'; '.join(each)}.")
    return tuple(rows)


def _with_reason(name: str, why: str, most: int) -> str:
    why = cut(why.rstrip("."), most)
    return f"{name} ({why})" if why else name
