"""Many measurement directions on a Werner state: how near the two proofs come, and what they cost.

``python tests/benchmarks/many_settings.py 30 60 200 --width 1/125`` prints the table of
docs/many_settings.md; each line is one enclosure of the white noise that makes perfect correlations
classical, which is the visibility 1 - r from both sides.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from fractions import Fraction
from pathlib import Path

from flint import fmpq

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "oracles")]

from directions import directions, steered  # noqa: E402

from exactsteer import recheck  # noqa: E402
from exactsteer.kernel.check import check  # noqa: E402
from exactsteer.model.assemblage_text import assemblage_text  # noqa: E402
from exactsteer.model.printed import parse_printed  # noqa: E402
from exactsteer.proving.enclose import Quantity, TooWide, enclose  # noqa: E402
from exactsteer.proving.question import Question  # noqa: E402
from exactsteer.telling import told_to  # noqa: E402

HEAD = ("", "directions", "classical up to", "nonclassical from", "strategies", "level", "seconds",
        "kernel", "re-checker", "bytes", "")  # fmt: skip


def line(count: int, width: Fraction, folder: Path | None) -> list[object]:
    """What is proved for so many directions, seconds of processor time and bytes."""
    perfect = steered(directions(count), Fraction(1))
    given = parse_printed(assemblage_text(perfect).encode())
    question = Question(given)
    begin = time.process_time()
    try:
        asked = fmpq(width.numerator, width.denominator)
        with told_to(lambda text: print(f"{count}: {text}", file=sys.stderr)):
            certificate = enclose(question, Quantity.CLASSICAL_WHITE_NOISE, asked)
    except TooWide as wide:
        certificate = wide.certificate
    found = time.process_time()
    check(certificate.data)
    checked = time.process_time()
    if recheck.check_bytes(certificate.data).verdict != "verified":
        raise SystemExit("the re-checker does not verify the proof")
    again = time.process_time()
    if folder is not None:
        (folder / f"directions_{count}.json").write_bytes(certificate.data)
    proof = json.loads(certificate.data)
    statement, evidence = proof["statement"], proof["evidence"]
    ends = [float(1 - Fraction(statement[end])) for end in ("upper", "lower")]
    used, level = len(evidence["upper"]["states"][0]), evidence["lower"].get("grid", "")
    seconds = [f"{t:.2g}" for t in (found - begin, checked - found, again - checked)]
    return [count, *(f"{v:.5f}" for v in ends), used, level, *seconds, len(certificate.data)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="+", help="numbers of directions")
    parser.add_argument("--width", type=Fraction, default=Fraction(1, 1000))
    parser.add_argument("-o", dest="folder", type=Path, help="where to write the proofs")
    options = parser.parse_args()
    print(*HEAD, sep=" | ")
    print("|---" * (len(HEAD) - 2) + "|")
    for count in options.counts:
        values = line(count, options.width, options.folder)
        print("|", " | ".join(map(str, values)), "|", flush=True)


if __name__ == "__main__":
    main()
