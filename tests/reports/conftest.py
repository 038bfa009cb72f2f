"""A small builder of assessments: every outcome, statements, hostile text.

Estimates and intervals of the lines are sentinels: no report may show them, since reports work
out their own from protected counts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace

import pytest

from rai_check.assessment import Assessment, Measurements, PolicyRecord, RunRecord, sealed
from rai_check.judgement import (
    Hypothesis,
    Judged,
    Judgement,
    LimitUsed,
    Line,
    Planning,
    ShownInterval,
    StatementUse,
)
from rai_check.measured import Input, MeasuredItem, PartResult, Subject
from rai_check.measurement import (
    Asked,
    Change,
    CheckResult,
    Design,
    Estimate,
    Evidence,
    Exact,
    Finding,
    Measurement,
    Paired,
    Proportion,
    Sampled,
    Strata,
    TwoProportions,
    Undefined,
    where,
)
from rai_check.outcome import Exit, Outcome, Severity, Stage, Verdict

SENTINEL = 777.123
SCRIPT = "<script>alert(1)</script>"
FORMULA = "=cmd()|' /C calc'!A0"
ESCAPES = "\x1b[2J\x1b]0;owned\x07 Irish\nTraveller"
REVERSED = "Roma \u202egnp.exe"
LONG = "Any other background not listed above, including those who described it in words " * 2
UGESP = "convention: US UGESP 1978, section 4(D), not UK law"
RATIO = LimitUsed(of="ratio", min=0.8, max=1.25, prevalence=None, breach="fail", whose=UGESP)
POINTS = LimitUsed(of="difference", min=-0.1, max=0.1, prevalence=None, breach="fail", whose="ours")
NONE_LEFT = LimitUsed(of="value", min=None, max=0, prevalence=0.005, breach="fail", whose="ours")
NO_CASE = LimitUsed(of="value", min=None, max=0, prevalence=None, breach="fail", whose="ours")
THIRTY = LimitUsed(
    of="value", min=30, max=None, prevalence=None, breach="inconclusive", whose="ours"
)
AS_OF = date(2026, 11, 23)
DIGEST = "ab12" * 16
TITLES = {
    "GOV-01": "The system record is complete",
    "GOV-09": "The release is signed",
    "DP-02": "The data protection impact assessment is in date",
    "DP-03": "No undeclared personal identifiers",
    "FA-03": "Enough people to tell",
    "FA-06": "Similar selection rates",
    "FA-07": "No wider gap than today",
    "FA-08": "Similar rates of missed cases",
    "FA-09": "Similar selection rates, like with like",
    "FA-10": "Similar selection rates where people come back",
    "FA-11": "Similar waits",
    "FA-12": "The score ranks every group as well",
    "FA-14": "Similar selection rates where characteristics meet",
    "FA-16": "Confirmed disparities are justified",
    "TE-04": "Statutory rules hold",
    "TE-07": "Every decision gives reasons",
    "MO-07": "Statements are in date",
}
THEMES = {"FA": "equalities", "DP": "data_protection"}
OWNERS = {
    "GOV-09": "senior responsible owner",
    "DP-02": "data protection officer",
    "FA-16": "equality lead",
}


def hypotheses(limit: LimitUsed) -> tuple[Hypothesis, ...]:
    return tuple(
        Hypothesis(
            side=side,
            bound=bound,
            method="Farrington-Manning score",
            p_fail=SENTINEL,
            p_fail_adjusted=SENTINEL,
            p_pass=SENTINEL,
        )
        for side, bound in (("min", limit.min), ("max", limit.max))
        if bound is not None
    )


def line(
    outcome: Outcome,
    code: str,
    evidence: Evidence | None = None,
    *,
    limit: LimitUsed | None = None,
    label: str | None = None,
    column: str = "ethnic_group",
    covered_by: tuple[str, ...] = (),
    reason: str = "",
    check: str = "selection-rate",
    **fields: object,
) -> Line:
    given = {"metric": "selection rate", "where": where(**{column: label}) if label else ()}
    m = None
    if evidence is not None:
        m = Measurement(evidence=evidence, **(given | fields))  # type: ignore[arg-type]  # a builder for tests
    tested = isinstance(evidence, TwoProportions | Proportion) and limit is not None
    shown = ShownInterval(low=SENTINEL, high=SENTINEL, level=0.95, method="sentinel")
    return Line(
        check=check,
        outcome=outcome,
        code=code,
        reason=reason,
        measurement=m,
        limit=limit,
        estimate=SENTINEL if tested else None,
        interval=shown if tested else None,
        hypotheses=hypotheses(limit) if tested and limit else (),
        covered_by=covered_by,
    )


def versus(
    outcome: Outcome, code: str, label: str, counts: tuple[int, ...], **more: object
) -> Line:
    x, n, x0, n0 = counts
    given = {"limit": RATIO, "against": "rest", "known": n + n0, "total": n + n0 + 400}
    evidence = TwoProportions(x=x, n=n, x0=x0, n0=n0)
    return line(outcome, code, evidence, label=label, **(given | more))  # type: ignore[arg-type]  # as above


def gap(outcome: Outcome, reason: str, check: str = "selection-rate") -> Line:
    return line(outcome, "gap", reason=reason, check=check)


def asked(outcome: Outcome, reason: str, kind: str = "attestation", **more: object) -> Line:
    return line(
        outcome,
        "asked",
        Asked(statement=kind, roles=("data protection officer",)),  # type: ignore[arg-type]  # as above
        reason=reason,
        check="statement",
        metric=f"{kind} asked for",
        unit="",
        about_people=False,
        **more,
    )


def item(control: str, *lines: Line, group: str | None = None, **fields: object) -> Judged:
    open_ = [x.outcome for x in lines if not x.covered_by]
    built = Judged(
        id=f"{control}[{group}]" if group else control,
        control=control,
        group=group,
        title=TITLES[control],
        why="A tool that picks one group much less often may put it at a disadvantage.",
        source="Equality Act 2010, section 19",
        owner=OWNERS.get(control, "service owner"),
        theme=THEMES.get(control[:2], "other"),
        severity=Severity.BLOCKER,
        stage=Stage.RELEASE,
        gates=True,
        outcome=Outcome.worst([x.outcome for x in lines]),
        standing=Outcome.worst(open_) if open_ else None,
        lines=lines,
        family=f"{control}[{group}]" if group else control,
        family_size=sum(len(x.hypotheses) for x in lines),
    )
    return replace(built, **fields)  # type: ignore[arg-type]  # as above


def policy(items: tuple[Judged, ...]) -> PolicyRecord:
    controls = {}
    for one in items:
        controls[one.control] = {
            "title": one.title,
            "why": one.why,
            "severity": one.severity.value,
            "stage": "release",
            "owner": one.owner,
            "source": {
                "title": "Equality Act 2010",
                "reference": "section 19",
                "checked_on": "2026-11-23",
                "review_by": "2027-11-22",
            },
            "parts": [{"check": "statement", "with": {"kind": "attestation"}}],
            **_powers(one.control),
        }
    content = {
        "schema": "rai-policy/1",
        "id": "uk-local-government",
        "version": "2026.1",
        "title": "Policy for UK local government",
        "controls": controls,
    }
    return PolicyRecord(
        id="uk-local-government",
        version="2026.1",
        title="Policy for UK local government",
        chain=("uk-local-government", "baseline"),
        sha256="cd34" * 16,
        content=content,
    )


def at(stage: Stage, built: Assessment) -> Assessment:
    """The same assessment made at another gate."""
    measured = built.measurements
    return replace(
        built, measurements=replace(measured, subject=replace(measured.subject, stage=stage))
    )


_OF_RATES = {"FA-06", "FA-07", "FA-08", "FA-09", "FA-10", "FA-11", "FA-12", "FA-14"}


def _powers(control: str) -> dict[str, object]:
    if control in _OF_RATES:
        return {"justifiable": ["head of service"], "mitigable": ["equality lead"]}
    if control in {"TE-04", "TE-07"}:
        return {"waivable": {"roles": ["senior responsible owner"], "max_days": "90"}}
    return {"waivable": "never"}


def subject() -> Subject:
    return Subject(
        name="Annual review planner",
        version="2.3",
        organisation="Northmere County Council (fictional)",
        purpose="Says which annual reviews of education, health and care plans to bring forward.",
        owner_role="head of special educational needs",
        decides="a case officer decides each case",
        human_involvement="every case is seen by a person",
        stage=Stage.RELEASE,
        groups=("ethnic_group", "sex"),
        positions={
            "age": "not_applicable",
            "disability": "held_in_part",
            "race": "held",
            "sex": "held",
            "religion_or_belief": "not_held",
            "sexual_orientation": "not_held",
            "gender_reassignment": "not_stated",
        },
        reasons={
            "age": "every plan is for a person of 0 to 25 and the duty is the same for all",
            "disability": "recorded for those who told us",
            "religion_or_belief": "not collected, since the service has no lawful need of it",
        },
        positive_is="favourable",
        harm="a child waits a year for help",
    )


def assessment(
    *items: Judged,
    verdict: Verdict = Verdict.FAIL,
    exit: Exit = Exit.FAIL,  # noqa: A002 - the field's name
    reason: str = "at least one control that gates has failed",
    statements: tuple[StatementUse, ...] = (),
    findings: tuple[Finding, ...] = (),
    found_in: str = "DP-03",
    partial: tuple[str, ...] = (),
    audit: bool = False,
    attempt: int = 1,
) -> Assessment:
    ordered = tuple(sorted(items, key=lambda i: i.id))
    measured = tuple(_measured(one, findings if one.id == found_in else ()) for one in ordered)
    built = Measurements(
        tool="rai-check 0.1.0",
        versions={"duckdb": "2.0.0", "numpy": "2.4.1"},
        subject=subject(),
        policy=policy(ordered),
        inputs=(
            Input(
                name="decisions",
                role="decisions",
                file="decisions.csv",
                sha256="ef56" * 16,
                rows=15_983,
                read_as="utf-8, comma",
            ),
            Input(
                name="rules",
                role="golden_cases",
                file="golden.csv",
                sha256="0a1b" * 16,
                rows=24,
                read_as="utf-8, comma",
            ),
            Input(
                name="model",
                role="model",
                file="model.skops",
                sha256="2c3d" * 16,
                rows=None,
                read_as="skops",
            ),
        ),
        project_file="rai.yaml",
        project_sha256="e" * 64,
        statements=("statements.yaml",),
        seed="rai-check",
        measured_on=AS_OF,
        first_run_on=date(2026, 9, 1),
        partial=partial,
        items=measured,
        evidence_digest=DIGEST,
    )
    return Assessment(
        as_of=AS_OF,
        audit=audit,
        partial=partial,
        judgement=Judgement(
            verdict=verdict, exit=exit, reason=reason, items=ordered, statements=statements
        ),
        measurements=built,
        said=(),
        content_sha256="9e8f" * 16,
        run=RunRecord(
            started="2026-11-23T10:00:00+00:00",
            finished="2026-11-23T10:00:09+00:00",
            attempt=attempt,
            history_head="77aa" * 16,
        ),
    )


def _measured(one: Judged, findings: tuple[Finding, ...]) -> MeasuredItem:
    if not findings:
        return MeasuredItem(control=one.control, group=one.group, parts=())
    measured = tuple(x.measurement for x in one.lines if x.measurement)
    result = CheckResult(measurements=measured, findings=findings)
    part = PartResult(check="personal-identifiers", index=0, result=result)
    return MeasuredItem(control=one.control, group=one.group, parts=(part,))


WAIVER = StatementUse(
    id="W-1",
    kind="waiver",
    control="TE-04",
    role="senior responsible owner",
    text="The supplier mends the leap-year rule in January.",
    ends="2027-01-31",
    effect="covers TE-04",
    used=True,
)
MITIGATION = StatementUse(
    id="M-1",
    kind="mitigation",
    control="FA-08[sex]",
    role="equality lead",
    text="Case-by-case review until June.",
    ends="2027-06-30",
    effect="covers FA-08[sex]",
    used=True,
)
EXPIRED = StatementUse(
    id="W-0",
    kind="waiver",
    control="FA-06[ethnic_group]",
    role="service owner",
    text="See the minutes.",
    ends="2026-11-01",
    effect="covers nothing: it expired on 2026-11-01",
    used=False,
)


def selection() -> Judged:
    """Every way a comparison can come out, on hostile labels."""
    fail, cannot, ok = Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.PASS
    rates = tuple(
        Measurement(
            metric="selection rate of each group",
            evidence=Proportion(x=x, n=n),
            where=where(ethnic_group=label),
            information=True,
        )
        for label, x, n in (
            ("Black or Black British", 83, 288),
            ("Chinese", 4, 61),
            ("White British", 758, 1_840),
        )
    )
    pair = Measurement(
        metric="selection rate, lowest against highest",
        evidence=TwoProportions(x=4, n=61, x0=758, n0=1_840),
        where=where(ethnic_group="Chinese"),
        against="White British",
        information=True,
    )
    return item(
        "FA-06",
        versus(fail, "decided", "Black or Black British", (83, 288, 758, 1_840)),
        versus(ok, "decided", "White British", (758, 1_840, 770, 1_912)),
        versus(cannot, "undecided", SCRIPT, (31, 88, 1_500, 3_664)),
        versus(cannot, "undecided", "Chinese", (4, 61, 1_524, 3_691)),
        versus(
            cannot,
            "too_few",
            "small groups together",
            (3, 8, 1_525, 3_744),
            members=("Arab", FORMULA),
            reason="fewer than 10 rows to measure it on",
        ),
        versus(cannot, "undecided", LONG, (248, 250, 1_280, 3_502)),
        versus(cannot, "undecided", ESCAPES, (40, 110, 1_480, 3_600)),
        versus(cannot, "undecided", REVERSED, (40, 110, 1_480, 3_600)),
        group="ethnic_group",
        information=(*rates, pair),
    )


def missed() -> Judged:
    cannot = Outcome.INCONCLUSIVE
    more = {
        "metric": "false negative rate",
        "limit": POINTS,
        "check": "error-rate",
        "column": "sex",
    }
    return item(
        "FA-08",
        versus(cannot, "undecided", "female", (41, 170, 90, 420), covered_by=("M-1",), **more),
        versus(
            cannot,
            "unknown_share",
            "male",
            (90, 420, 41, 170),
            covered_by=("M-1",),
            reason="known for 59.6% of rows; at least 80% is needed",
            **more,
        ),
        group="sex",
    )


def identifiers() -> Judged:
    of = {
        "metric": "values with an undeclared identifier",
        "limit": NONE_LEFT,
        "column": "column",
        "unit": "distinct values",
        "check": "personal-identifiers",
    }
    return item(
        "DP-03",
        line(Outcome.FAIL, "decided", Exact(value=1_204), label="decisions.nhs_no", **of),
        line(Outcome.FAIL, "decided", Exact(value=3), label="decisions.note", **of),
        line(Outcome.PASS, "decided", Exact(value=0), label="decisions.reason", **of),
        line(
            Outcome.PASS,
            "decided",
            Sampled(hits=0, looked=2_000, population=14_021),
            label="decisions.plan_ref",
            **of,
        ),
        line(
            Outcome.INCONCLUSIVE,
            "sampled",
            Sampled(hits=0, looked=400, population=9_000),
            label="decisions.letter",
            reason="up to 0.74% of what was not scanned",
            **of,
        ),
        information=(coverage(),),
    )


def coverage() -> Measurement:
    return Measurement(
        metric="kinds of identifier looked for",
        evidence=Exact(value=2),
        unit="kinds",
        about_people=False,
        information=True,
        notes=(
            "Looked for: NHS number, postcode.",
            "Not looked for: names inside free text, UPRN, electoral number, Blue Badge no, voice.",
        ),
    )


FINDINGS = (
    Finding(place="decisions.nhs_no", kind="NHS number", shape="NNN NNN NNNN", count=1_204),
    Finding(place="decisions.note", kind="e-mail address", shape="AAAA@AAAA.AA", count=3),
)


def rules(covered: tuple[str, ...] = ("W-1",)) -> Judged:
    cases = {
        "metric": "golden cases not met",
        "limit": NO_CASE,
        "unit": "test cases",
        "check": "golden-cases",
        "about_people": False,
        "notes": ("22 of 24 cases match.",),
    }
    return item("TE-04", line(Outcome.FAIL, "decided", Exact(value=2), covered_by=covered, **cases))


def sizes() -> Judged:
    of = {
        "metric": "group size",
        "limit": THIRTY,
        "check": "group-size",
        "known": 3_752,
        "total": 3_752,
    }
    return item(
        "FA-03",
        line(Outcome.INCONCLUSIVE, "too_few", Exact(value=8), label="Arab", **of),
        line(Outcome.PASS, "decided", Exact(value=288), label="Black or Black British", **of),
        group="ethnic_group",
        gates=False,
        severity=Severity.MEDIUM,
        information=tuple(
            Measurement(
                metric="rows needed to show similar rates",
                evidence=Exact(value=106),
                where=where(ethnic_group=label),
                information=True,
            )
            for label in ("Arab", "Black or Black British")
        ),
    )


def record() -> Judged:
    facts = {
        "metric": "facts not supplied",
        "limit": NO_CASE,
        "unit": "facts",
        "check": "system-record",
        "about_people": False,
    }
    return item("GOV-01", line(Outcome.PASS, "decided", Exact(value=0), **facts))


def signed(outcome: Outcome = Outcome.PASS) -> Judged:
    reason = "stated in 'S-1'" if outcome is Outcome.PASS else "no sign-off by the owner"
    return item("GOV-09", asked(outcome, reason, "sign-off"))


def everything() -> Assessment:
    reasons = item(
        "TE-07",
        line(
            Outcome.PASS,
            "decided",
            Exact(value=0),
            metric="decisions without a reason",
            limit=NO_CASE,
            unit="decisions",
            check="reasons-given",
        ),
        gap(Outcome.NOT_APPLICABLE, "applies only where has_model is yes", "golden-cases"),
        gap(
            Outcome.ERROR,
            "the check 'feature-attribution' broke (ValueError)",
            "feature-attribution",
        ),
    )
    undefined = item(
        "FA-08",
        line(
            Outcome.INCONCLUSIVE,
            "selected",
            Undefined(code="selected", text="the truth is known only for those the tool picked"),
            label="Asian",
            metric="false negative rate",
            limit=POINTS,
            check="error-rate",
        ),
        group="ethnic_group",
    )
    return assessment(
        selection(),
        equal(),
        missed(),
        undefined,
        identifiers(),
        rules(),
        sizes(),
        record(),
        reasons,
        item("DP-02", asked(Outcome.MISSING, "'A-1' does not count: it expired on 2026-10-31")),
        signed(Outcome.MISSING),
        item(
            "FA-16",
            asked(Outcome.NOT_APPLICABLE, "no disparity has been confirmed", "justification"),
        ),
        item(
            "MO-07", asked(Outcome.PASS, "all 3 statements with an end date are in date", "in-date")
        ),
        statements=(WAIVER, MITIGATION, EXPIRED),
        findings=FINDINGS,
        attempt=3,
    )


def equal() -> Judged:
    ok = Outcome.PASS
    return item(
        "FA-06",
        versus(ok, "decided", "female", (1_200, 2_400, 1_800, 3_600), column="sex"),
        versus(ok, "decided", "male", (1_800, 3_600, 1_200, 2_400), column="sex"),
        group="sex",
    )


def passing() -> Assessment:
    return assessment(
        equal(),
        record(),
        signed(),
        rules(),
        verdict=Verdict.PASS,
        exit=Exit.PASS,
        reason="every control that gates passes, does not apply, or is covered",
        statements=(WAIVER,),
    )


def referred() -> Assessment:
    return assessment(
        selection_without_fail(),
        record(),
        signed(Outcome.MISSING),
        verdict=Verdict.REFER,
        exit=Exit.REFER,
        reason="something is missing, or the data cannot tell",
    )


def selection_without_fail() -> Judged:
    return item(
        "FA-06",
        versus(Outcome.INCONCLUSIVE, "undecided", "Black", (31, 88, 1_500, 3_664)),
        group="ethnic_group",
    )


def incomplete() -> Assessment:
    return assessment(
        record(),
        verdict=Verdict.NONE,
        exit=Exit.INCOMPLETE,
        reason="incomplete: 1 of 12 controls were chosen",
        partial=("1 of 12 controls were chosen",),
    )


def audited() -> Assessment:
    return assessment(
        selection(),
        record(),
        verdict=Verdict.NONE,
        exit=Exit.PASS,
        audit=True,
        reason="an audit reports and does not decide",
    )


def broken() -> Assessment:
    lost = item("TE-07", gap(Outcome.ERROR, "the check broke"), gates=False)
    return assessment(
        record(),
        lost,
        verdict=Verdict.NONE,
        exit=Exit.COULD_NOT_RUN,
        reason="at least one check could not run",
    )


JUSTIFIED = StatementUse(
    id="J-1",
    kind="justification",
    control="FA-06[ethnic_group]",
    role="head of service",
    text="Plans of this group were all brought forward in the spring, and are not due again yet.",
    ends="2027-05-31",
    effect="covers FA-06[ethnic_group] for eleven groups",
    used=True,
)


def justified() -> Assessment:
    """A pass at which a board must be told of many covered places."""
    by = {"covered_by": ("J-1",)}
    cannot, fail = Outcome.INCONCLUSIVE, Outcome.FAIL
    places = [
        versus(fail, "decided", f"Group {n}", (83, 288, 758, 1_840), **by) for n in "ABCDEFGH"
    ]
    return assessment(
        item(
            "FA-06",
            *places,
            versus(cannot, "undecided", "Chinese", (4, 61, 1_524, 3_691), **by),
            versus(cannot, "too_few", "Roma", (3, 8, 1_525, 3_744), **by),
            versus(Outcome.PASS, "decided", "White British", (758, 1_840, 770, 1_912)),
            group="ethnic_group",
        ),
        equal(),
        missed(),
        record(),
        rules(),
        signed(),
        verdict=Verdict.PASS,
        exit=Exit.PASS,
        reason="every control that gates passes, does not apply, or is covered",
        statements=(JUSTIFIED, MITIGATION, WAIVER, EXPIRED),
    )


CHANGE = LimitUsed(of="change", min=None, max=1.25, prevalence=None, breach="fail", whose="ours")
DAYS = LimitUsed(of="value", min=-7, max=7, prevalence=None, breach="fail", whose="ours")
AREA = LimitUsed(of="value", min=-0.05, max=None, prevalence=None, breach="fail", whose="ours")
PLAN = Planning(rate=0.4, planned=True, rows_needed=777, below=SENTINEL, above=SENTINEL)


def planned(found: Line, *, level: float | None = None, leans: bool = False) -> Line:
    """The same line with a plan, decided at a level; its own numbers are not to be shown."""
    by = None
    if level is not None:
        by = ShownInterval(low=SENTINEL, high=SENTINEL, level=level, method="sentinel")
    m = found.measurement
    expected = replace(m, planned_rate=PLAN.rate) if m else None
    return replace(found, measurement=expected, planning=PLAN, decided_by=by, leans=leans)


def each(
    metric: str, *groups: tuple[str, int, int], column: str = "ethnic_group"
) -> tuple[Measurement, ...]:
    return tuple(
        Measurement(
            metric=f"{metric} of each group",
            evidence=Proportion(x=x, n=n),
            where=where(**{column: label}),
            information=True,
        )
        for label, x, n in groups
    )


def tried() -> Judged:
    """Selection rates with plans, a decision at its own level, one try too many, a lean."""
    cannot = Outcome.INCONCLUSIVE
    again = "attempt 4, and the policy allows 3: tried often enough, chance passes it"
    pair = Measurement(
        metric="selection rate, lowest against highest",
        evidence=TwoProportions(x=83, n=288, x0=758, n0=1_840),
        where=where(ethnic_group="Black"),
        against="White",
        information=True,
    )
    return item(
        "FA-06",
        planned(versus(Outcome.FAIL, "decided", "Black", (83, 288, 1_158, 2_840)), level=0.9875),
        planned(versus(Outcome.PASS, "decided", "White", (758, 1_840, 483, 1_288)), level=0.9),
        planned(versus(cannot, "undecided", "Asian", (130, 340, 1_111, 2_788))),
        planned(versus(cannot, "undecided", "Mixed", (35, 120, 1_206, 3_008)), leans=True),
        planned(versus(cannot, "attempts", "Other", (220, 540, 1_021, 2_588), reason=again)),
        planned(versus(cannot, "too_few", "Roma", (3, 8, 1_238, 3_120))),
        line(
            cannot,
            "nobody",
            Undefined(code="nobody", text="nobody whose prediction is known"),
            limit=RATIO,
            label="Arab",
            against="rest",
        ),
        group="ethnic_group",
        information=(
            *each("selection rate", ("Asian", 130, 340), ("Black", 83, 288), ("Mixed", 35, 120)),
            *each("selection rate", ("Other", 220, 540), ("White", 758, 1_840)),
            *each("selection rate", ("not known", 150, 383)),
            pair,
        ),
    )


def repeated() -> Judged:
    """Rows that repeat people, of which one group is few people; and rows with weights."""
    cannot = Outcome.INCONCLUSIVE

    def design(units: int, effective: float, *, weighted: bool = False) -> Design:
        return Design(
            rate=0.3333,
            rate0=0.4117,
            effective=effective,
            effective0=900.5,
            correlation=0.04,
            units=units,
            units0=700,
            weighted=weighted,
        )

    def held(label: str, evidence: TwoProportions) -> Line:
        return planned(
            line(cannot, "undecided", evidence, limit=RATIO, label=label, against="rest")
        )

    counts = {"x": 101, "n": 303, "x0": 758, "n0": 1_841}
    return item(
        "FA-10",
        held("Asian", TwoProportions(**counts, design=design(120, 189.4))),
        held("Roma", TwoProportions(**counts, design=design(7, 9.2))),
        held("Weighted", TwoProportions(**counts, design=design(303, 240.0, weighted=True))),
        group="ethnic_group",
    )


def within() -> Judged:
    """The same comparison within kinds of case, one of which has few people."""
    tables = [(40, 160, 210, 800), (31, 90, 300, 820), (3, 40, 25, 180), (2, 6, 40, 90)]
    evidence = Strata(tables=tuple(TwoProportions(x=a, n=b, x0=c, n0=d) for a, b, c, d in tables))
    hidden = Strata(tables=(TwoProportions(x=4, n=30, x0=200, n0=800),))
    of = {"metric": "selection rate within strata", "limit": RATIO, "against": "rest"}
    return item(
        "FA-09",
        planned(line(Outcome.PASS, "decided", evidence, label="Asian", **of), level=0.9),
        planned(line(Outcome.INCONCLUSIVE, "undecided", hidden, label="Roma", **of)),
        group="ethnic_group",
    )


def before() -> Judged:
    """The tool beside today's process: on the same cases, and by how wide a gap is."""
    cannot = Outcome.INCONCLUSIVE

    def gap_of(label: str, by: str, counts: tuple[int, ...]) -> Measurement:
        x, n, x0, n0 = counts
        return Measurement(
            metric=f"selection rate, {by}",
            evidence=TwoProportions(x=x, n=n, x0=x0, n0=n0),
            where=where(sex=label),
            against="rest",
            information=True,
        )

    pairs = {"metric": "selection rate", "limit": RATIO, "column": "sex", "against": "today"}
    wider = {"metric": "change of the gap in selection rate", "limit": CHANGE, "column": "sex"}
    same = Paired(both=150, only=42, only0=21, neither=300)
    evidence = Change(now=SENTINEL, now_se=0.1, before=0.2, before_se=0.1, correlation=0.42)
    return item(
        "FA-07",
        line(cannot, "undecided", same, label="male", **pairs),
        line(cannot, "undecided", replace(same, only=4), label="female", **pairs),
        planned(line(cannot, "undecided", evidence, label="male", against="rest", **wider)),
        line(cannot, "undecided", evidence, label="female", against="rest", **wider),
        group="sex",
        information=(
            gap_of("male", "tool", (192, 513, 154, 475)),
            gap_of("male", "today", (171, 513, 171, 475)),
            gap_of("female", "tool", (4, 75, 154, 475)),
            gap_of("female", "today", (7, 75, 171, 475)),
        ),
    )


