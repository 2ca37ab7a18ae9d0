"""The checkers side by side: kernel, re-checker, the verified one natively and in JavaScript.

    sh verified/build.sh && python tests/benchmarks/verified_times.py [PROOF...] >table.md

Processor seconds of whole processes, start included, the medians of runs in turn, and the largest
memory of the native checker, as measured never less than this program's own. Further proof files
may be named. Nothing passes or fails here, but a proof that is not verified is marked.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "oracles"))

from large_proofs import hidden_states_refuted, parent_states_refuted
from measure import machine, report, table
from places import CERTIFICATES, ROOT

from exactsteer.report.scripts import ROOM, joined

REPEATS = 3
NATIVE = ROOT / "verified" / "_build" / "native" / "exactsteer-verified"
SCRIPT = """
const { verdict } = verifiedReport(require("fs").readFileSync(process.argv[2]));
process.exit(verdict === "verified" ? 0 : verdict === "rejected" ? 1 : 2);
"""


def proofs(folder: Path) -> Iterator[tuple[str, Path]]:
    """What is measured, under its name."""

    def written(name: str, data: bytes) -> tuple[str, Path]:
        path = folder / f"{name}.json"
        path.write_bytes(data)
        return name, path

    yield "ABB_1, D = 4", CERTIFICATES / "ABB_1.json"
    for dimensions in ((4, 4), (4, 8), (8, 8), (8, 16)):
        D = dimensions[0] * dimensions[1]
        yield written(f"3.1, D = {D}", parent_states_refuted(dimensions, dense=False))
        yield written(f"3.1, D = {D}, dense", parent_states_refuted(dimensions, dense=True))
    for n in (12, 14):
        yield written(f"3.11, 2^{n} strategies", hidden_states_refuted(n))
    for level in (3, 4):
        yield f"3.7, I3322, level {level}", CERTIFICATES / f"i3322.level-{level}.json"


def run(command: list[str]) -> tuple[float, int, int]:
    """Processor seconds, kilobytes of memory and exit code of a process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, process.returncode


def main() -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "checker.cjs"
        checker = (ROOM / "verified" / "checker.js").read_text(encoding="utf-8")
        script.write_text(checker + joined(["verified/worker.js"]) + SCRIPT, encoding="utf-8")
        commands = {
            "kernel": [sys.executable, "-m", "exactsteer", "check"],
            "re-checker": [sys.executable, str(ROOM.parent / "recheck.py")],
            "native": [str(NATIVE)],
            "JavaScript": [shutil.which("node") or "node", str(script)],
        }
        rows: list[list[object]] = [["proof", *commands, "native / kernel", "native, MB"]]
        for what, path in (*proofs(folder), *((Path(p).name, Path(p)) for p in sys.argv[1:])):
            report(what)
            found = {who: [] for who in commands}
            for _ in range(REPEATS):
                for who, command in commands.items():
                    found[who].append(run([*command, str(path)]))
            seconds = {who: statistics.median(s for s, _, _ in runs) for who, runs in found.items()}
            cells = [
                f"{seconds[who]:.2f}" if {c for _, _, c in runs} == {0} else "not verified"
                for who, runs in found.items()
            ]
            ratio = f"{seconds['native'] / seconds['kernel']:.2f}"
            most = max(kilobytes for _, kilobytes, _ in found["native"]) // 1024
            rows.append([what, *cells, ratio, str(most)])
    print(f"{machine()}.\n\n" + "\n".join(table(*rows)))


if __name__ == "__main__":
    main()
