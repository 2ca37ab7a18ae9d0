"""Flag: an exact realisation of prescribed parent states, without square roots.

For one Alice. On the range of S_R = sum_a S_{a|x}, with basis V, S_{a|x} = V s_{a|x} V^dagger. Take
K with short entries such that E = s_R - K K^dagger is positive and small, and
probabilities p(a|x) such that s_{a|x} - p(a|x) E >= 0. Then

    rho = |psi><psi| + |f><f| (x) V E V^dagger,   |psi> = sum_j V K e_j (x) |j>,
    M_{a|x} = (K^-1 (s_{a|x} - p(a|x) E) K^-dagger)^T + p(a|x) |f><f|

with |f> orthogonal to all |j> realise S exactly: with the flag |f> Alice's answer is random and
independent of the Bobs' state E. The p are free; they are uniform on the outcomes for which S_{a|x}
has the range of S_R. If a setting has no such outcome, there is no room for E.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.quantum.realisation import Flagged, Pure, Realisation
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, to_array
from exactsteer.proving.exact_matrices import (
    congruence,
    gram,
    inverse,
    lower_on_grid,
    lowest,
    rectangular,
)
from exactsteer.proving.faces.subspaces import support

MAX_BITS = 40
# How far below s_R the matrix K K^dagger is aimed, in units of its rounding error.
SHRINKS = (0.25, 0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class _Problem:
    """V, the s_{a|x}, their sum s_R and the p(a|x)."""

    scenario: Scenario
    basis: Rectangular
    small: Mapping[Element, Hermitian]
    total: Hermitian
    responses: Mapping[Element, fmpq]


def on_range(scenario: Scenario, parents: Family) -> tuple[Rectangular, dict[Element, Hermitian]]:
    """(V, s): a basis V of the range of S_R as columns, and S_{a|x} = V s_{a|x} V^dagger."""
    total = Hermitian.zero(scenario.joint_dimension)
    for a in scenario.answers((0,)):
        total = total + parents[a, (0,)]
    space = support(total)
    at = space.pivots()
    # V is the unit matrix on these coordinates.
    return space.basis(), {e: _part(s, at) for e, s in parents.items()}


def _part(m: Hermitian, at: list[int]) -> Hermitian:
    den, re, im = m.integers()
    return lowest(
        Hermitian.of(
            den, [[re[i][j] for j in at] for i in at], [[im[i][j] for j in at] for i in at]
        )
    )


def flag(scenario: Scenario, parents: Family) -> Iterator[Realisation]:
    """Realisations of exact parent states of one Alice, with growing numbers; may be none."""
    basis, small = on_range(scenario, parents)
    responses = _responses(scenario, small)
    if responses is None:
        return
    total = small[(0,), (0,)]
    for a in range(1, scenario.outcomes[0][0]):
        total = total + small[(a,), (0,)]
    total = lowest(total)
    problem = _Problem(scenario, basis, small, total, responses)
    floats = to_array(total)
    lowest_eigenvalue = float(np.linalg.eigvalsh(floats)[0])
    for bits in range(1, MAX_BITS):
        for shrink in SHRINKS:
            epsilon = shrink * 2.0**-bits
            if epsilon < lowest_eigenvalue:
                try:
                    factor = np.linalg.cholesky(floats - epsilon * np.eye(total.n))
                # The smallest eigenvalue is known up to rounding errors only.
                except np.linalg.LinAlgError:
                    continue
                found = _with_factor(problem, factor.astype(np.complex128), bits)
                if found is not None:
                    yield found


def _responses(
    scenario: Scenario, small: Mapping[Element, Hermitian]
) -> dict[Element, fmpq] | None:
    out: dict[Element, fmpq] = {}
    for x, outcomes in enumerate(scenario.outcomes[0]):
        full = [
            a
            for a in range(outcomes)
            if support(small[(a,), (x,)]).dimension == small[(a,), (x,)].n
        ]
        if not full:
            return None
        for a in range(outcomes):
            out[(a,), (x,)] = fmpq(1, len(full)) if a in full else fmpq(0)
    return out


def _with_factor(problem: _Problem, factor: ComplexArray, bits: int) -> Realisation | None:
    small, total, responses = problem.small, problem.total, problem.responses
    k = lower_on_grid(factor, fmpz(2) ** bits)
    flagged = lowest(total - gram(k))
    if any(k.entry(i, i)[0] == 0 for i in range(total.n)) or not is_positive(flagged):
        return None
    rests = {e: lowest(s - flagged.scaled(responses[e])) for e, s in small.items()}
    if not all(is_positive(rest) for rest in rests.values()):
        return None
    back = inverse(k)
    effects = {
        (a[0], x[0]): _enlarged(congruence(back, rest), responses[a, x])
        for (a, x), rest in rests.items()
    }
    r = total.n
    psi = (problem.basis @ k).transpose()
    rows = [[psi.entry(i, j) for j in range(psi.shape[1])] for i in range(r)]
    rows.append([(fmpq(0), fmpq(0))] * psi.shape[1])
    terms = (Pure(rectangular(rows, psi.shape[1])), Flagged(r, congruence(problem.basis, flagged)))
    return Realisation(problem.scenario, (r + 1,), terms, (effects,))


def _enlarged(m: Hermitian, p: fmpq) -> Hermitian:
    """M^T with one more basis state, on which the effect is p."""
    den, re, im = m.integers()
    common = den.lcm(p.q)
    n, f = m.n, common // den
    out_re, out_im = fmpz_mat(n + 1, n + 1), fmpz_mat(n + 1, n + 1)
    for i in range(n):
        for j in range(n):
            out_re[i, j], out_im[i, j] = re[j][i] * f, im[j][i] * f
    out_re[n, n] = (p * common).p
    return Hermitian(common, out_re, out_im)
