"""How far given numbers are from satisfying (A1)-(A3), condition by condition.

Each condition is measured on the numbers as they are, (A1) by the smallest eigenvalue in floating
point; the others exactly.
"""

from __future__ import annotations

import decimal
from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import marginal_sums
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario, label, replaced
from exactsteer.model.gaussian import hermitian
from exactsteer.model.printed import Printed, Square
from exactsteer.programs.arrays import lowest_eigenvalue, to_float

Families = list[dict[Element, Hermitian]]

HOPELESS = 1
"""No repair is worth a word beyond this: entries and probabilities are at most 1."""
_DIGITS = 3
_EIGENVALUE_DIGITS = 15


@dataclass(frozen=True)
class Violation:
    """A condition that the numbers miss: by how much, and which, where."""

    amount: fmpq
    sentence: str
    """Goes on with the tolerance that is exceeded."""
    parts: int
    """How many real or imaginary parts are added up in it, at most: each may be off by the
    uncertainty of the numbers, so that so often that much is no contradiction."""


def refuse_large_violations(printed: Printed, tolerance: fmpq) -> None:
    """Raise InputError for the first condition missed by more than the tolerance.

    What the uncertainty of the numbers explains does not count. The sentence names the smallest
    tolerance that no condition exceeds.
    """
    uncertainty = printed.uncertainty
    large = [v for v in violations(printed) if v.amount - v.parts * uncertainty > tolerance]
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


def violations(printed: Printed) -> Iterator[Violation]:
    """Every condition that the numbers miss, in the order Hermitian, (A2), (A3), (A1)."""
    scenario = printed.scenario
    for k, family in enumerate(printed.families):
        for e, square in family.items():
            i, j, amount = hermitian_defect(square)
            yield from _missed(
                amount, f"sigma^({k + 1})_{{{label(e)}}} is not Hermitian in entry ({i}, {j})", 2
            )
    families = [
        {e: hermitian_part(square) for e, square in family.items()} for family in printed.families
    ]
    for e in scenario.elements():
        p = families[0][e].trace()
        for k, matrices in enumerate(families):
            yield from _missed(
                abs(matrices[e].trace() - p),
                f"condition A2 fails: tr sigma^({k + 1})_{{{label(e)}}} differs from that of Bob 1",
                scenario.dimensions[0] + scenario.dimensions[k],
            )
    for x in scenario.settings():
        total = sum((families[0][a, x].trace() for a in scenario.answers(x)), fmpq(0))
        yield from _missed(
            abs(total - 1),
            f"condition A2 fails: the probabilities for settings {','.join(map(str, x))} do not "
            "sum to 1",
            scenario.dimensions[0] * sum(1 for _ in scenario.answers(x)),
        )
    yield from _signalling(scenario, families)
    for k, matrices in enumerate(families):
        for e, sigma in matrices.items():
            yield from _negative(sigma, f"condition A1 fails: sigma^({k + 1})_{{{label(e)}}}")


def _missed(amount: fmpq, what: str, parts: int) -> Iterator[Violation]:
    if amount > 0:
        yield Violation(amount, f"{what}, by {amount_text(amount)}, more than", parts)


def _signalling(scenario: Scenario, families: Families) -> Iterator[Violation]:
    for j in range(scenario.n):
        for k, family in enumerate(families):
            sums = marginal_sums(scenario, family, j)
            for (b, x), total in sums.items():
                first = sums[b, replaced(x, j, 0)]
                yield from _missed(
                    _largest_entry(total - first),
                    f"condition A3 fails: sigma^({k + 1}) summed over the outcomes of Alice "
                    f"{j + 1} depends on her setting, {x[j]} against 0, at {label((b, x))}",
                    scenario.outcomes[j][0] + scenario.outcomes[j][x[j]],
                )


def _negative(sigma: Hermitian, what: str) -> Iterator[Violation]:
    largest = _largest_entry(sigma)
    if largest > 1 + HOPELESS:
        # Beyond the range of doubles, perhaps.
        text = f"{what} has an entry of {amount_text(largest)}, beyond 1 by more than"
        yield Violation(largest - 1, text, 1)
        return
    lowest = lowest_eigenvalue(sigma)
    amount = fmpq(round(-lowest * 10**_EIGENVALUE_DIGITS), 10**_EIGENVALUE_DIGITS)
    if amount > 0:
        # No eigenvalue moves by more than the largest sum of moduli in a row.
        yield Violation(amount, f"{what} has the eigenvalue {lowest:.3g}, below minus", 2 * sigma.n)


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
    half, n = fmpq(1, 2), range(len(square))
    return hermitian(
        [
            [
                (
                    (square[i][j][0] + square[j][i][0]) * half,
                    (square[i][j][1] - square[j][i][1]) * half,
                )
                for j in n
            ]
            for i in n
        ]
    )


def _largest_entry(m: Hermitian) -> fmpq:
    entries = (abs(v) for i in range(m.n) for j in range(m.n) for v in m.entry(i, j))
    return max(entries)


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
