"""A differential fuzz of both checkers, over all claims.

    python tests/agreement/fuzz_checkers.py 50000

For every seed below that number, a file (oracles/fuzzed_files.py): both checkers accept it or
neither does, and what they accept a third evaluation finds right, which shares no code with them
(literal_rules.py, hierarchy_rules.py, classical_oracle.py, explicit_behaviours.py). Prints a table
of what they said, and every seed on which something is wrong; the exit code is 1 if there is one.
Files with several faults may be refused under different rules; the table counts these pairs.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "oracles"))

import classical_oracle
import hierarchy_rules
import literal_rules
import numpy as np
from explicit_behaviours import contradiction
from fuzzed_files import fuzzed
from two_checkers import VERIFIED, kernel_verdict, recheck_verdict


def refuted(data: bytes, seed: int) -> str:
    """Why an accepted file is wrong by a third evaluation; "" if it is right."""
    proof = json.loads(data)
    claim = proof["statement"]["claim"]
    if claim in literal_rules.CLAIMS:
        return ", ".join(sorted(literal_rules.failing_rules(data)))
    rules = hierarchy_rules if claim in hierarchy_rules.CLAIMS else classical_oracle
    failing = ", ".join(sorted(rules.failing_rules(data)))
    return failing or str(contradiction(proof, np.random.default_rng(seed)) or "")


def judged(seed: int) -> tuple[str, str, str]:
    """What the kernel and the re-checker say of a seed's file, and what is wrong, or ""."""
    data = fuzzed(seed)
    kernel, second = kernel_verdict(data), recheck_verdict(data)
    if (kernel == VERIFIED) != (second == VERIFIED):
        return kernel, second, f"the kernel says {kernel}, the re-checker {second}"
    wrong = refuted(data, seed) if kernel == VERIFIED else ""
    return kernel, second, wrong and f"both accept it, and {wrong} fails"


def run(seeds: Iterable[int]) -> tuple[Counter[tuple[str, str]], list[str]]:
    """How often both said what, and what is wrong."""
    table: Counter[tuple[str, str]] = Counter()
    wrong = []
    for seed in seeds:
        kernel, second, why = judged(seed)
        table[kernel, second] += 1
        if why:
            wrong.append(f"seed {seed}: {why}")
    return table, wrong


def main(count: int) -> int:
    """Judge so many seeds and print the table."""
    table, wrong = run(range(count))
    for (kernel, second), number in table.most_common():
        print(f"{number:7}  {kernel}" + ("" if kernel == second else f" (re-checker: {second})"))
    print(f"{count:7}  files; {len(wrong)} on which the checkers disagree or are refuted")
    print("\n".join(wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
