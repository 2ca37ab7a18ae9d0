"""How far given numbers are from satisfying (A1)-(A3), condition by condition.

Each condition is measured on the numbers as they are, (A1) by the smallest eigenvalue in floating
point; the others exactly.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Family, marginal_sums
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Labels, Scenario, label, replaced
from exactsteer.model.gaussian import common_denominator
from exactsteer.model.printed import Printed, Square
from exactsteer.programs.arrays import lowest_eigenvalue, to_float

Families = list[dict[Element, Hermitian]]

NORMALISED = (
    "every element has trace 1, as normalised states have; multiply each of them by its "
    "probability p(a|x)"
)
NEARLY = fmpq(1, 100)
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


def hermitian_families(printed: Printed) -> Families:
    """The nearest Hermitian matrices, which need not satisfy (A1)-(A3)."""
    return [
        {e: hermitian_part(square) for e, square in family.items()} for family in printed.families
    ]


def refuse_large_violations(printed: Printed, families: Families, tolerance: fmpq) -> None:
    """Raise InputError for the first condition missed by more than the tolerance.

    What the uncertainty of the numbers explains does not count. The sentence names the smallest
    tolerance that no condition exceeds. `families` are the Hermitian ones.
    """
    if are_normalised(printed.scenario, families):
        raise InputError(NORMALISED)
    uncertainty = printed.uncertainty
    found = violations(printed, families)
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


def are_normalised(scenario: Scenario, families: Sequence[Family]) -> bool:
    """Whether all elements are states of trace 1, nearly, where they should add up to one."""
    most = max(count for row in scenario.outcomes for count in row)
    traces = (m.trace() for family in families for m in family.values())
    return most > 1 and all(abs(trace - 1) <= NEARLY for trace in traces)


def violations(printed: Printed, families: Families) -> Iterator[Violation]:
    """Every condition that the numbers miss, in the order Hermitian, (A2), (A3), (A1).

    `families` are the nearest Hermitian ones.
    """
    for k, given in enumerate(printed.families):
        for e, square in given.items():
            i, j, amount = hermitian_defect(square)
            what = partial(_not_hermitian, k, e, (i, j))
            yield from _missed(amount, what, 2)
    yield from _inconsistent(printed.scenario, families)
    yield from _signalling(printed.scenario, families)
    for k, family in enumerate(families):
        yield from _negative(k, family)


def _missed(amount: fmpq, what: Callable[[], str], parts: int) -> Iterator[Violation]:
    if amount > 0:
        yield Violation(amount, lambda: f"{what()}, by {amount_text(amount)}, more than", parts)


def _not_hermitian(k: int, e: Element, at: tuple[int, int]) -> str:
    return f"sigma^({k + 1})_{{{label(e)}}} is not Hermitian in entry {at}"


def _inconsistent(scenario: Scenario, families: Families) -> Iterator[Violation]:
    def traces(k: int, e: Element) -> str:
        at = f"tr sigma^({k + 1})_{{{label(e)}}}"
        return f"condition A2 fails: {at} differs from that of Bob 1"

    def total_of(x: Labels) -> str:
        at = ",".join(map(str, x))
        return f"condition A2 fails: the probabilities for settings {at} do not sum to 1"

    dimensions = scenario.dimensions
    p = {e: first.trace() for e, first in families[0].items()}
    for e in scenario.elements():
        for k, family in enumerate(families):
            amount = abs(family[e].trace() - p[e])
            yield from _missed(amount, partial(traces, k, e), dimensions[0] + dimensions[k])
    for x in scenario.settings():
        total = sum((p[a, x] for a in scenario.answers(x)), fmpq(0))
        parts = dimensions[0] * sum(1 for _ in scenario.answers(x))
        yield from _missed(abs(total - 1), partial(total_of, x), parts)


def _signalling(scenario: Scenario, families: Families) -> Iterator[Violation]:
    def signals(j: int, k: int, at: Element) -> str:
        return (
            f"condition A3 fails: sigma^({k + 1}) summed over the outcomes of Alice {j + 1} "
            f"depends on her setting, {at[1][j]} against 0, at {label(at)}"
        )

    for j in range(scenario.n):
        for k, family in enumerate(families):
            sums = marginal_sums(scenario, family, j)
            for (b, x), total in sums.items():
                amount = _largest_entry(total - sums[b, replaced(x, j, 0)])
                parts = scenario.outcomes[j][0] + scenario.outcomes[j][x[j]]
                yield from _missed(amount, partial(signals, j, k, (b, x)), parts)


def _negative(k: int, family: Mapping[Element, Hermitian]) -> Iterator[Violation]:
    def fails(e: Element, how: str) -> str:
        return f"condition A1 fails: sigma^({k + 1})_{{{label(e)}}} has {how}"

    for e, sigma in family.items():
        largest = _largest_entry(sigma)
        if largest > 1 + HOPELESS:
            # Beyond the range of doubles, perhaps.
            how = f"an entry of {amount_text(largest)}, beyond 1 by more than"
            yield Violation(largest - 1, partial(fails, e, how), 1)
            continue
        lowest = lowest_eigenvalue(sigma)
        amount = fmpq(round(-lowest * 10**_EIGENVALUE_DIGITS), 10**_EIGENVALUE_DIGITS)
        if amount > 0:
            # No eigenvalue moves by more than the largest sum of moduli in a row.
            how = f"the eigenvalue {lowest:.3g}, below minus"
            yield Violation(amount, partial(fails, e, how), 2 * sigma.n)


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


def hermitian_part(square: Square) -> Hermitian:
    """The nearest Hermitian matrix."""
    den = common_denominator(v for row in square for entry in row for v in entry)
    re = [[a.p * (den // a.q) for a, _ in row] for row in square]
    im = [[b.p * (den // b.q) for _, b in row] for row in square]
    n = range(len(square))
    return Hermitian.of(
        2 * den,
        [[re[i][j] + re[j][i] for j in n] for i in n],
        [[im[i][j] - im[j][i] for j in n] for i in n],
    )


def _largest_entry(m: Hermitian) -> fmpq:
    den, re, im = m.integers()
    return fmpq(max(abs(v) for rows in (re, im) for row in rows for v in row), den)


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
