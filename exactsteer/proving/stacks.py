"""All matrices of a family in one array of exact numbers, which is quick for many small ones.

Shape (elements, d, d, 2), the elements in the scenario's order; the last axis holds real and
imaginary parts. The numbers are flint's, integers or rationals, so all arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from flint import fmpq, fmpq_mat, fmpz, fmpz_mat
from numpy.typing import NDArray

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.gaussian import common_denominator
from exactsteer.model.printed import Printed
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.places import Marginals, marginals

Stack = NDArray[np.object_]
# Of all numbers, that a repair holds at a time.
COPIES = 8


@dataclass(frozen=True)
class Numerators:
    """The matrices of every Bob over one denominator: stacks of integers."""

    scenario: Scenario
    den: fmpz
    stacks: list[Stack]

    @classmethod
    def of(cls, printed: Printed) -> Numerators:
        """The entries as given; raises InputError where they are too long for the memory."""
        elements = list(printed.scenario.elements())
        rows = [row for family in printed.families for e in elements for row in family[e]]
        flat = [part for row in rows for entry in row for part in entry]
        bits = common_denominator(flat).bit_length()
        refuse_beyond_memory(
            COPIES * len(flat) * bits // 8, "a repair of numbers with so many denominators"
        )
        numerators, den = fmpq_mat(1, len(flat), flat).numer_denom()
        numbers = np.array(numerators.entries(), dtype=object)
        sizes = [len(elements) * d * d * 2 for d in printed.scenario.dimensions]
        parts = np.split(numbers, np.cumsum(sizes)[:-1])
        shapes = ((len(elements), d, d, 2) for d in printed.scenario.dimensions)
        stacks = [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]
        return cls(printed.scenario, den, stacks)

    def hermitian_part(self) -> Numerators:
        """The nearest Hermitian matrices, which need not satisfy (A1)-(A3)."""
        stacks = [stack + adjoints(stack) for stack in self.stacks]
        return Numerators(self.scenario, 2 * self.den, stacks)

    def rationals(self) -> list[Stack]:
        """The matrices themselves."""
        return [stack * fmpq(1, self.den) for stack in self.stacks]


def stack_of(matrices: Iterable[Hermitian]) -> Stack:
    """The stack of rational numbers."""
    out = []
    for m in matrices:
        den, re, im = m.integers()
        parts = ([[fmpq(v, den) for v in row] for row in part] for part in (re, im))
        out.append(np.stack([np.array(part, dtype=object) for part in parts], axis=-1))
    return np.stack(out)


def hermitians(stack: Stack) -> list[Hermitian]:
    """The Hermitian matrices of rational numbers, in lowest terms."""
    d, out = stack.shape[1], []
    for parts in stack.reshape(len(stack), d * d, 2).swapaxes(1, 2):
        numerators, den = fmpq_mat(2, d * d, parts.ravel().tolist()).numer_denom()
        numbers = numerators.entries()
        re, im = fmpz_mat(d, d, numbers[: d * d]), fmpz_mat(d, d, numbers[d * d :])
        out.append(Hermitian(den, re, im))
    return out


def adjoints(stack: Stack) -> Stack:
    """The conjugate transposes."""
    out = stack.swapaxes(1, 2).copy()
    out[..., 1] = -out[..., 1]
    return out


def traces(stack: Stack) -> Stack:
    """The traces of Hermitian matrices, shape (elements,)."""
    return np.asarray(stack[..., 0].trace(axis1=1, axis2=2))


def with_multiples_of_one(stack: Stack, factors: Stack) -> Stack:
    """Every matrix plus its factor times the unit matrix."""
    out, i = stack.copy(), np.arange(stack.shape[1])
    out[:, i, i, 0] += factors[:, None]
    return out


def largest(stack: Stack) -> list[fmpz]:
    """The largest modulus of a real or imaginary part of each matrix."""
    found: list[fmpz] = np.abs(stack).max(axis=(1, 2, 3)).tolist()
    return found


def lowest_eigenvalues(stack: Stack, den: fmpz) -> list[float]:
    """Those of Hermitian matrices of integers, divided by den, in floating point."""
    if not len(stack):
        return []
    d = int(den)
    parts = np.array([int(v) / d for v in stack.ravel().tolist()]).reshape(stack.shape)
    found: list[float] = np.linalg.eigvalsh(parts[..., 0] + 1j * parts[..., 1])[:, 0].tolist()
    return found


def nearest_whole(stack: Stack, scale: fmpz) -> Stack:
    """The Hermitian matrices of integers nearest to scale times rational Hermitian ones."""
    whole = np.asarray(nearest_integers(stack * scale))
    above = np.triu(whole[..., 1], 1)
    whole[..., 1] = above - above.swapaxes(1, 2)
    return whole


def nearest_integers(numbers: Stack) -> Stack:
    """Those nearest to rational numbers, entry by entry."""
    return np.asarray(_nearest_each(numbers))


def _nearest(v: fmpq) -> fmpz:
    return (2 * v.p + v.q) // (2 * v.q)


_nearest_each = np.frompyfunc(_nearest, 1, 1)


def outcome_sums(of: Marginals, stack: Stack) -> Stack:
    """sum_{a_j} sigma_{a|x} for every (b, x); the entries may be anything that adds up."""
    return np.asarray(np.add.reduceat(stack[of.grouped], of.begins, axis=0))


def difference_from_first(of: Marginals, sums: Stack) -> Stack:
    """How the outcome sums of each setting differ from those of the first."""
    out = np.empty_like(sums)
    for at in of.by_setting.T:
        out[at] = sums[at] - sums[of.by_setting[:, 0]]
    return out


def without_signalling(scenario: Scenario, stack: Stack, j: int) -> Stack:
    """The nearest family (least squares) whose sum over a_j does not depend on Alice j's setting.

    Rational numbers. What is added does not depend on her outcome and adds up to zero over her
    settings.
    """
    of = marginals(scenario)[j]
    sums = outcome_sums(of, stack)
    shares = np.array([fmpq(1, o) for o in scenario.outcomes[j]], dtype=object)
    weights = shares * (shares.sum() ** -1)
    added = np.empty_like(sums)
    mean = sum(sums[at] * w for at, w in zip(of.by_setting.T, weights, strict=True))
    for at, share in zip(of.by_setting.T, shares, strict=True):
        added[at] = (mean - sums[at]) * share
    return np.asarray(stack + added[of.of_elements])


def replace_last_outcomes(scenario: Scenario, stack: Stack) -> Stack:
    """Replace the last outcome of every setting but the first, so that (A3) holds.

    For one Alice after the other: the step for one acts alike on all outcomes and settings of the
    others, so it keeps what the earlier steps achieved. The entries may be anything to be added.
    """
    out = stack.copy()
    for of in marginals(scenario):
        excess = difference_from_first(of, outcome_sums(of, out))
        out[of.last] -= excess[of.of_elements[of.last]]
    return out
