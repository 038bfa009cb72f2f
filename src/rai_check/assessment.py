"""The product: measurements and the assessment as data, their digests, files and JSON Schema.

Both files hold true counts and are marked internal; what is rendered from them is not.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from rai_check.canonical import digest
from rai_check.errors import UsageError
from rai_check.files import write_atomically
from rai_check.judgement import Judgement
from rai_check.measured import Input, MeasuredItem, Subject
from rai_check.statements.model import Said

MEASUREMENTS = "rai-measurements/1"
ASSESSMENT = "rai-assessment/1"
HANDLING = "Internal: holds true counts. Share the reports, not this file."
MAX_BYTES = 50_000_000
MAX_WHOLE = 2**53
T = TypeVar("T", "Measurements", "Assessment")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRecord:
    """The resolved policy as it was, so that an auditor can judge again."""

    id: str
    version: str
    title: str
    chain: tuple[str, ...]
    sha256: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurements:
    """What `measure` leaves; enough for `judge` without any data."""

    schema: str = MEASUREMENTS
    handling: str = HANDLING
    tool: str
    versions: Mapping[str, str]
    subject: Subject
    policy: PolicyRecord
    inputs: tuple[Input, ...]
    project_file: str
    """Name of the project file, to find today's list of statement files beside the data."""
    project_sha256: str
    """Of the project file's content without its list of statement files."""
    statements: tuple[str, ...]
    """Statement files at the time, relative to the folder of the project file."""
    seed: str
    measured_on: date
    first_run_on: date
    partial: tuple[str, ...]
    """Sentences saying what was left out; none for a whole run."""
    items: tuple[MeasuredItem, ...]
    evidence_digest: str = ""
    """SHA-256 of data, model, policy, facts and measurements; not of statements or time."""
    content_sha256: str = ""
    """SHA-256 of all of the above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """What differs between two runs of the same evidence."""

    started: str
    finished: str
    attempt: int
    """How many distinct sets of evidence were judged under these definitions, this one included."""
    history_head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything, as data; every report is a view of it."""

    schema: str = ASSESSMENT
    handling: str = HANDLING
    as_of: date
    audit: bool
    partial: tuple[str, ...]
    """Of the measuring and the judging together."""
    judgement: Judgement
    measurements: Measurements
    said: tuple[Said, ...]
    content_sha256: str = ""
    """SHA-256 of all of the above."""
    run: RunRecord = field(default=RunRecord(started="", finished="", attempt=0, history_head=""))


@cache
def _adapters() -> dict[str, Any]:
    from pydantic import TypeAdapter

    return {kind.__name__: TypeAdapter(kind) for kind in (Measurements, Assessment)}


def _plain(content: Measurements | Assessment) -> dict[str, Any]:
    found: dict[str, Any] = _adapters()[type(content).__name__].dump_python(
        content, mode="json", by_alias=True
    )
    return found


_SILENT: tuple[object, ...] = (None, False, [], {})


def _told(plain: Any) -> Any:  # noqa: ANN401 - JSON
    """The same without fields that say nothing, so that a field added later changes no digest."""
    if isinstance(plain, dict):
        return {key: _told(value) for key, value in plain.items() if not _is_silent(value)}
    return [_told(value) for value in plain] if isinstance(plain, list) else plain


def _is_silent(value: object) -> bool:
    return any(value is one or (value == one and type(value) is type(one)) for one in _SILENT)


def to_json(content: Measurements | Assessment) -> str:
    """Render as JSON: sorted keys, two spaces, one line feed at the end."""
    plain = _plain(content)
    return json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def json_schema(kind: type[T]) -> dict[str, Any]:
    """The published JSON Schema of a file."""
    found: dict[str, Any] = _adapters()[kind.__name__].json_schema(
        mode="serialization", by_alias=True
    )
    return found


def evidence_digest(measurements: Measurements) -> str:
    """SHA-256 of what was measured on what, under which policy."""
    plain = _told(_plain(measurements))
    keep = ("subject", "project_sha256", "inputs", "seed", "partial", "items")
    core = {key: plain[key] for key in keep if key in plain}
    core["policy"] = measurements.policy.sha256
    return digest(core)


def attempt_digest(measurements: Measurements) -> str:
    """SHA-256 of the data and of what the project says it means: another one is another try."""
    inputs = [one.sha256 for one in measurements.inputs]
    return digest([inputs, measurements.project_sha256, measurements.seed])


