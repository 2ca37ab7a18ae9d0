# SPDX-License-Identifier: MIT
"""Quantum realisations (Definition 3 of the paper), exact: a state and POVMs over Q(i).

The state rho on (Alices) (x) (Bobs) is, up to normalisation, a sum of positive terms:

    |psi><psi|             for a vector psi, given as the matrix Psi[i, b] with i the index of the
                           Alices' space and b that of the Bobs';
    |i><i| (x) E           for a basis state i of the Alices' space and E >= 0 on the Bobs' space;
    R                      for R >= 0 on the whole space.

What they give to the Bobs, tr_Alices[(M (x) 1) term], is Psi^T M^T conj(Psi); M_ii E; and the
partial trace sum_{i,j} M_ij R_{(j b), (i b')}. The effects M = M^(1) (x) .. (x) M^(n) are applied
one Alice after the other, so that their products are never written out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.budget import foresee, tick
from exactsteer.kernel.errors import require
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import require_positive
from exactsteer.kernel.exact.rectangular import Rectangular, Rows
from exactsteer.kernel.file.numbers import total
from exactsteer.kernel.scenario import Element, Scenario

MAX_ALICE_DIMENSION = 512
MAX_WHOLE_DIMENSION = 1024


@dataclass(frozen=True)
class Pure:
    """The term |psi><psi|, psi given as a matrix: Alices' index by Bobs' index."""

    psi: Rectangular

    def trace(self) -> fmpq:
        """<psi|psi>."""
        return self.psi.norm_squared()


@dataclass(frozen=True)
class Flagged:
    """The term |i><i| (x) E."""

    index: int
    state: Hermitian

    def trace(self) -> fmpq:
        """Tr E."""
        return self.state.trace()


@dataclass(frozen=True)
class Mixed:
    """The term R on the whole space."""

    state: Hermitian

    def trace(self) -> fmpq:
        """Tr R."""
        return self.state.trace()


Term = Pure | Flagged | Mixed


@dataclass(frozen=True)
class Realisation:
    """A state, sum of `terms` up to normalisation, and a POVM for each setting of each Alice.

    `systems[j]` is the dimension of Alice j's system; `povms[j][a, x]` her effect M^(j)_{a|x}.
    """

    scenario: Scenario
    systems: tuple[int, ...]
    terms: tuple[Term, ...]
    povms: tuple[dict[tuple[int, int], Hermitian], ...]

    def joint_states(self) -> dict[Element, Hermitian]:
        """S_{a|x} = tr_Alices[(M_{a|x} (x) 1) rho], the parent states of the realisation."""
        scale = total([term.trace() for term in self.terms]) ** -1
        out: dict[Element, Hermitian] = {}
        held = 0
        for element, s in _measured(self, 0, _Left.of(self)):
            out[element] = s.scaled(scale)
            held += out[element].size()
            foresee(held, "the parent states of the realisation")
        return {element: out[element] for element in self.scenario.elements()}

    def families(self) -> list[Family]:
        """sigma^(k)_{a|x}, the local states of Definition 3, for each Bob."""
        dimensions = self.scenario.dimensions
        joint = self.joint_states()
        return [
            {e: s.partial_trace(dimensions, k) for e, s in joint.items()}
            for k in range(len(dimensions))
        ]


@dataclass(frozen=True)
class _Left:
    """What is left of the unnormalised state after the measurements of the first Alices.

    For each flag i, the E of its terms and the product of the M^(j)_ii so far; the state of the
    terms R; and for terms psi, stacked where they have the same denominator, Psi and Phi, which
    begins as the conjugate of Psi and is multiplied by the M^(j) transposed. The indices of Phi are
    those of the next Alices, of the Bobs, of the term and of the first Alices.
    """

    flagged: dict[int, tuple[fmpq, Hermitian]]
    mixed: Hermitian | None
    pure: tuple[tuple[Rectangular, Rectangular], ...]

    @classmethod
    def of(cls, realisation: Realisation) -> _Left:
        """The state before all measurements."""
        flagged: dict[int, tuple[fmpq, Hermitian]] = {}
        mixed: Hermitian | None = None
        stacks: dict[fmpz, list[tuple[Rows, Rows]]] = {}
        for term in realisation.terms:
            tick()
            if isinstance(term, Pure):
                den, re, im = term.psi.integers()
                stacks.setdefault(den, []).append((re, im))
            elif isinstance(term, Mixed):
                mixed = term.state if mixed is None else mixed + term.state
            else:
                known = flagged.get(term.index)
                state = term.state if known is None else known[1] + term.state
                flagged[term.index] = fmpq(1), state
        pure = []
        for den, members in stacks.items():
            psi = Rectangular(den, *(_stacked([m[part] for m in members]) for part in (0, 1)))
            pure.append(
                (
                    psi.turned(realisation.scenario.joint_dimension),
                    psi.conjugate().shaped(realisation.systems[0]),
                )
            )
        return cls(flagged, mixed, tuple(pure))

    def after(self, effect: Hermitian, rest: int, rows: int) -> _Left:
        """After an effect of the next Alice.

        `rest` is the dimension of the Alices after her, `rows` that of the one after her, or of the
        Bobs if there is none.
        """
        flagged = {}
        for i, (weight, state) in self.flagged.items():
            at = i // rest % effect.n
            if weight := weight * effect.entry(at, at)[0]:
                flagged[i] = weight, state
        mixed = None if self.mixed is None else _partial(effect, self.mixed)
        if not self.pure:
            return _Left(flagged, mixed, ())
        m = effect.transpose()
        return _Left(flagged, mixed, tuple((psi, (m @ phi).turned(rows)) for psi, phi in self.pure))

    def state(self, D: int) -> Hermitian:
        """The Bobs' state, after all measurements."""
        sums = [state.scaled(weight) for weight, state in self.flagged.values()]
        if self.mixed is not None:
            sums.append(self.mixed)
        sums += [Hermitian.from_rectangular(psi @ phi.transpose()) for psi, phi in self.pure]
        return sum(sums, Hermitian.zero(D))


