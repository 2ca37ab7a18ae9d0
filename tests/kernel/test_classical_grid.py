"""Inequalities on a grid of states of a qubit: the rule, and what follows from it."""

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer import recheck
from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.classical_inequality import (
    STEPS,
    ClassicalInequality,
    check_classical_inequality,
    grid,
    scaled_norm,
)
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.writing import classical_inequality_value, scenario_value

numbers = st.integers(-9, 9)


@st.composite
def inequalities(draw):
    """Any F of some outcomes, with a multiple of 1 added that makes the rule just hold."""
    outcomes = tuple(draw(st.lists(st.integers(1, 3), min_size=1, max_size=4)))
    scenario, level = Scenario((outcomes,), (2,)), draw(st.integers(1, 4))
    family = {}
    for element in scenario.elements():
        p, q, a, b = (draw(numbers) for _ in range(4))
        den = draw(st.integers(1, 4))
        family[element] = Hermitian.of(den, [[p, a], [a, q]], [[0, b], [-b, 0]])
    values = []
    for p in grid(level):
        n = fmpq(scaled_norm(p), STEPS)
        t = Hermitian.of(1, [[p[2], p[0]], [p[0], -p[2]]], [[0, -p[1]], [p[1], 0]])
        t = t + Hermitian.identity(2).scaled(n)
        least = sum(
            min(family[(a,), (x,)].inner(t) for a in range(o)) for x, o in enumerate(outcomes)
        )
        values.append(least * (2 * n) ** -1)
    return raised(ClassicalInequality(scenario, (family,), level), -min(values))


def raised(inequality, by):
    """A multiple of 1 added for all outcomes of setting 0."""
    unit, (family,) = Hermitian.identity(2).scaled(by), inequality.W
    return replace(inequality, W=({e: f + unit if e[1] == (0,) else f for e, f in family.items()},))


@settings(max_examples=50)
@given(inequalities())
def test_the_grid_proves_every_strategy(inequality):
    check_classical_inequality(inequality)
    check_classical_inequality(replace(inequality, level=None))
    with pytest.raises(Rejected, match="rule 'grid'"):
        check_classical_inequality(raised(inequality, fmpq(-1, 10**20)))


@settings(max_examples=30)
@given(inequalities(), st.sampled_from([-1, 0, 1]))
def test_the_other_checker_agrees(inequality, sign):
    changed = raised(inequality, fmpq(sign, 10**20))
    scenario = recheck.Scenario(scenario_value(changed.scenario), "scenario")
    value = classical_inequality_value(changed)
    if sign >= 0:
        recheck.parse_classical(value, "evidence", scenario)
        return
    with pytest.raises(recheck.Fault) as caught:
        recheck.parse_classical(value, "evidence", scenario)
    assert caught.value.rule == "grid"


@pytest.mark.parametrize("level", [1, 2, 5, 12])
def test_points_of_the_grid(level):
    points = list(grid(level))
    span = range(-level, level + 1)
    every = {p for p in itertools.product(span, span, span) if sum(map(abs, p)) == level}
    assert len(points) == 4 * level**2 + 2
    assert set(points) == every
    for p in points:
        n, below = Fraction(scaled_norm(p), STEPS), sum(v * v for v in p) - Fraction(2, 3)
        assert n**2 <= below < (n + Fraction(1, STEPS)) ** 2


def test_finer_grids_lose_less():
    """For the three Pauli matrices sqrt 3 is needed, and a grid needs a little more."""
    family = {}
    for a, x in itertools.product((0, 1), (0, 1, 2)):
        sign = (-1) ** a
        re, im = (
            ([[0, sign], [sign, 0]], None),
            ([[0, 0], [0, 0]], [[0, -sign], [sign, 0]]),
            ([[sign, 0], [0, -sign]], None),
        )[x]
        family[(a,), (x,)] = Hermitian.of(1, re, im)
    scenario = Scenario(((2, 2, 2),), (2,))
    for level in (4, 16, 64):
        plain, loss = ClassicalInequality(scenario, (family,), level), fmpq(1, level**2)
        check_classical_inequality(raised(plain, fmpq(17321, 10**4) * (1 + loss)))
        with pytest.raises(Rejected, match="rule 'grid'"):
            check_classical_inequality(raised(plain, fmpq(17320, 10**4)))
