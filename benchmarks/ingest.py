"""Many small files against one file that holds the same rows: what a file costs beyond its rows.

Prints a table; with ``--json`` one JSON object last: ``files``, ``rows``, ``many_s``, ``one_s``,
``per_file_ms`` (the difference, shared out) and ``ratio``, in processor seconds (median of pairs
measured in turn, in one process).
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from taskmix.ingest import ingest
from taskmix.settings import SETTINGS_FILE, load_settings

_COLUMNS = ("person", "title", "project", "started_at", "hours", "tag")
_MAPPING = "[mapping.plain.columns]\n" + "".join(f'{name} = "{name}"\n' for name in _COLUMNS)


def workspace(project: Path, exports: list[list[str]]) -> Path:
    raw = project / "data" / "raw"
    raw.mkdir(parents=True)
    (project / SETTINGS_FILE).write_text(_MAPPING, encoding="utf-8")
    for number, rows in enumerate(exports):
        text = "\n".join([",".join(_COLUMNS), *rows]) + "\n"
        (raw / f"export_{number:04d}.csv").write_text(text, encoding="utf-8")
    return project


def seconds(project: Path, n_rows: int) -> float:
    settings = load_settings(project)
    begun = time.process_time()
    counts = ingest(settings).counts
    took = time.process_time() - begun
    assert counts.accepted == n_rows, counts
    return took


def measure(files: int, rows: int, pairs: int) -> dict[str, float]:
    exports = [
        [f"p{n},T{k}-{n},P,2026-{1 + k % 12:02}-{1 + k % 28:02},1," for n in range(rows)]
        for k in range(files)
    ]
    together = [row for export in exports for row in export]
    timed = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        seconds(workspace(Path(folder, "first"), [together]), len(together))
        for pair in range(pairs):
            many = workspace(Path(folder, f"many{pair}"), exports)
            one = workspace(Path(folder, f"one{pair}"), [together])
            timed.append((seconds(many, len(together)), seconds(one, len(together))))
    return {
        "files": files,
        "rows": len(together),
        "many_s": round(statistics.median(many for many, _ in timed), 3),
        "one_s": round(statistics.median(one for _, one in timed), 3),
        "per_file_ms": round(
            statistics.median((many - one) / (files - 1) for many, one in timed) * 1000, 1
        ),
        "ratio": round(statistics.median(many / one for many, one in timed), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object last")
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--rows", type=int, default=40, help="in each file")
    parser.add_argument("--pairs", type=int, default=3)
    options = parser.parse_args()
    figures = measure(options.files, options.rows, options.pairs)
    print("".join(f"{name:>14}" for name in figures))
    print("".join(f"{figure:>14,}" for figure in figures.values()))
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
