"""How a check is declared: one decorated function in one file.

A check measures and never knows a limit. Its keyword-only arguments are the policy's
parameters; its docstring is its documentation page; absence of anything in `needs`
becomes `missing` before it is called.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from rai_check.errors import RaiCheckError, UsageError, did_you_mean
from rai_check.measurement import CheckResult

if TYPE_CHECKING:
    from rai_check.project import Project

Need = Literal["decisions", "truth", "model", "golden_cases", "reasons", "tables"]
LimitOf = Literal["ratio", "difference", "odds", "value", "change"]
VALUE: tuple[LimitOf, ...] = ("value",)
RATES: tuple[LimitOf, ...] = ("ratio", "difference", "odds")
"""Kinds of limit of a check that sets the rate of some people against that of others."""
HEADINGS = (
    "What it measures",
    "Why it matters",
    "How to read it",
    "What it cannot tell you",
    "References",
)


class NotApplicable(RaiCheckError):  # noqa: N818 - an outcome, not an error
    """The question does not arise for this project; the sentence says why."""


class Missing(RaiCheckError):  # noqa: N818 - an outcome, not an error
    """Evidence, a column, a model or a declaration was not supplied; the sentence says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A declared check: call it like the function it wraps."""

    id: str
    title: str
    limits: tuple[LimitOf, ...]
    """Kinds of limit that its measurements can be held against."""
    needs: tuple[Need, ...]
    per_group: bool
    """Whether a policy may run it once per group column, through the parameter `by`."""
    run: Callable[..., CheckResult]
    doc: str

    def __call__(self, project: "Project", **parameters: Any) -> CheckResult:  # noqa: ANN401 - typed by the wrapped function
        """Measure; parameters are those of the wrapped function."""
        return self.run(project, **self.bind(parameters))

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """The policy's parameters: the function's keyword-only arguments."""
        found = inspect.signature(self.run, eval_str=True).parameters
        return {n: p for n, p in found.items() if p.kind is p.KEYWORD_ONLY}

    def bind(self, given: Mapping[str, object]) -> dict[str, Any]:
        """Convert and validate a policy's parameters, before any data is read.

        Raises:
            UsageError: for an unknown, missing or ill-typed parameter.
        """
        from pydantic import ConfigDict, Field, ValidationError, create_model

        fields: dict[str, Any] = {
            name: (p.annotation, Field(... if p.default is p.empty else p.default))
            for name, p in self.parameters.items()
        }
        model = create_model(self.id, __config__=ConfigDict(extra="forbid"), **fields)
        try:
            bound = model(**given)
        except ValidationError as broken:
            fault = broken.errors()[0]
            name = str(fault["loc"][0]) if fault["loc"] else "?"
            if fault["type"] == "extra_forbidden":
                near = did_you_mean(name, fields)
                known = ", ".join(fields) or "none"
                raise UsageError(
                    f"check {self.id!r} has no parameter {name!r}.{near} It takes: {known}."
                ) from None
            raise UsageError(f"check {self.id!r}, parameter {name!r}: {fault['msg']}.") from None
        return {name: getattr(bound, name) for name in fields}


def check(
    id: str,  # noqa: A002 - the word a reader of a policy knows
    *,
    title: str,
    limits: tuple[LimitOf, ...] = VALUE,
    needs: tuple[Need, ...] = (),
) -> Callable[[Callable[..., CheckResult]], Check]:
    """Declare a check.

    Args:
        id: the name in policies, also of the file (with underscores) and of its test.
        title: what a reader calls it.
        limits: kinds of limit that its measurements can be held against: ``ratio`` and
            ``difference`` where it sets one rate against another, ``change`` where it sets a
            disparity against an earlier one, otherwise ``value``.
        needs: what must be there; if it is not, the outcome is `missing` and nothing runs.

    Raises:
        TypeError: when the docstring lacks a heading, a parameter is not keyword-only, or no kind
            of limit is named.
    """

    def declare(function: Callable[..., CheckResult]) -> Check:
        doc = inspect.cleandoc(function.__doc__ or "")
        if absent := [h for h in HEADINGS if f"\n{h}\n" not in f"\n{doc}\n"]:
            raise TypeError(f"check {id!r}: its docstring lacks the heading {absent[0]!r}")
        if not limits:
            raise TypeError(f"check {id!r}: name the kinds of limit that it can be held against")
        names = list(inspect.signature(function).parameters.values())
        if len(names) < 1 or any(p.kind is not p.KEYWORD_ONLY for p in names[1:]):
            raise TypeError(f"check {id!r}: takes the project, then keyword-only parameters")
        return Check(
            id=id,
            title=title,
            limits=tuple(limits),
            needs=needs,
            per_group=any(p.name == "by" for p in names[1:]),
            run=function,
            doc=doc,
        )

    return declare
