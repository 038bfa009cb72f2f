"""Files that cannot be read as they are: what each is, and what to do about it.

A file's name and its content must agree. Where the content is a workbook of another kind than the
name says, it is read all the same: Excel does so too.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from rai_check.errors import DataError
from rai_check.reading import Remark
from rai_check.tables.contents import Content, content_of
from rai_check.tables.files import must_be_file
from rai_check.tables.names import shown

_CALLED_XLS = ".xls"
"""What reports of other programs are often called that are text with tabs or commas."""
_GENERIC = frozenset(
    {Content.ARCHIVE, Content.JSON, Content.LINK, Content.TEXT, Content.UNKNOWN, Content.ZIP}
)
_SAVE_XLSX = "open it in Excel and save it as .xlsx"
_EXPORT = "export its table from there as CSV UTF-8"
_ADVICE: Mapping[Content, str] = MappingProxyType(
    {
        Content.ZEROS: "the copy went wrong, or the file is still in the cloud; copy it again",
        Content.PASSWORD: (
            "open it with the password, save a copy without one where only you can reach it, "
            "and delete the copy afterwards"
        ),
        Content.LABELLED: (
            "ask its owner for a copy that is not encrypted, or save one under a label that does "
            "not encrypt"
        ),
        Content.LOCKED_ZIP: "unpack it with the password and give the file in it",
        Content.ZIP: "unpack it and give the file in it",
        Content.ARCHIVE: "unpack it and give the file in it",
        Content.OLD_EXCEL: _SAVE_XLSX,
        Content.HTML: _SAVE_XLSX,
        Content.SIGN_IN: "sign in with a browser, download the file again and see that it opens",
        Content.SPREADSHEET_XML: _SAVE_XLSX,
        Content.FLAT_ODS: "open it in LibreOffice and save it as .ods or .xlsx",
        Content.XML: "get the data as CSV UTF-8 or .xlsx",
        Content.JSON: "get the data as CSV UTF-8 or .xlsx",
        Content.LINK: "open the link, download the document as .xlsx or CSV, and give that",
        Content.POINTER: "run `git lfs pull`, or download the file itself",
        Content.SYLK: _SAVE_XLSX,
        Content.NUMBERS: "open it in Numbers and export it to Excel or CSV",
        Content.WORD: "copy its table into Excel and save it as .xlsx",
        Content.SLIDES: "copy its table into Excel and save it as .xlsx",
        Content.EMAIL: "save what is attached to it and give that",
        Content.PDF: "ask for the data it was made from, as .xlsx or CSV",
        Content.ACCESS: "export its table or query from Access as .xlsx or CSV UTF-8",
        Content.SPSS: _EXPORT,
        Content.STATA: _EXPORT,
        Content.SAS: _EXPORT,
        Content.DBASE: "open it in Excel or LibreOffice and save it as .xlsx",
        Content.R: "write its table from R as CSV UTF-8 or Parquet",
        Content.IMAGE: "ask for the data it was made from, as .xlsx or CSV",
    }
)
SUFFIXES: Mapping[Content, tuple[str, ...]] = MappingProxyType(
    {
        Content.TEXT: (".csv", ".tsv", ".txt"),
        Content.PARQUET: (".parquet", ".pq"),
        Content.SQLITE: (".sqlite", ".sqlite3", ".db"),
        Content.DUCKDB: (".duckdb", ".ddb", ".db"),
        Content.XLSX: (".xlsx", ".xlsm"),
        Content.XLSB: (".xlsb",),
        Content.XLS: (".xls",),
        Content.ODS: (".ods",),
    }
)
"""What is read, and the endings that say so; the first is the usual one."""


_BOOKS = frozenset({Content.XLSX, Content.XLSB, Content.XLS, Content.ODS})
_BY_NAME: Mapping[str, Content] = MappingProxyType(
    {
        **dict.fromkeys((".pfile", ".ptxt", ".pxml"), Content.LABELLED),
        **dict.fromkeys((".rds", ".rda", ".rdata"), Content.R),
        **dict.fromkeys((".gsheet", ".url", ".webloc", ".lnk"), Content.LINK),
        **dict.fromkeys((".mdb", ".accdb"), Content.ACCESS),
        ".numbers": Content.NUMBERS,
        ".json": Content.JSON,
        ".jsonl": Content.JSON,
        ".dta": Content.STATA,
        ".dbf": Content.DBASE,
    }
)
"""Where the name says more than the bytes do."""


def readable(path: Path) -> Content:
    """Return what a file is, one of those that are read.

    Raises:
        DataError: it is not there or not to be read, is of another kind, or not of the kind that
            its name says.
    """
    must_be_file(path)
    name = shown(path.name)
    if name.startswith(("~$", ".~lock.")):
        raise DataError(
            f"{name} only marks that someone has the workbook open; give the workbook itself."
        )
    content, suffix = _content(path, name), path.suffix.lower()
    fits = {kind for kind, suffixes in SUFFIXES.items() if suffix in suffixes}
    if Content.TEXT in fits and content in {Content.UNKNOWN, Content.NOTHING}:
        return Content.TEXT  # the reader of text says what is wrong, and in which line
    if content in fits or (content in _BOOKS and fits & _BOOKS):
        return content
    if content is Content.TEXT and suffix == _CALLED_XLS:
        return content
    if not fits and content not in _ADVICE:
        raise _not_read(name, suffix, content)
    raise refusal(content, name)


def misnamed(path: Path, content: Content) -> tuple[Remark, ...]:
    """Return a remark where the name of a file that is read says another kind than it is."""
    if path.suffix.lower() in SUFFIXES[content]:
        return ()
    return (Remark(text=f"The file is {content}, not what its name says, and was read as such."),)


def _content(path: Path, name: str) -> Content:
    try:
        with path.open("rb") as file:
            found = content_of(file)
    except OSError:
        pass
    else:
        by_name = _BY_NAME.get(path.suffix.lower())
        return by_name if by_name and found in _GENERIC else found
    raise DataError(
        f"{name} may not be read: if it is open elsewhere, as in Excel, close it or save a copy; "
        "else check who has access to it."
    )


def _not_read(name: str, suffix: str, content: Content) -> DataError:
    kind = repr(shown(suffix)) if suffix else "a file without a suffix"
    way = (
        f"it is {content}, so rename it to end in {SUFFIXES[content][0]}"
        if content in SUFFIXES
        else "save as .xlsx or CSV UTF-8"
    )
    return DataError(f"{name}: {kind} is not read; {way}.")


def refusal(content: Content, where: str) -> DataError:
    """Return the error of a file whose content is not read, or not as its name says."""
    if content is Content.NOTHING:
        return DataError(
            f"{where} is empty: it has no content at all; if it is kept in OneDrive or SharePoint, "
            "download it first."
        )
    if content in SUFFIXES:
        return DataError(
            f"{where} is {content}; rename it so that it ends in {SUFFIXES[content][0]}."
        )
    if content in _ADVICE:
        return DataError(f"{where} is {content}: {_ADVICE[content]}.")
    return DataError(
        f"{where} is not what its name says, or is damaged; open it where it came from and save it "
        "as .xlsx or CSV UTF-8."
    )
