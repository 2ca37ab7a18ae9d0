"""What the corpus scripts share: exact objects by hand, and proof files of them.

Matrices are `Plain` (exact_oracle.py), read and written as in FORMAT.md, section 2.4.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import product

from attacks import Json, named, rename, to_bytes, write
from exact_oracle import Plain
from literal_rules import Scenario

Family = dict[str, Plain]
TINY = Fraction(1, 10**30)


def plain(rows: Sequence[Sequence[object]], den: int = 1) -> Plain:
    """A matrix from rows of numbers or pairs (real part, imaginary part)."""
    pairs = [[v if isinstance(v, tuple) else (v, 0) for v in row] for row in rows]
    return Plain.of(pairs).scaled(Fraction(1, den))


def diagonal(*values: object) -> Plain:
    """A diagonal matrix."""
    n = len(values)
    return plain([[values[i] if i == j else 0 for j in range(n)] for i in range(n)])


def unit(n: int, factor: Fraction | int = 1) -> Plain:
    """A multiple of the unit matrix."""
    return Plain.identity(n).scaled(Fraction(factor))


def pattern(n: int, seed: int) -> Plain:
    """A Hermitian matrix of trace 0 with small integers in every entry, in no order."""
    re = [[(3 * i * j + seed * (i + j + 1)) % 7 - 3 for j in range(n)] for i in range(n)]
    im = [[(i - j) * ((i * j + seed) % 3 + 1) for j in range(n)] for i in range(n)]
    for i in range(n):
        re[i][i] = (2 * i + 1 - n) * (1 if seed % 2 else -1)
    return plain([[(re[i][j], im[i][j]) for j in range(n)] for i in range(n)])


def text(m: Plain) -> Json:
    """The value of a matrix in a file."""
    return write(
        [
            list(zip(re, im, strict=True))
            for re, im in zip(m.re.tolist(), m.im.tolist(), strict=True)
        ]
    )


def texts(family: Mapping[str, Plain]) -> Json:
    """The value of a family in a file."""
    return {key: text(m) for key, m in family.items()}


def parts(dims: Sequence[int], joint: Family) -> list[Family]:
    """The local families of joint matrices."""
    return [{key: s.partial_trace(dims, k) for key, s in joint.items()} for k in range(len(dims))]


def strategies(outcomes: Sequence[Sequence[int]]) -> list[tuple[tuple[int, ...], ...]]:
    """All deterministic strategies."""
    return list(product(*(product(*map(range, row)) for row in outcomes)))


def strategy_text(strategy: Sequence[Sequence[int]]) -> str:
    """A strategy as it is written."""
    return ";".join(",".join(map(str, row)) for row in strategy)


def proof(
    claim: str,
    dims: Sequence[int],
    outcomes: Sequence[Sequence[int]],
    centre: Sequence[Family],
    evidence: object,
    **further: object,
) -> Json:
    """A proof file; `further` holds the other keys of its statement, the radius too if not 0."""
    statement = {
        "format": "exactsteer proof 1",
        "claim": claim,
        "scenario": {
            "dimensions": [str(d) for d in dims],
            "outcomes": [[str(o) for o in row] for row in outcomes],
        },
        "centre": [texts(family) for family in centre],
        "radius": "0",
        **{key: str(v) if isinstance(v, Fraction) else v for key, v in further.items()},
    }
    return named({"statement": statement, "evidence": evidence, "provenance": {}})


def reach(dims: Sequence[int]) -> Fraction:
    """The reach constant c of 3.2."""
    return Scenario({"dimensions": dims, "outcomes": [[1]]}).reach


class Corpus:
    """True proofs by name, and the forgeries made from them by (rule, name)."""

    def __init__(self) -> None:
        self.accept: dict[str, Json] = {}
        self.reject: dict[tuple[str, str], Json] = {}

    def forged(
        self, rule: str, name: str, source: str
    ) -> Callable[[Callable[[Json], object]], Callable[[Json], object]]:
        """Register a forgery, a change in place of a copy of a true proof.

        It gets the name of its statement, except when that name is what is attacked.
        """

        def register(change: Callable[[Json], object]) -> Callable[[Json], object]:
            copied = copy.deepcopy(self.accept[source])
            change(copied)
            if rule != "name":
                rename(copied)
            if copied == self.accept[source] or (rule, name) in self.reject:
                raise ValueError(f"{rule}--{name} changes nothing or exists already")
            self.reject[rule, name] = copied
            return change

        return register

    def files(self) -> dict[str, bytes]:
        """Every file by its path in the corpus."""
        accept = {f"accept/{name}.json": to_bytes(p) for name, p in self.accept.items()}
        reject = {f"reject/{rule}--{name}.json": p for (rule, name), p in self.reject.items()}
        return accept | {path: to_bytes(p) for path, p in reject.items()}
