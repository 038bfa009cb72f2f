"""Every code list there is, by its id."""

from collections.abc import Mapping
from types import MappingProxyType

from rai_check.errors import UsageError, did_you_mean
from rai_check.tables.codes import ages, ethnicity, ethnicity_labels, gss, people, schools
from rai_check.tables.codes.code_list import CodeList

_LISTS = (
    *ethnicity.LISTS,
    *gss.LISTS,
    *ethnicity_labels.LISTS,
    *people.LISTS,
    *ages.LISTS,
    *schools.LISTS,
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
