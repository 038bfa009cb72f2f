"""Proposals from made-up tables: what is certain, what is asked, what is left open."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from made_identifiers import nhs_numbers
from rai_check.intake.answers import Answers
from rai_check.intake.draft import Confidence
from rai_check.intake.propose import propose
from rai_check.intake.questions import next_question
from rai_check.intake.roles import decisions_file
from rai_check.intake.save import save_draft
from rai_check.intake.todo import still_to_do
from rai_check.intake.writer import render
from rai_check.project import Meaning, Role

N = 60
REFS = [f"C{i:04d}" for i in range(N)]
FLAG = ["Yes", "No"] * (N // 2)
NOTHING = Answers.all_unknown()
HERE = Path()


def drafted(files, answers=NOTHING):
    return propose(files, answers, HERE)


def column(draft, name, table=0):
    return draft.tables[table].column(name)


def steps(draft):
    return {step.kind: step for step in draft.decisions.derive}


@pytest.mark.parametrize(
    ("name", "values", "means"),
    [
        ("decided_on", ["2025-04-01", "2025-04-02"], Meaning.DATE),
        ("reason", ["late", "early"], Meaning.REASON),
        ("risk_score", ["0.25", "0.5"], Meaning.SCORE),
        ("days waited", ["3", "14"], Meaning.WAIT),
        ("Ethnic group", ["WBRI", "APKN", "BCRB", "REFU"], Meaning.GROUP),
        ("SEN need", ["ASD", "MLD"], Meaning.GROUP),
        ("colour", ["red", "blue"], Meaning.OTHER),
        ("notes", [f"Spoke to the family for a long time about it {i}" for i in range(30)],
         Meaning.FREE_TEXT),
    ],
)  # fmt: skip
def test_meaning_is_proposed_from_name_and_values(looked, name, values, means):
    files = looked(cases={"case_ref": REFS, name: (values * N)[:N], "flag": FLAG})

    assert column(drafted(files), name).means is means


def test_values_alone_speak_for_ethnicity_but_single_letters_do_not(looked):
    telling = ["White British", "Pakistani", "Black Caribbean"]
    files = looked(cases={"x": telling * 20, "y": ["A", "B", "C"] * 20, "flag": FLAG})
    draft = drafted(files)

    assert column(draft, "x").characteristic == "race"
    assert column(draft, "x").confidence is Confidence.LIKELY
    assert column(draft, "y").means is Meaning.OTHER  # NHS codes, or grades, or teams


def test_gender_identity_is_not_sex(looked):
    files = looked(cases={"gender identity same as at birth": FLAG, "flag": FLAG})

    assert drafted(files).held() == ("gender_reassignment",)


def test_labels_come_from_the_file_where_no_list_has_them(looked):
    files = looked(cases={"religion": ["Jedi", "None", "Not known"] * 20, "flag": FLAG})
    found = column(drafted(files), "religion")

    assert dict(found.labels)["Jedi"] == "Jedi"
    assert "Not known" in found.not_known
    assert found.characteristic == "religion_or_belief"


def test_label_of_few_rows_is_not_written_unless_it_is_a_usual_word(looked):
    rows = ["Jedi"] * 40 + ["Sikh"] * 9 + ["Pastafarian"] * 10 + ["Ann Example"]
    files = looked(cases={"religion": rows, "flag": FLAG})
    found = column(drafted(files), "religion")

    assert {value for value, _ in found.labels} == {"Jedi", "Sikh", "Pastafarian"}
    assert any("Values of fewer than 10 rows are not written" in note for note in found.notes)
    assert "Ann Example" not in render(drafted(files), date(2026, 1, 2))


def test_identifier_is_never_declared_on_anybody_s_behalf(looked, tmp_path):
    files = looked(cases={"nhs_no": nhs_numbers(N), "flag": FLAG})
    draft = drafted(files)
    file = save_draft(render(draft, date(2026, 1, 2)), tmp_path / "rai.yaml")

    assert column(draft, "nhs_no").identifiers == ("NHS number",)
    assert file.tables["decisions"].columns["nhs_no"].identifier is None
    assert any("personal identifiers" in text for text in still_to_do(draft))
    assert files.files[0].values("nhs_no") == ()


@pytest.mark.parametrize("theirs", ["case_ref", "Employee ID"])
def test_monitoring_file_is_joined_by_the_key_that_was_counted(looked, theirs):
    files = looked(
        cases={"case_ref": REFS, "flag": FLAG},
        monitoring={theirs: REFS[:-6][::-1], "sex": ["M", "F"] * 27},
    )
    draft = drafted(files)
    body = dict(steps(draft)["join"].body)

    assert [table.role for table in draft.tables] == [Role.DECISIONS, Role.LOOKUP]
    assert body["on"] == (("case_ref", theirs),)
    assert body["take"] == (("sex", "sex"),)
    assert body["each"] == "one to one"
    assert steps(draft)["join"].why.startswith("90 % of the rows")  # 54 of 60
    assert draft.held() == ("sex",)


def test_many_rows_of_one_person_are_joined_many_to_one_and_counted_by_person(looked):
    people = [f"P{i % 20:03d}" for i in range(N)]
    files = looked(
        incidents={"incident_ref": REFS, "pupil_ref": people, "flag": FLAG},
        monitoring={"pupil_ref": sorted(set(people)), "sex": ["M", "F"] * 10},
    )
    draft = drafted(files)

    assert dict(steps(draft)["join"].body)["each"] == "many to one"
    assert column(draft, "pupil_ref").means is Meaning.UNIT
    assert column(draft, "incident_ref").means is Meaning.CASE
    assert steps(draft)["last_event"].suggested


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (REFS, REFS + REFS[:9]),  # a key that repeats there
        ([f"{i:06d}" for i in range(N)], [str(i) for i in range(N)]),  # leading zeros lost
    ],
)
def test_join_that_could_not_work_is_only_suggested(looked, ours, theirs):
    files = looked(
        cases={"case_ref": ours, "flag": FLAG},
        monitoring={"case_ref": theirs, "sex": (["M", "F"] * N)[: len(theirs)]},
    )
    draft = drafted(files)

    assert steps(draft)["join"].suggested
    assert draft.held() == ()


def test_file_without_a_shared_key_is_not_joined(looked):
    files = looked(
        cases={"case_ref": REFS, "flag": FLAG},
        monitoring={"staff_ref": [f"X{i}" for i in range(N)], "sex": ["M", "F"] * 30},
    )

    assert "join" not in steps(drafted(files))


def test_joined_column_whose_name_is_taken_gets_another(looked):
    files = looked(
        cases={"case_ref": REFS, "sex": [f"see file {ref}" for ref in REFS], "flag": FLAG},
        monitoring={"case_ref": REFS, "sex": ["M", "F"] * 30},
    )
    draft = drafted(files)

    assert dict(steps(draft)["join"].body)["take"] == (("sex", "sex (monitoring)"),)
    assert column(draft, "sex (monitoring)").characteristic == "sex"


def test_age_band_is_made_of_a_date_of_birth_on_the_day_of_the_decision(looked):
    days = [f"2025-{i % 12 + 1:02d}-15" for i in range(N)]
    files = looked(
        cases={"date of birth": ["1990-02-03", "2001-05-06"] * 30, "review due": days,
               "decided on": days, "flag": FLAG}
    )  # fmt: skip
    draft = drafted(files)

    assert dict(steps(draft)["age_at"].body) == {
        "born": "date of birth", "on": "decided on", "into": "age"
    }  # fmt: skip
    assert draft.held() == ("age",)
    assert column(draft, "decided on").purpose == "To work out age."


def test_steps_wait_for_dates_that_nobody_could_read(looked, tmp_path):
    either = ["03/04/2025", "05/06/2025"] * 30
    files = looked(cases={"received": either, "decided": either[::-1], "flag": FLAG})
    open_, said = drafted(files), drafted(files, replace(NOTHING, day_first=("day",)))

    assert steps(open_) == {}
    assert column(open_, "received").written is None
    assert column(said, "received").written == "dd/mm/yyyy"
    assert dict(steps(said)["days_between"].body)["from"] == "received"
    file = save_draft(render(said, date(2026, 1, 2)), tmp_path / "rai.yaml")
    assert file.tables["decisions"].columns["received"].written == "dd/mm/yyyy"


def test_decisions_are_the_file_with_an_answer_wherever_it_stands(looked):
    monitoring = {"case_ref": REFS, "sex": ["M", "F"] * 30}
    files = looked(equality=monitoring, cases={"case_ref": REFS, "tool says": FLAG})

    assert decisions_file(files) == (1, True)
    assert drafted(files).tables[0].path == "cases.csv"


def test_golden_cases_and_a_log_have_their_roles(looked):
    files = looked(
        cases={"case_ref": REFS, "tool says": FLAG},
        golden_cases={"case": ["G1", "G2"], "required": ["late", "in time"]},
        decision_log={"case_ref": REFS, "officer": ["a", "b"] * 30},
    )
    draft = drafted(files)

    assert [t.role for t in draft.tables] == [Role.DECISIONS, Role.GOLDEN_CASES, Role.LOG]
    assert column(draft, "required", table=1).means is Meaning.REQUIRED


def test_counts_held_back_are_declared_as_not_known(looked):
    people = {"sex": ["M", "F", "M", "F"], "area": ["A", "A", "B", "B"]}
    files = looked(
        cases={"case_ref": REFS, "sex": ["M", "F"] * 30, "flag": FLAG},
        people={**people, "n": ["4000", "<10", "c", "3900"]},
        letters={**people, "n": ["c", "*", "c", "3900"]},  # mostly marks: nothing to count
    )
    _, people, letters = drafted(files).tables

    assert people.role is Role.REFERENCE
    assert people.column("n").means is Meaning.COUNT
    assert set(people.column("n").not_known) == {"<10", "c"}
    assert any("Counts held back" in note for note in people.column("n").notes)
    assert letters.role is Role.LOOKUP


def test_table_of_groups_and_counts_is_a_reference(looked):
    files = looked(
        cases={"case_ref": REFS, "tool says": FLAG},
        return_2025={"Sex": ["M", "F"] * 2, "Need": ["ASD", "ASD", "MLD", "MLD"],
                     "Plans": ["100", "200", "30", "4"]},
        staff_list={"Sex": ["M", "F", "M"], "Hours": ["37", "20.5", "8"]},
    )  # fmt: skip
    draft = drafted(files)

    assert [t.role for t in draft.tables] == [Role.DECISIONS, Role.REFERENCE, Role.LOOKUP]
    assert column(draft, "Plans", table=1).means is Meaning.COUNT


@pytest.mark.parametrize(
    ("columns", "unit"),
    [
        ({"incident_id": REFS, "pupil_no": [f"P{i % 9}9" for i in range(N)]}, None),  # too few
        ({"incident_id": REFS, "school_urn": [f"1{i % 20:05d}" for i in range(N)]}, "incident_id"),
        ({"staff_ref": [f"S{i % 20:02d}" for i in range(N)], "pupil_ref": REFS}, "pupil_ref"),
        ({"number of children": [str(i) for i in range(N)]}, None),  # a count, not a reference
    ],
)
def test_unit_is_whom_a_row_is_about(looked, columns, unit):
    cases = drafted(looked(cases={**columns, "flag": FLAG})).decisions
    found = [one.name for one in cases.columns if one.means is Meaning.UNIT]

    assert found == ([unit] if unit else ["incident_id"] if "incident_id" in columns else [])


def test_unit_is_asked_where_neither_names_nor_keys_tell(looked):
    shared = [f"1{i % 20:05d}" for i in range(N)]
    files = looked(cases={"incident_id": REFS, "urn": shared, "flag": FLAG})
    question = next_question(files, replace(NOTHING, unit=None), HERE)

    assert question.id == "unit"
    assert [choice.value for choice in question.choices] == ["incident_id", "urn"]
    said = drafted(files, replace(NOTHING, unit=("urn",)))
    assert column(said, "urn").means is Meaning.UNIT


def test_numbers_are_no_age_bands_unless_the_name_says_age(looked):
    files = looked(cases={"hours": [str(i % 40) for i in range(N)], "flag": FLAG})

    assert column(drafted(files), "hours").means is Meaning.OTHER


def test_year_alone_is_no_serial_number_of_a_day(looked):
    files = looked(cases={"time_period": ["2024", "2025"] * 30, "flag": FLAG})

    assert column(drafted(files), "time_period").means is not Meaning.DATE


def test_date_of_birth_that_no_step_uses_needs_a_purpose(looked):
    files = looked(
        cases={"dob": ["1990-02-03"] * N, "age group": ["16-24", "25-34"] * 30, "flag": FLAG}
    )

    assert column(drafted(files), "dob").purpose.startswith("TODO")


def test_policy_follows_what_the_data_can_answer(looked):
    plain = looked(cases={"case_ref": REFS, "flag": FLAG})
    waits = looked(cases={"case_ref": REFS, "days waited": ["3", "5"] * 30, "flag": FLAG})

    assert drafted(plain).policy == "uk-local-government"
    assert drafted(waits).policy == "uk-local-government"  # nobody has confirmed the column
    assert "how long people waited" in drafted(waits).policy_why
    right = looked(cases={"case_ref": REFS, "flag": FLAG, "needed": FLAG})
    said = replace(NOTHING, truth=("needed",), truth_positive=("Yes",))
    assert drafted(right, said).policy == "uk-fairness"


def test_answer_is_a_prediction_only_once_its_positive_values_are_known(looked):
    files = looked(cases={"case_ref": REFS, "flag": FLAG})
    named = replace(NOTHING, tool=("flag",))
    whole = replace(named, positive=("Yes",), good=("unfavourable",))

    assert column(drafted(files, named), "flag").means is Meaning.OTHER
    assert column(drafted(files, whole), "flag").means is Meaning.PREDICTION
    assert column(drafted(files, whole), "flag").positive_is == "unfavourable"


def test_not_stated_among_the_answers_is_neither_positive_nor_negative(looked):
    said = ["Yes", "No", "Not known"] * 20
    files = looked(cases={"case_ref": REFS, "flag": said})
    whole = replace(NOTHING, tool=("flag",), positive=("Yes",), good=("favourable",))
    found = column(drafted(files, whole), "flag")

    assert (found.positive, found.negative, found.not_known) == (("Yes",), (), ("Not known",))


def test_every_question_applies_at_most_once_and_they_end(looked):
    files = looked(cases={"case_ref": REFS, "flag": FLAG, "needed": FLAG})
    answers, asked = Answers(), []
    while question := next_question(files, answers, HERE):
        asked.append(question.id)
        first = question.choices[0].value if question.choices else "40"
        answers = replace(answers, **{question.id: (first,)})

    assert len(asked) == len(set(asked)) < 15
    assert {"tool", "positive", "good", "truth"} <= set(asked)


@pytest.mark.parametrize("about", ["services", "staff"])
def test_marriage_is_protected_at_work_only(looked, tmp_path, about):
    files = looked(cases={"case_ref": REFS, "flag": FLAG})
    draft = drafted(files, replace(NOTHING, about=(about,)))
    file = save_draft(render(draft, date(2026, 1, 2)), tmp_path / "rai.yaml")

    position = file.characteristics["marriage_and_civil_partnership"].position
    assert position == {"services": "not_applicable", "staff": "not_held"}[about]


def unjoined(looked):
    return looked(
        cases={"case_ref": [f"{i:06d}" for i in range(N)], "flag": FLAG},
        monitoring={"case_ref": [str(i) for i in range(N)], "sex": ["M", "F"] * 30,
                    "Ethnicity": ["White British", "Pakistani", "Chinese"] * 20,
                    "dob": ["1990-02-03", "2001-05-06"] * 30},
    )  # fmt: skip


def test_what_a_file_that_is_not_joined_records_is_neither_held_nor_not_held(looked, tmp_path):
    files = unjoined(looked)
    question = next_question(files, replace(NOTHING, why_not_held=None), HERE)
    file = save_draft(render(drafted(files), date(2026, 1, 2)), tmp_path / "rai.yaml")

    assert not any(word in question.text for word in ("sex,", "race", " age"))
    assert "disability" in question.text
    assert {"sex", "race", "age"}.isdisjoint(file.characteristics)
    assert file.characteristics["disability"].position == "not_held"
    assert "TODO sex: table monitoring records it" in (tmp_path / "rai.yaml").read_text("utf-8")


def test_files_that_could_not_be_joined_are_the_first_thing_to_do(looked):
    loose = still_to_do(drafted(unjoined(looked)))
    apart = still_to_do(
        drafted(
            looked(
                cases={"case_ref": REFS, "flag": FLAG},
                monitoring={"staff_ref": [f"X{i}" for i in range(N)], "sex": ["M", "F"] * 30},
            )
        )
    )
    joined = still_to_do(
        drafted(
            looked(
                cases={"case_ref": REFS, "flag": FLAG},
                monitoring={"case_ref": REFS, "sex": ["M", "F"] * 30, "dob": ["03/04/1990"] * N},
            )
        )
    )

    assert "could not be joined, so there is no fairness result by age, race, sex" in loose[0]
    assert "export both files again with it as text" in loose[0]
    assert "no column of both holds the same references" in apart[0]
    assert not any("joined" in text for text in joined)


def test_ethnicity_of_many_spellings_is_of_the_list_that_has_most_of_them(looked):
    known = ["White British", "Pakistani", "Chinese", "Black Caribbean", "Indian"]
    spelt = [f"{word}{mark}" for word in known for mark in ("", " (1)", " *", "?")]
    odd = [f"zz {i}" for i in range(41)]
    rows = (spelt + known * 20 + odd)[: 20 + 100 + 41]
    files = looked(cases={"Ethnicity": rows, "flag": (FLAG * 4)[: len(rows)]})
    found = column(drafted(files), "Ethnicity")

    assert len(set(rows)) > 40
    assert (found.means, found.codes) == (Meaning.GROUP, "ethnicity-labels-5")
    assert found.notes  # says that values outside the list are never guessed


def test_ethnicity_that_no_list_has_is_not_said_to_be_unrecorded(looked):
    odd = [f"zz {i}" for i in range(N)]
    files = looked(cases={"case_ref": REFS, "Ethnicity": odd, "flag": FLAG})
    draft = drafted(files)

    assert "speaks of race" in column(draft, "Ethnicity").why
    assert "race: {position: not_held" not in render(draft, date(2026, 1, 2))


def test_wait_that_nobody_confirmed_is_a_comment_and_adds_no_control(looked, tmp_path):
    days = [f"2025-{i % 12 + 1:02d}-15" for i in range(N)]
    files = looked(cases={"received": days, "decided": days[::-1], "flag": FLAG})
    draft = drafted(files)
    text = render(draft, date(2026, 1, 2))
    file = save_draft(text, tmp_path / "rai.yaml")

    assert steps(draft)["days_between"].suggested
    assert draft.policy == "uk-local-government"
    assert "days_waited" not in file.tables["decisions"].columns
    assert "# - days_between" in text


GOLDEN = {"case": ["G1", "G2", "G3"], "required": ["late", "in time", "late"],
          "outcome": ["late", "in time", "in time"]}  # fmt: skip


def test_outcome_of_golden_cases_is_asked_about_where_the_tool_s_values_do_not_tell(
    looked, tmp_path
):
    files = looked(cases={"case_ref": REFS, "tool says": FLAG}, golden_cases=GOLDEN)
    question = next_question(files, replace(NOTHING, golden=None), HERE)
    draft = drafted(files, replace(NOTHING, golden=("late",)))
    save_draft(render(draft, date(2026, 1, 2)), tmp_path / "rai.yaml")
    found = column(draft, "outcome", table=1)

    assert question.id == "golden"
    assert {choice.value for choice in question.choices} == {"late", "in time"}
    assert (found.means, found.positive, found.positive_is) == (
        Meaning.PREDICTION, ("late",), "unfavourable"
    )  # fmt: skip


def test_outcome_of_golden_cases_takes_what_was_said_of_the_same_values(looked):
    cases = {"case_ref": REFS, "tool says": ["late", "in time"] * 30}
    files = looked(cases=cases, golden_cases=GOLDEN)
    said = replace(NOTHING, tool=("tool says",), positive=("late",), good=("unfavourable",))
    found = column(drafted(files, said), "outcome", table=1)

    assert (found.means, found.positive_is) == (Meaning.PREDICTION, "unfavourable")
    assert next_question(files, replace(said, golden=None), HERE) is None


def test_golden_cases_without_a_known_outcome_are_in_the_list_in_words_of_their_own(looked):
    files = looked(cases={"case_ref": REFS, "tool says": FLAG}, golden_cases=GOLDEN)
    draft = drafted(files)
    golden = render(draft, date(2026, 1, 2)).split("golden_cases:\n")[1]

    assert column(draft, "outcome", table=1).means is Meaning.OTHER  # neither side is guessed
    assert any("golden_cases holds what the system gave" in text for text in still_to_do(draft))
    assert "pick a person" not in golden
