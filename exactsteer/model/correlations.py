"""Correlations p(a|x): assemblages of a single Bob of dimension 1."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.gaussian import Number, diagonal
from exactsteer.model.measurements import PAULI_PROJECTORS
from exactsteer.model.named import upb_witness
from exactsteer.model.states import operator_assemblage

_HALF, _QUARTER = Fraction(1, 2), Fraction(1, 4)


def correlations(
    outcomes: tuple[tuple[int, ...], ...], p: Callable[[Element], Number]
) -> Assemblage:
    """The correlations p(a|x); raises NotAnAssemblage unless normalised and without signalling."""
    scenario = Scenario(outcomes, (1,))
    return Assemblage(scenario, [{e: diagonal([p(e)]) for e in scenario.elements()}])


def pr_box_correlations() -> Assemblage:
    """The Popescu-Rohrlich box: a_1 + a_2 = x_1 x_2 mod 2, everything else uniform."""
    return correlations(((2, 2), (2, 2)), lambda e: 0 if _pr_box_bit(e) else _HALF)


def upb_correlations(epsilon: Number) -> Assemblage:
    """p(a b_1 b_2|x y_1 y_2) of Example 7: all three parties measure Z and X on O_W of Eq. (15).

    They reach (1 - epsilon)/(1 - 2 epsilon) > 1 in "guess your neighbour's input", whose quantum
    maximum is 1; epsilon <= 0.0814 makes O_W a Witworld state.
    """
    both = [PAULI_PROJECTORS["Z"], PAULI_PROJECTORS["X"]]
    return operator_assemblage(upb_witness(epsilon), [both, both, both], [1])


def hidden_pr_box(bobs: int = 2) -> Assemblage:
    """The Alices and every Bob share the bits a_1 + a_2 + b = x_1 x_2 mod 2, all else uniform.

    sigma^(k)_{a|x} = |b><b|/4. The correlations p(a|x) are uniform, hence quantum, and
    |b..b><b..b|/4 are parent states; yet given b the Alices share a Popescu-Rohrlich box, so it is
    postquantum. Neither condition of Theorem 6 sees it; level 1 of Definition 13 does. Raises
    InputError unless there are 1 to 8 Bobs (D = 256).
    """
    if not isinstance(bobs, int) or not 1 <= bobs <= 8:
        raise InputError(f"bobs: expected from 1 to 8, got {bobs!r}")
    scenario = Scenario(((2, 2), (2, 2)), (2,) * bobs)
    bit = [diagonal([_QUARTER, 0]), diagonal([0, _QUARTER])]
    family = {e: bit[_pr_box_bit(e)] for e in scenario.elements()}
    return Assemblage(scenario, [family] * bobs)


def _pr_box_bit(element: Element) -> int:
    a, x = element
    return (a[0] + a[1] + x[0] * x[1]) % 2
