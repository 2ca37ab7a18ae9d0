"""How far given numbers are from satisfying (A1)-(A3), condition by condition.

Each condition is measured on the numbers as they are, (A1) by the smallest eigenvalue in floating
point; the others exactly.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from flint import fmpq, fmpz

from exactsteer.errors import InputError
from exactsteer.kernel.scenario import Element, Labels, Scenario, label
from exactsteer.model.printed import Printed, Square
from exactsteer.programs.arrays import to_float
from exactsteer.programs.places import marginals
from exactsteer.proving.stacks import (
    Numerators,
    adjoints,
    difference_from_first,
    largest,
    lowest_eigenvalues,
    outcome_sums,
    traces,
)

NORMALISED = (
    "every element has trace 1, as normalised states have; multiply each of them by its "
    "probability p(a|x)"
)
NEAR_1 = fmpq(1, 100)
"""Within this of 1 a trace is that of a normalised state."""
HOPELESS = 1
"""No repair is worth a word beyond this: entries and probabilities are at most 1."""
_DIGITS = 3
_EIGENVALUE_DIGITS = 15


@dataclass(frozen=True)
class Violation:
    """A condition that the numbers miss: by how much, and which, where."""

    amount: fmpq
    words: Callable[[], str]
    """The sentence; rounding errors miss all conditions, and nobody reads of those."""
    parts: int
    """How many real or imaginary parts are added up in it, at most: each may be off by the
    uncertainty of the numbers, so that so often that much is no contradiction."""

    @property
    def sentence(self) -> str:
        """Goes on with the tolerance that is exceeded."""
        return self.words()


def refuse_large_violations(
    printed: Printed, given: Numerators, near: Numerators, tolerance: fmpq
) -> None:
    """Raise InputError for the first condition missed by more than the tolerance.

    What the uncertainty of the numbers explains does not count. The sentence names the smallest
    tolerance that no condition exceeds. `given` are the numbers of `printed`, and `near` the
    nearest Hermitian matrices.
    """
    if are_normalised(near.scenario, (fmpq(t, near.den) for s in near.stacks for t in traces(s))):
        raise InputError(NORMALISED)
    uncertainty = printed.uncertainty
    found = violations(printed, given, near, tolerance)
    large = [v for v in found if v.amount - v.parts * uncertainty > tolerance]
    if not large:
        return
    needed = max(v.amount - v.parts * uncertainty for v in large)
    explained = (
        f" and the {amount_text(large[0].parts * uncertainty)} that the uncertainty explains"
        if uncertainty > 0
        else ""
    )
    advice = (
        "correct the data: no --tolerance makes an assemblage of them"
        if needed > HOPELESS
        else f"correct the data, or have them repaired: --tolerance {above_text(needed)} is the "
        "smallest that does for all conditions"
    )
    raise InputError(
        f"{large[0].sentence} the tolerance {amount_text(tolerance)}{explained}; {advice}"
    )


def are_normalised(scenario: Scenario, traces: Iterable[fmpq]) -> bool:
    """Whether all elements are states of trace 1, nearly, where they should add up to one."""
    most = max(count for row in scenario.outcomes for count in row)
    return most > 1 and all(abs(t - 1) <= NEAR_1 for t in traces)


def violations(
    printed: Printed, given: Numerators, near: Numerators, tolerance: fmpq
) -> Iterator[Violation]:
    """Every condition missed by more than the tolerance, in the order Hermitian, (A2), (A3), (A1).

    The numbers as in `refuse_large_violations`.
    """
    elements = list(given.scenario.elements())
    for k, stack in enumerate(given.stacks):
        for i, _ in _beyond(largest(stack - adjoints(stack)), given.den, tolerance):
            *at, amount = hermitian_defect(printed.families[k][elements[i]])
            what = partial(_not_hermitian, k, elements[i], (at[0], at[1]))
            yield _missed(amount, what, 2)
    yield from _inconsistent(near, tolerance)
    yield from _signalling(near, tolerance)
    for k in range(len(near.stacks)):
        yield from _negative(near, k)


def _beyond(amounts: Iterable[fmpz], den: fmpz, tolerance: fmpq) -> Iterator[tuple[int, fmpq]]:
    """Which of the amounts, over den, exceed the tolerance."""
    most = (tolerance * den).floor()
    return ((i, fmpq(amount, den)) for i, amount in enumerate(amounts) if amount > most)


def _missed(amount: fmpq, what: Callable[[], str], parts: int) -> Violation:
    return Violation(amount, lambda: f"{what()}, by {amount_text(amount)}, more than", parts)


def _not_hermitian(k: int, e: Element, at: tuple[int, int]) -> str:
    return f"sigma^({k + 1})_{{{label(e)}}} is not Hermitian in entry {at}"


def _inconsistent(near: Numerators, tolerance: fmpq) -> Iterator[Violation]:
    def traces_of(k: int, e: Element) -> str:
        at = f"tr sigma^({k + 1})_{{{label(e)}}}"
        return f"condition A2 fails: {at} differs from that of Bob 1"

    def total_of(x: Labels) -> str:
        at = ",".join(map(str, x))
        return f"condition A2 fails: the probabilities for settings {at} do not sum to 1"

    scenario, dimensions = near.scenario, near.scenario.dimensions
    elements = list(scenario.elements())
    found = np.stack([traces(stack) for stack in near.stacks], axis=1)
    amounts = abs(found - found[:, :1]).ravel().tolist()
    for i, amount in _beyond(amounts, near.den, tolerance):
        at, k = divmod(i, len(dimensions))
        what = partial(traces_of, k, elements[at])
        yield _missed(amount, what, dimensions[0] + dimensions[k])
    p = dict(zip(elements, found[:, 0].tolist(), strict=True))
    settings = list(scenario.settings())
    totals = [sum((p[a, x] for a in scenario.answers(x)), fmpz(0)) for x in settings]
    for i, amount in _beyond((abs(t - near.den) for t in totals), near.den, tolerance):
        parts = dimensions[0] * sum(1 for _ in scenario.answers(settings[i]))
        yield _missed(amount, partial(total_of, settings[i]), parts)


def _signalling(near: Numerators, tolerance: fmpq) -> Iterator[Violation]:
    def signals(j: int, k: int, at: Element) -> str:
        return (
            f"condition A3 fails: sigma^({k + 1}) summed over the outcomes of Alice {j + 1} "
            f"depends on her setting, {at[1][j]} against 0, at {label(at)}"
        )

    scenario = near.scenario
    for j, of in enumerate(marginals(scenario)):
        for k, stack in enumerate(near.stacks):
            differences = difference_from_first(of, outcome_sums(of, stack))
            for i, amount in _beyond(largest(differences), near.den, tolerance):
                b, x = list(scenario.marginals(j))[i]
                parts = scenario.outcomes[j][0] + scenario.outcomes[j][x[j]]
                yield _missed(amount, partial(signals, j, k, (b, x)), parts)


def _negative(near: Numerators, k: int) -> Iterator[Violation]:
    def fails(e: Element, how: str) -> str:
        return f"condition A1 fails: sigma^({k + 1})_{{{label(e)}}} has {how}"

    den, stack = near.den, near.stacks[k]
    elements = list(near.scenario.elements())
    huge = dict(_beyond(largest(stack), den, fmpq(1 + HOPELESS)))
    for i, entry in huge.items():
        how = f"an entry of {amount_text(entry)}, beyond 1 by more than"
        yield Violation(entry - 1, partial(fails, elements[i], how), 1)
    # Those are beyond the range of doubles, perhaps.
    others = [i for i in range(len(elements)) if i not in huge]
    for i, lowest in zip(others, lowest_eigenvalues(stack[others], den), strict=True):
        amount = fmpq(round(-lowest * 10**_EIGENVALUE_DIGITS), 10**_EIGENVALUE_DIGITS)
        if amount > 0:
            # No eigenvalue moves by more than the largest sum of moduli in a row.
            how = f"the eigenvalue {lowest:.3g}, below minus"
            yield Violation(amount, partial(fails, elements[i], how), 2 * stack.shape[1])


def hermitian_defect(square: Square) -> tuple[int, int, fmpq]:
    """The entry (i, j) that differs most from the conjugate of (j, i), and by how much."""
    worst = (0, 0, fmpq(0))
    for i, row in enumerate(square):
        for j in range(i + 1):
            (a, b), (c, d) = row[j], square[j][i]
            amount = max(abs(a - c), abs(b + d))
            if amount > worst[2]:
                worst = (i, j, amount)
    return worst


def amount_text(q: fmpq) -> str:
    """About three digits of an amount."""
    return f"{to_float(q):.{_DIGITS}g}"


def change_text(uncertainty: fmpq | None) -> str:
    """What the distance from numbers of this uncertainty is made of."""
    more = f", and their uncertainty of {amount_text(uncertainty)}" if uncertainty else ""
    return f"largest change of an entry{more}"


def above_text(q: fmpq) -> str:
    """A decimal number of three digits that is not smaller."""
    with decimal.localcontext(prec=_DIGITS, rounding=decimal.ROUND_CEILING):
        return f"{decimal.Decimal(int(q.p)) / decimal.Decimal(int(q.q)):g}"
