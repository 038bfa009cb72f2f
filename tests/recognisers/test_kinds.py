import re

import pytest

from rai_check.errors import UsageError
from rai_check.recognisers.kinds import KINDS, PATTERNED, kind_named, kind_names


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("NHS number", "NHS number"),
        ("nhs", "NHS number"),
        (" UPN ", "unique pupil number"),
        ("NINO", "National Insurance number"),
        ("email", "e-mail address"),
        ("DOB", "date of birth"),
        ("Name", "name"),
    ],
)
def test_kind_is_found_by_name_or_alias_in_any_case(said, name):
    assert kind_named(said, "place") == name


def test_unknown_kind_is_refused_with_a_hint():
    with pytest.raises(UsageError, match=r"Table 't'.*'NHS numbr'.*Did you mean 'nhs number'\?"):
        kind_named("NHS numbr", "Table 't', column 'c'")


def test_no_two_kinds_share_an_alias_or_an_entity():
    entities = [kind.entity for kind in KINDS]
    assert len(entities) == len(set(entities))
    owners = {}
    for kind in KINDS:
        for alias in (kind.name.lower(), *kind.aliases):
            assert owners.setdefault(alias, kind.name) == kind.name
    assert len(kind_names()) == len(set(kind_names())) == len(KINDS) - 1  # two forms of a NINO


def test_kinds_told_by_chance_have_a_shape_and_a_rate():
    for kind in PATTERNED:
        assert (kind.chance is None) == (kind.shape is None)
        if kind.chance is not None:
            re.compile(kind.shape)
            assert 0 < kind.chance < 0.5
        assert all(word == word.lower() and " " not in word for word in kind.words)
