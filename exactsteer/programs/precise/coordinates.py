"""Programs (P) and (D) of interior_point.py in real coordinates, with numbers of many digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from flint import acb_mat, arb, arb_mat, fmpq

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.multipliers import coefficients, free_multipliers
from exactsteer.programs.precise.matrices import column, from_real, rational, to_real
from exactsteer.programs.precise.operators import Operator, product_operators


class Coordinates:
    """The variables y_v of (D), M = sum_v y_v B_v on all elements, at the current precision.

    A variable is w_{a|x,o} or v^j_{b|x,o} of operators.py: the w of all elements come first, then
    the v of all free multipliers.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.elements = list(scenario.elements())
        self.size = scenario.joint_dimension
        self.products, self.low = product_operators(scenario.dimensions)
        self.high = len(self.products) - self.low
        self.free = free_multipliers(scenario)
        self.first_high = len(self.elements) * self.low
        self.count = self.first_high + len(self.free) * self.high
        # For each element: (first variable, first operator, how many, sign).
        self.terms = [[(i * self.low, 0, self.low, 1)] for i in range(len(self.elements))]
        for (i, f), sign in np.ndenumerate(coefficients(scenario)):
            if sign:
                start = self.first_high + f * self.high
                self.terms[i].append((start, self.low, self.high, int(sign)))
        # Row o is B_o as a real vector (matrices.py).
        n = len(self.products)
        entries = [arb(re + im) for p in self.products for row in p.matrix for re, im in row]
        self.rows = arb_mat(n, n, entries)
        self.transposed = self.rows.transpose()
        # Where the entries ((p, q), (r, s)) of a map on real vectors stand in the outer products
        # with the indices ((p, r), (s, q)) and ((p, s), (r, q)).
        d, m = range(self.size), self.size
        self.places = [
            (((p * m + r) * m + s) * m + q, ((p * m + s) * m + r) * m + q)
            for p in d
            for q in d
            for r in d
            for s in d
        ]

    def unit(self) -> arb_mat:
        """The y of M = 1."""
        y = arb_mat(self.count, 1)
        for i in range(len(self.elements)):
            y[i * self.low, 0] = arb(1)
        return y

    def of_marginals(self, families: Sequence[Family]) -> arb_mat:
        """<B_v, X> for any X with these marginals, zero for the v."""
        out = []
        for e in self.elements:
            for p in self.products[: self.low]:
                if p.bobs:
                    (k,) = p.bobs
                    out.append(arb(_hermitian(p.factors[k]).inner(families[k][e])))
                else:
                    out.append(arb(families[0][e].trace()))
        return column(out + [arb(0)] * (self.count - len(out)))

    def joint(self, y: arb_mat) -> list[acb_mat]:
        """M = sum_v y_v B_v, one matrix for each element."""
        out = []
        for terms in self.terms:
            coordinates = [arb(0)] * len(self.products)
            for variable, operator, length, sign in terms:
                for o in range(length):
                    coordinates[operator + o] += sign * y[variable + o, 0]
            out.append(from_real(self.transposed * column(coordinates)))
        return out

    def inner(self, xs: Sequence[acb_mat]) -> arb_mat:
        """<B_v, X> for all v."""
        out = [arb(0)] * self.count
        for terms, x in zip(self.terms, xs, strict=True):
            values = (self.rows * to_real(x)).mid()
            for variable, operator, length, sign in terms:
                for o in range(length):
                    out[variable + o] += sign * values[operator + o, 0]
        return column(out).mid()

    def normal_matrix(self, xs: Sequence[acb_mat], inverses: Sequence[acb_mat]) -> arb_mat:
        """<B_v, X B_w M^-1>, symmetrised, for all v and w, given X and M^-1."""
        zero, n = arb(0), len(self.products)
        out = [[zero] * self.count for _ in range(self.count)]
        for terms, x, inverse in zip(self.terms, xs, inverses, strict=True):
            small = self._of_products(x, inverse).entries()
            for v, p, rows, s in terms:
                for w, q, columns, r in terms:
                    for i in range(rows):
                        start = (p + i) * n + q
                        row = out[v + i]
                        for j, value in enumerate(small[start : start + columns], w):
                            row[j] = row[j] + value if s == r else row[j] - value
        return arb_mat(out).mid()

    def _of_products(self, x: acb_mat, y: acb_mat) -> arb_mat:
        """tr[B_o (X B_p Y + Y B_p X)]/2 for all products o, p.

        On real vectors, B -> X B Y + Y B X has at ((p, q), (r, s)) the entry
        Re(X_pr Y_sq + Y_pr X_sq) + Im(X_ps Y_rq + Y_ps X_rq).
        """
        n = self.size**2
        a, b, c, d = (part.entries() for part in (x.real, x.imag, y.real, y.imag))
        left = arb_mat(n, 4, [v for row in zip(a, b, c, d, strict=True) for v in row])
        re = arb_mat(4, n, [*c, *(-v for v in d), *a, *(-v for v in b)])
        im = arb_mat(4, n, [*d, *c, *b, *a])
        real, imaginary = (left * re).entries(), (left * im).entries()
        map_ = arb_mat(n, n, [real[i] + imaginary[j] for i, j in self.places])
        small = self.rows * (map_ * self.transposed)
        return ((small + small.transpose()) * arb(0.25)).mid()

    def W(self, y: arb_mat) -> tuple[dict[Element, Hermitian], ...]:
        """The multipliers W[k][a, x] as rational numbers."""
        out: tuple[dict[Element, Hermitian], ...] = tuple({} for _ in self.scenario.dimensions)
        for i, e in enumerate(self.elements):
            values = [rational(y[i * self.low + o, 0]) for o in range(self.low)]
            for k, d in enumerate(self.scenario.dimensions):
                total = Hermitian.zero(d)
                for p, value in zip(self.products[: self.low], values, strict=True):
                    if p.bobs == (k,) or (k == 0 and not p.bobs):
                        total = total + _hermitian(p.factors[k]).scaled(value)
                out[k][e] = total
        return out

    def V(self, y: arb_mat) -> tuple[dict[Element, Hermitian], ...]:
        """The multipliers V[j][b, x] as rational numbers."""
        zero = Hermitian.zero(self.size)
        out = tuple(dict.fromkeys(self.scenario.marginals(j), zero) for j in range(self.scenario.n))
        for g, v in enumerate(self.free):
            total = zero
            for o, p in enumerate(self.products[self.low :]):
                value = rational(y[self.first_high + g * self.high + o, 0])
                total = total + _hermitian(p.matrix).scaled(value)
            out[v.j][v.key] = total
            out[v.j][v.first] = out[v.j][v.first] - total
        return out


def unit_marginals(scenario: Scenario) -> list[Family]:
    """The marginals of the unit matrix, (D/d_k) 1, for every element."""
    size = scenario.joint_dimension
    return [
        dict.fromkeys(scenario.elements(), Hermitian.identity(d).scaled(fmpq(size, d)))
        for d in scenario.dimensions
    ]


def _hermitian(operator: Operator) -> Hermitian:
    return Hermitian.of(
        1, [[re for re, _ in row] for row in operator], [[im for _, im in row] for row in operator]
    )
