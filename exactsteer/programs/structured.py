"""Program (D) for parent states by an interior-point method that knows its structure.

(P)  maximise lambda:  X_i = S_i - lambda 1 >= 0, where i = (a, x) runs over the elements and the S
     have the marginals of Sigma and do not signal;
(D)  minimise I = sum_i tr[M_i Sigma_i]:  M_i = W_i + sum_f c_{if} V_f >= 0, sum_i tr M_i = 1, where
     W_i is a sum of one-body operators, f runs over the free multipliers V^j_{b|x} with x_j > 0 and
     c_{if} is 1, -1 or 0 (-1 where x_j = 0 and V^j_{b|x} = -sum of the others). Sigma_i is the sum
     of one-body operators with the marginals sigma^(k)_{a|x}.

Both have strictly feasible starts (M a multiple of 1, X = Sigma - lambda 1 with lambda very
negative), and every iterate stays feasible: each is a valid inequality and a lower and an upper bound of the
optimum, so the loop may stop at any time.

Method. Mehrotra's predictor-corrector with Nesterov-Todd scaling, P_i = r_i r_i^dagger. A step
solves P_i dM_i P_i = R_i modulo the orthogonal complement of the M's space. The one-body part of
each i is eliminated by a Cholesky factor of its own small matrix; what remains couples the V_f:

    H_{fg} = sum_i c_{if} c_{ig} (K_i - T_i^T T_i),     K_i = P_i (x) P_i,

a D^2 x D^2 block for each pair f, g. Hermitian matrices are handled as real ones, R = Re + Im, an
isometry. The gauge is fixed by V_f = 0 at the D-independent set J of entries that the one-body
operators reach.

The structure carries over to several Alices through c alone; H then has as many blocks as there are
free multipliers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import scipy.linalg
from numpy.typing import NDArray
from scipy.linalg import blas, lapack

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Element, Scenario, without
from exactsteer.programs.arrays import ComplexArray, to_array
from exactsteer.programs.multipliers import DualSolution, SolverRun, free_multipliers

RealArray = NDArray[np.float64]

# Relative size of the diagonal shift that keeps the Cholesky factors alive near the optimum.
JITTER = 1e-14
MAX_ITERATIONS = 60


def to_real(a: ComplexArray) -> RealArray:
    """Re + Im, an isometry from Hermitian to real matrices."""
    return np.asarray(a.real + a.imag)


def from_real(r: RealArray) -> ComplexArray:
    """The Hermitian matrix with Re + Im = r."""
    t = np.swapaxes(r, -1, -2)
    return np.asarray((r + t) * 0.5 + 0.5j * (r - t))


def dagger(a: ComplexArray) -> ComplexArray:
    """The conjugate transpose of a stack of matrices."""
    return np.swapaxes(a.conj(), -1, -2)


@dataclass
class Structure:
    """What depends on the scenario alone: one-body basis, free multipliers, coefficients c."""

    scenario: Scenario
    elements: list[Element] = field(init=False)
    free: list[tuple[int, Element]] = field(init=False)
    c: RealArray = field(init=False)
    one_body: RealArray = field(init=False)
    sites: list[tuple[slice, RealArray, float]] = field(init=False)
    fixed: NDArray[np.intp] = field(init=False)

    def __post_init__(self) -> None:
        s = self.scenario
        self.elements = list(s.elements())
        self.free = [(j, e) for j in range(s.n) for e in free_multipliers(s, j)]
        self.c = np.zeros((len(self.elements), len(self.free)))
        for f, (j, (b, x)) in enumerate(self.free):
            zero = (b, (*x[:j], 0, *x[j + 1 :]))
            for i, e in enumerate(self.elements):
                key = without(e, j)
                self.c[i, f] = float(key == (b, x)) - float(key == zero)
        self._one_body_basis()

    @property
    def size(self) -> int:
        """D."""
        return self.scenario.joint_dimension

    def _one_body_basis(self) -> None:
        size, dims = self.size, self.scenario.dimensions
        rows: list[RealArray] = [np.eye(size) / math.sqrt(size)]
        fixed, self.sites, position = {0}, [], 1
        for k, d in enumerate(dims):
            left, right = math.prod(dims[:k]), math.prod(dims[k + 1 :])
            scale = 1 / math.sqrt(left * right)
            local = np.array(_real_traceless_basis(d)).reshape(-1, d, d)
            self.sites.append((slice(position, position + len(local)), local, scale))
            position += len(local)
            rows += [np.kron(np.kron(np.eye(left), b), np.eye(right)) * scale for b in local]
            fixed |= {i * right * size + j * right for i in range(d) for j in range(d)}
        self.one_body = np.array(rows).reshape(len(rows), size * size)
        self.fixed = np.array(sorted(fixed))

    def lifted(self, assemblage: Assemblage) -> RealArray:
        """Coefficients of Sigma_i in the one-body basis, shape (elements, operators)."""
        out = np.zeros((len(self.elements), len(self.one_body)))
        for i, e in enumerate(self.elements):
            locals_ = [to_real(to_array(assemblage[k][e])) for k in range(self.scenario.N)]
            out[i, 0] = np.trace(locals_[0]) / math.sqrt(self.size)
            for (at, basis, scale), sigma in zip(self.sites, locals_, strict=True):
                out[i, at] = basis.reshape(len(basis), -1) @ sigma.ravel() * scale
        return out

    def projected(self, m: RealArray) -> RealArray:
        """Orthogonal projection of a stack (elements, D*D) on the space of the M_i."""
        low = m @ self.one_body.T @ self.one_body
        if not self.free:
            return low
        high = m - low
        return np.asarray(low + self.c @ (np.linalg.pinv(self.c) @ high))


def _real_traceless_basis(d: int) -> list[RealArray]:
    out: list[RealArray] = []
    for i in range(d):
        for j in range(d):
            if i != j:
                e = np.zeros((d, d))
                e[i, j] = 1
                out.append(e)
    for r in range(1, d):
        v = np.zeros(d)
        v[:r], v[r] = 1, -r
        out.append(np.diag(v / math.sqrt(r * (r + 1))))
    return out


class NewtonSystem:
    """The factored system for one scaling P."""

    def __init__(self, structure: Structure, p: ComplexArray) -> None:
        """Build and factor; raise LinAlgError when it is too ill-conditioned."""
        self.structure, self.p = structure, p
        s = structure
        squared = s.size**2
        basis = from_real(s.one_body.reshape(-1, s.size, s.size))
        self.factors: list[RealArray] = []
        self.couplings: list[RealArray] = []
        for scaling in p:
            image = to_real(scaling @ basis @ scaling).reshape(len(s.one_body), squared)
            small = image @ s.one_body.T
            jitter = JITTER * np.trace(small) / len(small) * np.eye(len(small))
            factor = np.linalg.cholesky((small + small.T) / 2 + jitter)
            image[:, s.fixed] = 0
            self.factors.append(factor)
            self.couplings.append(
                blas.dtrsm(1.0, factor.T, image.T, side=1, lower=0, overwrite_b=1).T
            )
        self.h = self._factored(squared) if s.free else np.zeros((0, 0))

    def _factored(self, squared: int) -> RealArray:
        s, count = self.structure, len(self.structure.free)
        blocks: dict[bytes, RealArray] = {}
        h = np.zeros((count * squared, count * squared), order="F") if count > 1 else None
        for f in range(count):
            for g in range(f + 1):
                signs = s.c[:, f] * s.c[:, g]
                if not signs.any():
                    continue
                key = signs.tobytes()
                if key not in blocks:
                    blocks[key] = self._block(signs, squared)
                block = blocks[key]
                if h is None:
                    h = block
                else:
                    full = np.tril(block) + np.tril(block, -1).T
                    if f != g:
                        full[s.fixed, :] = 0
                        full[:, s.fixed] = 0
                    h[f * squared : (f + 1) * squared, g * squared : (g + 1) * squared] = full
        blocks.clear()
        if h is None:
            raise np.linalg.LinAlgError("no free multipliers")
        h[np.arange(len(h)), np.arange(len(h))] += JITTER * float(np.mean(np.diag(h)))
        factor, info = lapack.dpotrf(h, lower=1, overwrite_a=1, clean=0)
        if info:
            raise np.linalg.LinAlgError(f"pivot {info} is not positive")
        return np.asarray(factor)

    def _block(self, signs: RealArray, squared: int) -> RealArray:
        """sum_i signs_i (K_i - T_i^T T_i), lower triangle valid, Fortran order."""
        size, fixed = self.structure.size, self.structure.fixed
        chosen = np.flatnonzero(signs)
        weight = np.concatenate([signs[chosen]] * 2)
        re, im = self.p[chosen].real, self.p[chosen].imag
        # K[(ij), (kl)] = Re_ik Re_jl + Im_ik Im_jl + Re_jk Im_il - Im_jk Re_il
        a, b = np.concatenate([re, im]), np.concatenate([im, -re])
        flat = (a * weight[:, None, None]).reshape(len(a), squared)
        k = np.empty((size,) * 4)
        for i in range(size):
            np.add(
                (a[:, i].T @ flat).reshape(size, size, size).transpose(1, 0, 2),
                (b[:, i].T @ flat).reshape(size, size, size).transpose(1, 2, 0),
                out=k[i],
            )
        block = k.reshape(squared, squared).T
        for sign in (1.0, -1.0):
            rows = [self.couplings[i] for i in chosen if signs[i] == sign]
            if rows:
                t = np.concatenate(rows)
                block = blas.dsyrk(-sign, t.T, 1.0, block, trans=0, lower=1, overwrite_c=1)
        diagonal = float(np.mean(np.abs(np.diag(block))))
        block[fixed, :] = 0
        block[:, fixed] = 0
        block[fixed, fixed] = diagonal
        return np.asarray(block)

    def _direct(self, r: RealArray) -> RealArray:
        s = self.structure
        low = r @ s.one_body.T
        u = [
            scipy.linalg.solve_triangular(factor, row, lower=True, check_finite=False)
            for factor, row in zip(self.factors, low, strict=True)
        ]
        v = np.zeros((len(s.elements), s.size**2))
        if s.free:
            rest = np.array([row - t.T @ w for row, t, w in zip(r, self.couplings, u, strict=True)])
            rest[:, s.fixed] = 0
            solution, _ = lapack.dpotrs(self.h, (s.c.T @ rest).ravel(), lower=1)
            v = s.c @ solution.reshape(len(s.free), -1)
        w = np.array(
            [
                scipy.linalg.solve_triangular(
                    factor, x - t @ row, lower=True, trans=1, check_finite=False
                )
                for factor, x, t, row in zip(self.factors, u, self.couplings, v, strict=True)
            ]
        )
        return np.asarray(w @ s.one_body + v)

    def solve(self, r: RealArray) -> RealArray:
        """The dM with P dM P = r modulo the complement, with one step of refinement."""
        x = self._direct(r)
        size = self.structure.size
        image = self.p @ from_real(x.reshape(-1, size, size)) @ self.p
        return x + self._direct(r - to_real(image).reshape(len(r), -1))


@dataclass(frozen=True)
class Iterate:
    """A feasible pair: M of (D), X = S - lambda 1 of (P); value >= optimum >= lam."""

    m: ComplexArray
    x: ComplexArray
    lam: float
    value: float

    @property
    def gap(self) -> float:
        """tr[M X] = value - lambda."""
        return float(np.vdot(self.m, self.x).real)


def iterates(structure: Structure, assemblage: Assemblage) -> Iterator[Iterate]:
    """Feasible iterates with shrinking gap; ends when no further progress is made."""
    size, count = structure.size, len(structure.elements)
    low = structure.lifted(assemblage)
    sigma = from_real((low @ structure.one_body).reshape(count, size, size))
    unit = np.eye(size)
    m = np.broadcast_to(unit / (count * size), (count, size, size)).astype(complex)
    lowest = float(np.linalg.eigvalsh(sigma)[:, 0].min())
    lam = lowest - max(abs(lowest), 1.0 / size)
    x = sigma - lam * unit
    left, right = np.linalg.cholesky(m), np.linalg.cholesky(x)
    units = np.broadcast_to(unit.ravel(), (count, size * size))
    diagonal = np.arange(size)
    for _ in range(MAX_ITERATIONS):
        now = Iterate(m, x, lam, float(np.vdot(sigma, m).real))
        yield now
        u, s, _ = np.linalg.svd(np.asarray(dagger(right) @ left, dtype=np.complex128))
        r = right @ u / np.sqrt(s)[:, None, :]
        p = r @ dagger(r)
        try:
            system = NewtonSystem(structure, (p + dagger(p)) / 2)
        except np.linalg.LinAlgError:
            return
        along = system.solve(units)
        trace = _trace(along, size)

        def direction(h: RealArray) -> tuple[ComplexArray, float]:
            # tr dM = 0 fixes the change of lambda.
            change = -_trace(h, size) / trace  # noqa: B023
            return from_real((h + change * along).reshape(count, size, size)), change  # noqa: B023

        # Predictor: aim at gap zero. In the scaled space both M and X are diag(s).
        dm, _ = direction(-to_real(m).reshape(count, -1))
        dm_scaled = dagger(r) @ dm @ r
        dx_scaled = -dm_scaled.copy()
        dx_scaled[:, diagonal, diagonal] -= s
        step_m = min(1.0, _longest(s, dm_scaled))
        step_x = min(1.0, _longest(s, dx_scaled))
        at = np.zeros_like(dm_scaled)
        at[:, diagonal, diagonal] = s
        predicted = float(np.vdot(at + step_m * dm_scaled, at + step_x * dx_scaled).real)
        centring = min(1.0, max(1e-6, predicted / now.gap)) ** 3
        # Corrector with the second-order term.
        mu = now.gap / (count * size)
        cross = -(dm_scaled @ dx_scaled)
        cross = (cross + dagger(cross)) / 2
        cross[:, diagonal, diagonal] += centring * mu - s * s
        scaled = 2 * cross / (s[:, :, None] + s[:, None, :])
        target = to_real(r @ scaled @ dagger(r)).reshape(count, -1)
        dm, change = direction(system.solve(target))
        dm_scaled = dagger(r) @ dm @ r
        dm_scaled = (dm_scaled + dagger(dm_scaled)) / 2
        dx_scaled = scaled - dm_scaled
        del system
        factor = 0.9 + 0.09 * min(step_m, step_x)
        step_m = min(1.0, factor * _longest(s, dm_scaled))
        step_x = min(1.0, factor * _longest(s, dx_scaled))
        dx = r @ dx_scaled @ dagger(r)
        for _ in range(6):
            m_new = m + step_m * dm
            m_new = (m_new + dagger(m_new)) / 2
            m_new /= np.trace(m_new, axis1=1, axis2=2).real.sum()
            lam_new = lam + step_x * change
            # X is put back on its affine space, so that rounding errors do not pile up.
            free = to_real(x + step_x * dx).reshape(count, -1)
            free = free - structure.projected(free) + low @ structure.one_body
            x_new = from_real(free.reshape(count, size, size)) - lam_new * unit
            try:
                left = np.linalg.cholesky(m_new)
            except np.linalg.LinAlgError:
                step_m *= 0.6
                continue
            try:
                right = np.linalg.cholesky(x_new)
            except np.linalg.LinAlgError:
                step_x *= 0.6
                continue
            break
        else:
            return
        if float(np.vdot(m_new, x_new).real) >= now.gap:
            return
        m, x, lam = m_new, x_new, lam_new


def _trace(stack: RealArray, size: int) -> float:
    return float(stack.reshape(len(stack), -1)[:, :: size + 1].sum())


def _longest(s: RealArray, change: ComplexArray) -> float:
    """The largest t such that diag(s) + t change >= 0."""
    scaled = change / np.sqrt(s[:, :, None] * s[:, None, :])
    lowest = float(np.linalg.eigvalsh(scaled)[:, 0].min())
    return math.inf if lowest >= 0 else -1 / lowest


def solve_structured(
    assemblage: Assemblage,
    tolerance: float = 1e-9,
    stop: Callable[[Iterate], bool] = lambda _: False,
) -> DualSolution:
    """Solve (D) normalised by trace, to the given gap or until `stop` says that it is enough.

    The result is the last iterate, with its true gap in the status.
    """
    structure = Structure(assemblage.scenario)
    best: Iterate | None = None
    for iterate in iterates(structure, assemblage):
        best = iterate
        if iterate.gap < tolerance or stop(iterate):
            break
    if best is None:
        raise ArithmeticError("the start is feasible")
    return _solution(structure, best, tolerance)


def sign_decided(iterate: Iterate) -> bool:
    """Whether the bounds already say if parent states exist."""
    return iterate.value < 0 or iterate.lam > 0


def _solution(structure: Structure, best: Iterate, tolerance: float) -> DualSolution:
    scenario, size = structure.scenario, structure.size
    flat = to_real(best.m).reshape(len(best.m), -1)
    low = flat @ structure.one_body.T
    high = flat - low @ structure.one_body
    free = np.linalg.pinv(structure.c) @ high if structure.free else high[:0]
    families: list[dict[Element, ComplexArray]] = [{} for _ in scenario.dimensions]
    for i, e in enumerate(structure.elements):
        for k, (at, basis, scale) in enumerate(structure.sites):
            w = np.tensordot(low[i, at], basis, 1) * scale
            if k == 0:
                w = w + low[i, 0] / math.sqrt(size) * np.eye(scenario.dimensions[0])
            families[k][e] = from_real(w)
    zero = np.zeros((size, size), dtype=complex)
    multipliers = [dict.fromkeys(scenario.marginals(j), zero) for j in range(scenario.n)]
    for (j, (b, x)), v in zip(structure.free, free, strict=True):
        matrix = from_real(v.reshape(size, size))
        first = (b, (*x[:j], 0, *x[j + 1 :]))
        multipliers[j][b, x] = matrix
        multipliers[j][first] = multipliers[j][first] - matrix
    unit = np.eye(size)
    parents = {e: best.x[i] + best.lam * unit for i, e in enumerate(structure.elements)}
    run = SolverRun("structured", tolerance, f"gap {best.gap:.2e}")
    return DualSolution(scenario, tuple(families), tuple(multipliers), parents, best.value, run)