def content_digest(content: Measurements | Assessment) -> str:
    """SHA-256 of a file's content without its own digest and the record of the run."""
    plain = _told(_plain(content))
    return digest({k: v for k, v in plain.items() if k not in {"content_sha256", "run"}})


def sealed(content: T) -> T:
    """Return the content with its digests filled in."""
    if isinstance(content, Measurements):
        content = replace(content, evidence_digest=evidence_digest(content))
    return replace(content, content_sha256=content_digest(content))


def save(content: Measurements | Assessment, path: Path) -> None:
    """Write the file whole or not at all."""
    write_atomically(path, to_json(content).encode())


def read_measurements(path: Path) -> Measurements:
    """Read `measurements.json` and check its digest.

    Raises:
        UsageError: when it cannot be read, is of another version, or has been changed.
    """
    found = _read(path, Measurements, MEASUREMENTS)
    if faults(found):
        raise UsageError(f"{path.name} has been changed since it was measured; measure again.")
    return found


def faults(content: Measurements | Assessment) -> tuple[str, ...]:
    """What a file's own digests say has been changed since it was written."""
    measurements = content if isinstance(content, Measurements) else content.measurements
    found = []
    if measurements.policy.sha256 != digest(measurements.policy.content):
        found.append("the policy's hash; the policy recorded has been changed")
    if measurements.evidence_digest != evidence_digest(measurements):
        found.append("the evidence digest; what was measured has been changed")
    if content.content_sha256 != content_digest(content):
        found.append("the content digest; the file has been changed since it was written")
    return tuple(found)


def read_assessment(path: Path, *, check: bool = True) -> Assessment:
    """Read `assessment.json` and, unless told otherwise, check its digests.

    Raises:
        UsageError: as `read_measurements`.
    """
    found = _read(path, Assessment, ASSESSMENT)
    if check and faults(found):
        raise UsageError(f"{path.name} has been changed since it was written; run again.")
    return found


def _read(path: Path, kind: type[T], schema: str) -> T:
    from pydantic import ValidationError

    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path.name} is larger than {MAX_BYTES:,} bytes.")
        text = path.read_text("utf-8")
        raw = json.loads(text, parse_int=_whole, object_pairs_hook=_once)
    except OSError as refused:
        raise UsageError(f"{path} cannot be read ({refused.strerror}).") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{path.name} is not JSON.") from None
    got = raw.get("schema") if isinstance(raw, dict) else None
    if got != schema:
        raise UsageError(f"{path.name} is not a {schema!r} file.")
    try:
        found: T = _adapters()[kind.__name__].validate_python(raw, strict=False)
        _fits_its_policy(found)
        again = json.loads(to_json(found))
    except ValidationError as broken:
        at = ".".join(str(part) for part in broken.errors()[0]["loc"])
        raise UsageError(f"{path.name} does not fit its schema at {at!r}.") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{path.name} does not fit its schema.") from None
    if _told(raw) != _told(again) or not _keys_kept(raw, again):  # an unknown key, else dropped
        raise UsageError(f"{path.name} is not as this tool wrote it; write it again.")
    return found


def _keys_kept(raw: Any, again: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether every key of a file is one that this tool writes, also where its value is silent."""
    if isinstance(raw, dict):
        return isinstance(again, dict) and all(
            key in again and _keys_kept(value, again[key]) for key, value in raw.items()
        )
    if isinstance(raw, list) and isinstance(again, list):
        return len(raw) == len(again) and all(map(_keys_kept, raw, again))
    return True


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, each of whose keys stands there once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _whole(text: str) -> int:
    if len(text) > 17 or abs(number := int(text)) > MAX_WHOLE:  # noqa: PLR2004 - digits of 2**53
        raise ValueError("a whole number is too large")
    return number


def _fits_its_policy(found: "Measurements | Assessment") -> None:
    """Refuse a file whose policy is none, or that holds results for no control of it."""
    from rai_check.policy.model import Policy

    measurements = found if isinstance(found, Measurements) else found.measurements
    controls = Policy.model_validate(measurements.policy.content).controls
    items = [(item.control, [part.index for part in item.parts]) for item in measurements.items]
    if isinstance(found, Assessment):
        items += [(item.control, []) for item in found.judgement.items]
    for control, parts in items:
        if control not in controls or any(i >= len(controls[control].parts) for i in parts):
            raise ValueError("a result is of no control of the policy")
