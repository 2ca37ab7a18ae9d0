"""In floating point: an assemblage near an estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from flint import fmpq, fmpz

from exactsteer.counts.no_signalling import NoSignalling
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element
from exactsteer.model.gaussian import hermitian
from exactsteer.model.printed import Printed, Square
from exactsteer.programs.arrays import ComplexArray, RealArray, exactly, to_float
from exactsteer.proving.decimals import nearest_multiple

GRID = fmpz(10) ** 12
_ROUNDS = 500
_STILL = 1e-13


def on_grid(numbers: Sequence[fmpq], d: int) -> Hermitian:
    """The matrix of these coordinates, each rounded to the grid."""
    whole = iter([nearest_multiple(v, GRID) for v in numbers])
    entries: dict[tuple[int, int], tuple[fmpq, fmpq]] = {}
    for i in range(d):
        for j in range(i, d):
            re = next(whole)
            im = next(whole) if j > i else fmpq(0)
            entries[i, j], entries[j, i] = (re, im), (re, -im)
    return hermitian([[entries[i, j] for j in range(d)] for i in range(d)])


def square_of(m: Hermitian) -> Square:
    """Its entries."""
    return tuple(tuple(m.entry(i, j) for j in range(m.n)) for i in range(m.n))


def nearest_assemblage(raw: Printed, model: NoSignalling) -> Printed:
    """About the nearest assemblage in least squares (Dykstra's alternating projections)."""
    forms = [form for part in model.coordinates.values() for form in part]
    offset = np.array([to_float(constant) for constant, _ in forms])
    rows = np.zeros((len(forms), model.size))
    for i, (_, form) in enumerate(forms):
        for p, v in form.items():
            rows[i, p] = to_float(v)
    shapes = [(k, e, model.scenario.dimensions[k]) for k, e in model.coordinates]
    # An entry beside the diagonal stands in a matrix twice.
    scale = np.concatenate([_scale(d) for _, _, d in shapes])
    onto, _ = np.linalg.qr(rows * scale[:, None])
    start = np.concatenate([_vector(_array(raw.families[k][e])) for k, e, _ in shapes])
    point = (start - offset) * scale
    correction = np.zeros_like(point)
    for _ in range(_ROUNDS):
        shifted = point + correction
        positive = (_positive_part(shifted / scale + offset, shapes) - offset) * scale
        correction, before = shifted - positive, point
        point = onto @ (onto.T @ positive)
        if np.abs(point - before).max() < _STILL:
            break
    found = point / scale + offset
    families: list[dict[Element, Square]] = [{} for _ in model.scenario.dimensions]
    at = 0
    for k, e, d in shapes:
        numbers = [exactly(v) for v in found[at : at + d * d].tolist()]
        families[k][e] = square_of(on_grid(numbers, d))
        at += d * d
    return replace(raw, families=tuple(families))


def _positive_part(numbers: RealArray, shapes: Sequence[tuple[int, Element, int]]) -> RealArray:
    out, at = [], 0
    for _, _, d in shapes:
        values, vectors = np.linalg.eigh(_matrix(numbers[at : at + d * d], d))
        out.append(_vector((vectors * np.maximum(values, 0)) @ vectors.conj().T))
        at += d * d
    return np.concatenate(out)


def _scale(d: int) -> RealArray:
    return np.sqrt([1.0 if i == j else 2.0 for i, j, _ in _parts(d)])


def _parts(d: int) -> list[tuple[int, int, bool]]:
    """What the coordinates are: (i, j, whether it is the imaginary part)."""
    return [
        (i, j, im) for i in range(d) for j in range(i, d) for im in ((False, True)[: 1 + (j > i)])
    ]


def _vector(m: ComplexArray) -> RealArray:
    return np.array([m[i, j].imag if im else m[i, j].real for i, j, im in _parts(len(m))])


def _matrix(numbers: RealArray, d: int) -> ComplexArray:
    out = np.zeros((d, d), dtype=np.complex128)
    for (i, j, im), v in zip(_parts(d), numbers, strict=True):
        out[i, j] += 1j * v if im else v
    return out + np.triu(out, 1).conj().T


def _array(square: Square) -> ComplexArray:
    return np.array([[complex(to_float(re), to_float(im)) for re, im in row] for row in square])
