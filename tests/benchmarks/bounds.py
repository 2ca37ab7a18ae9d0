"""Bounds of Bell functionals at high levels: what is proved, and what it costs.

``OPENBLAS_NUM_THREADS=1 python tests/benchmarks/bounds.py`` prints the table of docs/bounds.md;
names choose lines. Every file is checked by both checkers. Seconds of processor time in a running
process, in all: words, symmetry, solve, rounding, kernel; then what each checker takes.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "oracles")]

from bell_inequalities import (  # noqa: E402
    COLLINS_GISIN,
    cglmp,
    chained,
    correlators,
    listed,
    mermin,
    tilted,
)

from exactsteer import recheck  # noqa: E402
from exactsteer.kernel.check import check  # noqa: E402
from exactsteer.kernel.quantum.functional import Functional  # noqa: E402
from exactsteer.model.functionals import guess_your_neighbours_input, i3322  # noqa: E402
from exactsteer.proving.quantum.bounds import certify_bound  # noqa: E402
from exactsteer.proving.quantum.levels import program_for, words_for  # noqa: E402

HEAD = ("functional", "level", "words", "moments", "proved at most", "seconds", "kernel",
        "re-checker", "bytes", "how")  # fmt: skip


def xor_game() -> Functional:
    """50 settings, random signs."""
    random = Random(50)
    return correlators([[random.choice((-1, 1)) for _ in range(50)] for _ in range(50)])


CASES: dict[str, tuple[Callable[[], Functional], str]] = {
    "I3322, 4": (i3322, "4"),
    "I3322, 5": (i3322, "5"),
    **{name: (lambda name=name: listed(name), "3") for name in COLLINS_GISIN},
    **{f"CGLMP, {d} outcomes": (lambda d=d: cglmp(d), "2") for d in (3, 4, 5)},
    "Mermin, three parties": (mermin, "3"),
    "guess your neighbour's input": (guess_your_neighbours_input, "3"),
    "chained inequality, 50 settings": (lambda: chained(50), "1"),
    "XOR game, 50 settings": (xor_game, "1"),
    "A5, tilted": (lambda: tilted(listed("A5")), "3"),
    "A25, tilted": (lambda: tilted(listed("A25")), "3"),
    "I3322, tilted": (lambda: tilted(i3322()), "3"),
    "Mermin, tilted": (lambda: tilted(mermin()), "3"),
}


def line(name: str, folder: Path | None) -> list[object]:
    """A bound, both checks and what they cost."""
    make, level = CASES[name]
    functional = make()
    words = words_for(functional.scenario, 1, level)
    moments = program_for(functional, words).A.shape[1]
    begin = time.process_time()
    certificate = certify_bound(functional, level)
    found = time.process_time()
    check(certificate.data)
    checked = time.process_time()
    if recheck.check_bytes(certificate.data).verdict != "verified":
        raise SystemExit("the re-checker does not verify the proof")
    again = time.process_time()
    if folder is not None:
        stem = name.replace(", ", "_").replace(" ", "_").replace("'", "")
        (folder / f"{stem}.level-{level}.json").write_bytes(certificate.data)
    seconds = [f"{t:.2g}" for t in (found - begin, checked - found, again - checked)]
    how = certificate.theorem.provenance["solver"] + (" OPEN" if certificate.open else "")
    proved = f"{int(certificate.upper.p) / int(certificate.upper.q):.12f}"
    return [name, level, len(words), moments, proved, *seconds, len(certificate.data), how]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(map(repr, CASES))}; default: all")
    parser.add_argument("-o", dest="folder", type=Path, help="where to write the proofs")
    options = parser.parse_args()
    if options.folder is not None:
        options.folder.mkdir(parents=True, exist_ok=True)
    print("|", " | ".join(HEAD), "|")
    print("|---" * len(HEAD) + "|")
    for name in options.names or CASES:
        print("|", " | ".join(map(str, line(name, options.folder))), "|", flush=True)


if __name__ == "__main__":
    main()
