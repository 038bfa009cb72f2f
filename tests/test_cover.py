"""What a statement covers, and that it never covers more than it says."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import DIGEST, RATIO, control, judged, measured, policy, without
from rai_check.errors import UsageError
from rai_check.measurement import Asked, Exact, TwoProportions
from rai_check.outcome import Exit, Outcome, Verdict
from rai_check.statements.model import Said, StatementsFile

LOW = TwoProportions(x=500, n=2000, x0=1000, n0=2000)  # ratio 0.50: fails 0.80
LOWER = TwoProportions(x=300, n=2000, x0=1000, n0=2000)  # ratio 0.30
EQUAL = TwoProportions(x=1000, n=2000, x0=1000, n0=2000)
OPEN = TwoProportions(x=5, n=12, x0=1000, n0=2000)  # nobody can tell
LEANING = TwoProportions(x=57, n=200, x0=900, n0=2000)  # fails unadjusted, not after Holm
SRO, LEAD = "senior responsible owner", "equality lead"
RULE = control(
    parts=[RATIO],
    per="group",
    waivable={"roles": [SRO], "max_days": "180"},
    justifiable=[SRO],
    mitigable=[LEAD],
)
RULES = policy({"AA-01": RULE})


def person(role, ref="S1"):
    return {"role": role, "ref": ref}


def said(kind, **changes):
    plain = {
        "waiver": {
            "where": [{"e": "g0"}],
            "worst": "0.45",
            "reason": "r",
            "raised_by": person("analyst", "S1"),
            "approved_by": person(SRO, "S2"),
            "raised_on": "2026-11-01",
            "expires": "2027-02-01",
        },
        "justification": {
            "where": [{"e": "g0"}],
            "aim": "a",
            "alternatives_tried": "b",
            "proportionate": "c",
            "decided_by": person(SRO),
            "decided_on": "2026-11-20",
            "valid_until": "2027-05-01",
            "evidence_digest": DIGEST,
        },
        "mitigation": {
            "where": [{"e": "g0"}],
            "means": "case_by_case_review",
            "plan": "p",
            "decided_by": person(LEAD),
            "decided_on": "2026-11-20",
            "valid_until": "2027-05-01",
        },
        "attestation": {
            "statement": "s",
            "made_by": person("dpo"),
            "made_on": "2026-11-01",
            "valid_until": "2027-11-01",
            "scope": {"system": "System", "version": "1"},
        },
        "sign-off": {
            "statement": "s",
            "signed_by": person(SRO),
            "signed_on": "2026-11-23",
            "evidence_digest": DIGEST,
        },
    }[kind]
    one = {"kind": kind, "id": "X-1", "control": "AA-01[e]", **plain, **changes}
    file = StatementsFile.model_validate({"schema": "rai-statements/1", "statements": [one]})
    return Said(statement=file.statements[0])


def found(evidence, *statements, rules=RULES, **changes):
    items = measured(
        "AA-01", *evidence, group="e", labels=tuple(f"g{i}" for i in range(len(evidence)))
    )
    return judged(rules, items, said=statements, **changes)


def test_waiver_covers_the_failure_it_names_and_is_listed():
    result = found([LOW, EQUAL], said("waiver"))

    item = result.items[0]
    assert (item.outcome, item.standing) == (Outcome.FAIL, Outcome.PASS)
    assert item.covered_by == ("X-1",)
    assert result.statements[0].effect == "covers AA-01[e] for g0"
    assert result.verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"where": [{"e": "g1"}]}, "another group"),
        ({"where": []}, "no group"),
        ({"worst": "0.55"}, "a better value than was measured"),
        ({"expires": "2026-11-22"}, "expired"),
        ({"raised_on": "2026-11-24", "expires": "2027-01-01"}, "not yet in force"),
        ({"approved_by": person("analyst", "S2")}, "a role without the power"),
        ({"raised_on": "2026-01-01", "expires": "2026-12-01"}, "longer than allowed"),
        ({"control": "AA-01"}, "the control without its column"),
    ],
)
def test_waiver_covers_nothing_when_it_says(changes, why):
    result = found([LOW, EQUAL], said("waiver", **changes))

    assert result.exit is Exit.FAIL, why
    assert not result.statements[0].used


def test_waiver_stops_covering_when_the_value_gets_worse():
    assert found([LOW], said("waiver", worst="0.45")).exit is not Exit.FAIL
    assert found([LOWER], said("waiver", worst="0.45")).exit is Exit.FAIL


def test_waiver_without_a_worst_value_covers_no_measured_failure():
    statement = said("waiver")
    without_worst = statement.statement.model_copy(update={"worst": None})

    assert found([LOW], Said(statement=without_worst)).exit is Exit.FAIL


def test_waiver_leaves_other_failures_of_the_same_control_standing():
    result = found([LOW, LOWER], said("waiver"))

    assert result.exit is Exit.FAIL
    assert result.items[0].standing is Outcome.FAIL


def test_waiver_never_covers_an_error_or_an_open_line():
    error = judged(RULES, without("AA-01", Outcome.ERROR, "e"), said=(said("waiver", where=[]),))

    assert error.exit is Exit.COULD_NOT_RUN
    assert found([OPEN, EQUAL], said("waiver")).verdict is Verdict.REFER


def test_waiver_covers_what_is_missing_only_without_a_place():
    gap = without("AA-01", Outcome.MISSING, "e")

    assert judged(RULES, gap, said=(said("waiver", where=[]),)).items[0].standing is None
    assert judged(RULES, gap, said=(said("waiver"),)).items[0].standing is Outcome.MISSING


def test_hypotheses_a_waiver_covers_stay_in_the_family():
    alone, waived = found([LOW, LEANING]), found([LOW, LEANING], said("waiver"))

    def adjusted(result):
        return [h.p_fail_adjusted for line in result.items[0].lines for h in line.hypotheses]

    assert adjusted(alone) == adjusted(waived)


def test_control_that_can_never_be_waived_says_so():
    rules = policy({"AA-01": {**RULE, "waivable": "never"}})

    result = found([LOW], said("waiver"), rules=rules)

    assert result.exit is Exit.FAIL
    assert "nobody" in result.statements[0].effect


def test_waiver_of_an_exact_count_holds_up_to_its_worst():
    rules = policy({"AA-01": control(waivable={"roles": [SRO]})})
    waiver = said("waiver", control="AA-01", where=[], worst="2")

    def code(count):
        return judged(rules, measured("AA-01", Exact(value=count)), said=(waiver,)).exit

    assert [code(n) for n in (2, 3)] == [Exit.NOTHING_CHECKED, Exit.FAIL]


def test_justification_covers_a_confirmed_disparity_of_this_evidence_only():
    assert found([LOW, EQUAL], said("justification")).exit is Exit.PASS
    other = said("justification", evidence_digest="e" * 64)
    assert found([LOW, EQUAL], other).exit is Exit.FAIL
    assert "other evidence" in found([LOW], other).statements[0].effect


def test_mitigation_lets_an_inconclusive_line_proceed_and_stay_inconclusive():
    result = found([OPEN, EQUAL], said("mitigation"))

    assert result.items[0].outcome is Outcome.INCONCLUSIVE
    assert result.verdict is Verdict.PASS


def test_mitigation_never_covers_a_failure_or_a_group_that_leans_to_one():
    assert found([LOW], said("mitigation")).exit is Exit.FAIL
    leaning = found([LEANING, *[EQUAL] * 9], said("mitigation"))
    line = leaning.items[0].lines[0]
    assert line.outcome is Outcome.INCONCLUSIVE
    assert min(h.p_fail for h in line.hypotheses) < 0.05
    assert leaning.verdict is Verdict.REFER


def test_waiver_may_cover_a_group_that_leans_to_failing():
    assert found([LEANING, *[EQUAL] * 9], said("waiver")).verdict is Verdict.PASS


def asked(**changes):
    plain = {"statement": "attestation", "roles": ("dpo",)}
    return Asked(**{**plain, **changes})


STATED = policy({"AA-01": control(parts=[{"check": "statement", "with": {"kind": "attestation"}}])})


def answered(question, *statements, **changes):
    return judged(STATED, measured("AA-01", question), said=statements, **changes).items[0]


def test_attestation_by_the_right_role_for_this_version_answers():
    item = answered(asked(), said("attestation", control="AA-01"))

    assert (item.outcome, item.lines[0].answered_by) == (Outcome.PASS, "X-1")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"made_by": person("analyst")}, "roles the policy names"),
        ({"valid_until": "2026-11-22"}, "expired on 2026-11-22"),
        ({"made_on": "2026-11-24"}, "after the day"),
        ({"scope": {"system": "System", "version": "2"}}, "another system or version"),
    ],
)
def test_attestation_that_does_not_count_is_missing_with_the_reason(changes, reason):
    item = answered(asked(), said("attestation", **{"control": "AA-01", **changes}))

    assert item.outcome is Outcome.MISSING
    assert reason in item.lines[0].reason


def test_attestation_rests_on_a_document_that_is_young_and_newer_than_the_change():
    def on(day):
        document = {"title": "t", "path": "p", "sha256": "0" * 64, "dated": day}
        return said("attestation", control="AA-01", evidence=[document])

    question = asked(max_age_days=365, not_before=date(2026, 9, 1))
    assert answered(question, on("2026-09-01")).outcome is Outcome.PASS
    assert answered(question, on("2026-08-31")).outcome is Outcome.MISSING
    assert answered(question, said("attestation", control="AA-01")).outcome is Outcome.MISSING
    assert answered(asked(max_age_days=30), on("2026-09-01")).outcome is Outcome.MISSING


def test_document_that_changed_makes_its_statement_count_for_nothing():
    from dataclasses import replace

    one = replace(said("attestation", control="AA-01"), faults=("the document has changed",))

    assert answered(asked(), one).outcome is Outcome.MISSING


def test_sign_off_answers_for_exactly_this_evidence():
    question = Asked(statement="sign-off", roles=(SRO,))

    def signed(digest):
        return answered(question, said("sign-off", control="AA-01", evidence_digest=digest))

    assert signed(DIGEST).outcome is Outcome.PASS
    assert "other evidence" in signed("e" * 64).lines[0].reason


def test_statements_in_date():
    question = Asked(statement="in-date")

    assert answered(question).outcome is Outcome.NOT_APPLICABLE
    assert answered(question, said("attestation", control="AA-01")).outcome is Outcome.PASS
    old = said("attestation", control="AA-01", valid_until="2026-11-22")
    assert answered(question, old).outcome is Outcome.FAIL


def test_justification_control_looks_at_what_the_others_confirmed():
    part = {"check": "statement", "with": {"kind": "justification", "covers": ["AA-01"]}}
    rules = policy({"AA-01": RULE, "BB-01": control(parts=[part])})
    question = measured("BB-01", Asked(statement="justification", covers=("AA-01",)))

    def outcome(evidence, *statements):
        item = measured("AA-01", evidence, group="e", labels=("g0",))
        return judged(rules, item, question, said=statements).items[1].outcome

    assert outcome(EQUAL) is Outcome.NOT_APPLICABLE
    assert outcome(OPEN) is Outcome.NOT_APPLICABLE
    assert outcome(LOW) is Outcome.MISSING
    assert outcome(LOW, said("waiver")) is Outcome.MISSING
    assert outcome(LOW, said("justification")) is Outcome.PASS


def test_statement_about_an_unknown_control_stops_the_run():
    with pytest.raises(UsageError, match=r"Did you mean 'AA-01\[e\]'"):
        found([EQUAL], said("waiver", control="AA-02[e]"))


cells = st.tuples(st.integers(60, 400), st.integers(10, 400)).map(
    lambda c: TwoProportions(x=min(c), n=c[0], x0=900, n0=2000)
)


@example([LOW], 0, 0.45)
@given(st.lists(cells, min_size=1, max_size=4), st.integers(0, 3), st.floats(0.05, 0.95))
@settings(max_examples=20, deadline=None)
def test_waiver_never_covers_more_than_it_says(evidence, place, worst):
    statement = said("waiver", where=[{"e": f"g{place}"}], worst=str(worst))

    for line in found(evidence, statement).items[0].lines:
        if line.covered_by:
            assert dict(line.where) == {"e": f"g{place}"}
            assert line.estimate is not None
            assert worst <= line.estimate < 1
            assert line.outcome is Outcome.FAIL or line.leans


@given(st.sampled_from(["waiver", "justification", "mitigation"]), st.lists(cells, min_size=1))
@settings(max_examples=15, deadline=None)
def test_removing_a_statement_never_improves_a_verdict(kind, evidence):
    rank = [Exit.PASS, Exit.NOTHING_CHECKED, Exit.REFER, Exit.FAIL]
    evidence = evidence[:3]

    with_it, alone = found(evidence, said(kind)).exit, found(evidence).exit

    assert rank.index(alone) >= rank.index(with_it) or with_it is Exit.NOTHING_CHECKED


@example("justification", [LOW], 0, SRO)
@example("mitigation", [OPEN], 0, LEAD)
@given(
    st.sampled_from(["justification", "mitigation"]),
    st.lists(cells, min_size=1, max_size=3),
    st.integers(0, 2),
    st.sampled_from([SRO, LEAD, "analyst"]),
)
@settings(max_examples=20, deadline=None)
def test_justification_and_mitigation_never_cover_more_than_they_say(kind, evidence, place, role):
    statement = said(kind, where=[{"e": f"g{place}"}], decided_by=person(role))
    allowed = {"justification": SRO, "mitigation": LEAD}[kind]

    for line in found(evidence, statement).items[0].lines:
        if line.covered_by:
            assert dict(line.where) == {"e": f"g{place}"}
            assert role == allowed
            open_ = line.outcome is Outcome.INCONCLUSIVE and not line.leans
            assert open_ == (kind == "mitigation")


@pytest.mark.parametrize(
    ("kind", "evidence", "changes"),
    [
        ("justification", LOW, {"where": [{"e": "g1"}]}),
        ("justification", LOW, {"decided_by": person("analyst")}),
        ("justification", LOW, {"valid_until": "2026-11-22"}),
        ("mitigation", OPEN, {"where": [{"e": "g1"}]}),
        ("mitigation", OPEN, {"decided_by": person("analyst")}),
        ("mitigation", OPEN, {"valid_until": "2026-11-22"}),
    ],
)
def test_statement_of_another_place_role_or_day_covers_nothing(kind, evidence, changes):
    assert found([evidence], said(kind)).items[0].covered_by == ("X-1",)
    assert found([evidence], said(kind, **changes)).items[0].covered_by == ()


def test_pool_is_covered_by_naming_all_that_is_in_it_and_never_by_its_label():
    from dataclasses import replace

    item = measured("AA-01", OPEN, group="e", labels=("small groups together",))
    part = item.parts[0]
    pooled = replace(part.result.measurements[0], members=("A", "B"))
    item = replace(
        item, parts=(replace(part, result=replace(part.result, measurements=(pooled,))),)
    )

    def covered(*labels):
        statement = said("mitigation", where=[{"e": label} for label in labels])
        return judged(RULES, item, said=(statement,)).items[0].covered_by

    assert covered("A", "B") == ("X-1",)
    assert covered("A") == ()
    assert covered("small groups together") == ()


def test_undeclared_group_cannot_be_named():
    item = measured("AA-01", LOW, group="e", labels=("undeclared group 1",))
    statement = said("waiver", where=[{"e": "undeclared group 1"}])

    assert judged(RULES, item, said=(statement,)).exit is Exit.FAIL


def test_worst_value_of_one_metric_is_not_that_of_another_at_the_same_place():
    from dataclasses import replace

    difference = {**RATIO, "limit": {"of": "difference", "min": "-0.1", "max": "0.1", "whose": "o"}}
    rules = policy({"AA-01": {**RULE, "parts": [RATIO, difference]}})
    one = measured("AA-01", LOW, group="e", labels=("g0",))
    both = replace(one, parts=(one.parts[0], replace(one.parts[0], index=1)))

    result = judged(rules, both, said=(said("waiver", worst="-0.9"),))

    assert result.exit is Exit.FAIL
    assert result.items[0].covered_by == ()


def test_what_someone_can_put_right_is_not_mitigated():
    from rai_check.measurement import Undefined

    fixable = Undefined(code="clustered", text="rows repeat a person", mendable=True)
    nobody = Undefined(code="undefined", text="nobody to compare with")

    assert found([fixable], said("mitigation")).items[0].covered_by == ()
    assert found([nobody], said("mitigation")).items[0].covered_by == ("X-1",)


def test_justification_control_holds_to_the_roles_it_names():
    part = {"check": "statement", "with": {"kind": "justification", "covers": ["AA-01"]}}
    rules = policy(
        {"AA-01": {**RULE, "justifiable": [SRO, "caseworker"]}, "BB-01": control(parts=[part])}
    )
    question = Asked(statement="justification", covers=("AA-01",), roles=(SRO,))
    items = measured("AA-01", LOW, group="e", labels=("g0",)), measured("BB-01", question)

    def outcome(role):
        statement = said("justification", decided_by=person(role))
        return judged(rules, *items, said=(statement,)).items[1].outcome

    assert outcome(SRO) is Outcome.PASS
    assert outcome("caseworker") is Outcome.MISSING


def test_raiser_and_approver_are_one_however_the_reference_is_written():
    from pydantic import ValidationError

    with pytest.raises(ValidationError, match="someone other"):
        said("waiver", raised_by=person("analyst", "s-007"), approved_by=person(SRO, "S 007"))


def test_attempt_too_many_can_be_mitigated_as_anything_inconclusive_and_never_waived():
    rules = policy({"AA-01": RULE}, max_attempts="3")

    plain = found([EQUAL], rules=rules, attempt=4)
    mitigated = found([EQUAL], said("mitigation"), rules=rules, attempt=4)
    waived = found([EQUAL], said("waiver"), rules=rules, attempt=4)

    assert plain.verdict is Verdict.REFER
    assert plain.items[0].lines[0].code == "attempts"
    assert mitigated.items[0].covered_by == ("X-1",)
    assert mitigated.items[0].outcome is Outcome.INCONCLUSIVE
    assert waived.items[0].covered_by == ()
