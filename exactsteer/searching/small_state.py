"""A state of small Gaussian integers that is nearly as good as the best state.

The best state of a construction is one of many: what `symmetry.generators` moves changes no
verdict. It is moved to sparse forms, these are rounded at growing scale, and of all roundings the
smallest integers are taken for which lambda still is a given share of the best.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from exactsteer.programs.arrays import ComplexArray
from exactsteer.programs.seesaw import Construction, generators, lambda_of, solve_floats
from exactsteer.programs.structured import Structure
from exactsteer.searching.sparse import sparse_forms

Gaussian = tuple[int, int]
"""A Gaussian integer: real and imaginary part."""

FORMS = 40
# Scales at which a form is rounded: growth, and the largest integer.
STEP = 1.02
LARGEST = 2**20
# A rounding is worth solving (D) if the inequality of the form shows this share of what is needed.
PROMISE = 0.9
# Promises that agree in so many decimals count as equal.
DIGITS = 6


@dataclass(frozen=True)
class SmallState:
    """Amplitudes with integer real and imaginary parts, and their lambda in floating point."""

    amplitudes: tuple[Gaussian, ...]
    value: float

    @property
    def size(self) -> int:
        """The sum of the moduli of all integers."""
        return _size(self.amplitudes)


def small_states(
    construction: Construction,
    states: Sequence[ComplexArray],
    bound: float,
    rng: np.random.Generator,
    forms: int = FORMS,
) -> Iterator[SmallState]:
    """States with lambda <= bound < 0, the smallest integers first, then larger ones.

    `states` are the best ones known; their lambda is below the bound.
    """
    structure = Structure(construction.scenario)
    shared = generators(construction)
    promises: dict[tuple[Gaussian, ...], float] = {}
    for state in states:
        for form in sparse_forms(state[:, None], shared, rng, -(-forms // len(states))):
            for amplitudes, promise in _roundings(construction, structure, form[:, 0]):
                promises[amplitudes] = min(promise, promises.get(amplitudes, math.inf))

    def order(n: tuple[Gaussian, ...]) -> tuple[int, float, int]:
        return _size(n), round(promises[n], DIGITS), sum(abs(im) for _, im in n)

    for amplitudes in sorted(promises, key=order):
        if promises[amplitudes] > PROMISE * bound:
            continue
        value = _value(construction, structure, amplitudes)
        if value <= bound:
            yield _polished(construction, structure, SmallState(amplitudes, value), bound)


def _size(amplitudes: Sequence[Gaussian]) -> int:
    return sum(abs(re) + abs(im) for re, im in amplitudes)


def _roundings(
    construction: Construction, structure: Structure, form: ComplexArray
) -> Iterator[tuple[tuple[Gaussian, ...], float]]:
    """Integer vectors near the form, with an upper bound of their lambda."""
    operator = construction.operator(solve_floats(structure, construction.families(form)).W)
    unit = form / max(float(np.abs(form.real).max()), float(np.abs(form.imag).max()))
    scale, seen = 1.0, set()
    while scale < LARGEST:
        amplitudes = _reduced(np.rint(unit * scale))
        if amplitudes not in seen:
            seen.add(amplitudes)
            psi = np.array([complex(*c) for c in amplitudes])
            promise = float(np.vdot(psi, operator @ psi).real / np.vdot(psi, psi).real)
            yield amplitudes, promise
        scale *= STEP


def _reduced(rounded: ComplexArray) -> tuple[Gaussian, ...]:
    """Divided by the common factor of all integers, the first one that is not zero positive."""
    values = [(int(c.real), int(c.imag)) for c in rounded]
    factor = math.gcd(*(v for pair in values for v in pair))
    first = next(v for pair in values for v in pair if v)
    factor = -factor if first < 0 else factor
    return tuple((re // factor, im // factor) for re, im in values)


def _value(
    construction: Construction, structure: Structure, amplitudes: Sequence[Gaussian]
) -> float:
    psi = np.array([complex(*c) for c in amplitudes])
    return lambda_of(structure, construction.families(psi))


def _polished(
    construction: Construction, structure: Structure, small: SmallState, bound: float
) -> SmallState:
    """Move single integers towards zero as long as lambda stays below the bound."""
    better: SmallState | None = small
    while better is not None:
        small, better = better, None
        for amplitudes in _smaller(small.amplitudes):
            value = _value(construction, structure, amplitudes)
            if value <= bound:
                better = SmallState(amplitudes, value)
                break
    return small


def _smaller(amplitudes: tuple[Gaussian, ...]) -> Iterator[tuple[Gaussian, ...]]:
    for i, pair in enumerate(amplitudes):
        for part in (0, 1):
            if pair[part]:
                new = list(pair)
                new[part] -= 1 if pair[part] > 0 else -1
                changed = (*amplitudes[:i], (new[0], new[1]), *amplitudes[i + 1 :])
                if any(v for c in changed for v in c):
                    yield changed
