"""A seeded defect and its clean twin; what is declared; what is sampled; nothing leaks."""

import dataclasses
import logging
import socket
import time
from datetime import date

import pytest

from made_identifiers import any_ten, nhs_numbers, pupil_numbers
from projects import PREDICTION, decisions, open_project
from rai_check.checks.personal_identifiers import METRIC, personal_identifiers
from rai_check.errors import DataError, UsageError
from rai_check.measurement import Exact, Finding, Sampled, Undefined, where
from rai_check.project import Project

OTHER = {"means": "other"}
NHS = nhs_numbers(40)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("the check asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def table(folder, header, lines, *, columns=None, **changes):
    declared = {"says": PREDICTION, **(columns or {})}
    return open_project(
        folder,
        header=f"says,{header}",
        lines=[f"yes,{line}" for line in lines],
        tables={"decisions": decisions(**declared)},
        **changes,
    )


def column(result, name):
    (found,) = [m for m in result.measurements if m.where == where(column=f"decisions.{name}")]
    return found


def clean_rows(n=40):
    wards = ("Castle Ward", "Northmere East", "St Mary's")
    return [
        f"EHC-{i:06d},{wards[i % 3]},2026-{1 + i % 12:02d}-{1 + i % 28:02d},{i - 20},{i}%,"
        f"{n}" for i, n in enumerate(any_ten(n))
    ]  # fmt: skip


CLEAN = "plan_ref,ward,review_due,days_late,attendance,invoice_no"


def test_planted_column_is_found_and_the_others_are_clean(tmp_path):
    planted = [f"{row},{number}" for row, number in zip(clean_rows(), NHS, strict=True)]

    result = personal_identifiers(table(tmp_path, f"{CLEAN},nhs_no", planted))

    assert column(result, "nhs_no").evidence == Exact(value=40)
    assert column(result, "nhs_no").metric == METRIC
    assert column(result, "nhs_no").unit == "distinct values"
    assert column(result, "nhs_no").about_people
    assert result.findings == (
        Finding(place="decisions.nhs_no", kind="NHS number", shape="NNNNNNNNNN", count=40),
    )
    for name in ["says", *CLEAN.split(",")]:
        assert column(result, name).evidence == Exact(value=0)


def test_clean_twin_has_no_hits(tmp_path):
    result = personal_identifiers(table(tmp_path, CLEAN, clean_rows()))

    judged = [m for m in result.measurements if not m.information]
    assert len(judged) == 7
    assert all(m.evidence == Exact(value=0) for m in judged)
    assert result.findings == ()
    assert "no more often than chance" in column(result, "invoice_no").notes[0]


def test_pupil_numbers_of_no_real_authority_are_found(tmp_path):
    result = personal_identifiers(table(tmp_path, "upn", pupil_numbers(30)))
    assert column(result, "upn").evidence == Exact(value=30)


def test_repeated_values_are_counted_once(tmp_path):
    result = personal_identifiers(table(tmp_path, "nhs_no", [*NHS, *NHS, "", ""]))
    assert column(result, "nhs_no").evidence == Exact(value=40)


def test_free_text_is_scanned_and_says_what_is_not_looked_for(tmp_path):
    notes = ["Mum rang from 07911 123456", "her NHS no. is 943 476 5919", "invoice 1234567890 paid"]
    free = {"note": {"means": "free_text"}}

    result = personal_identifiers(table(tmp_path, "note", notes, columns=free))

    assert column(result, "note").evidence == Exact(value=2)
    assert {(f.kind, f.shape, f.count) for f in result.findings} == {
        ("NHS number", "NNN NNN NNNN", 1),
        ("phone number", "NNNNN NNNNNN", 1),
    }
    assert any("not looked for" in note for note in column(result, "note").notes)


def test_declared_kind_is_not_counted_and_its_reason_not_repeated(tmp_path):
    unit = {"means": "unit", "identifier": {"kinds": ["nhs"], "why": "Matching for Dr Bloggs"}}
    lines = [*NHS, "a.b@council.gov.uk"]

    result = personal_identifiers(table(tmp_path, "nhs_no", lines, columns={"nhs_no": unit}))

    found = column(result, "nhs_no")
    assert found.evidence == Exact(value=1)
    assert "Declared kinds: NHS number." in found.notes
    assert [f.kind for f in result.findings] == ["e-mail address"]
    assert "Bloggs" not in repr(result)


def test_unit_and_case_excuse_nothing_by_themselves(tmp_path):
    result = personal_identifiers(
        table(tmp_path, "nhs_no", NHS, columns={"nhs_no": {"means": "unit"}})
    )
    assert column(result, "nhs_no").evidence == Exact(value=40)


def test_unknown_kind_is_a_usage_error_with_a_hint(tmp_path):
    spec = {"means": "other", "identifier": {"kinds": ["NHS numbr"], "why": "w"}}
    project = table(tmp_path, "nhs_no", NHS, columns={"nhs_no": spec})

    with pytest.raises(UsageError, match=r"'nhs_no'.*'NHS numbr'.*Did you mean 'nhs number'"):
        personal_identifiers(project)


def test_test_values_are_noted(tmp_path):
    lines = ["ann@example.com", "bo@example.org", "07700 900123"]

    found = column(personal_identifiers(table(tmp_path, "contact", lines)), "contact")

    assert found.evidence == Exact(value=0)
    assert found.notes == (
        "Some values are from ranges reserved for tests (e-mail address, phone number).",
    )


def test_large_column_is_sampled_with_the_key_of_the_project(tmp_path):
    lines = [*nhs_numbers(150), *(f"EHC-{i:06d}" for i in range(350))]
    project = table(tmp_path, "ref", lines)

    first = personal_identifiers(project, exhaustive_up_to=100)
    again = personal_identifiers(project, exhaustive_up_to=100)
    whole = personal_identifiers(project, exhaustive_up_to=500)

    sampled = column(first, "ref").evidence
    assert isinstance(sampled, Sampled)
    assert (sampled.looked, sampled.population) == (100, 500)
    assert 15 <= sampled.hits <= 45  # hypergeometric: 30 on average, standard deviation 4.1
    assert first == again
    assert column(whole, "ref").evidence == Exact(value=150)


def test_column_with_a_very_long_cell_is_not_called_clean(tmp_path):
    late = "word " * 14_000 + "ann.hill@council.gov.uk"

    found = column(personal_identifiers(table(tmp_path, "note", [late, "well"])), "note")

    assert isinstance(found.evidence, Undefined)
    assert (found.evidence.code, found.evidence.mendable) == ("too_long", True)
    assert "65,536 characters" in found.notes[0]


def test_hits_in_the_start_of_a_very_long_cell_are_counted(tmp_path):
    long = "ann.hill@council.gov.uk " + "word " * 14_000

    result = personal_identifiers(table(tmp_path, "note", [long, "bo@nhs.net"]))

    assert column(result, "note").evidence == Exact(value=2)
    assert "65,536 characters" in column(result, "note").notes[-1]


def test_kinds_looked_for_and_not_are_listed_for_information(tmp_path):
    result = personal_identifiers(table(tmp_path, "ref", ["a"]))

    (listed,) = [m for m in result.measurements if m.information]
    assert "NHS number" in listed.notes[0]
    assert "names inside free text" in listed.notes[1]
    assert not listed.about_people


def test_empty_columns_are_clean_and_empty_tables_cannot_tell(tmp_path):
    assert column(personal_identifiers(table(tmp_path, "ref", ["", ""])), "ref").evidence == Exact(
        value=0
    )

    nothing = personal_identifiers(table(tmp_path, "ref", []))
    assert isinstance(column(nothing, "ref").evidence, Undefined)


def test_declared_column_that_is_not_in_the_file_is_an_error(tmp_path):
    with pytest.raises(DataError, match="not among the 2 columns"):
        personal_identifiers(table(tmp_path, "ref", ["a"], columns={"reff": OTHER}))


def test_missing_header_row_is_found_without_showing_it(tmp_path):
    project = open_project(
        tmp_path,
        header="yes,943 476 5919",
        lines=["no,943 476 5870", "yes,458 270 1086"],
        tables={"decisions": {**decisions(yes=PREDICTION), "header_row": 1}},
    )

    result = personal_identifiers(project)

    assert column(result, "column 2").evidence == Exact(value=2)
    assert column(result, "column 2 (its name)").evidence == Exact(value=1)
    assert "5919" not in repr(result)


def test_column_names_are_fit_to_be_shown_and_stay_apart(tmp_path):
    long = "a" * 70
    result = personal_identifiers(table(tmp_path, f"bad\x07name,{long}1,{long}2", ["1,2,3"]))

    shown = [dict(m.where)["column"] for m in result.measurements if not m.information]
    assert shown == [
        "decisions.says", "decisions.column 2", "decisions.column 3", "decisions.column 4",
    ]  # fmt: skip


def test_every_table_is_scanned(tmp_path):
    golden = {"path": "golden.csv", "role": "golden_cases", "columns": {"who": OTHER}}
    (tmp_path / "golden.csv").write_text("who\na.b@council.gov.uk\n", "utf-8")
    project = open_project(
        tmp_path,
        header="says",
        lines=["yes"],
        tables={"decisions": decisions(says=PREDICTION), "golden": golden},
    )

    places = [f.place for f in personal_identifiers(project).findings]
    assert places == ["golden.who"]


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({"exhaustive_up_to": 99}, "exhaustive_up_to"),
        ({"score": 0}, "score"),
        ({"scor": 1}, "scor"),
    ],
)
def test_parameters_are_validated(tmp_path, parameters, name):
    with pytest.raises(UsageError, match=name):
        personal_identifiers(table(tmp_path, "ref", ["a"]), **parameters)


