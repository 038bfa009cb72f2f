"""Code lists shipped with the package: the group labels that may be shown because they are public.

A label is shown in a report only if the project declares it or one of these has it. Exact lists
match values as the collection publishes them. Lists of labels (`ethnicity-labels-5` and the like)
also read other wordings of the same published categories, by rules that are written down in their
modules; nothing is matched because it looks similar, and what does not match stays undeclared.
"""

from rai_check.tables.codes.catalogue import CODE_LISTS, code_list
from rai_check.tables.codes.code_list import CodeList

__all__ = ["CODE_LISTS", "CodeList", "code_list"]
