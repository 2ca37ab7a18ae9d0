"""The positive cone of invariant families of joint matrices, as a stack of small matrices.

The summands of all orbits are put side by side in matrices of one size. Where there is room left,
an entry of the diagonal is a small multiple of tr M: it changes nothing that M >= 0 does not imply.
In the stack M has the weight of orbit and summand, so that tr[M X] is the sum over all elements.
"""

from __future__ import annotations

import numpy as np

from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.structured.invariant_matrices import InvariantMatrices, Summand
from exactsteer.programs.structured.real_form import dagger, from_real, to_real

# What the entries where there is room take of the lowest eigenvalue of X at the beginning.
SHARE_OF_ROOM = 0.3


class InvariantCone:
    """`dual` and `primal` make stacks of M and of X from their coordinates."""

    def __init__(self, space: InvariantMatrices, parts: list[list[Summand]]) -> None:
        self.space = space
        blocks = [(r, part) for r, own in enumerate(parts) for part in own]
        blocks.sort(key=lambda block: -block[1].Q.shape[1])
        self.size = blocks[0][1].Q.shape[1]
        self.places: list[tuple[int, slice, int, Summand]] = []
        ends: list[int] = []
        for r, part in blocks:
            n = part.Q.shape[1]
            fitting = (i for i, end in enumerate(ends) if end + n <= self.size)
            if (i := next(fitting, None)) is None:
                i = len(ends)
                ends.append(0)
            self.places.append((i, slice(ends[i], ends[i] + n), r, part))
            ends[i] += n
        self.shape = (len(ends), self.size, self.size)
        self.is_room = np.arange(self.size) >= np.array(ends)[:, None]
        self.unit = np.zeros(self.shape)
        at = np.arange(self.size)
        self.unit[:, at, at] = ~self.is_room
        self.room = np.zeros(self.shape)
        self._fill()
        # As large as the other entries of the diagonal of M = 1 / tr 1, on average.
        share = 1 / float(self.unit.sum())
        self.room[:, at, at] = share * self.is_room

    def _fill(self) -> None:
        """Each matrix of the stack as a function of the coordinates."""
        space = self.space
        of_M = np.zeros((space.count, *self.shape), dtype=np.complex128)
        of_X = np.zeros_like(of_M)
        for i, at, r, part in self.places:
            own = dagger(part.Q) @ space.bases[r] @ part.Q / space.lengths[r]
            of_X[space.at[r], i, at, at] = own
            of_M[space.at[r], i, at, at] = own * (part.weight * space.symmetry.lengths[r])
        self._of_M, self._of_X = to_real(of_M), to_real(of_X).reshape(space.count, -1)
        used = np.abs(self._of_M).max(axis=(2, 3)).T > 0
        self._used = [(np.flatnonzero(own), of_M[own, i]) for i, own in enumerate(used)]
        self._of_M = self._of_M.reshape(space.count, -1)
        self.traces = self._of_M @ self.unit.ravel()

    def dual(self, coordinates: RealArray) -> RealArray:
        """M as real matrices, shape (matrices, size^2)."""
        flat = coordinates @ self._of_M + float(self.traces @ coordinates) * self.room.ravel()
        return np.asarray(flat.reshape(len(self.room), -1))

    def adjoint(self, stack: RealArray) -> RealArray:
        """The adjoint of `dual`, of real matrices."""
        flat = stack.ravel()
        return np.asarray(self._of_M @ flat + self._room_of(flat) * self.traces)

    def dual_coordinates(self, m: RealArray) -> RealArray:
        """Of M."""
        return np.asarray(self._of_X @ m.ravel())

    def primal(self, coordinates: RealArray, room: RealArray) -> RealArray:
        """X as real matrices, whose entries where there is room are given: all of it counts."""
        flat = coordinates @ self._of_X - self._room_of(room) * self.unit.ravel()
        out = np.asarray(flat.reshape(self.shape))
        at = np.arange(self.size)
        out[:, at, at] += np.einsum("nii->ni", room.reshape(self.shape)) * self.is_room
        return out

    def beginning(self, coordinates: RealArray) -> ComplexArray:
        """X > 0, of which some is given to the entries where there is room."""
        at, room = np.arange(self.size), np.zeros(self.shape)
        x = from_real(self.primal(coordinates, room))
        lowest = min(
            float(np.linalg.eigvalsh(x[i, where, where])[0]) for i, where, _, _ in self.places
        )
        room[:, at, at] = SHARE_OF_ROOM * lowest / max(float(self.room.sum()), 1e-300)
        return from_real(self.primal(coordinates, room))

    def primal_coordinates(self, x: RealArray) -> RealArray:
        """Of X and what is to be added where there is room."""
        flat = x.ravel()
        unit = self._room_of(flat) * self.unit_coordinates
        return np.asarray(self._of_M @ flat + unit)

    @property
    def unit_coordinates(self) -> RealArray:
        """Of X = 1."""
        return np.asarray(self._of_M @ self.unit.ravel())

    def _room_of(self, flat: RealArray) -> float:
        return float(self.room.ravel() @ flat.ravel())

    def gram(self, p: ComplexArray) -> RealArray:
        """<M_u, P M_v P> for the coordinates u, v."""
        out = np.zeros((self.space.count, self.space.count))
        for (used, matrices), own in zip(self._used, p, strict=True):
            left = matrices.reshape(len(used), -1)
            right = (own @ matrices @ own).reshape(len(used), -1)
            out[np.ix_(used, used)] += (left.conj() @ right.T).real
        diagonal = np.einsum("nii->ni", p).real
        room = float((np.einsum("nii->ni", self.room) ** 2 * diagonal**2).sum())
        return out + room * np.outer(self.traces, self.traces)
