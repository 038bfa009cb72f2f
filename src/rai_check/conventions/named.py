"""The conventions by name, and what each needs to be told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rai_check.conventions import aequitas, aif360, clarify, fairlearn
from rai_check.conventions.confusion import Confusion, Figure
from rai_check.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """One engine's way of making figures of counts."""

    name: str
    engine: str
    """The engine and the version whose source was read."""
    least: int
    """Groups that it needs at least."""
    needs_reference: bool
    """Whether it compares with one named group; where it does not, a reference changes nothing."""
    make: Callable[[Sequence[Confusion], Confusion | None], tuple[Figure, ...]]

    def figures(
        self, groups: Sequence[Confusion], reference: str | None = None
    ) -> tuple[Figure, ...]:
        """All its figures of some groups.

        Args:
            groups: counts of each group, each label once.
            reference: label of the group compared with, where the convention needs one.

        Raises:
            UsageError: too few groups, two of one label, or a reference that is not among them.
        """
        labels = [g.label for g in groups]
        if len(groups) < self.least or len({*labels}) < len(labels):
            need = f"{self.least} group{'s' if self.least > 1 else ''} or more, each named once"
            raise UsageError(f"Convention {self.name!r} needs {need}; it got {len(groups)}.")
        if not self.needs_reference:
            return self.make(groups, None)
        if reference is None or reference not in labels:
            near = did_you_mean(reference or "", labels)
            raise UsageError(
                f"Convention {self.name!r} compares with a reference; name one of the groups.{near}"
            )
        return self.make(groups, groups[labels.index(reference)])


_ALL = (
    Convention(
        name="fairlearn",
        engine="Fairlearn 0.15.0",
        least=1,
        needs_reference=False,
        make=fairlearn.figures,
    ),
    Convention(
        name="aif360", engine="AIF360 0.6.1", least=2, needs_reference=True, make=aif360.figures
    ),
    Convention(
        name="aequitas",
        engine="Aequitas 1.1.0",
        least=1,
        needs_reference=True,
        make=aequitas.figures,
    ),
    Convention(
        name="clarify",
        engine="SageMaker Clarify (smclarify 0.5)",
        least=2,
        needs_reference=False,
        make=clarify.figures,
    ),
)
CONVENTIONS: Mapping[str, Convention] = MappingProxyType({one.name: one for one in _ALL})
"""Every convention, by its name."""


def convention(name: str) -> Convention:
    """The convention of a name.

    Raises:
        UsageError: there is none.
    """
    if name not in CONVENTIONS:
        near, known = did_you_mean(name, CONVENTIONS), ", ".join(CONVENTIONS)
        raise UsageError(f"There is no convention {name!r}.{near} There are: {known}.")
    return CONVENTIONS[name]
