"""A file is read in pieces: what a run holds does not grow with what it reads."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("resource", reason="this system does not say how much memory a run held")

RUN = """
import resource, sys
from pathlib import Path
from rai_check.tables import AtLeast, open_table

def held():
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit

def read(path):
    table = open_table(Path(path), name="t")
    groups = table.counts(["group"], {"high": AtLeast("score", 0.5)}, unit="case").rows
    values = sum(1 for _ in table.distinct("case"))
    rows = sum(batch.num_rows for batch in table.batches(["case", "note"]))
    print(table.rows, len(groups), values, rows)
    table.close()

read(sys.argv[1])
before = held()
read(sys.argv[2])
print(round(held() - before), round(held()))
"""


def _write(path: Path, rows: int) -> None:
    groups = ("WBRI", "WIRI", "AIND", "APKN", "BAFR")
    with path.open("w", encoding="utf-8") as file:
        file.write("case,group,sex,decision,score,opened,ward,note\n")
        for i in range(rows):
            decision = f"{'yes' if i % 3 else 'no'},{i % 1000 / 1000}"
            day = f"2024-{i % 12 + 1:02d}-{i % 28 + 1:02d}"
            note = f"note {i * 7919 % 1_000_003} on the case"
            line = (
                f"C{i:08d},{groups[i % 5]},{'MF'[i % 2]},{decision},{day},E05{i % 4000:06d},{note}"
            )
            file.write(line + "\n")


def _measured(folder: Path, rows: int) -> tuple[int, int]:
    """Return MiB held at most, beyond a small file's run and in all, for a file of `rows`."""
    _write(folder / "small.csv", 1_000)
    _write(folder / "large.csv", rows)
    arguments = [sys.executable, "-c", RUN, str(folder / "small.csv"), str(folder / "large.csv")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    _, read, memory = done.stdout.splitlines()
    assert read == f"{rows} 5 {rows} {rows}"
    more, all_of_it = memory.split()
    return int(more), int(all_of_it)


def test_memory_is_bounded_when_a_file_has_8_mb(tmp_path: Path) -> None:
    more, _ = _measured(tmp_path, 115_000)
    assert (tmp_path / "large.csv").stat().st_size > 8e6
    assert more < 150


@pytest.mark.slow
def test_memory_is_below_2_gib_when_a_file_has_200_mb(tmp_path: Path) -> None:
    _, all_of_it = _measured(tmp_path, 3_000_000)
    assert (tmp_path / "large.csv").stat().st_size > 200e6
    assert all_of_it < 2048


COUNT = """
import resource, sys
from pathlib import Path
from rai_check.tables import Cut, open_table

def held():
    # what exec leaves in ru_maxrss on Linux is the most that the caller held: the tests, that is
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [l for l in status.read_text().splitlines() if l.startswith("VmHWM")]
        return int(line.split()[1]) / (1 << 10)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit

table = open_table(Path(sys.argv[1]), name="t")
bins = Cut("score", tuple(i / 1024 for i in range(1, 1024)))
cells = [table.cells(["sex", "age", "group", "yes", "said"]), table.cells(["group", "yes", bins])]
print([int(c.n.sum()) for c in cells], table.rows, len(table.fingerprint()))
table.close()
print(round(held()))
"""


def _write_parquet(path: Path, rows: int) -> None:
    rng = np.random.default_rng(1)
    schema = pa.schema([(n, pa.string()) for n in ("sex", "age", "group")])
    for name in ("yes", "said", "score"):
        schema = schema.append(pa.field(name, pa.float64() if name == "score" else pa.int64()))
    with pq.ParquetWriter(path, schema) as writer:
        for _ in range(rows // 500_000):
            columns = [
                pa.array([f"{name} {i}" for i in range(kinds)]).take(
                    pa.array(rng.integers(0, kinds, 500_000))
                )
                for name, kinds in (("sex", 2), ("age", 7), ("group", 18))
            ]
            columns += [pa.array(rng.integers(0, 2, 500_000)) for _ in range(2)]
            writer.write_table(pa.table([*columns, rng.random(500_000)], schema=schema))


def _counted(folder: Path, rows: int) -> int:
    """Return MiB held at most by a run that counts a Parquet file of `rows`."""
    _write_parquet(folder / "large.parquet", rows)
    arguments = [sys.executable, "-c", COUNT, str(folder / "large.parquet")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    counted, memory = done.stdout.splitlines()
    assert counted == f"[{rows}, {rows}] {rows} 64"
    return int(memory)


def test_memory_is_below_300_mib_when_a_parquet_file_has_a_million_rows(tmp_path: Path) -> None:
    assert _counted(tmp_path, 1_000_000) < 300


@pytest.mark.slow
def test_memory_is_below_300_mib_when_a_parquet_file_has_ten_million_rows(tmp_path: Path) -> None:
    assert _counted(tmp_path, 10_000_000) < 300
