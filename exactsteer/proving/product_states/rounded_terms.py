"""Exact product terms (Eq. 30) from the floating weights of a linear program.

The weights of all columns but the frame's are rounded to a grid. What they leave of the assemblage
does not signal; on the star of the base it is known by the formula of
kernel/properties/hidden_states.py, and its coefficients in the frame, a basis, follow without any
division.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import product

from flint import fmpq, fmpz

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian, kron
from exactsteer.kernel.properties.product_states import ProductTerm
from exactsteer.kernel.properties.strategies import Strategy, response
from exactsteer.model.gaussian import hermitian, ket_bra
from exactsteer.programs.product_terms import Column, ProductSolution, frame_vectors
from exactsteer.proving.hidden_states.rounded_model import on_star
from exactsteer.telling import tell

FIRST_BITS = 10
LAST_BITS = 60


def round_terms(
    centre: Assemblage, solution: ProductSolution, factors: Sequence[int]
) -> list[ProductTerm] | None:
    """Exact terms from rounded weights off the frame; None when no grid is fine enough."""
    for bits in range(FIRST_BITS, LAST_BITS + 1, 5):
        tell(f"product states of {bits} bits")
        den = fmpz(1) << bits
        others = [
            (column, fmpq(int(w * float(den)), den))
            for column, w in zip(
                solution.columns[solution.frame :], solution.weights[solution.frame :], strict=True
            )
        ]
        terms = [_term(column, w) for column, w in others if w > 0]
        framed = _on_frame(centre, solution.base, terms, factors)
        if framed is not None:
            return terms + framed
    return None


def _term(column: Column, weight: fmpq) -> ProductTerm:
    first, *rest = column.vectors
    return ProductTerm(column.strategy, (ket_bra(first, weight), *(ket_bra(v) for v in rest)))


def _on_frame(
    centre: Assemblage, base: Strategy, terms: Sequence[ProductTerm], factors: Sequence[int]
) -> list[ProductTerm] | None:
    """What the terms leave, as terms on the frame; None when a weight is negative."""
    scenario = centre.scenario
    residual = dict(centre[0])
    for term in terms:
        joint = reduce(kron, term.states)
        for x in scenario.settings():
            element = response(term.strategy, x)
            residual[element] = residual[element] - joint
    duals = [reduce(kron, parts) for parts in product(*(_dual_frame(d) for d in factors))]
    vectors = list(product(*(frame_vectors(d) for d in factors)))
    out = []
    for strategy, matrix in on_star(scenario, base, residual).items():
        for own, dual in zip(vectors, duals, strict=True):
            weight = dual.inner(matrix)
            if weight < 0:
                return None
            if weight > 0:
                out.append(_term(Column(strategy, own), weight))
    return out


def _dual_frame(d: int) -> list[Hermitian]:
    """The G_c with H = sum_c tr[G_c H] |v_c><v_c|, v_c of `frame_vectors`.

    H_ij |i><j| + H_ji |j><i| = Re H_ij (P - P_i - P_j) - Im H_ij (Q - P_i - P_j) for the projectors
    P and Q on e_i + e_j and e_i + i e_j.
    """
    half = fmpq(1, 2)

    def real(i: int, j: int) -> Hermitian:
        return hermitian([[half if {r, c} == {i, j} else 0 for c in range(d)] for r in range(d)])

    def imaginary(i: int, j: int) -> Hermitian:
        signs = {(i, j): half, (j, i): -half}
        return hermitian([[(0, signs.get((r, c), 0)) for c in range(d)] for r in range(d)])

    pairs = [(i, j) for i in range(d) for j in range(i + 1, d)]
    diagonal = []
    for i in range(d):
        g = hermitian([[int(r == c == i) for c in range(d)] for r in range(d)])
        for pair in pairs:
            if i in pair:
                g = g - real(*pair) + imaginary(*pair)
        diagonal.append(g)
    out = list(diagonal)
    for pair in pairs:
        out += [real(*pair), -imaginary(*pair)]
    return out
