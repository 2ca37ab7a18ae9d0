"""Assemblages of a sweep: what a worker gets, and what all sources of them have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from exactsteer.kernel.scenario import Scenario
from exactsteer.model.printed import Printed
from exactsteer.programs.arrays import ComplexArray, to_float
from exactsteer.programs.structured import LocalArrays

# Entries of an assemblage are at most 1; products of some such numbers are finite.
MAX_ENTRY = 1e50


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


def local_arrays(case: Case) -> LocalArrays:
    """sigma^(k)_{a|x} by element, as programs/structured takes it."""
    elements = list(case.scenario.elements())
    return [dict(zip(elements, family, strict=True)) for family in case.sigma]


def chunks(indices: Sequence[int], size: int) -> list[tuple[int, ...]]:
    """Consecutive parts of at most `size`."""
    return [tuple(indices[i : i + size]) for i in range(0, len(indices), size)]
