"""What the tests of the feasible side share: printed forms, and Definition 3 in plain numpy."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import label
from exactsteer.model.printed import Entry, Printed

Array = NDArray[np.complex128]


def printed(sigma: Assemblage) -> Printed:
    """The assemblage as an exact file gives it."""
    return _printed(sigma, lambda z: z, exact=True)


def as_doubles(sigma: Assemblage, digits: int) -> Printed:
    """The assemblage with its entries rounded to that many decimals, declared approximate."""
    scale = 10**digits

    def short(q: fmpq) -> fmpq:
        scaled = q * scale + fmpq(1, 2)
        return fmpq(scaled.p // scaled.q, scale)

    return _printed(sigma, lambda z: (short(z[0]), short(z[1])), exact=False)


def _printed(sigma: Assemblage, change: Any, *, exact: bool) -> Printed:
    families = []
    for k in range(sigma.scenario.N):
        family = {}
        for e, m in sigma[k].items():
            n = range(m.n)
            rows: list[tuple[Entry, ...]] = [tuple(change(m.entry(i, j)) for j in n) for i in n]
            family[e] = tuple(rows)
        families.append(family)
    return Printed(sigma.scenario, tuple(families), exact)


def moved(sigma: Printed, amount: fmpq) -> Printed:
    """Approximate data of which the very first entry is wrong by that much."""
    element = next(sigma.scenario.elements())
    square = [list(row) for row in sigma.families[0][element]]
    re, im = square[0][0]
    square[0][0] = (re + amount, im)
    first = {**sigma.families[0], element: tuple(tuple(row) for row in square)}
    return Printed(sigma.scenario, (first, *sigma.families[1:]), False)


def number_array(value: dict[str, Any]) -> Array:
    """A matrix of a proof file in floating point."""
    re = np.array([[int(v) for v in row] for row in value["re"]], dtype=object)
    out = np.array(re / int(value["den"]), dtype=np.complex128)
    if "im" in value:
        im = np.array([[int(v) for v in row] for row in value["im"]], dtype=object)
        out = out + 1j * np.array(im / int(value["den"]), dtype=np.complex128)
    return out


def worst_error(data: bytes, sigma: Printed) -> float:
    """How far the local states of a file's realisation are from the printed ones (one Alice).

    Evaluates Definition 3 literally: the density matrix, (M (x) 1) rho, and partial traces.
    """
    evidence = json.loads(data)["evidence"]
    dims = sigma.scenario.dimensions
    (alice,) = (int(d) for d in evidence["systems"])
    size = int(np.prod(dims))
    rho = np.zeros((alice * size, alice * size), dtype=np.complex128)
    for term in evidence["state"]:
        if "psi" in term:
            psi = number_array(term["psi"]).reshape(-1)
            rho += np.outer(psi, psi.conj())
        else:
            flag = np.zeros((alice, alice))
            flag[int(term["flag"]), int(term["flag"])] = 1
            rho += np.kron(flag, number_array(term["E"]))
    rho /= np.trace(rho)
    assert np.linalg.eigvalsh(rho)[0] > -1e-12
    worst = 0.0
    for e in sigma.scenario.elements():
        m = number_array(evidence["M"][0][label(e)])
        assert np.linalg.eigvalsh(m)[0] > -1e-9
        joint = np.kron(m, np.eye(size)) @ rho
        for k, d in enumerate(dims):
            left, right = int(np.prod(dims[:k])), int(np.prod(dims[k + 1 :]))
            shape = (alice * left, d, right)
            local = np.einsum("aibajb->ij", joint.reshape(*shape, *shape))
            want = np.array(
                [
                    [complex(int(a.p) / int(a.q), int(b.p) / int(b.q)) for a, b in row]
                    for row in sigma.families[k][e]
                ]
            )
            difference = local - want
            worst = max(worst, np.abs(difference.real).max(), np.abs(difference.imag).max())
    return float(worst)
