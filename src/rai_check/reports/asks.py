"""What the board is asked to do, by verdict, and of whom."""

from rai_check.disclosed import PublicAssessment, PublicItem
from rai_check.outcome import Exit, Outcome, Verdict
from rai_check.reports.numerals import listed, plural
from rai_check.reports.powers import may_decide
from rai_check.reports.summary import covered_lines, ids, owing


def asks(a: PublicAssessment) -> tuple[str, ...]:
    """What the board is asked to do, one to four sentences."""
    system = f"{a.subject.name} {a.subject.version}"
    if a.verdict is Verdict.PASS:
        return _asks_to_agree(a, system)
    if a.verdict is Verdict.NONE:
        return (_asks_nothing(a),)
    words = a.subject.stage.words
    first = f"{words.refuse.format(system)}."
    if a.verdict is Verdict.REFER:
        first = f"{words.wait.format(system)}: decide or supply the following first."
    return tuple(s for s in (first, _mend(a), _supply(a), _decide(a)) if s)


def _asks_to_agree(a: PublicAssessment, system: str) -> tuple[str, ...]:
    signed = any(
        m.asked and m.asked.statement == "sign-off" and line.outcome is Outcome.PASS
        for item in a.items
        for line in item.lines
        if (m := line.measurement)
    )
    digest, agreed = a.evidence_digest[:12], a.subject.stage.words.agree.format(system)
    if signed:
        first = f"{agreed}. It is signed for exactly this evidence ({digest})."
    else:
        first = f"{agreed}, and sign a statement that names this evidence ({digest})."
    covered = [item for item in a.items if item.covered_by]
    places = plural(len(covered_lines(a)), "place")
    note = f"Note what statements cover: {places} of {ids(covered)}." if covered else ""
    return tuple(s for s in (first, note) if s)


def _asks_nothing(a: PublicAssessment) -> str:
    if a.audit:
        return "Note this report. An audit shows what was found and decides nothing."
    if a.exit is Exit.COULD_NOT_RUN:
        broken = [item for item in a.items if item.standing is Outcome.ERROR]
        return f"Decide nothing on this report. Have {ids(broken)} repaired and assess again."
    if a.exit is Exit.INCOMPLETE:
        return "Decide nothing on this report. Ask for an assessment of every control."
    return "Decide nothing on this report: no control that decides was checked."


def _mend(a: PublicAssessment) -> str:
    failed = [i for i in a.items if i.gates and i.standing in {Outcome.FAIL, Outcome.ERROR}]
    roles = sorted({item.owner for item in failed}, key=str.casefold)
    each = [f"the {role} ({ids([i for i in failed if i.owner == role])})" for role in roles]
    return f"Have what failed or could not run put right by {listed(each)}." if each else ""


def _supply(a: PublicAssessment) -> str:
    missing = owing(tuple(item for item in a.items if item.gates))
    each = [f"the {role} ({ids(items)})" for role, items in missing]
    return f"Have what is missing supplied by {listed(each)}." if each else ""


def _decide(a: PublicAssessment) -> str:
    """Who may decide otherwise about what is open, by the policy."""
    open_ = [i for i in a.items if i.gates and i.is_open and _to_decide(i)]
    ways: dict[str, list[PublicItem]] = {}
    for item in open_:
        ways.setdefault(may_decide(item), []).append(item)
    parts = [f"{ids(items)} {words}" for words, items in ways.items()]
    return f"By the policy, {'. '.join(parts)}." if parts else ""


def _to_decide(item: PublicItem) -> bool:
    """Whether anything of it fails or cannot be told; what is only missing is to be supplied."""
    decided = {Outcome.FAIL, Outcome.INCONCLUSIVE}
    return any(x.outcome in decided and not x.covered_by for x in item.lines)
