"""Measure, side by side in one run, and write a Markdown report.

    OPENBLAS_NUM_THREADS=1 python tests/benchmarks/run.py -o docs/benchmarks.md

Times are CPU seconds of one thread, the median of several runs where these are short; what is
compared is run in turn. Nothing passes or fails here. `--quick` leaves out what takes more than a
few seconds, `--largest` adds D = 64, 128 and 256, which takes minutes. Clarabel and QICS are
measured where they are installed (exactsteer[bench]); as PICOS loads every solver, they add to the
memory.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from growth import growth
from many import rates, scaling
from measure import machine
from memory import largest, memory
from proving import certifying
from solving import solvers
from starting import checkers, starting

COMMAND = "OPENBLAS_NUM_THREADS=1 python tests/benchmarks/run.py --largest -o docs/benchmarks.md"
SECTIONS = (solvers, certifying, growth, rates, scaling, starting, memory)
NAMES = [section.__name__ for section in SECTIONS]


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, help="Markdown file; default: standard output")
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    parser.add_argument("--largest", action="store_true", help="D = 64, 128 and 256 as well")
    parser.add_argument("--only", nargs="*", choices=NAMES, help="of the sections")
    options = parser.parse_args()
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        parser.error("set OPENBLAS_NUM_THREADS=1 in the environment")
    sections = [s for s in SECTIONS if options.only is None or s.__name__ in options.only]
    if options.largest:
        sections += [largest, checkers]
    lines = ["# Benchmarks", "", f"{machine()}.", ""]
    lines += [f"Made by `{COMMAND}`.", ""]
    for section in sections:
        lines += section(options.quick)
    text = "\n".join(lines).rstrip() + "\n"
    if options.output is None:
        print(text, end="")
    else:
        options.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
