"""Many measurement directions on a Werner state: how near the two proofs come, and what they cost.

``python tests/benchmarks/many_settings.py 24 30 60 --width 1/1000`` prints the first table of
docs/many_settings.md; each line is one enclosure of the white noise that makes perfect correlations
classical, which is the visibility 1 - r from both sides. ``.. 200 --visibilities 0.500 0.509``
prints the second; each line is one verdict.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from flint import fmpq

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "oracles")]

from directions import directions, steered  # noqa: E402

from exactsteer import recheck  # noqa: E402
from exactsteer.kernel.check import check  # noqa: E402
from exactsteer.model.assemblage_text import assemblage_text  # noqa: E402
from exactsteer.model.printed import Printed, parse_printed  # noqa: E402
from exactsteer.proving.certificate import Certificate  # noqa: E402
from exactsteer.proving.enclose import Quantity, TooWide, enclose  # noqa: E402
from exactsteer.proving.hidden_states.decided import decide_classical  # noqa: E402
from exactsteer.proving.question import Question  # noqa: E402
from exactsteer.telling import told_to  # noqa: E402

COSTS = ("strategies", "level", "seconds", "kernel", "re-checker", "bytes")
ENDS = ("directions", "classical up to", "nonclassical from")
VERDICT = ("directions", "visibility", "proved")


def enclosed(count: int, width: Fraction, folder: Path | None) -> list[object]:
    """Up to and from which visibility is proved for so many directions, and what it cost."""
    perfect = given(count, Fraction(1))
    asked = fmpq(width.numerator, width.denominator)

    def prove() -> Certificate:
        try:
            return enclose(Question(perfect), Quantity.CLASSICAL_WHITE_NOISE, asked)
        except TooWide as wide:
            return wide.certificate

    proof, costs = proved(str(count), prove, folder)
    statement, evidence = proof["statement"], proof["evidence"]
    ends = [float(1 - Fraction(statement[end])) for end in ("upper", "lower")]
    used, level = len(evidence["upper"]["states"][0]), evidence["lower"].get("grid", "")
    return [count, *(f"{v:.5f}" for v in ends), used, level, *costs]


def decided(count: int, visibility: Fraction, folder: Path | None) -> list[object]:
    """Classical or not at one visibility, and what it cost."""
    question = Question(given(count, visibility))
    name = f"{count}_{float(visibility):g}"
    proof, costs = proved(name, lambda: decide_classical(question), folder)
    states, level = proof["evidence"].get("states"), proof["evidence"].get("grid", "")
    used = "" if states is None else len(states[0])
    return [count, f"{float(visibility):.3f}", proof["statement"]["claim"], used, level, *costs]


def given(count: int, visibility: Fraction) -> Printed:
    """What so many directions steer to, as a file of it is read."""
    return parse_printed(assemblage_text(steered(directions(count), visibility)).encode())


def proved(
    name: str, prove: Callable[[], Certificate], folder: Path | None
) -> tuple[dict[str, Any], list[object]]:
    """A proof file; seconds of processor time of making and of checking it, and its bytes."""
    begin = time.process_time()
    with told_to(lambda text: print(f"{name}: {text}", file=sys.stderr)):
        certificate = prove()
    found = time.process_time()
    check(certificate.data)
    checked = time.process_time()
    if recheck.check_bytes(certificate.data).verdict != "verified":
        raise SystemExit("the re-checker does not verify the proof")
    again = time.process_time()
    if folder is not None:
        (folder / f"directions_{name}.json").write_bytes(certificate.data)
    seconds = [f"{t:.2g}" for t in (found - begin, checked - found, again - checked)]
    return json.loads(certificate.data), [*seconds, len(certificate.data)]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="+", help="numbers of directions")
    parser.add_argument("--width", type=Fraction, default=Fraction(1, 1000), help="of an enclosure")
    parser.add_argument("--visibilities", type=Fraction, nargs="*", help="verdicts there instead")
    parser.add_argument("-o", dest="folder", type=Path, help="where to write the proofs")
    options = parser.parse_args()
    if options.folder is not None:
        options.folder.mkdir(parents=True, exist_ok=True)
    head = [*(ENDS if options.visibilities is None else VERDICT), *COSTS]
    print("|", " | ".join(head), "|")
    print("|---" * len(head) + "|")
    for count in options.counts:
        if options.visibilities is None:
            lines = [partial(enclosed, count, options.width, options.folder)]
        else:
            lines = [partial(decided, count, v, options.folder) for v in options.visibilities]
        for line in lines:
            print("|", " | ".join(map(str, line())), "|", flush=True)


if __name__ == "__main__":
    main()