def waits() -> Judged:
    of = {
        "metric": "mean wait",
        "unit": "days",
        "limit": DAYS,
        "against": "rest",
        "known": 300,
        "total": 320,
    }
    found = Estimate(value=3.2077, se=1.1041, df=250.4)
    own = Measurement(
        metric="mean wait of each group",
        evidence=Estimate(value=21.4567, se=0.8, df=200.0),
        where=where(ethnic_group="Asian"),
        unit="days",
        known=300,
        total=320,
        information=True,
    )
    return item(
        "FA-11",
        planned(line(Outcome.PASS, "decided", found, label="Asian", **of), level=0.9),
        line(Outcome.INCONCLUSIVE, "undecided", replace(found, value=-9.5), label="Irish", **of),
        group="ethnic_group",
        information=(own,),
    )


def ranks() -> Judged:
    of = {"metric": "AUC", "unit": "AUC", "limit": AREA, "against": "rest"}
    few = Undefined(code="too_few", text="fewer than 20 of either class on one side")
    found = Estimate(value=-0.0312, se=0.021)
    return item(
        "FA-12",
        line(Outcome.INCONCLUSIVE, "undecided", found, label="Asian", known=300, total=310, **of),
        line(Outcome.INCONCLUSIVE, "too_few", few, label="Roma", **of),
        group="ethnic_group",
    )


