"""Read statement files. A file that cannot be read stops the run: one line, exit code 2."""

from collections.abc import Iterable
from pathlib import Path

from rai_check.documents import read_yaml, typed
from rai_check.errors import UsageError
from rai_check.files import sha256_of
from rai_check.statements.model import AnyStatement, Said, StatementsFile

MAX_DOCUMENT = 200_000_000


def read_statements(paths: Iterable[Path]) -> tuple[Said, ...]:
    """Read every file, check the hash of every document named, refuse an id used twice.

    Raises:
        UsageError: for the first file or document that cannot be read.
    """
    said: list[Said] = []
    owner: dict[str, str] = {}
    for path in paths:
        content = typed(read_yaml(path), StatementsFile)
        for statement in content.statements:
            if statement.id in owner:
                first = owner[statement.id]
                raise UsageError(f"{path.name}: statement {statement.id!r} is already in {first}.")
            owner[statement.id] = path.name
            said.append(Said(statement=statement, faults=_faults(statement, path)))
    return tuple(said)


def _faults(statement: AnyStatement, file: Path) -> tuple[str, ...]:
    faults = []
    for document in statement.evidence:
        where = f"{file.name}: statement {statement.id!r}, document {document.title!r}"
        path = file.parent / document.path
        if not path.is_file():
            raise UsageError(f"{where}: there is no file {document.path!r}.")
        if path.stat().st_size > MAX_DOCUMENT:
            raise UsageError(f"{where}: larger than {MAX_DOCUMENT:,} bytes.")
        if sha256_of(path) != document.sha256:
            faults.append(f"the document {document.title!r} has changed since it was recorded")
    return tuple(faults)
