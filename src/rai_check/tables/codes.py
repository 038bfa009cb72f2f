"""Code lists shipped with the package: the group labels that may be shown because they are public.

A label is shown in a report only if the project declares it or one of these has it. Values are
matched exactly as the collection publishes them; nothing is guessed from a near miss.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rai_check.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """A published list of codes.

    Attributes:
        id: what a project file calls it.
        title: for people.
        origin: who publishes it, and where.
        version: of the published list, so that a later one can stand beside it.
        labels: value in the data to name of the group; several values may share a group.
        not_known: values that say "refused", "not stated" or "not known": not groups.
    """

    id: str
    title: str
    origin: str
    version: str
    labels: Mapping[str, str]
    not_known: frozenset[str] = frozenset()


# Main codes only: White (5), Mixed (4), Asian (4), Chinese, Black (3), other; Arab is within OOTH.
_DFE = {
    "WBRI": ("White British", "White"),
    "WIRI": ("White Irish", "White"),
    "WIRT": ("Traveller of Irish heritage", "White"),
    "WROM": ("Gypsy or Roma", "White"),
    "WOTH": ("Any other White background", "White"),
    "MWBC": ("White and Black Caribbean", "Mixed"),
    "MWBA": ("White and Black African", "Mixed"),
    "MWAS": ("White and Asian", "Mixed"),
    "MOTH": ("Any other Mixed background", "Mixed"),
    "AIND": ("Indian", "Asian"),
    "APKN": ("Pakistani", "Asian"),
    "ABAN": ("Bangladeshi", "Asian"),
    "CHNE": ("Chinese", "Asian"),  # DfE shows it apart; the five GSS groups of 2011 put it here
    "AOTH": ("Any other Asian background", "Asian"),
    "BCRB": ("Black Caribbean", "Black"),
    "BAFR": ("Black African", "Black"),
    "BOTH": ("Any other Black background", "Black"),
    "OOTH": ("Any other ethnic group", "Other"),
}
_DFE_NOT_KNOWN = frozenset({"REFU", "NOBT"})  # refused; information not yet obtained
_DFE_ORIGIN = "Department for Education, Common Basic Data Set: main ethnicity codes"
_DFE_VERSION = "2024"

_GSS_5 = {
    "Asian": "Asian",
    "Asian, Asian British or Asian Welsh": "Asian",
    "Black": "Black",
    "Black, Black British, Black Welsh, Caribbean or African": "Black",
    "Mixed": "Mixed",
    "Mixed or Multiple ethnic groups": "Mixed",
    "White": "White",
    "Other": "Other",
    "Other ethnic group": "Other",
}

_NHS = {
    "A": "White British",
    "B": "White Irish",
    "C": "Any other White background",
    "D": "White and Black Caribbean",
    "E": "White and Black African",
    "F": "White and Asian",
    "G": "Any other Mixed background",
    "H": "Indian",
    "J": "Pakistani",
    "K": "Bangladeshi",
    "L": "Any other Asian background",
    "M": "Black Caribbean",
    "N": "Black African",
    "P": "Any other Black background",
    "R": "Chinese",
    "S": "Any other ethnic group",
}

_LISTS = (
    CodeList(
        id="dfe-ethnicity",
        title="Ethnicity, DfE main codes",
        origin=_DFE_ORIGIN,
        version=_DFE_VERSION,
        labels=MappingProxyType({code: name for code, (name, _) in _DFE.items()}),
        not_known=_DFE_NOT_KNOWN,
    ),
    CodeList(
        id="dfe-ethnicity-5",
        title="Ethnicity, DfE main codes in the five GSS groups",
        origin=f"{_DFE_ORIGIN}, grouped by the GSS harmonised standard (2011: Chinese is Asian)",
        version=_DFE_VERSION,
        labels=MappingProxyType({code: group for code, (_, group) in _DFE.items()}),
        not_known=_DFE_NOT_KNOWN,
    ),
    CodeList(
        id="gss-5",
        title="Ethnicity, five GSS groups",
        origin="Government Statistical Service harmonised standard; Census 2021 wording",
        version="2021",
        labels=MappingProxyType(_GSS_5),
        not_known=frozenset({"Unknown", "Not known", "Not stated"}),
    ),
    CodeList(
        id="nhs-ethnicity",
        title="Ethnicity, NHS 16+1",
        origin="NHS Data Dictionary, Ethnic Category Code 2001",
        version="2001",
        labels=MappingProxyType(_NHS),
        not_known=frozenset({"Z", "X", "99"}),  # not stated; not known (HES); not known
    ),
    CodeList(
        id="sex",
        title="Sex",
        origin="Department for Education, Common Basic Data Set: sex; Census 2021 wording",
        version="2024",
        labels=MappingProxyType({"M": "Male", "F": "Female", "Male": "Male", "Female": "Female"}),
        not_known=frozenset({"U", "Unknown"}),
    ),
    CodeList(
        id="sen-status",
        title="Special educational needs",
        origin="Department for Education, school census: SEN provision",
        version="2024",
        labels=MappingProxyType(
            {"E": "Education, health and care plan", "K": "SEN support", "N": "No SEN"}
        ),
    ),
)
CODE_LISTS: Mapping[str, CodeList] = MappingProxyType({held.id: held for held in _LISTS})


def code_list(id: str) -> CodeList:  # noqa: A002 - the word the project file uses
    """Return the code list of that id.

    Raises:
        UsageError: there is none.
    """
    found = CODE_LISTS.get(id)
    if found is None:
        hint = did_you_mean(id, CODE_LISTS)
        raise UsageError(f"There is no code list {id!r}.{hint} There are: {', '.join(CODE_LISTS)}.")
    return found