def test_no_planted_value_leaves(tmp_path, caplog, capsys):
    planted = {
        "nhs_no": NHS[:4],
        "mail": ["ann.hill@council.gov.uk", "bo@nhs.net", "cy@nhs.net", "di@nhs.net"],
        "surname": ["Hillington", "Fordingbridge", "Marlborough", "Quartermain"],
        "note": ["tel 07911 123456", "AB123456C", "born 29/02/1980", "at SW1A 1AA"],
    }
    lines = [",".join(row) for row in zip(*planted.values(), strict=True)]

    with caplog.at_level(logging.DEBUG):
        result = personal_identifiers(table(tmp_path, ",".join(planted), lines))

    assert sum(f.count for f in result.findings) == 16
    said = repr(result) + caplog.text + "".join(capsys.readouterr())
    for values in planted.values():
        for value in values:
            assert value not in said
            assert value.split()[-1] not in said


def test_result_is_the_same_for_a_frame(tmp_path):
    pd = pytest.importorskip("pandas")
    lines = [f"{n},{i}" for i, n in enumerate(NHS)]
    from_file = table(tmp_path, "nhs_no,days", lines)
    frame = pd.DataFrame({"says": "yes", "nhs_no": [int(n) for n in NHS], "days": range(40)})
    today = date(2026, 11, 23)
    from_frame = Project(
        file=from_file.file,
        folder=tmp_path,
        as_of=today,
        first_run_on=today,
        frames={"decisions": frame},
    )

    assert personal_identifiers(from_frame) == personal_identifiers(from_file)


def test_check_is_declared_with_its_page():
    assert personal_identifiers.id == "personal-identifiers"
    assert personal_identifiers.needs == ("tables", "personal data")
    assert "NOT looked for" in personal_identifiers.doc
    assert dataclasses.is_dataclass(personal_identifiers)


@pytest.mark.slow
def test_large_table_takes_less_than_twenty_seconds(tmp_path):
    n = 18_000
    numbers, refs = nhs_numbers(2_000), any_ten(2_000)
    rows = [
        f"{numbers[i % 2000]},{refs[i % 2000]},EHC-{i % 2000:06d},u{i % 2000}@council.gov.uk,"
        f"0791{i % 2000:07d},seen {refs[i % 2000]} on 1/2/2026 call {i},"
        f"{i % 2000},2026-01-{1 + i % 28:02d},Ward {i % 30},{i % 1999}.5,M{i % 90} 1AA"
        for i in range(n)
    ]
    project = table(tmp_path, "a,b,c,d,e,f,g,h,i,j,k", rows)

    start = time.perf_counter()
    result = personal_identifiers(project)

    assert time.perf_counter() - start < 20
    assert column(result, "a").evidence == Exact(value=2_000)
    assert column(result, "b").evidence == Exact(value=0)
