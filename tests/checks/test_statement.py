"""It asks; the judge answers."""

from datetime import date

from projects import open_project
from rai_check.checks.statement import statement
from rai_check.measurement import Asked


def asked(folder, **parameters):
    (measurement,) = statement(open_project(folder, lines=[]), **parameters).measurements
    return measurement.evidence


def test_what_the_policy_asks_is_passed_on(tmp_path):
    found = asked(tmp_path, kind="attestation", roles=["dpo"], max_age_days="365")

    assert found == Asked(statement="attestation", roles=("dpo",), max_age_days=365)


def test_documents_must_be_newer_than_the_last_change_where_the_policy_says_so(tmp_path):
    found = asked(tmp_path, kind="attestation", newer_than_change="true")

    assert found.not_before == date(2026, 9, 1)


def test_justification_names_the_controls_it_looks_at(tmp_path):
    assert asked(tmp_path, kind="justification", covers=["FA-06"]).covers == ("FA-06",)
