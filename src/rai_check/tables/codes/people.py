"""Sex, disability, and yes or no."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from rai_check.measurement import NOT_KNOWN
from rai_check.tables.codes.code_list import CodeList
from rai_check.tables.codes.normal import canonical, read_by

_UNDER_ACT = "under the Equality Act"
_CENSUS = {
    f"Disabled {_UNDER_ACT}": "Disabled",
    f"Disabled {_UNDER_ACT}: Day-to-day activities limited a lot": "Disabled",
    f"Disabled {_UNDER_ACT}: Day-to-day activities limited a little": "Disabled",
    f"Not disabled {_UNDER_ACT}": "Not disabled",
    f"Not disabled {_UNDER_ACT}: Has long term physical or mental health condition but "
    "day-to-day activities are not limited": "Not disabled",
    f"Not disabled {_UNDER_ACT}: No long term physical or mental health conditions": "Not disabled",
}
_SEX_WORDS = {
    "Male": "m, male, males, man, men, boy, boys",
    "Female": "f, female, females, woman, women, girl, girls",
}
_YES_WORDS = {"Yes": "y, yes, true, 1", "No": "n, no, false, 0"}
# the harmonised question's answers ("reduces ability: a lot, a little, not at all"), HESA's and
# those of monitoring forms; "none declared" and the like say nothing either way, nor
# does "None", which is also how some exports write an empty cell
_DISABILITY_WORDS = {
    "Disabled": """y; yes; true; disabled; registered disabled; yes disabled; disability;
        has disability; has a disability; with disability; with a disability; limited a lot;
        limited a little; yes limited a lot; yes limited a little; yes a lot; yes a little;
        day to day activities limited a lot; day to day activities limited a little;
        equality act disabled; equality act core disabled; disabled equality act;
        yes i have a disability; yes i consider myself disabled;
        yes i consider myself to be disabled; yes i consider myself to have a disability""",
    "Not disabled": """n; no; false; not disabled; non disabled; nondisabled; no disability;
        no disabilities; no not disabled; not limited; no not limited; not at all; no not at all;
        day to day activities not limited; no known disability; no known disabilities;
        not equality act disabled; not disabled equality act; no i do not have a disability;
        no i do not consider myself disabled; no i do not consider myself to be disabled;
        no i do not consider myself to have a disability""",
}
# of the list "sex"; alone they are not labels, beside one they must not contradict it
_SEX_CODES = {"1": "Male", "2": "Female", **dict.fromkeys("09ux", NOT_KNOWN)}
_SEX_FILLER = frozenset({"sex", "gender"})


def _table(
    words: Mapping[str, str], by: str = ",", more: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    pairs: Iterable[tuple[str, str]] = ((w, g) for g, held in words.items() for w in held.split(by))
    return {canonical(word): group for word, group in (*pairs, *more.items())}


def _reader(
    table: dict[str, str],
    filler: frozenset[str] = frozenset(),
    codes: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[str], str | None]:
    return lambda text: read_by(text, table, filler, codes)


def _themselves(words: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({group: group for group in words})


LISTS = (
    CodeList(
        id="sex",
        title="Sex",
        origin="Department for Education, Common Basic Data Set; NHS Data Dictionary and SSDA903 "
        "(1 male, 2 female, from memory); Census 2021 wording",
        version="2024",
        labels=MappingProxyType(
            {
                "M": "Male",
                "F": "Female",
                "Male": "Male",
                "Female": "Female",
                "1": "Male",
                "2": "Female",
            }
        ),
        # 9 is "indeterminate" for the NHS and "not applicable" in ISO/IEC 5218
        not_known=frozenset({"U", "Unknown", "0", "9", "X", "Not known", "Not specified"}),
    ),
    CodeList(
        id="sex-labels",
        title="Sex, labels",
        origin="wordings of Male and Female in collections of councils, the NHS and the police",
        version="2026",
        labels=_themselves(_SEX_WORDS),
        not_known=frozenset({"U", "u"}),
        wordings=_reader(_table(_SEX_WORDS), _SEX_FILLER, _SEX_CODES),
    ),
    CodeList(
        id="disability",
        title="Disability",
        origin="Office for National Statistics, Census 2021, table TS038; harmonised standard",
        version="2021",
        labels=MappingProxyType(
            {"Disabled": "Disabled", "Not disabled": "Not disabled", **_CENSUS}
            | {"Yes": "Disabled", "No": "Not disabled", "Y": "Disabled", "N": "Not disabled"}
        ),
        not_known=frozenset({"Unknown", "Not known", "Not stated", "Prefer not to say"}),
    ),
    CodeList(
        id="disability-labels",
        title="Disability, labels",
        origin="Equality Act 2010 section 6; wordings of the census, the harmonised standard, HESA "
        "and monitoring forms (from memory)",
        version="2021",
        labels=_themselves(_DISABILITY_WORDS),
        wordings=_reader(_table(_DISABILITY_WORDS, ";", _CENSUS)),
    ),
    CodeList(
        id="yes-no",
        title="Yes or no",
        origin="yes and no as systems write them",
        version="2026",
        labels=_themselves(_YES_WORDS),
        wordings=_reader(_table(_YES_WORDS)),
    ),
)
