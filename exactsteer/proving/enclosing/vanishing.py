"""Multipliers that vanish exactly where those of a solution seem to, for any property.

Blocks X_b on known faces have I = sum_b tr[M_b X_b] = 0 for all multipliers whose M_b vanish there.
That is a system of linear equations for the multipliers, solved in rational numbers near floating
ones; positivity is decided exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flint import fmpq

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.properties.views import Property, Seen, View
from exactsteer.programs.program import Coordinates
from exactsteer.proving.enclosing.spaces import MAX_ROUNDING, Space, entries_of
from exactsteer.proving.faces.affine import B, coordinates, from_coordinates
from exactsteer.proving.faces.subspaces import Subspace
from exactsteer.telling import tell


def vanishing_multipliers(
    p: Property[B],
    kernels: Mapping[B, Subspace],
    near: Mapping[View, Hermitian],
    *,
    diagonal: bool = False,
) -> Iterator[dict[View, Hermitian]]:
    """Multipliers with all M_b >= 0, near given ones, whose M_b vanish on these subspaces.

    With `diagonal` they are diagonal matrices.
    """
    unknowns = _Unknowns(p, diagonal=diagonal)
    space = Space(list(unknowns.equations(kernels)), unknowns.count)
    values = unknowns.read(near)
    for digits in range(MAX_ROUNDING):
        tell(f"multipliers that vanish on the faces, of {digits} digits")
        found = unknowns.multipliers(space.near(values, digits))
        if _prove(p, found):
            yield found


def _prove(p: Property[B], multipliers: Mapping[View, Hermitian]) -> bool:
    """Whether all M_b are positive, and not all of them zero."""
    some = False
    for _, m in p.extended(multipliers):
        if not is_positive(m):
            return False
        some = some or m.trace() > 0
    return some


class _Unknowns(Coordinates[B]):
    """The multipliers as exact matrices."""

    def equations(self, kernels: Mapping[B, Subspace]) -> Iterator[list[fmpq]]:
        """Each M_b vanishes on its subspace; those not listed may be anything."""
        units = {d: self._units(d) for d in set(self.sizes.values())}
        extended: dict[tuple[Seen, int], list[Hermitian]] = {}
        for block, space in kernels.items():
            kernel = space.basis()
            columns: dict[int, list[fmpq]] = {}
            for view, seen in self.seen(block) if space.dimension else ():
                d = self.sizes[view]
                if (seen, d) not in extended:
                    extended[seen, d] = [seen.extend(unit) for unit in units[d]]
                parts = [list(entries_of(m @ kernel)) for m in extended[seen, d]]
                for start, sign in self.places[view]:
                    for c, part in enumerate(parts):
                        old = columns.get(start + c, [fmpq(0)] * len(part))
                        columns[start + c] = [u + sign * v for u, v in zip(old, part, strict=True)]
            for r in range(2 * kernel.shape[0] * kernel.shape[1]):
                row = [fmpq(0)] * self.count
                for c, column in columns.items():
                    row[c] = column[r]
                if any(v != 0 for v in row):
                    yield row

    def read(self, multipliers: Mapping[View, Hermitian]) -> list[fmpq]:
        """The unknowns of given multipliers."""
        out = [fmpq(0)] * self.count
        for view, d in self.sizes.items():
            for start, sign in self.places[view]:
                if sign > 0:
                    own = coordinates(multipliers[view])[: self._number(d)]
                    out[start : start + len(own)] = own
        return out

    def multipliers(self, values: Sequence[fmpq]) -> dict[View, Hermitian]:
        """The multipliers with these values."""
        out = {}
        for view, d in self.sizes.items():
            total = [fmpq(0)] * self._number(d)
            for start, sign in self.places[view]:
                total = [u + sign * v for u, v in zip(total, values[start:], strict=False)]
            out[view] = self._matrix(total, d)
        return out

    def _number(self, d: int) -> int:
        return d if self.diagonal else d * d

    def _units(self, d: int) -> list[Hermitian]:
        count = self._number(d)
        return [self._matrix([fmpq(int(i == c)) for i in range(count)], d) for c in range(count)]

    def _matrix(self, values: Sequence[fmpq], d: int) -> Hermitian:
        return from_coordinates([*values, *([fmpq(0)] * (d * d - len(values)))], d)
