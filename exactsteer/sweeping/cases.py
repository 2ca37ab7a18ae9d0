"""Assemblages of a sweep: what a worker gets, and what all sources of them have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.printed import Printed
from exactsteer.programs.arrays import ComplexArray, to_float
from exactsteer.programs.structured import LocalArrays

# Entries of an assemblage are at most 1; products of some such numbers are finite.
MAX_ENTRY = 1e50
# Signalling, inconsistent traces and negative eigenvalues below this are left to the repair.
SUSPICIOUS = 1e-6


@dataclass(frozen=True)
class Label:
    """The name of a case, and its parameters as they are written in the table."""

    name: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One assemblage in floating point, `sigma[k]` of shape (elements, d_k, d_k), and as given."""

    scenario: Scenario
    sigma: tuple[ComplexArray, ...]
    printed: Callable[[], Printed]


class Numbered(Protocol):
    """What is carried out, kept and resumed by its numbers."""

    def describe(self) -> dict[str, object]:
        """What identifies the source: a sweep is resumed only with an equal one."""
        ...

    def __len__(self) -> int: ...

    def label(self, index: int) -> Label:
        """Name and parameters, without making the assemblage."""
        ...


class Source(Numbered, Protocol):
    """Numbered cases. Sources are pickled and sent to the workers, cases are made there."""

    def case(self, index: int) -> Case:
        """Make the assemblage; raises whatever is wrong with it."""
        ...


def case_of(printed: Printed) -> Case:
    """A case from numbers as they were given."""
    elements = list(printed.scenario.elements())
    sigma = tuple(
        np.array(
            [
                [[complex(to_float(re), to_float(im)) for re, im in row] for row in family[e]]
                for e in elements
            ]
        )
        for family in printed.families
    )
    return Case(printed.scenario, sigma, lambda: printed)


def is_tame(case: Case) -> bool:
    """Whether all numbers are finite and small enough for floating point; an assemblage's are."""
    parts = (part for sigma in case.sigma for part in (sigma.real, sigma.imag))
    return all(bool(np.all(np.abs(part) < MAX_ENTRY)) for part in parts)


def is_no_assemblage(case: Case) -> bool:
    """Whether the numbers are so far from (A1)-(A3) that a verdict would be about other ones."""
    traces = [np.trace(s, axis1=1, axis2=2).real for s in case.sigma]
    broken = any(float(np.abs(t - traces[0]).max()) > SUSPICIOUS for t in traces)
    totals = dict.fromkeys((x for _, x in case.scenario.elements()), 0.0)
    for (_, x), p in zip(case.scenario.elements(), traces[0], strict=True):
        totals[x] += float(p)
    broken |= any(abs(total - 1) > SUSPICIOUS for total in totals.values())
    for sigma in case.sigma:
        broken |= float(np.abs(sigma - np.swapaxes(sigma.conj(), 1, 2)).max()) > SUSPICIOUS
        broken |= float(np.linalg.eigvalsh(sigma).min()) < -SUSPICIOUS
    return broken or _signals(case)


def _signals(case: Case) -> bool:
    elements = list(case.scenario.elements())
    for sigma in case.sigma:
        for j in range(case.scenario.n):
            sums: dict[Element, dict[int, ComplexArray]] = {}
            for (a, x), m in zip(elements, sigma, strict=True):
                rest = ((*a[:j], -1, *a[j + 1 :]), (*x[:j], -1, *x[j + 1 :]))
                by_setting = sums.setdefault(rest, {})
                by_setting[x[j]] = by_setting[x[j]] + m if x[j] in by_setting else m
            for by_setting in sums.values():
                stack = np.array(list(by_setting.values()))
                if float(np.abs(stack - stack[0]).max()) > SUSPICIOUS:
                    return True
    return False


def local_arrays(case: Case) -> LocalArrays:
    """sigma^(k)_{a|x} by element, as programs/structured takes it."""
    elements = list(case.scenario.elements())
    return [dict(zip(elements, family, strict=True)) for family in case.sigma]


def chunks(indices: Sequence[int], size: int) -> list[tuple[int, ...]]:
    """Consecutive parts of at most `size`."""
    return [tuple(indices[i : i + size]) for i in range(0, len(indices), size)]
