"""Sentences about the assessment as a whole: verdict, what is asked of whom, what was not seen."""

from rai_check.disclosed import PublicAssessment, PublicItem
from rai_check.outcome import Exit, Outcome, Stage, Verdict
from rai_check.reports import beside, wording
from rai_check.reports.numerals import count, cut, day, days_in, listed, plural, sentence
from rai_check.reports.powers import may_decide
from rai_check.reports.summary import Tally, covered_lines, ordered, owing, worst

_NO_VERDICT = {
    Exit.COULD_NOT_RUN: "No verdict",
    Exit.NOTHING_CHECKED: "No verdict: nothing that decides was checked",
    Exit.INCOMPLETE: "Incomplete assessment: not for {decision}",
}
_POSITIONS = {
    "held_in_part": "Held in part",
    "not_held": "Not held",
    "not_applicable": "Not applicable in law",
    "not_stated": "Nothing stated",
}
_MOST_IDS = 8
_MOST_KINDS = 4
_BRIEF = 140
_NOT_SAID = "Not stated."
CHANCE_ONLY = (
    "Intervals cover the play of chance in the number of records and no other error: not records "
    "that are wrong, absent, or unlike the people the system will meet."
)
NOT_MEASURED = (
    "Not measured: whether the use is lawful, what people went through, and what happens after a "
    "decision. A control that passes shows what it tested and nothing more."
)


def headline(a: PublicAssessment) -> str:
    """The verdict in the fewest words, for a title."""
    if a.verdict is not Verdict.NONE:
        return "Refer" if a.verdict is Verdict.REFER else a.verdict.words(stage(a))
    decision = stage(a).words.decision
    if a.audit:
        return f"Audit only: not for {decision}"
    return _NO_VERDICT.get(a.exit, "No verdict").format(decision=decision)


def stage(a: PublicAssessment) -> Stage:
    """The gate at which the system stands: what a board decides is named after it."""
    return a.subject.stage


def can_stop(a: PublicAssessment) -> str:
    """What a control that gates can do, for the head of a column."""
    return f"can stop {stage(a).words.stopped}"


def verdict_words(a: PublicAssessment) -> str:
    """The verdict as a sentence of its own."""
    words = a.verdict.words(stage(a)) if a.verdict is Verdict.REFER else headline(a)
    return f"{words}."


def verdict_reason(a: PublicAssessment) -> str:
    """Why, with counts where there are any."""
    gating = [item for item in a.items if item.gates]
    total = f"of {plural(len(gating), _noun(gating))} that {can_stop(a)}"
    if a.verdict is Verdict.FAIL:
        failed = sum(item.standing is Outcome.FAIL for item in gating)
        verb = "fails" if failed == 1 else "fail"
        return f"{failed} {total} {verb}{_uncovered(gating, 'is ' if failed == 1 else 'are ')}."
    if a.verdict is Verdict.REFER:
        parts = [
            f"{sum(item.standing is o for item in gating)} {o.word.lower()}"
            for o in (Outcome.MISSING, Outcome.INCONCLUSIVE)
            if any(item.standing is o for item in gating)
        ]
        return f"{sentence(listed(parts))[:-1]}{_uncovered(gating)}, {total}."
    if a.verdict is Verdict.NONE and a.partial and a.exit is Exit.INCOMPLETE:
        return sentence(days_in("; ".join(a.partial)))
    if a.verdict is Verdict.NONE and a.exit is Exit.COULD_NOT_RUN:
        return f"{_ids([i for i in a.items if i.standing is Outcome.ERROR])} could not run."
    return sentence(days_in(a.reason))


def _uncovered(gating: list[PublicItem], verb: str = "") -> str:
    """Said where the results in numbers count more, since some of them are covered."""
    return f" and {verb}not covered" if any(item.fully_covered for item in gating) else ""


def worst_words(a: PublicAssessment) -> str:
    """The most serious thing found, people before ratios; empty where nothing is open."""
    found = worst(a)
    if found is None:
        return ""
    item, line = found
    name = f"{item.title} ({item.id})"
    if line.measurement is None or line.code == "asked":
        return f"{name}: {wording.conclusion(line, item)}"
    needs = ""
    if line.limit is not None:
        needs = f" The policy needs {wording.limit_words(line.limit, line.measurement)}."
    return f"{name}. {sentence(wording.figures(line.measurement))}{needs}"


def tally_sentence(found: Tally) -> str:
    """Every bucket that is not empty, and always what is covered and what was not judged."""
    buckets = ", ".join(f"{n} {outcome.word.lower()}" for outcome, n in found.outcomes)
    head = f"{_results(found.total, found.controls)}: {buckets}" if found.total else "0 controls"
    return f"{head}; {_covered(found)}; {found.not_judged} not judged."


def _covered(found: Tally) -> str:
    """Results that statements settle, and the places they cover whether or not they settle one."""
    results = f"{found.covered} covered by statements"
    return f"{results} ({plural(found.places, 'covered place')})" if found.places else results


def _noun(items: list[PublicItem]) -> str:
    return "control" if len({item.control for item in items}) == len(items) else "result"


def _results(results: int, controls: int) -> str:
    """A control that compares groups has a result for each group column."""
    if results == controls:
        return plural(controls, "control")
    return f"{plural(results, 'result')} of {plural(controls, 'control')}"


def considered(found: Tally) -> str:
    """How many controls there are, what is covered and what was left out."""
    left = f"{found.not_judged} not judged" if found.not_judged else "none was left out"
    judged = f"{_results(found.total, found.controls)} judged"
    return f"{judged}; {_covered(found)}; {left}."


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


