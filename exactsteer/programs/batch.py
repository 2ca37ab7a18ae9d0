"""Program (D) for many small assemblages of one scenario at once.

(P), (D) and the method are those of programs/structured: every iterate of every assemblage is a
feasible pair, value >= optimum >= lambda. Here all arrays have the assemblages as their first axis.
An assemblage whose numbers break down keeps its last iterate, and the others go on. For D up to
about 8; one large assemblage is faster in programs/structured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.kernel.scenario import Scenario
from exactsteer.programs.arrays import ComplexArray, RealArray, hermitian_part
from exactsteer.programs.batch_systems import NewtonSystems, OperatorBasis
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.multipliers import DualSolution
from exactsteer.programs.structured.programme import Iterate
from exactsteer.programs.structured.real_form import dagger, from_real, to_real
from exactsteer.programs.structured.step import plus_diagonal, shared_by
from exactsteer.programs.structured.structure import Structure
from exactsteer.programs.structured.trace import dual_solution

MAX_ITERATIONS = 40
MAX_STEP_REDUCTIONS = 5
STEP_REDUCTION = 0.6
# Larger numbers, and numbers that are none, are no assemblage's; nothing is found out about them.
LARGEST = 1e9
Mask = NDArray[np.bool_]
Stack = NDArray[Any]


@dataclass(frozen=True)
class BatchSolution:
    """The last iterate of each assemblage: `m`, `x` of shape (assemblages, elements, D, D)."""

    structure: Structure
    m: ComplexArray
    x: ComplexArray
    lam: RealArray
    value: RealArray
    tolerance: float

    @property
    def sign(self) -> NDArray[np.int_]:
        """-1 without parent states, 1 with parent states, 0 where the bounds do not tell."""
        return np.where(self.value < 0, -1, np.where(self.lam > 0, 1, 0))

    def __len__(self) -> int:
        return len(self.lam)

    def solution(self, index: int) -> DualSolution:
        """The multipliers and joint matrices of one assemblage."""
        iterate = Iterate(
            self.m[index], self.x[index], float(self.lam[index]), float(self.value[index])
        )
        return dual_solution(self.structure, iterate, self.tolerance)


def solve_batch(
    structure: Structure,
    sigma: Sequence[ComplexArray],
    tolerance: float = 1e-9,
    *,
    until_decided: bool = False,
) -> BatchSolution:
    """Solve (D), normalised by trace, for all assemblages.

    `sigma[k]` holds sigma^(k), shape (assemblages, elements, d_k, d_k), elements in the order of
    the scenario. Each is solved to the given gap, or with `until_decided` until the bounds say,
    with room for rounding, whether parent states exist. Raises InputError when the memory does
    not suffice.
    """
    count = len(sigma[0])
    refuse_beyond_memory(count * bytes_each(structure.scenario), f"a batch of {count} assemblages")
    batch = _Batch(structure)
    with np.errstate(all="ignore"):
        # Sigma_i as real matrices: (assemblages, elements, D * D).
        lifted = structure.local.of_traces([to_real(s) for s in sigma]) @ structure.one_body
        usable = np.asarray((np.abs(lifted) < LARGEST).all(axis=(1, 2)))
        state = batch.start(np.where(usable[:, None, None], lifted, 0.0))
        best = _Best(state, usable)
        state = state.only(usable)
        for _ in range(MAX_ITERATIONS):
            going = best.record(state) & (state.gap > tolerance)
            if until_decided:
                going &= (-state.value <= state.gap) & (state.lam <= state.gap)
            state = state.only(going)
            if not len(state.lam):
                break
            state = batch.after(state)
    return BatchSolution(structure, best.m, best.x, best.lam, best.value, tolerance)


def bytes_each(scenario: Scenario) -> int:
    """Memory that one assemblage of a batch takes, for about eight arrays as large as K."""
    elements = sum(1 for _ in scenario.elements())
    return 64 * elements * scenario.joint_dimension**4


@dataclass(frozen=True)
class _State:
    """Iterates of the assemblages `index`; `left` and `right` are the factors of m and x."""

    index: NDArray[np.intp]
    lifted: RealArray
    sigma: ComplexArray
    m: ComplexArray
    x: ComplexArray
    left: Stack
    right: Stack
    lam: RealArray

    @property
    def gap(self) -> RealArray:
        return _inner(self.m, self.x)

    @property
    def value(self) -> RealArray:
        return _inner(self.sigma, self.m)

    def only(self, chosen: Mask) -> _State:
        if chosen.all():
            return self
        return _State(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


class _Best:
    """The iterate of smallest gap of each assemblage."""

    def __init__(self, start: _State, usable: Mask) -> None:
        self.m, self.x = start.m.copy(), start.x.copy()
        self.lam = np.where(usable, start.lam, -np.inf)
        self.value = np.where(usable, start.value, np.inf)
        self.gap = np.full(len(start.lam), np.inf)

    def record(self, state: _State) -> Mask:
        """Keep what is better; returns which are."""
        gap, at = state.gap, state.index
        better = np.isfinite(gap) & (gap < self.gap[at])
        at = at[better]
        self.m[at], self.x[at] = state.m[better], state.x[better]
        self.lam[at], self.value[at] = state.lam[better], state.value[better]
        self.gap[at] = gap[better]
        return better


class _Batch:
    """The operators that depend on the scenario alone, and the step."""

    def __init__(self, structure: Structure) -> None:
        self.structure, self.basis = structure, OperatorBasis(structure)
        self.unit = np.eye(structure.size)

    def matrices(self, flat: RealArray) -> ComplexArray:
        size = self.structure.size
        return from_real(flat.reshape(*flat.shape[:-1], size, size))

    def start(self, lifted: RealArray) -> _State:
        count, elements = lifted.shape[:2]
        size = self.structure.size
        sigma = self.matrices(lifted)
        shape = (count, elements, size, size)
        m = np.broadcast_to(self.unit / (elements * size), shape).astype(np.complex128)
        lowest = np.linalg.eigvalsh(sigma)[..., 0].min(axis=1)
        lam = lowest - np.maximum(np.abs(lowest), 1 / size)
        x = sigma - lam[:, None, None, None] * self.unit
        left, right = np.linalg.cholesky(m), np.linalg.cholesky(x)
        return _State(np.arange(count), lifted, sigma, m, x, left, right, lam)

    def after(self, now: _State) -> _State:
        """One predictor and corrector step; those that break down are left out."""
        gap, size = now.gap, self.structure.size
        elements = now.m.shape[1]
        # numpy's stubs lose the type of a stack of singular value decompositions.
        svd: Any = np.linalg.svd
        u, s, _ = svd(dagger(now.right) @ now.left)
        r = now.right @ u / np.sqrt(s)[..., None, :]
        p = r @ dagger(r)
        system = NewtonSystems(self.basis, hermitian_part(p))
        unit = self.basis.coefficients(np.broadcast_to(self.unit, now.m.shape))
        along = system.solve(unit)
        trace = (along * unit).sum(axis=(1, 2))

        def direction(h: RealArray) -> tuple[ComplexArray, RealArray]:
            change = -(h * unit).sum(axis=(1, 2)) / trace
            return self.matrices((h + _wide(change, 3) * along) @ self.basis.operators), change

        dm, _ = direction(-self.basis.coefficients(now.m))
        dm = dagger(r) @ dm @ r
        dx = -plus_diagonal(dm, s)
        length_m, length_x = _lengths(s, dm), _lengths(s, dx)
        at_m = plus_diagonal(_wide(length_m, 4) * dm, s)
        at_x = plus_diagonal(_wide(length_x, 4) * dx, s)
        centring = np.clip(_inner(at_m, at_x) / gap, 1e-6, 1.0) ** 3
        target = _wide(centring * gap / (elements * size), 3) - s * s
        scaled = shared_by(plus_diagonal(-hermitian_part(dm @ dx), target), s)
        full_dm, change = direction(system.solve(self.basis.coefficients(r @ scaled @ dagger(r))))
        dm = dagger(r) @ full_dm @ r
        dx = scaled - hermitian_part(dm)
        factor = 0.9 + 0.09 * np.minimum(length_m, length_x)
        step_m, step_x = _lengths(s, dm, factor), _lengths(s, dx, factor)
        full_dx = r @ dx @ dagger(r)
        for _ in range(MAX_STEP_REDUCTIONS):
            new = self._moved(now, (full_dm, full_dx, change), step_m, step_x)
            if new.good.all():
                break
            step_m = np.where(new.good, step_m, STEP_REDUCTION * step_m)
            step_x = np.where(new.good, step_x, STEP_REDUCTION * step_x)
        return new.state()

    def _moved(
        self,
        now: _State,
        step: tuple[ComplexArray, ComplexArray, RealArray],
        step_m: RealArray,
        step_x: RealArray,
    ) -> _Moved:
        dm, dx, change = step
        m = now.m + _wide(step_m, 4) * dm
        m = hermitian_part(m)
        m /= _wide(np.trace(m, axis1=2, axis2=3).real.sum(axis=1), 4)
        lam = now.lam + step_x * change
        x = self._on_affine_space(now.x + _wide(step_x, 4) * dx, now.lifted)
        return _Moved(now, m, x - _wide(lam, 4) * self.unit, lam)

    def _on_affine_space(self, x: ComplexArray, lifted: RealArray) -> ComplexArray:
        flat = to_real(x).reshape(*x.shape[:2], -1)
        return self.matrices(flat - self.structure.projected(flat) + lifted)


class _Moved:
    """New iterates, of which the positive definite ones are `good`."""

    def __init__(self, now: _State, m: ComplexArray, x: ComplexArray, lam: RealArray) -> None:
        finite = np.isfinite(lam) & np.isfinite(m).all(axis=(1, 2, 3))
        finite &= np.isfinite(x).all(axis=(1, 2, 3))
        left, good = _factors(m, finite)
        right, self.good = _factors(x, good)
        self._all = _State(now.index, now.lifted, now.sigma, m, x, left, right, lam)

    def state(self) -> _State:
        """The good ones."""
        return self._all.only(self.good)


def _factors(stack: Stack, chosen: Mask) -> tuple[Stack, Mask]:
    """Cholesky factors of the chosen ones, and for which of them there are any."""
    safe = np.where(chosen[:, None, None, None], stack, np.eye(stack.shape[-1]))
    try:
        return np.linalg.cholesky(safe), chosen
    except np.linalg.LinAlgError:
        pass
    good = chosen.copy()
    for i in np.flatnonzero(chosen):
        try:
            np.linalg.cholesky(safe[i])
        except np.linalg.LinAlgError:
            good[i], safe[i] = False, np.eye(stack.shape[-1])
    return np.linalg.cholesky(safe), good


def _inner(a: ComplexArray, b: ComplexArray) -> RealArray:
    """tr[A B] summed over the elements."""
    return np.asarray((a.real * b.real + a.imag * b.imag).sum(axis=(1, 2, 3)))


def _wide(numbers: RealArray, dimensions: int) -> RealArray:
    return numbers.reshape(-1, *(1,) * (dimensions - 1))


def _lengths(s: RealArray, change: ComplexArray, factor: RealArray | float = 1.0) -> RealArray:
    """The largest t <= 1 such that diag(s) + t/factor change >= 0, for each assemblage."""
    scaled = change / np.sqrt(s[..., :, None] * s[..., None, :])
    finite: Mask = np.asarray(np.isfinite(scaled).all(axis=(1, 2, 3)))
    scaled = np.where(finite[:, None, None, None], scaled, 0)
    lowest = np.linalg.eigvalsh(scaled)[..., 0].min(axis=1)
    longest = np.where(lowest < 0, -1 / np.minimum(lowest, -1e-300), np.inf)
    return np.where(finite, np.minimum(1.0, factor * longest), np.nan)