def _measured(realisation: Realisation, j: int, left: _Left) -> Iterator[tuple[Element, Hermitian]]:
    """tr_Alices[(M (x) 1) left] for all outcomes and settings of Alice j and of those after her."""
    systems, D = realisation.systems, realisation.scenario.joint_dimension
    if j == len(systems):
        yield ((), ()), left.state(D)
        return
    rest, rows = math.prod(systems[j + 1 :]), (*systems, D)[j + 1]
    for (a, x), effect in realisation.povms[j].items():
        tick()
        for (b, y), state in _measured(realisation, j + 1, left.after(effect, rest, rows)):
            yield ((a, *b), (x, *y)), state


def _stacked(parts: Sequence[Rows]) -> fmpz_mat:
    """Matrices of one shape as one: entry (i, (b, t)) is entry (i, b) of matrix t."""
    rows, columns = len(parts[0]), len(parts[0][0])
    entries = [part[i][b] for i in range(rows) for b in range(columns) for part in parts]
    return fmpz_mat(rows, columns * len(parts), entries)


def _partial(m: Hermitian, state: Hermitian) -> Hermitian:
    """The partial trace of (M (x) 1) R over the first factor, that of M."""
    size = state.n // m.n
    den, re, im = state.integers()
    m_den, m_re, m_im = m.integers()
    out_re, out_im = fmpz_mat(size, size), fmpz_mat(size, size)
    for b in range(size):
        tick()
        for c in range(size):
            u, v = fmpz(0), fmpz(0)
            for i in range(m.n):
                for j in range(m.n):
                    p, q = m_re[i][j], m_im[i][j]
                    s, t = re[j * size + b][i * size + c], im[j * size + b][i * size + c]
                    u += p * s - q * t
                    v += p * t + q * s
            out_re[b, c], out_im[b, c] = u, v
    return Hermitian(den * m_den, out_re, out_im)


def check_realisation(realisation: Realisation) -> None:
    """Check that the state is a state and the POVMs are POVMs; raise Rejected.

    (state) every term is positive and the trace is not zero; (povm) every effect is positive and
    the effects of a setting sum to 1.
    """
    for i, term in enumerate(realisation.terms):
        if not isinstance(term, Pure):
            require_positive(term.state, "state", f"evidence.state[{i}]")
    trace = total([term.trace() for term in realisation.terms])
    require(trace != 0, "state", "evidence.state", "a state of positive trace", "zero")
    for j, (effects, d) in enumerate(zip(realisation.povms, realisation.systems, strict=True)):
        sums: dict[int, Hermitian] = {}
        for (a, x), effect in effects.items():
            require_positive(effect, "povm", f'evidence.M[{j}]["{a}|{x}"]', "effect")
            sums[x] = sums[x] + effect if x in sums else effect
        for x, found in sums.items():
            one, where = found == Hermitian.identity(d), f"evidence.M[{j}], setting {x}"
            require(one, "povm", where, "effects that sum to the unit matrix", "another sum")
