"""Stop and search by self-defined ethnicity, as a practitioner would read it.

Prints the report in Markdown, from the folder of files published by data.police.uk.

Run: ``python benchmarks/stop_and_search.py FOLDER``
"""

import argparse
import shutil
import tempfile
from pathlib import Path

import pandas as pd

from rai_check.assess import run
from rai_check.measuring import Options
from rai_check.reports import FORMATS

REFERENCE = Path(__file__).parents[1] / "tests" / "reference"
FORCE = slice(len("2020-01-"), -len("-stop-and-search"))


def searches(folder: Path) -> pd.DataFrame:
    """Every file as one frame, with the force that its name says."""
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise SystemExit("there is no CSV file in that folder")
    return pd.concat([pd.read_csv(f, dtype=str).assign(Force=f.stem[FORCE]) for f in files])


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(REFERENCE, Path(place) / "reference")
        path = Path(place) / "reference" / "stop_and_search" / "self_defined.yaml"
        found = run(path, Options(frames={"decisions": searches(options.folder)}))
    print(FORMATS["markdown"].render(found))


if __name__ == "__main__":
    main()