def crossed(n: int = 252) -> Judged:
    """Very many groups: two fail, one leans, few pass, most cannot tell, some are too small."""
    lines = []
    for i in range(n):
        outcome, code, counts = (
            Outcome.INCONCLUSIVE,
            "undecided",
            (20 + i % 40, 80 + i, 1_500, 3_664),
        )
        if i < 2:
            outcome, code, counts = Outcome.FAIL, "decided", (20, 288 + i, 1_500, 3_664)
        elif i % 9 == 0:
            outcome, code, counts = Outcome.PASS, "decided", (400, 1_000, 1_500, 3_664)
        made = versus(outcome, code, f"Group {i:04}", counts)
        m = replace(made.measurement, where=where(ethnic_group=f"Group {i:04}", sex="female"))
        made = replace(made, measurement=m)
        lines.append(planned(made, level=0.9998 if i < 2 else None, leans=i == 2))
    small = Undefined(code="too_few", text="fewer than 10 records")
    absent = tuple(
        Measurement(
            metric="selection rate",
            evidence=small,
            where=where(ethnic_group=f"Small {i:02}", sex="male"),
            against="rest",
            information=True,
        )
        for i in range(20)
    )
    return item("FA-14", *lines, information=absent)


def kinds() -> Assessment:
    """Every kind of comparison that there is."""
    return assessment(
        tried(), repeated(), within(), before(), waits(), ranks(), crossed(), attempt=4
    )


