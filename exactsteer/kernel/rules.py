# SPDX-License-Identifier: MIT
"""The rules: how blocks prove a property, and how multipliers prove an inequality about it.

Each rule is a theorem with its proof in the docstring, and raises Rejected under its own name.
Blocks, views and multipliers, and the equation (1), are those of properties/views.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from flint import fmpq

from exactsteer.kernel.errors import require
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import require_positive
from exactsteer.kernel.file.numbers import short_text
from exactsteer.kernel.properties.views import Families, Group, Member, Property, Sigma, View

B = TypeVar("B", bound=Hashable)


def check_views(p: Property[B], sigma: Families, blocks: Mapping[B, Hermitian]) -> None:
    """R1, first half: the views of the blocks are the elements of sigma, or agree in their groups.

    Raises Rejected under one of the rules of the property, the first of them that fails.
    """
    views = p.reduced(blocks)
    for rule in p.rules:
        if rule == p.sigma_rule:
            _check_sigma(p, sigma, views)
        else:
            _check_groups(rule, views)


def _check_sigma(p: Property[B], sigma: Families, views: Mapping[View, Hermitian]) -> None:
    for k, d in enumerate(p.scenario.dimensions):
        zero = Hermitian.zero(d)
        for element in p.scenario.elements():
            view = Sigma(k, element)
            same = views.get(view, zero) == sigma[k][element]
            require(same, p.sigma_rule, f"what Bob {k + 1} sees", view, "another matrix")


def _check_groups(rule: str, views: Mapping[View, Hermitian]) -> None:
    """That views are equal; one without a block would be missing here, and no group has such."""
    first: dict[Group, Hermitian] = {}
    for view, x in views.items():
        if isinstance(view, Member) and view.group.rule == rule:
            same = first.setdefault(view.group, x) == x
            require(same, rule, view.group, "the same matrix each time", "another")


def check_margins(
    p: Property[B], blocks: Mapping[B, Hermitian], margin: Callable[[B], fmpq]
) -> None:
    """R1, second half: X_b >= margin(b) 1 for every block, rule "positive".

    Theorem (both halves). Then the assemblage has the property, with room for any change of the
    blocks that is nowhere larger than the margin: such as, for each other assemblage in a ball, the
    change that makes the views those of the other one ("Reach" in each property's own file).
    """
    for block, n in p.blocks():
        m = margin(block)
        shifted = blocks[block] - Hermitian.identity(n).scaled(m) if m else blocks[block]
        require_positive(shifted, "positive", block, "matrix with its margin" if m else "")


def check_multipliers(p: Property[B], multipliers: Mapping[View, Hermitian]) -> None:
    """R2. Theorem. Suppose that

    (balance)  the multipliers of each group have the sum zero;
    (positive) every M_b is positive semidefinite.

    Then I(Sigma) = sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}] >= 0 for every Sigma that has the
    property, W^(k)_{a|x} the multiplier of the view that is sigma^(k)_{a|x}; and I(Sigma) >=
    lambda sum_b tr M_b if only X_b >= lambda 1 holds for the blocks instead of X_b >= 0. For on the
    right of (1) the groups contribute (sum of the multipliers) times the matrix that all of their
    views are, which is zero, and the left is sum_b tr[M_b X_b] >= lambda sum_b tr M_b.

    The multipliers are those of views of the property, and each view has a block: a multiplier of
    anything else would count in I and in no M_b. What is read from files is by elements of the
    scenario and by strategies, each of which is seen.
    """
    sums: dict[Group, Hermitian] = {}
    for view, y in multipliers.items():
        if isinstance(view, Member):
            sums[view.group] = sums[view.group] + y if view.group in sums else y
    for group, total in sums.items():
        require(total.is_zero(), "balance", group, "multipliers whose sum is zero", "another sum")
    for block, m in p.extended(multipliers):
        require_positive(m, "positive", block, "sum M of its multipliers")


def check_violation(value: fmpq, norm: fmpq, radius: fmpq) -> fmpq:
    """Violation in a ball. Return the bound below.

    Theorem. Let I be at most `value` at the centre, and move by at most `norm` times the largest
    change of an entry's real or imaginary part. If

    (value) value + radius * norm < 0,

    then I(Sigma) < 0 for every Sigma within the radius, which thus has no property that implies
    I >= 0.
    """
    bound = value + radius * norm
    require(
        bound < 0, "value", "the inequality", "I(centre) + radius * |W|_box < 0", short_text(bound)
    )
    return bound


def check_lower_end(at_centre: fmpq, at_noise: fmpq, lower: fmpq) -> None:
    """The lower end on a segment.

    Theorem. Let I be affine, `at_centre` < 0 a bound of it in a ball, `at_noise` its value at the
    noise. If

    (lower) lower * at_noise + (1 - lower) * at_centre <= 0,

    then r noise + (1 - r) Sigma has I < 0 for all r < lower and all Sigma of the ball. For its I is
    at most r at_noise + (1 - r) at_centre, which is affine in r, negative at r = 0 and not positive
    at r = lower.
    """
    at_lower = lower * at_noise + (1 - lower) * at_centre
    require(at_lower <= 0, "lower", "the inequality at r = lower", "I <= 0", short_text(at_lower))
