"""How a check is declared: one decorated function in one file.

A check measures and never knows a limit. Its keyword-only arguments are the policy's
parameters; its docstring is its documentation page; absence of anything in `needs`
becomes `missing` before it is called.
"""

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from rai_check.errors import RaiCheckError, UsageError, did_you_mean
from rai_check.measurement import CheckResult

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from rai_check.project import Project

Need = Literal["decisions", "truth", "model", "golden_cases", "reasons", "tables", "personal data"]
LimitOf = Literal["ratio", "difference", "odds", "value", "change"]
MAX_SHOWN = 60
"""Characters of a parameter's value that a message may repeat."""
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
class Parameter:
    """One of a check's parameters, in words for the author of a policy."""

    name: str
    takes: str
    """What a value may be, with its choices or range: ``a whole number from 2 to 100``."""
    default: str | None
    """The value where a policy gives none; None where it must give one."""


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

    def described(self) -> tuple[Parameter, ...]:
        """Each parameter in words, in the order that the check declares them."""
        return tuple(
            Parameter(name=name, takes=_takes(p.annotation), default=_default(p.default))
            for name, p in self.parameters.items()
        )

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
            # a parameter that is missing is often there misspelt, so unknown ones are told first
            faults = sorted(broken.errors(), key=lambda one: one["type"] != "extra_forbidden")
            raise UsageError(self._fault(faults[0])) from None
        return {name: getattr(bound, name) for name in fields}

    def _fault(self, fault: "ErrorDetails") -> str:
        """One sentence on the first fault of a policy's parameters."""
        name = str(fault["loc"][0]) if fault["loc"] else "?"
        if fault["type"] == "extra_forbidden":
            near = did_you_mean(name, self.parameters)
            known = ", ".join(self.parameters) or "none"
            return f"check {self.id!r} has no parameter {name!r}.{near} It takes: {known}."
        head = f"check {self.id!r}, parameter {name!r}"
        if fault["type"] == "value_error":
            text = fault["msg"].removeprefix("Value error, ")
            return f"{head}: {text}{'' if text.endswith(('.', '?')) else '.'}"
        takes = _takes(self.parameters[name].annotation)
        if fault["type"] == "missing":
            return f"{head} is required: {takes}."
        got = fault["input"]
        shown = f"; got {got!r}" if isinstance(got, str) and len(got) <= MAX_SHOWN else ""
        return f"{head} must be {takes}{shown}."


def _takes(annotation: Any) -> str:  # noqa: ANN401 - any type that a parameter may have
    """What a parameter may be, in words, from the JSON schema of its type."""
    from pydantic import PydanticUserError, TypeAdapter

    try:
        schema: dict[str, Any] = TypeAdapter(annotation).json_schema()
    except PydanticUserError:
        return "a value"
    return _words(schema)


def _words(schema: Mapping[str, Any]) -> str:
    if several := schema.get("anyOf"):
        return " or ".join(_words(one) for one in several if one.get("type") != "null")
    if choices := schema.get("enum", [schema["const"]] if "const" in schema else []):
        return f"one of {', '.join(map(str, choices))}" if choices[1:] else str(choices[0])
    if said := schema.get("description"):
        return str(said)
    kinds = {
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "string": "text",
        "array": "a list, such as [one, two]",
    }
    form = f" of the form {schema['pattern']}" if "pattern" in schema else ""
    return kinds.get(schema.get("type", ""), "a value") + form + _range(schema)


def _range(schema: Mapping[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f" from {_number(low)} to {_number(high)}"
    ends = (
        ("minimum", "from {} up"),
        ("exclusiveMinimum", "above {}"),
        ("maximum", "up to {}"),
        ("exclusiveMaximum", "below {}"),
    )
    held = [(words, schema[key]) for key, words in ends if key in schema]
    found = [words.format(_number(end)) for words, end in held if math.isfinite(end)]
    return f" {' and '.join(found)}" if found else ""


def _number(value: float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _default(value: object) -> str | None:
    """A default as a policy would write it; None where there is none."""
    if value is inspect.Parameter.empty:
        return None
    if value is None or value == ():
        return "not set"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return _number(value) if isinstance(value, float) else str(value)


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
