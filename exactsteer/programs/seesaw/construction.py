"""The assemblages of Proposition 8: exact measurements, positive maps, and any state.

sigma^(k)_{a|x} = Lambda^(k)[tr_{all but Bob k}[(M_{a|x} (x) 1) rho]] with M_{a|x} the product of
the Alices' effects. For a steering inequality W

    I(Sigma) = tr[O_W rho],
    O_W = sum_{a,x} M_{a|x} (x) sum_k 1 (x) Lambda^(k)^dagger[W^(k)_{a|x}] (x) 1,

so the best state is the eigenvector of the smallest eigenvalue of O_W.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.realisation import MAX_WHOLE_DIMENSION
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.gaussian import Amplitude
from exactsteer.model.maps import PositiveMap
from exactsteer.model.states import Measurements, mapped_assemblage
from exactsteer.programs.arrays import ComplexArray, to_array
from exactsteer.programs.seesaw.domain import Inequality, Point
from exactsteer.programs.structured import LocalArrays


@dataclass(frozen=True)
class Construction:
    """Alices' measurements and one positive trace-preserving map for each Bob (Proposition 8).

    `measurements[j][x]` are the effects of Alice j's setting x, exact. The state lives on the
    Alices' systems and then the maps' input systems, in this order. Raises InputError unless the
    measurements are measurements and the maps preserve the trace.
    """

    measurements: Measurements
    maps: Sequence[PositiveMap]

    def __post_init__(self) -> None:
        if not self.maps or not self.measurements or not all(map(all, self.measurements)):
            raise InputError("construction: expected at least one Alice, setting and map")
        if self.dimension > MAX_WHOLE_DIMENSION:
            raise InputError(
                f"construction: expected a state of dimension at most {MAX_WHOLE_DIMENSION}, got "
                f"{self.dimension}"
            )
        # The maximally mixed state tries everything that can be wrong.
        mapped_assemblage(Hermitian.identity(self.dimension), self.measurements, self.maps)

    @property
    def systems(self) -> tuple[int, ...]:
        """The dimensions of the Alices' systems."""
        return tuple(settings[0][0].n for settings in self.measurements)

    @property
    def inputs(self) -> tuple[int, ...]:
        """The dimensions of the Bobs' systems before the maps."""
        return tuple(m.d_in for m in self.maps)

    @property
    def dimension(self) -> int:
        """The dimension of the state."""
        return math.prod((*self.systems, *self.inputs))

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario of the assemblages."""
        outcomes = tuple(tuple(len(s) for s in settings) for settings in self.measurements)
        return Scenario(outcomes, tuple(m.d_out for m in self.maps))

    def exact(self, state: Sequence[Amplitude]) -> Assemblage:
        """The exact assemblage of a pure state, not normalised; raise InputError."""
        return mapped_assemblage(state, self.measurements, self.maps)

    @cached_property
    def effects(self) -> dict[Element, ComplexArray]:
        """M_{a|x} on all Alices."""
        out: dict[Element, ComplexArray] = {}
        for a, x in self.scenario.elements():
            product = np.ones((1, 1), dtype=complex)
            for settings, o, s in zip(self.measurements, a, x, strict=True):
                product = np.kron(product, to_array(settings[s][o]))
            out[a, x] = product
        return out

    @cached_property
    def _tensors(self) -> list[ComplexArray]:
        """C[i, p, j, q] with Lambda[rho]_{pq} = sum_{ij} C[i, p, j, q] rho_{ij}."""
        return [to_array(m.map.choi).reshape(m.d_in, m.d_out, m.d_in, m.d_out) for m in self.maps]

    def image(self, k: int, rho: ComplexArray) -> ComplexArray:
        """Lambda^(k)[rho]."""
        return np.asarray(np.einsum("ipjq,ij->pq", self._tensors[k], rho))

    def adjoint(self, k: int, w: ComplexArray) -> ComplexArray:
        """Lambda^(k)^dagger[W]."""
        return np.asarray(np.einsum("ipjq,qp->ji", self._tensors[k], w))

    def families(self, state: ComplexArray) -> LocalArrays:
        """The assemblage of a pure state, which need not be normalised."""
        psi = state.reshape(-1, *self.inputs) / np.linalg.norm(state)
        out = []
        for k, d in enumerate(self.inputs):
            part = np.moveaxis(psi, k + 1, 1).reshape(len(psi), d, -1)
            reduced = np.einsum("air,bjr->aibj", part, part.conj())
            family = {}
            for e, effect in self.effects.items():
                sigma = self.image(k, np.einsum("ba,aibj->ij", effect, reduced))
                family[e] = (sigma + sigma.conj().T) / 2
            out.append(family)
        return out

    def operator(self, W: Inequality) -> ComplexArray:
        """O_W."""
        total = np.zeros((self.dimension,) * 2, dtype=complex)
        for k in range(len(self.inputs)):
            left, right = math.prod(self.inputs[:k]), math.prod(self.inputs[k + 1 :])
            effects = np.array([self.effects[e] for e in W[k]])
            adjoints = np.array([self.adjoint(k, w) for w in W[k].values()])
            local = np.einsum("eab,eij->aibj", effects, adjoints)
            lifted = np.einsum("aibj,uv,rs->auirbvjs", local, np.eye(left), np.eye(right))
            total += lifted.reshape(total.shape)
        return np.asarray((total + total.conj().T) / 2)

    def point(self, state: ComplexArray) -> Point:
        """The assemblage of a state, with the state normalised."""
        return Point(self.families(state), state / np.linalg.norm(state))

    def refuse_beyond_memory(self) -> None:
        """A state of the dimensions allowed always has room."""

    def random(self, rng: np.random.Generator) -> Point:
        """A state whose direction is uniformly random."""
        parts = rng.standard_normal((2, self.dimension))
        return self.point(parts[0] + 1j * parts[1])

    def best(self, W: Inequality) -> Point:
        """The eigenvector of the smallest eigenvalue of O_W."""
        return self.point(np.linalg.eigh(self.operator(W))[1][:, 0])
