"""The ZIP archive that a workbook is: unpacked within limits, never trusted on its own word."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from rai_check.errors import DataError

MOST_UNPACKED = 1 << 30
"""Bytes of a workbook's parts when unpacked."""
MOST_PARTS = 10_000
_BLOCK = 4 << 20
_SMALL = 16 << 20
"""Bytes of a part that only lists others; no honest one comes near."""
_COUNT = re.compile(rb"\s(?:uniqueC|c)ount\s*=\s*[\"']\s*\+?([0-9]{1,20})")
_OVERLAP = 64
_APART = "}"
_READ = (".xml", ".rels", ".bin")


class Package:
    """The parts of a workbook.

    Args:
        data: the whole file.
        where: its name, for messages.

    Raises:
        DataError: its parts are too many or too large.
        ValueError, zipfile.BadZipFile: from every method, where the file is damaged.
    """

    def __init__(self, data: bytes, where: str) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        members = self._archive.infolist()
        self._names = {member.filename.casefold(): member.filename for member in members}
        if len(self._names) != len(members):
            raise ValueError("two parts have one name")
        unpacked = sum(m.file_size for m in members if m.filename.casefold().endswith(_READ))
        if unpacked > MOST_UNPACKED or len(members) > MOST_PARTS:
            raise DataError(
                f"{where} unpacks to {unpacked >> 20:,} MiB in {len(members):,} parts, more "
                f"than the {MOST_UNPACKED >> 20:,} MiB and {MOST_PARTS:,} parts that are read; "
                "save its table as CSV UTF-8, or as Parquet."
            )
        self._unread = {n for n in self._names if n.endswith(_READ)}

    def has(self, name: str) -> bool:
        """Whether there is a part of that name; case is no matter."""
        return name.casefold() in self._names

    def part(self, name: str) -> bytes:
        """Return a small part whole, nothing where there is none."""
        if not self.has(name):
            return b""
        blocks: list[bytes] = []
        for block in self.blocks(name):
            blocks.append(block)
            if len(blocks) * _BLOCK > _SMALL:
                raise ValueError("a list of parts is too long")
        return b"".join(blocks)

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a part in pieces; at its end its length and checksum have been compared."""
        key = name.casefold()
        size = self._archive.getinfo(self._names[key]).file_size
        tail = b""
        with self._archive.open(self._names[key]) as part:
            while block := part.read(_BLOCK):
                if key.endswith(".xml"):
                    _must_be_modest(tail + block, size)
                    tail = block[-_OVERLAP:]
                yield block
        self._unread.discard(key)

    def parse(self, name: str, parser: expat.XMLParserType) -> None:
        """Feed a part to a parser of XML."""
        _fed(parser, self.blocks(name))

    @property
    def labelled(self) -> bool:
        """Whether the workbook carries a sensitivity label, one that does not encrypt it."""
        if self.has("docMetadata/LabelInfo.xml"):
            return True
        return any(
            b"MSIP_Label_" in self.part(name) for name in ("docProps/custom.xml", "meta.xml")
        )

    def must_be_sound(self) -> None:
        """Unpack what has not been, so that no part is other than its length says."""
        for name in sorted(self._unread):
            for _ in self.blocks(name):
                pass


def _must_be_modest(block: bytes, size: int) -> None:
    """Raise `ValueError` if a part declares more items than it has bytes: room is made for them."""
    if b"ount" in block and any(int(count) > size for count in _COUNT.findall(block)):
        raise ValueError("more items are declared than there is room for")


def elements(data: bytes) -> tuple[tuple[str, dict[str, str]], ...]:
    """Return the elements of a small XML part in order, with their attributes, prefixes left out.

    Raises:
        ValueError: it is no XML, or declares a document type, which no workbook has.
    """
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((plain(name), {plain(key): value for key, value in attributes.items()}))

    parser = xml_parser()
    parser.StartElementHandler = start
    _fed(parser, [data])
    return tuple(found)


def xml_parser() -> expat.XMLParserType:
    """Return a parser of XML that refuses a document type, and with it every entity."""
    parser = expat.ParserCreate(namespace_separator=_APART)

    def refuse(*_: object) -> None:
        raise ValueError("a document type is declared")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def plain(name: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return name.rpartition(_APART)[2]


def _fed(parser: expat.XMLParserType, blocks: Iterable[bytes]) -> None:
    try:
        for block in blocks:
            parser.Parse(block, False)  # noqa: FBT003 - expat takes it by position: more follows
        parser.Parse(b"", True)  # noqa: FBT003 - as above: nothing follows
    except expat.ExpatError:
        pass
    else:
        return
    raise ValueError("a part is no XML")


def sheet_parts(package: Package, home: str, ids: list[str]) -> tuple[str | None, ...]:
    """Return the part of each sheet, None where it has none, from the ids of their relations.

    Args:
        package: of the workbook.
        home: the part that lists the sheets, such as ``xl/workbook.xml``.
        ids: of the sheets, in order.
    """
    folder, _, name = home.rpartition("/")
    related = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for element, attributes in elements(package.part(f"{folder}/_rels/{name}.rels"))
        if element == "Relationship"
    }
    return tuple(_found(package, folder, related.get(id_)) for id_ in ids)


def _found(package: Package, folder: str, target: str | None) -> str | None:
    if target is None:
        return None
    whole = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
    return whole if package.has(whole) else None
