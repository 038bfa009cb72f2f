"""Registers spread out by person are told of, and nothing else is."""

import pytest

from rai_check.disclosure.inputs import public_input
from rai_check.measured import Input
from rai_check.protected import PEOPLE
from rai_check.tables.wide_form import wide_form

PERSONS = ["Aisha Khan", "J Smith", "Mrs Fictional", "Zbigniew Nowak", "QQ 12 34 56 C", "Priya"]


def test_register_with_a_column_for_each_person_is_told_of_with_how_many(read):
    table = read(f"week,{','.join(PERSONS)}\n1,a,b,c,d,e,f\n")

    (remark,) = [one for one in table.note.remarks if "turn it round" in one.text]

    assert remark.n == 6
    assert not any(name in str(remark) for name in PERSONS)


def test_number_of_persons_is_protected_in_a_report(read):
    note = read(f"week,{','.join(PERSONS)}\n1,a,b,c,d,e,f\n").note
    made = Input(name="t", role="decisions", file="t.csv", sha256="", rows=1, read_as="", note=note)

    assert "value=6" not in repr(public_input(made, PEOPLE))


@pytest.mark.parametrize(
    "names",
    [
        [],
        PERSONS[:4],
        [*PERSONS, *(f"score {i}" for i in range(7))],  # 6 of 13: less than half
        [f"{day}/09/2024" for day in range(1, 20)],  # attendance by day
        ["Ethnic Group", "Case Ref", "Free School Meals", "Ward Name", "Tool Says"],
        ["Lives Alone", "Sub Saharan", "Nil Recourse", "Hot Water", "Tied Cottage"],  # none sure
    ],
)
def test_table_of_facts_is_not_told_of(names):
    assert wide_form(names) == ()
