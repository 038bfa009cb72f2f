"""Files that are sealed, or not what they seem: what each is, and what to do about it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from made_books import archive, biff, compound, sheet_data, xlsx
from rai_check.errors import DataError
from rai_check.tables import Table, open_table
from rai_check.tables.contents import Content, content_of
from rai_check.tables.sealed import readable

BOOK = xlsx(sheet_data([["ref", "days"], ["a", "1"], ["b", "2"]]))
PASSWORD = compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y" * 5000})
LABELLED = compound({"EncryptedPackage": b"y" * 5000, "DRMEncryptedTransform": b""})
OLD_PASSWORD = compound({"Workbook": biff((0x809, bytes(16)), (0x2F, bytes(54)))})
ODS_PASSWORD = archive(
    {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
        "content.xml": b"\1\2\3",
    }
)
HTML = b"<html><table><tr><td>permission</td></tr></table></html>"
SIGN_IN = b"<!DOCTYPE html><html><head><title>Sign in to your account</title></head></html>"
XML_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'


def locked_zip() -> bytes:
    content = bytearray(archive({"cases.csv": "a,b\n1,2\n"}))
    content[6] |= 1  # the flag in the local header, then in the directory
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("cases.xlsx", PASSWORD, "protected by a password: open it with the password, save a copy"),
        ("cases.xls", OLD_PASSWORD, "protected by a password"),
        ("cases.ods", ODS_PASSWORD, "protected by a password"),
        ("cases.xlsx", LABELLED, "encrypted by a sensitivity label .* ask its owner"),
        ("cases.xls", compound({"\tDRMContent": b"y" * 5000}), "encrypted by a sensitivity label"),
        ("cases.xlsx.pfile", b".pfile\0\0", "encrypted by a sensitivity label"),
        ("cases.ptxt", b"\1\0\2", "encrypted by a sensitivity label"),
        ("cases.zip", locked_zip(), "ZIP archive that is protected by a password"),
        ("cases.zip", archive({"a.csv": "a,b"}), "is a ZIP archive: unpack it"),
        ("cases.xlsx", archive({"a.csv": "a,b"}), "is a ZIP archive: unpack it"),
        ("cases.xls", HTML, r"web page \(HTML\): open it in Excel and save it as .xlsx"),
        ("cases.xls", HTML.decode().encode("utf-16"), "web page"),
        ("cases.xls", b"MIME-Version: 1.0\r\nX", "web page"),
        ("cases.xlsx", SIGN_IN, "asks to sign in or refuses access: sign in with a browser"),
        ("cases.csv", SIGN_IN, "asks to sign in"),
        ("cases.xls", XML_2003, "XML spreadsheet of Excel 2003: open it in Excel"),
        ("cases.xls", b"\x09\x04\x06\x00\0\0\x10\0", "Excel 4 or before"),
        ("cases.xlsx", b"https://example.org/cases.xlsx\n", "only a link"),
        ("cases.gsheet", b'{"url": "https://docs.example", "doc_id": "x"}', "only a link"),
        ("cases.xlsx", b"", "is empty: it has no content at all; if it is kept in OneDrive"),
        ("cases.xlsx", bytes(9000), "nothing but zero bytes"),
        ("~$cases.xlsx", b"\5Someone", "only marks that someone has the workbook open"),
        ("cases.numbers", archive({"Index/Document.iwa": "x"}), "Apple Numbers"),
        ("cases.docx", archive({"word/document.xml": "x"}), "Word or text document"),
        ("cases.xls", compound({"WordDocument": b"y" * 5000}), "Word or text document"),
        ("cases.msg", compound({"__properties_version1.0": b"y" * 5000}), "Outlook message"),
        ("cases.json", b'[{"a": 1}]', "is JSON: get the data as CSV"),
        ("cases.csv", b'[{"a": 1}]', "is JSON"),
        ("cases.pdf", b"%PDF-1.7", "is a PDF document: ask for the data"),
        ("cases.mdb", b"\0\1\0\0Standard Jet DB\0", "Microsoft Access database: export"),
        ("cases.accdb", b"\0\1\0\0Standard ACE DB\0", "Microsoft Access database"),
        ("cases.sav", b"$FL2@(#)", "SPSS data file"),
        ("cases.rds", b"\x1f\x8b\x08", "is an R data file: write its table from R"),
        ("cases.csv.gz", b"\x1f\x8b\x08", "compressed archive: unpack it"),
        ("cases.csv", b"version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer"),
        ("cases.csv", BOOK, r"is an Excel workbook \(.xlsx\); rename it so that it ends in .xlsx"),
        ("cases.xlsx", b"a,b\n1,2\n", "is text; rename it so that it ends in .csv"),
        ("cases.parquet", BOOK, "is an Excel workbook"),
        ("cases.xls", b"\1\0\2\0\3" * 99, "is not what its name says, or is damaged"),
    ],
)
def test_file_is_refused_with_what_to_do_when_it_is_something_else(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=message):
        open_table(path, name="cases")


@pytest.mark.parametrize(
    "content", [b"ref\tdays\na\t1\nb\t2\n", "ref\tdays\na\t1\nb\t2\n".encode("utf-16")]
)
def test_text_is_read_and_said_when_it_is_called_xls(
    tmp_path: Path, opened: Callable[[Table], Table], content: bytes
) -> None:
    path = tmp_path / "report.xls"
    path.write_bytes(content)
    table = opened(open_table(path, name="cases"))

    assert (table.rows, [column.name for column in table.columns]) == (2, ["ref", "days"])
    assert "The file is text, not what its name says" in str(table.note.remarks[0])


def test_workbook_is_read_and_said_when_its_name_says_another_kind(
    tmp_path: Path, opened: Callable[[Table], Table]
) -> None:
    right, wrong = tmp_path / "cases.xlsx", tmp_path / "cases.xls"
    for path in (right, wrong):
        path.write_bytes(BOOK)
    assert opened(open_table(right, name="cases")).note.remarks == ()
    said = opened(open_table(wrong, name="cases")).note.remarks
    assert "The file is an Excel workbook (.xlsx), not what its name says" in str(said[0])


def test_file_is_refused_when_another_program_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(BOOK)

    def held(*_: object, **__: object) -> None:  # as Windows says of a workbook that is open
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(DataError, match="open elsewhere, as in Excel, close it or save a copy"):
        open_table(path, name="cases")


@pytest.mark.parametrize(
    "text",
    [
        "url\nhttps://example.org/a\nhttps://example.org/b\n",
        "ref,note\n1,please log in to see permission\n",
        "name,<b>\n1,2\n",
        "[a],b\n1,2\n",
    ],
)
def test_text_is_text_when_it_only_resembles_something_else(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(text, encoding="utf-8")
    assert readable(path) is Content.TEXT


def test_database_is_known_by_its_bytes_when_its_name_fits_several(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    made = sqlite3.connect(path)
    made.execute("CREATE TABLE t (a)")
    made.close()
    assert readable(path) is Content.SQLITE
    with path.open("rb") as file:
        assert content_of(file) is Content.SQLITE
        assert file.tell() == 0
