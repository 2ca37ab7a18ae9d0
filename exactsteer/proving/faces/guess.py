"""Guessing a subspace over Q(i) from floating vectors that span something close to it."""

from __future__ import annotations

import numpy as np
from flint import fmpq, fmpz, fmpz_mat

from exactsteer.programs.arrays import ComplexArray
from exactsteer.proving.exact_matrices import Entry, nearest


def rational_rows(columns: ComplexArray, precision: int) -> list[list[Entry]]:
    """Rows over Q(i) near an echelon form of the span of the columns, shape (n, dimension).

    The entries of an echelon form are quotients of minors, so they have a common denominator q in
    Z[i]. Lattice reduction finds the smallest q for which all q r are within about |q| / precision
    of Gaussian integers, r the floating entries.
    """
    rows, pivots = _echelon(columns)
    others = [c for c in range(len(columns)) if c not in pivots]
    values = [complex(row[c]) for row in rows for c in others]
    found = iter(_common_quotients(values, precision))
    out = []
    for i in range(len(rows)):
        row = [(fmpq(0), fmpq(0))] * len(columns)
        row[pivots[i]] = (fmpq(1), fmpq(0))
        for c in others:
            row[c] = next(found)
        out.append(row)
    return out


def _echelon(columns: ComplexArray) -> tuple[ComplexArray, list[int]]:
    rows, pivots = columns.T.copy(), list[int]()
    for i in range(len(rows)):
        # The first of the large entries: small pivots would magnify errors.
        weight = np.abs(rows[i:]).max(axis=0)
        c = int(np.argmax(weight > 0.1 * weight.max()))
        p = i + int(np.argmax(np.abs(rows[i:, c])))
        rows[[i, p]] = rows[[p, i]]
        rows[i] /= rows[i, c]
        for other in range(len(rows)):
            if other != i:
                rows[other] -= rows[other, c] * rows[i]
        pivots.append(c)
    return rows, pivots


def _common_quotients(values: list[complex], precision: int) -> list[Entry]:
    """p/q near the values, p and q in Z[i], q common and small."""
    m = len(values)
    if m == 0:
        return []
    # Lattice of (q, precision (q r - p)): generators for q = 1, q = i, and for each p.
    lattice = fmpz_mat(2 + 2 * m, 2 + 2 * m)
    lattice[0, 0] = lattice[1, 1] = 1
    n = fmpz(precision)
    for j, r in enumerate(values):
        re, im = nearest(r.real, n), nearest(r.imag, n)
        c = 2 + 2 * j
        lattice[0, c], lattice[0, c + 1] = re, im
        lattice[1, c], lattice[1, c + 1] = -im, re
        lattice[c, c] = lattice[c + 1, c + 1] = n
    shortest = lattice.lll()
    s, t = shortest[0, 0], shortest[0, 1]
    norm = s * s + t * t
    if norm == 0:
        s, t, norm = fmpz(1), fmpz(0), fmpz(1)
    out = []
    for r in values:
        # p is the Gaussian integer nearest to q r.
        z = complex(int(s), int(t)) * r
        a, b = nearest(z.real, fmpz(1)), nearest(z.imag, fmpz(1))
        out.append((fmpq(a * s + b * t, norm), fmpq(b * s - a * t, norm)))
    return out
