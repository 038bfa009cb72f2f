"""What was measured, by hash: facts of the system, inputs, policy, versions. Never content."""

from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed

from rai_check.assessment import PolicyRecord
from rai_check.errors import RaiCheckError
from rai_check.files import sha256_of
from rai_check.measured import A_FRAME, OUTSIDE, Input, Subject, kept_path
from rai_check.outcome import Stage
from rai_check.policy.load import Resolved
from rai_check.project import Characteristic, Project, Role
from rai_check.reading import Remark

LIBRARIES = (
    "duckdb",
    "fairlearn",
    "holidays",
    "numpy",
    "pandas",
    "presidio-analyzer",
    "pyarrow",
    "scikit-learn",
    "scipy",
    "shap",
    "skops",
)


def version(name: str) -> str:
    """Version of an installed distribution."""
    try:
        return installed(name)
    except PackageNotFoundError:
        return "not installed"


def versions() -> dict[str, str]:
    """Versions of the libraries that a number may depend on."""
    return {name: version(name) for name in LIBRARIES}


def subject(project: Project, stage: Stage) -> Subject:
    """The facts of the system at a stage."""
    file = project.file
    system = file.system
    return Subject(
        name=system.name,
        version=system.version,
        organisation=system.organisation,
        purpose=system.purpose,
        owner_role=system.owner_role,
        decides=system.decides,
        human_involvement=system.human_involvement,
        stage=stage,
        groups=project.groups,
        positions={c.value: project.position(c) for c in Characteristic},
        reasons={
            c.value: p.why or p.why_in_law or ""
            for c, p in sorted(file.characteristics.items())
            if p.why or p.why_in_law
        },
        positive_is=_positive_is(project),
        harm=file.fairness_plan.harm if file.fairness_plan else "",
        changed_on=system.changed_on,
    )


def _positive_is(project: Project) -> str:
    tables = [t for t in project.file.tables.values() if t.role is Role.DECISIONS]
    found = [c.positive_is for t in tables for c in t.columns.values() if c.positive_is]
    return found[0] if found else ""


def inputs(project: Project) -> tuple[Input, ...]:
    """Every table, and the model; one that could not be read is listed without a hash."""
    tables = tuple(_table(project, name) for name in project.file.tables)
    return (*tables, _model(project)) if project.file.model else tables


def _table(project: Project, name: str) -> Input:
    spec = project.file.tables[name]
    file = A_FRAME if name in project.frames else kept_path(spec.path)
    try:
        table = project.named(name)
        data, steps = table.data, table.steps
        parts = (data.note.encoding, data.note.delimiter)
        read_as = ", ".join(repr(p) if len(p) == 1 else p for p in parts if p) or "as stored"
        sha256, rows, note = data.fingerprint(), data.rows, data.note
        if file not in {A_FRAME, spec.path}:
            note = replace(note, remarks=(*note.remarks, Remark(text=OUTSIDE)))
    except RaiCheckError:
        sha256, rows, read_as, note, steps = "", None, "not read", None, ()
    return Input(
        name=name,
        role=spec.role.value,
        file=file,
        sha256=sha256,
        rows=rows,
        read_as=read_as,
        note=note,
        steps=steps,
    )


def _model(project: Project) -> Input:
    spec = project.file.model
    assert spec is not None  # noqa: S101 - inputs has looked
    path = project.folder / spec.path
    digest = sha256_of(path) if path.is_file() else ""
    file = kept_path(spec.path)
    return Input(name="model", role="model", file=file, sha256=digest, rows=None, read_as="skops")


def policy_record(resolved: Resolved) -> PolicyRecord:
    """The resolved policy as the measurements keep it."""
    policy = resolved.policy
    return PolicyRecord(
        id=policy.id,
        version=policy.version,
        title=policy.title,
        chain=resolved.chain,
        sha256=resolved.sha256,
        content=resolved.content,
    )
