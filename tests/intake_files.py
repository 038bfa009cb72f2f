"""Files as an officer has them: a workbook with a title, a monitoring file kept apart."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import openpyxl

HEADER = [
    "Plan ref", "Date of birth", "Primary need", "Review due", "Review meeting held",
    "Decision notice sent", "Tool recommendation", "Reason given", "Review was needed",
]  # fmt: skip
REVIEWS, MONITORING = "Annual reviews 2025-26.xlsx", "Equality monitoring.csv"


def reviews(folder: Path, *, rows: int = 300, seed: int = 1) -> tuple[Path, Path]:
    """Write the workbook and the monitoring file of a made-up SEND team."""
    luck = random.Random(seed)  # noqa: S311 - not for secrets
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Reviews"
    for line in (["Annual reviews monitoring 2025-26"], ["Extracted 1 June 2026"], [], HEADER):
        sheet.append(line)
    refs = [f"EHC-{i:06d}" for i in range(rows)]
    for ref in refs:
        sheet.append(_row(ref, luck))
    sheet.append([])
    sheet.append([f"Total: {rows}"])
    book.save(folder / REVIEWS)
    return folder / REVIEWS, _monitoring(folder / MONITORING, refs[: rows - 9], luck)


def _row(ref: str, luck: random.Random) -> list[object]:
    due = date(2025, 4, 1) + timedelta(days=luck.randrange(365))
    held = due + timedelta(days=luck.randrange(-20, 30))
    return [
        ref,
        date(2004, 1, 1) + timedelta(days=luck.randrange(7000)),
        luck.choice(["ASD", "SLCN", "MLD", "SEMH", "PD"]),
        due,
        held,
        held + timedelta(days=luck.randrange(5, 60)),
        luck.choice(["Bring forward", "No action"]),
        luck.choice(["absence rising", "settled", "exclusion"]),
        luck.choice(["Yes", "No"]),
    ]


def _monitoring(path: Path, refs: list[str], luck: random.Random) -> Path:
    lines = ["Plan reference,Ethnicity,Sex,Disability"]
    for ref in luck.sample(refs, len(refs)):
        ethnicity = luck.choice(["WBRI", "WBRI", "APKN", "BCRB", "WOTH", "REFU"])
        sex, disability = luck.choice("MF"), luck.choice(["Yes", "No", "Prefer not to say"])
        lines.append(f"{ref},{ethnicity},{sex},{disability}")
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))
    return path


def write_csv(path: Path, lines: list[str], encoding: str = "utf-8") -> Path:
    """Write lines as a text file."""
    path.write_text("\n".join(lines) + "\n", encoding)
    return path