CASES: dict[str, Callable[[], Assessment]] = {
    "everything": everything,
    "passing": passing,
    "referred": referred,
    "incomplete": incomplete,
    "audited": audited,
    "broken": broken,
    "kinds": kinds,
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[str, Assessment]:
    return request.param, CASES[request.param]()


@dataclass(frozen=True)
class Hostile:
    script: str = SCRIPT
    formula: str = FORMULA
    escapes: str = ESCAPES
    reversed: str = REVERSED
    long: str = LONG


@pytest.fixture
def hostile() -> Hostile:
    return Hostile()


@pytest.fixture
def make() -> SimpleNamespace:
    """The builder's functions, since test folders are not packages."""
    return SimpleNamespace(
        assessment=assessment,
        item=item,
        line=line,
        versus=versus,
        gap=gap,
        asked=asked,
        rules=rules,
        sizes=sizes,
        signed=signed,
        sealed=sealed,
        at=at,
        justified=justified,
        planned=planned,
        each=each,
        tried=tried,
        repeated=repeated,
        within=within,
        before=before,
        waits=waits,
        ranks=ranks,
        crossed=crossed,
        JUSTIFIED=JUSTIFIED,
        WAIVER=WAIVER,
        RATIO=RATIO,
        NONE_LEFT=NONE_LEFT,
        THIRTY=THIRTY,
        **CASES,
    )
