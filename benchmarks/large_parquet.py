"""Ten million rows of Parquet: time and memory beside a bare DuckDB group-by on the same file.

Each measurement is a process of its own, so that its peak memory is its own; the file is written
by a third. Ours opens the table, counts, and gives rates, score tests at two bounds and intervals
of every group and intersection by eight rates.

Run: ``python benchmarks/large_parquet.py [--millions 1 10] [--repetitions 3]``
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def write(path: Path, rows: int) -> None:
    """Write decisions a million at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from population import decisions

    writer = None
    for first in range(0, rows, 1_000_000):
        frame = decisions(min(1_000_000, rows - first), seed=first + 1)
        table = pa.Table.from_pandas(frame, preserve_index=False)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def bare(path: Path) -> float:
    """Seconds for the group-by alone."""
    import duckdb

    keys = "sex, age, ethnicity, truth, predicted"
    begun = time.perf_counter()
    connection = duckdb.connect(config={"threads": min(4, os.cpu_count() or 1)})
    connection.execute(f"SELECT {keys}, count(*) FROM read_parquet(?) GROUP BY ALL", [str(path)])  # noqa: S608 - columns of ours
    connection.fetchall()
    return time.perf_counter() - begun


def ours(path: Path) -> float:
    """Seconds from opening the file to every test and interval."""
    import numpy as np
    from population import COLUMNS, RATES, SETS, declared

    from rai_check.fairness import METRICS, count, cube_of
    from rai_check.project.role_table import RoleTable
    from rai_check.stats.two_proportions import score_interval_array, score_p_array
    from rai_check.tables import open_table

    for library in ("duckdb", "pyarrow.parquet", "scipy.special"):
        import_module(library)  # both sides are timed without their imports
    spec = declared()
    begun = time.perf_counter()
    table = RoleTable(name="decisions", spec=spec, data=open_table(path, name="decisions"))
    cube = cube_of(table, COLUMNS)
    table.data.close()
    found = [count(cube, by, METRICS[m], pool_below=0) for by in SETS for m in RATES]
    x, n, x0, n0 = np.array(
        [(g.x, g.n, r.x, r.n) for c in found for g in c.groups if g.n and (r := c.rest(g)).n]
    ).T
    for bound in (0.8, 1.25):
        for side in ("above", "below"):
            score_p_array(x, n, x0, n0, effect="ratio", bound=bound, side=side)
    score_interval_array(x, n, x0, n0, effect="ratio")
    return time.perf_counter() - begun


def peak() -> float:
    """Peak resident memory of this process in MB, without what its parent had when it forked."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(which: str, path: Path, repetitions: int) -> tuple[float, float]:
    """Median seconds and the largest peak memory in MB of a process of its own."""
    command = [sys.executable, str(HERE / "large_parquet.py"), "--only", which, str(path)]
    seconds, peaks = [], []
    for _ in range(repetitions):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        second, megabytes = done.stdout.split()
        seconds.append(float(second))
        peaks.append(float(megabytes))
    return statistics.median(seconds), max(peaks)


def main() -> None:
    """Print seconds, memory and ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--millions", type=int, nargs="*", default=[1, 10])
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--only", nargs=2, metavar=("WHICH", "FILE"))
    options = parser.parse_args()
    if options.only:
        seconds = {"bare": bare, "ours": ours}[options.only[0]](Path(options.only[1]))
        print(seconds, peak())
        return
    print("| rows | ours, s | peak MB | bare group-by, s | peak MB | ratio |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for millions in options.millions:
            path = Path(folder) / "decisions.parquet"
            write(path, millions * 1_000_000)
            mine, our_peak = measured("ours", path, options.repetitions)
            theirs, their_peak = measured("bare", path, options.repetitions)
            row = f"| {millions:,} million | {mine:.2f} | {our_peak:.0f} | {theirs:.2f} "
            print(f"{row}| {their_peak:.0f} | {mine / theirs:.2f} |", flush=True)


if __name__ == "__main__":
    main()
