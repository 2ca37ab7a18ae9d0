"""What the ways to solve a Newton system cost, from the scenario alone."""

from __future__ import annotations

import numpy as np

from exactsteer.kernel.scenario import Scenario
from exactsteer.programs.arrays import RealArray
from exactsteer.programs.memory import is_within_memory
from exactsteer.programs.multipliers import FreeMultiplier, coefficients, free_multipliers

# Matrices of size D that live at the same time, in doubles: for each element, for each free V.
ELEMENTS_MATRICES = 60
FREE_MATRICES = 12
# Real operations that take the time of what is not counted otherwise: assembling H for one element,
# in units of one one-body operator; a step of conjugate gradients, in all and for each element.
ASSEMBLY = 100
STEP = 6e6
STEP_FOR_EACH = 1e6
# Real operations of the direct method for one system of which twenty take about ten seconds.
OPERATIONS_OF_SECONDS = 5e10
# Those of what takes moments, up to a tenth of a second, be it a factor of H or an orthogonal one.
OPERATIONS_OF_MOMENTS = 5e8


def free_families(scenario: Scenario) -> list[FreeMultiplier]:
    """The free multipliers; without operators on two Bobs the V vanish."""
    if number_of_one_body_operators(scenario) == scenario.joint_dimension**2:
        return []
    return free_multipliers(scenario)


def number_of_one_body_operators(scenario: Scenario) -> int:
    """The unit matrix and the traceless operators of each Bob."""
    return 1 + sum(d * d - 1 for d in scenario.dimensions)


def bytes_needed(scenario: Scenario) -> int:
    """Memory of the way that needs less; without free multipliers there is one way only."""
    direct = bytes_directly(scenario)
    return min(direct, bytes_matrix_free(scenario)) if free_families(scenario) else direct


def bytes_directly(scenario: Scenario) -> int:
    """Memory of the largest arrays that live at the same time (newton.py), in doubles of 8 bytes.

    H, one block of it, and for each element its P, its one-body factor and its coupling, twice.
    """
    squared, low, elements, count = _sizes(scenario)
    h = (count * squared) ** 2 + (squared**2 if count > 1 else 0)
    one_body = low * squared * 6
    return 8 * (h + one_body + elements * (low * low + 2 * low * squared + 40 * squared))


def bytes_matrix_free(scenario: Scenario) -> int:
    """The same for conjugate gradients: one-body factors, preconditioner, D x D matrices."""
    squared, low, elements, count = _sizes(scenario)
    each = 2 * low * low + ELEMENTS_MATRICES * squared
    return 8 * (elements * each + count * (2 * count + FREE_MATRICES) * squared + 4 * low * low)


def steps_worth(c: RealArray, scenario: Scenario) -> float:
    """How many steps of conjugate gradients take as long as the direct method for one system.

    `c` are the coefficients of the free multipliers. A rough count of operations.
    """
    _, _, elements, count = _sizes(scenario)
    products = 32 * (elements + 2 * count) * scenario.joint_dimension**3
    return operations_directly(c, scenario) / (products + STEP + STEP_FOR_EACH * elements)


def operations_directly(c: RealArray, scenario: Scenario) -> float:
    """Of the direct method for one system; `c` as in `steps_worth`."""
    squared, low, _, count = _sizes(scenario)
    signs = {(f * g).tobytes(): np.count_nonzero(f * g) for f in c.T for g in c.T}
    blocks = sum(signs.values()) * (low + ASSEMBLY) * squared**2
    return float((count * squared) ** 3 / 3 + blocks)


def work(scenario: Scenario) -> float:
    """Real operations of the direct method for one system, more roughly: from sizes alone."""
    squared, low, elements, count = _sizes(scenario)
    blocks = elements * count * (low + ASSEMBLY) * squared**2
    return (count * squared) ** 3 / 3 + blocks / 10


def takes_seconds(scenario: Scenario) -> bool:
    """Whether some twenty systems are solved directly, in the memory allowed and in seconds."""
    if not is_within_memory(bytes_directly(scenario)):
        return False
    c = coefficients(scenario)[:, : len(free_families(scenario))]
    return operations_directly(c, scenario) <= OPERATIONS_OF_SECONDS


def factors_slowly(c: RealArray, scenario: Scenario) -> bool:
    """Whether the direct method takes most of its time for the matrix; `c` as in `steps_worth`."""
    return operations_directly(c, scenario) >= OPERATIONS_OF_MOMENTS


def takes_moments(scenario: Scenario) -> bool:
    """Whether the columns of least_squares.py, for every variable one, are factored in no time."""
    squared, low, elements, count = _sizes(scenario)
    rows, columns = elements * (squared + low), elements * low + count * squared
    return 2 * rows * columns**2 <= OPERATIONS_OF_MOMENTS


def _sizes(scenario: Scenario) -> tuple[int, int, int, int]:
    elements = sum(1 for _ in scenario.elements())
    count = len(free_families(scenario))
    return scenario.joint_dimension**2, number_of_one_body_operators(scenario), elements, count