def asks(a: PublicAssessment) -> tuple[str, ...]:
    """What the board is asked to do, one to four sentences."""
    system = f"{a.subject.name} {a.subject.version}"
    if a.verdict is Verdict.PASS:
        return _asks_to_agree(a, system)
    if a.verdict is Verdict.NONE:
        return (_asks_nothing(a),)
    words = stage(a).words
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
    digest, agreed = a.evidence_digest[:12], stage(a).words.agree.format(system)
    if signed:
        first = f"{agreed}. It is signed for exactly this evidence ({digest})."
    else:
        first = f"{agreed}, and sign a statement that names this evidence ({digest})."
    covered = [item for item in a.items if item.covered_by]
    places = plural(len(covered_lines(a)), "place")
    note = f"Note what statements cover: {places} of {_ids(covered)}." if covered else ""
    return tuple(s for s in (first, note) if s)


def _asks_nothing(a: PublicAssessment) -> str:
    if a.audit:
        return "Note this report. An audit shows what was found and decides nothing."
    if a.exit is Exit.COULD_NOT_RUN:
        broken = [item for item in a.items if item.standing is Outcome.ERROR]
        return f"Decide nothing on this report. Have {_ids(broken)} repaired and assess again."
    if a.exit is Exit.INCOMPLETE:
        return "Decide nothing on this report. Ask for an assessment of every control."
    return "Decide nothing on this report: no control that decides was checked."


def _mend(a: PublicAssessment) -> str:
    failed = [i for i in a.items if i.gates and i.standing in {Outcome.FAIL, Outcome.ERROR}]
    roles = sorted({item.owner for item in failed}, key=str.casefold)
    each = [f"the {role} ({_ids([i for i in failed if i.owner == role])})" for role in roles]
    return f"Have what failed or could not run put right by {listed(each)}." if each else ""


def _supply(a: PublicAssessment) -> str:
    missing = owing(tuple(item for item in a.items if item.gates))
    each = [f"the {role} ({_ids(items)})" for role, items in missing]
    return f"Have what is missing supplied by {listed(each)}." if each else ""


def _decide(a: PublicAssessment) -> str:
    """Who may decide otherwise about what is open, by the policy."""
    open_ = [i for i in a.items if i.gates and i.is_open and _to_decide(i)]
    ways: dict[str, list[PublicItem]] = {}
    for item in open_:
        ways.setdefault(may_decide(item), []).append(item)
    parts = [f"{_ids(items)} {words}" for words, items in ways.items()]
    return f"By the policy, {'. '.join(parts)}." if parts else ""


def _to_decide(item: PublicItem) -> bool:
    """Whether anything of it fails or cannot be told; what is only missing is to be supplied."""
    decided = {Outcome.FAIL, Outcome.INCONCLUSIVE}
    return any(x.outcome in decided and not x.covered_by for x in item.lines)


def _ids(items: list[PublicItem] | tuple[PublicItem, ...]) -> str:
    names = [item.id for item in items]
    if len(names) > _MOST_IDS:
        names = [*names[:_MOST_IDS], f"{len(names) - _MOST_IDS} more"]
    return listed(names)


def not_applicable(a: PublicAssessment) -> str:
    """Controls that do not apply."""
    items = [item for item in a.items if item.outcome is Outcome.NOT_APPLICABLE]
    return f"Controls that do not apply: {_ids(items)}." if items else ""


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
    if not found or stage(a).includes(Stage.RELEASE):
        return ""
    return (
        f"Not judged at the stage “{stage(a).value}”: the controls of later stages "
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


def brief(a: PublicAssessment) -> tuple[tuple[str, str], ...]:
    """The same in a line or two each, without the purpose; the long reports say the rest."""
    return tuple((name, cut(text, _BRIEF, "...")) for name, text in facts(a)[1:])


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


def covered(a: PublicAssessment, most: int = 400, places: int | None = None) -> tuple[str, ...]:
    """One sentence for each covered place, what it says cut to `most` characters.

    Args:
        a: the assessment.
        most: longest quotation of a statement.
        places: most places to name, one of each control before a second of any; of more, the
            last sentence says how many there are.
    """
    uses = {use.id: use for use in a.statements}
    found = covered_lines(a)
    items = [item.id for item, _ in found]
    turns = sorted(range(len(found)), key=lambda n: items[:n].count(items[n]))
    named, rest = sorted(turns[:places]), turns[len(turns) if places is None else places :]
    rows = [wording.cover_line(found[n][1], found[n][0], uses, most) for n in named]
    if rest:
        of = _ids([item for item in ordered(a.items) if item.id in {items[n] for n in rest}])
        rows.append(f"{plural(len(rest), 'more covered place')}, of {of}, further on.")
    return tuple(rows)


def statements(a: PublicAssessment) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences on statements that answer a control, and on those without effect.

    What the others cover is said place by place by `covered`.
    """
    covering = {id_ for _, line in covered_lines(a) for id_ in line.covered_by}
    answers = [use for use in a.statements if use.used and use.id not in covering]
    used = tuple(wording.statement_words(use) for use in answers)
    idle = tuple(wording.statement_words(use) for use in a.statements if not use.used)
    return used, idle


def judged_on(a: PublicAssessment) -> str:
    """The days that matter to a reader."""
    return (
        f"Judged as of {day(a.as_of)}, on measurements of {day(a.measured_on)}; first assessed on "
        f"{day(a.first_run_on)}."
    )
