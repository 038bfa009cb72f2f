"""Find a policy, resolve what it extends, remember where each value came from.

A child changes its parent control by control; it may tighten, never loosen.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rai_check.canonical import digest
from rai_check.documents import Loaded, Path_, read_yaml, typed
from rai_check.errors import UsageError, did_you_mean
from rai_check.policy.model import Control, Limit, Part, Policy
from rai_check.policy.ratchet import loosened
from rai_check.shipped import shipped_folder

if TYPE_CHECKING:
    from rai_check.check import Check

MAX_CHAIN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A policy with everything it extends folded in."""

    policy: Policy
    sha256: str
    """Of `content` in canonical JSON, so that comments do not change it."""
    chain: tuple[str, ...]
    """Ids from the policy named to its oldest ancestor."""
    loaded: Loaded

    @property
    def content(self) -> dict[str, Any]:
        """The resolved policy as plain values, complete in itself."""
        return _own(self.loaded)

    def origins(self) -> Iterator[tuple[str, str, str]]:
        """Yield (dotted key, value, `file line N`) for every leaf, in the order of the file."""
        yield from _leaves(self.loaded.content, (), self.loaded)


def _leaves(content: Any, at: Path_, loaded: Loaded) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - YAML is any shape
    if isinstance(content, dict) and content:
        for key, value in content.items():
            yield from _leaves(value, (*at, key), loaded)
    elif isinstance(content, list) and content:
        for index, value in enumerate(content):
            yield from _leaves(value, (*at, index), loaded)
    else:
        shown = content if isinstance(content, str) else json.dumps(content)
        yield ".".join(map(str, at)), shown, loaded.place(at)


def shipped() -> dict[str, Path]:
    """Policies that come with the package, by name."""
    return {path.stem: path for path in sorted(shipped_folder("policies").glob("*.yaml"))}


def find_policy(name: str, beside: Path) -> Path:
    """Resolve a policy's name (shipped) or path (ends in .yaml, relative to `beside`).

    Raises:
        UsageError: when there is none.
    """
    if name.endswith((".yaml", ".yml")) and name.isprintable():
        return (beside / name).resolve()
    known = shipped()
    if name not in known:
        have = ", ".join(known) or "none"
        near = did_you_mean(name, known)
        raise UsageError(
            f"there is no policy {name!r}.{near} Shipped: {have}; or give a .yaml path."
        )
    return known[name]


def load_policy(path: Path) -> Resolved:
    """Read a policy and all it extends, merge, validate, and refuse loosening.

    Raises:
        UsageError: one sentence with file and line.
    """
    layers = _layers(path)
    chain = tuple(str(layer.content.get("id", layer.path.stem)) for layer in layers)
    merged = layers[-1]
    policy = _typed(merged)
    for layer in reversed(layers[:-1]):
        merged = _merge(merged, layer)
        child = _typed(merged)
        if fault := loosened(policy, child):
            where, text = fault
            raise UsageError(f"{merged.place(where)}: {text}")
        policy = child
    _check_parts(policy, merged)
    return Resolved(policy=policy, sha256=digest(_own(merged)), chain=chain, loaded=merged)


def _layers(path: Path) -> list[Loaded]:
    layers: list[Loaded] = []
    seen: list[Path] = []
    current: Path | None = path.resolve()
    while current is not None:
        if current in seen:
            loop = " → ".join(p.stem for p in [*seen, current])
            raise UsageError(f"{path.name}: a policy cannot extend itself ({loop}).")
        if len(seen) == MAX_CHAIN:
            raise UsageError(f"{path.name}: more than {MAX_CHAIN} policies extend one another.")
        loaded = read_yaml(current)
        seen.append(current)
        layers.append(loaded)
        parent = loaded.content.get("extends")
        if parent is not None and (not isinstance(parent, str) or not parent):
            raise UsageError(f"{loaded.place(('extends',))}: 'extends' names one policy.")
        current = find_policy(parent, current.parent).resolve() if parent else None
    return layers


def _typed(loaded: Loaded) -> Policy:
    return typed(Loaded(loaded.path, _own(loaded), loaded.sha256, loaded.spots), Policy)


def _own(loaded: Loaded) -> dict[str, Any]:
    return {key: value for key, value in loaded.content.items() if key != "extends"}


def _merge(parent: Loaded, child: Loaded) -> Loaded:
    spots = dict(parent.spots)

    def fold(old: Any, new: Any, at: Path_) -> Any:  # noqa: ANN401 - YAML is any shape
        if isinstance(old, dict) and isinstance(new, dict):
            both = dict(old)
            for key, value in new.items():
                here = (*at, key)
                both[key] = fold(old[key], value, here) if key in old else value
                if key not in old or not isinstance(value, dict):
                    _take(spots, child.spots, here)
            return both
        return new

    content = fold(parent.content, child.content, ())
    content["extends"] = child.content["extends"]
    return Loaded(child.path, content, child.sha256, spots)


def _take(spots: dict[Path_, tuple[str, int]], child: Any, at: Path_) -> None:  # noqa: ANN401 - a mapping
    """Everything at or below `at` now comes from the child."""
    for path in [p for p in spots if p[: len(at)] == at]:
        del spots[path]
    spots.update({p: s for p, s in child.items() if p[: len(at)] == at})


def _check_parts(policy: Policy, merged: Loaded) -> None:
    """Every check exists, takes its parameters and, if it measures, has a limit."""
    for name, control in policy.controls.items():
        for index, part in enumerate(control.parts):
            try:
                _check_part(control, part)
                _check_covers(policy, part)
            except UsageError as fault:
                place = merged.place(("controls", name, "parts", index))
                raise UsageError(f"{place}: {name}: {fault}") from None


def _check_covers(policy: Policy, part: Part) -> None:
    for other in part.with_.get("covers", ()):
        if other not in policy.controls:
            near = did_you_mean(other, policy.controls)
            raise UsageError(f"'covers' names {other!r}, which is no control.{near}")


def _check_part(control: Control, part: Part) -> None:
    from rai_check.registry import get_check

    found = get_check(part.check)
    given: dict[str, object] = dict(part.with_)
    if control.per == "group":
        if not found.per_group:
            raise UsageError(f"check {found.id!r} is not run per group.")
        if "by" in given:
            raise UsageError("'by' is filled in for each group column.")
        given["by"] = "any column"
    found.bind(given)
    if (part.limit is None) != (part.check == "statement"):
        need = "takes no limit" if part.limit else "needs a limit"
        raise UsageError(f"check {found.id!r} {need}.")
    if part.limit:
        _check_limit(found, part.limit)


def _check_limit(found: "Check", limit: Limit) -> None:
    if limit.of not in found.limits:
        need = " or ".join(repr(kind) for kind in found.limits)
        raise UsageError(f"check {found.id!r} needs a limit 'of' {need}, not {limit.of!r}.")
    shares = limit.of == "difference" and "value" not in found.limits
    if shares and not all(b is None or -1 < b < 1 for b in (limit.min, limit.max)):
        text = "is between -1 and 1: ten points are 0.10."
        raise UsageError(f"a difference limit of check {found.id!r} {text}")
