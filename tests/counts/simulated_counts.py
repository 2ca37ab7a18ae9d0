"""Probabilities of outcomes that an assemblage gives, and counts drawn from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product

import numpy as np
from flint import fmpq

from exactsteer.counts.counts import Counts, Outcome, Setting
from exactsteer.counts.measurements import Named, effects
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian

Behaviour = Mapping[Setting, Mapping[Outcome, fmpq]]


def behaviour(
    sigma: Assemblage, names: Sequence[Sequence[str]], named: Named | None = None
) -> dict[Setting, dict[Outcome, fmpq]]:
    """p(a, b|x, y) with Bobs whose outcomes are independent given (a, x); all combinations."""
    scenario = sigma.scenario
    out: dict[Setting, dict[Outcome, fmpq]] = {}
    for x in scenario.settings():
        for y in product(*names):
            lists = [
                effects(name, d, named or {})
                for name, d in zip(y, scenario.dimensions, strict=True)
            ]
            row = out.setdefault((x, y), {})
            for a in scenario.answers(x):
                p = sigma.probability((a, x))
                for b in product(*(range(len(found)) for found in lists)):
                    q = p
                    for k, v in enumerate(b):
                        q = q * lists[k][v].inner(sigma[k][a, x]) / p if p else fmpq(0)
                    row[a, b] = q
    return out


def drawn(p: Behaviour, numbers: Mapping[Setting, int], rng: np.random.Generator) -> Counts:
    """So many independent trials of each setting."""
    out = {}
    for setting, row in p.items():
        weights = np.array([int(q.p) / int(q.q) for q in row.values()])
        found = rng.multinomial(numbers[setting], weights / weights.sum())
        out[setting] = dict(zip(row, map(int, found), strict=True))
    return Counts(out)


def proportional(p: Behaviour) -> Counts:
    """Counts whose frequencies are exactly these probabilities, with as many in each setting."""
    den = reduce(
        lambda a, b: a * b // int(np.gcd(a, b)),
        (int(q.q) for row in p.values() for q in row.values()),
        1,
    )
    return Counts({s: {o: int((q * den).p) for o, q in row.items()} for s, row in p.items()})


def determining(d: int) -> dict[str, tuple[Hermitian, ...]]:
    """Measurements with two outcomes whose effects span the Hermitian d x d matrices."""
    found = {}
    one = Hermitian.identity(d)
    for i in range(d):
        for j in range(i, d):
            for part in ("re", "im")[: 1 + (j > i)]:
                re = [[0] * d for _ in range(d)]
                im = [[0] * d for _ in range(d)]
                if part == "re":
                    re[i][j] = re[j][i] = 1
                else:
                    im[i][j], im[j][i] = 1, -1
                plus = (one + Hermitian.of(1, re, im)).scaled(fmpq(1, 2))
                found[f"d{d} {i}{j}{part}"] = (plus, one - plus)
    return found


def fraction(q: fmpq) -> Fraction:
    return Fraction(int(q.p), int(q.q))
