"""Program (D), and the way from an assemblage to a checked proof of "no parent states"."""

from __future__ import annotations

import json
import math
from fractions import Fraction

import numpy as np
import pytest
from exact_oracle import Plain, fraction, lifted
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from parent_state_rules import check_inequality, joint_matrices
from third_checker import failing_rules

from exactsteer.errors import InputError, Rejected, Undecided
from exactsteer.kernel.check import check
from exactsteer.kernel.file.numbers import readable_text
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.scenario import Scenario, without
from exactsteer.kernel.statements import Ball
from exactsteer.kernel.theorems import check_no_parent_states
from exactsteer.model.assemblage_text import assemblage_text
from exactsteer.model.named import monogamy, monogamy_two_alices, parity, pr_box
from exactsteer.model.noise import ghz_noise, mixture, w_noise, white_noise
from exactsteer.model.printed import Printed, parse_printed
from exactsteer.programs.arrays import partial_trace, to_array
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import Normalisation, free_multipliers
from exactsteer.proving.parent_states.excluded import certify_no_parent_states
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim
from exactsteer.testing import (
    assemblages,
    hermitians,
    postquantum_assemblages,
    quantum_assemblages,
    scenarios,
)

# Appendix B's lambda in closed form.
LAMBDA = {
    "parity": (parity, -1 / 8),
    "monogamy ZX": (lambda: monogamy("ZX"), (1 - math.sqrt(2)) / 8),
    "w noise": (w_noise, 0.0),
    "ghz noise": (ghz_noise, 0.0),
    "white noise": (lambda: white_noise(Scenario(((2, 3),), (2, 3))), 1 / 18),
}
# Weight of white noise at which parent states appear, in closed form.
ROBUSTNESS = {
    "parity": (parity, Fraction(1, 2)),
    "monogamy ZX": (lambda: monogamy("ZX"), 1 - 1 / math.sqrt(2)),
    "monogamy ZXY": (lambda: monogamy("ZXY"), Fraction(1, 3)),
}


def printed(sigma):
    return parse_printed(assemblage_text(sigma).encode())


# ---- The programs, in floating point ----


@pytest.mark.parametrize("name", LAMBDA)
def test_lambda_in_closed_form(name):
    make, expected = LAMBDA[name]
    assert solve_dual(make(), Normalisation.TRACE).value == pytest.approx(expected, abs=1e-6)


@settings(max_examples=10)
@given(scenarios(max_elements=8, max_joint_dimension=6))
def test_lambda_of_white_noise_is_its_own_smallest_eigenvalue(t):
    """S_{a|x} = p(a|x) 1/D is best, because lambda <= tr S_{a|x} / D."""
    least = min(white_noise(t).probability(e) for e in t.elements())
    expected = float(fraction(least)) / t.joint_dimension
    assert solve_dual(white_noise(t), Normalisation.TRACE).value == pytest.approx(
        expected, abs=1e-6
    )


@pytest.mark.parametrize("normalisation", Normalisation)
@pytest.mark.parametrize("name", ["parity", "monogamy ZX"])
def test_solutions_satisfy_d(name, normalisation):
    sigma = LAMBDA[name][0]()
    t = sigma.scenario
    solution = solve_dual(sigma, normalisation)
    trace, norm, value = 0.0, 0.0, 0.0
    for e in t.elements():
        m = solution.joint_matrix(e)
        assert np.linalg.eigvalsh(m)[0] > -1e-7
        trace += np.trace(m).real
    for k in range(t.N):
        for e, w in solution.W[k].items():
            value += np.trace(w @ to_array(sigma[k][e])).real
            norm += np.abs(w.real).sum() + np.abs(w.imag).sum()
    for j in range(t.n):
        for b, x in t.marginals(j):
            total = sum(
                solution.V[j][b, (*x[:j], s, *x[j + 1 :])] for s in range(len(t.outcomes[j]))
            )
            assert np.abs(total).max() < 1e-9
    assert value == pytest.approx(solution.value, abs=1e-9)
    bounded = trace if normalisation is Normalisation.TRACE else norm
    assert bounded == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("name", ["white noise", "w noise", "parity"])
def test_the_dual_variables_are_joint_matrices_of_p(name):
    """S_{a|x} >= lambda 1 with the marginals sigma, and without signalling."""
    sigma = LAMBDA[name][0]()
    t = sigma.scenario
    solution = solve_dual(sigma, Normalisation.TRACE)
    for e, s in solution.S.items():
        assert np.linalg.eigvalsh(s)[0] > solution.value - 1e-6
        for k in range(t.N):
            marginal = partial_trace(s, t.dimensions, k)
            assert np.abs(marginal - to_array(sigma[k][e])).max() < 1e-6
    sums = [sum(solution.S[a, x] for a in t.answers(x)) for x in t.settings()]
    assert max(np.abs(total - sums[0]).max() for total in sums) < 1e-6


@given(scenarios())
def test_the_free_multipliers_count_what_no_signalling_leaves_free(t):
    """Their number is that of all functions of (a, x) minus that of the no-signalling ones."""
    signalling = math.prod(sum(row) for row in t.outcomes)
    no_signalling = math.prod(1 + sum(o - 1 for o in row) for row in t.outcomes)
    free = len(free_multipliers(t))
    assert free == signalling - no_signalling


# ---- From an assemblage to a theorem ----


@pytest.mark.parametrize("aim", Aim)
@pytest.mark.parametrize("name", ROBUSTNESS)
def test_certified_up_to_the_robustness_and_not_beyond(name, aim):
    make, robustness = ROBUSTNESS[name]
    sigma = make()
    white = white_noise(sigma.scenario)
    below = mixture(
        sigma, white, weight=Fraction(robustness).limit_denominator(200) - Fraction(1, 100)
    )
    above = mixture(
        sigma, white, weight=Fraction(robustness).limit_denominator(200) + Fraction(1, 100)
    )
    certificate = certify_no_parent_states(Question(printed(below), aim=aim))
    assert failing_rules(certificate.data) == set()
    with pytest.raises(Undecided, match="parent states seem to exist"):
        certify_no_parent_states(Question(printed(above), aim=aim))


@settings(max_examples=8)
@given(
    st.one_of(
        postquantum_assemblages(),
        postquantum_assemblages(Scenario(((2, 3, 1),), (3, 2))),
        postquantum_assemblages(Scenario(((2, 2), (2,)), (2, 1, 2))),
    )
)
def test_postquantum_assemblages_are_certified(sigma):
    certificate = certify_no_parent_states(printed(sigma))
    theorem = certificate.theorem
    assert failing_rules(certificate.data) == set()
    assert theorem.statement.centre == sigma
    assert theorem.statement.radius > 0
    assert certificate.repaired.distance == 0


@pytest.mark.parametrize(
    ("elements", "dimension", "examples"),
    [(4, 4, 8), pytest.param(8, 6, 30, marks=pytest.mark.slow)],
)
def test_quantum_assemblages_are_never_certified(elements, dimension, examples):
    @settings(max_examples=examples)
    @given(
        scenarios(max_elements=elements, max_joint_dimension=dimension).flatmap(quantum_assemblages)
    )
    def holds(sigma):
        with pytest.raises(Undecided):
            certify_no_parent_states(printed(sigma))

    holds()


@pytest.mark.parametrize("make", [pr_box, ghz_noise, w_noise], ids=["pr box", "ghz", "w"])
def test_assemblages_with_parent_states_are_not_certified(make):
    with pytest.raises(Undecided) as caught:
        certify_no_parent_states(printed(make()))
    assert caught.value.reason
    assert caught.value.advice


def test_approximate_data_are_covered_by_the_radius():
    exact = printed(monogamy("ZX"))
    shifted = [
        {
            e: tuple(tuple((re + fmpq(1, 10**11), im) for re, im in row) for row in square)
            for e, square in family.items()
        }
        for family in exact.families
    ]
    certificate = certify_no_parent_states(Printed(exact.scenario, tuple(shifted), False))
    assert 0 < certificate.repaired.distance < certificate.theorem.statement.radius


def test_everything_within_the_radius_has_i_below_zero():
    """Mixing with white noise moves each entry of the parity assemblage by r/4."""
    certificate = certify_no_parent_states(printed(parity()))
    radius = certificate.theorem.statement.radius
    inequality = certificate.theorem.evidence
    white = white_noise(parity().scenario)
    r = fraction(radius) * 4
    assert Fraction(48, 100) < r < Fraction(1, 2)
    assert inequality.value(mixture(parity(), white, weight=r)) < 0
    assert inequality.value(mixture(parity(), white, weight=Fraction(1, 2))) >= 0


def test_the_file_says_how_it_was_made_and_what_it_proves():
    certificate = certify_no_parent_states(Question(printed(parity()), source="a test"))
    proof = json.loads(certificate.data)
    assert proof["provenance"]["source"] == "a test"
    assert proof["provenance"]["solver"]
    assert set(certificate.seconds) == {"repair", "solve", "round", "check"}
    sentence = check(certificate.data).sentence()
    assert sentence == certificate.theorem.sentence()
    assert "has no parent states, hence no quantum realisation: it is postquantum" in sentence
    assert "2 Bobs of dimensions 2, 2" in sentence
    assert readable_text(certificate.theorem.statement.radius) in sentence


def test_small_integers_make_a_small_file():
    aims = (Aim.RADIUS, Aim.INTEGERS)
    large, small = (
        certify_no_parent_states(Question(printed(monogamy("ZX")), aim=aim)) for aim in aims
    )
    assert len(small.data) < len(large.data)


def test_an_unknown_solver_is_an_input_error():
    with pytest.raises(InputError, match="--solver: expected one of"):
        certify_no_parent_states(Question(printed(parity()), solver="none"))


# ---- The claim and its rules, evaluated apart ----


@st.composite
def inequalities(draw, scenario):
    """Random W and balanced V; (positive) fails as often as not."""
    w = [
        {e: draw(hermitians(d, bound=2)) for e in scenario.elements()} for d in scenario.dimensions
    ]
    v = []
    for j in range(scenario.n):
        family = {}
        for b, x in scenario.marginals(j):
            if x[j] > 0:
                m = family[b, x] = draw(hermitians(scenario.joint_dimension, bound=1))
                first = (b, (*x[:j], 0, *x[j + 1 :]))
                family[first] = family[first] - m if first in family else -m
        zero = draw(hermitians(scenario.joint_dimension, bound=0))
        v.append({key: family.get(key, zero) for key in scenario.marginals(j)})
    return SteeringInequality(scenario, tuple(w), tuple(v))


SMALL = Scenario(((2, 1), (2,)), (2, 1, 2))


@settings(max_examples=30)
@given(inequalities(SMALL))
def test_joint_matrices_and_their_trace(inequality):
    # The outcome numbers of the first Alice differ, so that the V contribute to the trace.
    total, found = Fraction(0), joint_matrices(inequality)
    for e in SMALL.elements():
        terms = [
            lifted(Plain.from_kernel(w[e]), SMALL.dimensions, k) for k, w in enumerate(inequality.W)
        ]
        terms += [Plain.from_kernel(v[without(e, j)]) for j, v in enumerate(inequality.V)]
        m = sum(terms[1:], terms[0])
        assert Plain.from_kernel(found[e]).same(m)
        total += m.trace()[0]
    assert fraction(sum(m.trace() for m in found.values())) == total


@settings(max_examples=30)
@given(inequalities(SMALL), assemblages(SMALL))
def test_value_and_box_norm(inequality, sigma):
    value = sum(
        Plain.from_kernel(w).inner(Plain.from_kernel(sigma[k][e]))
        for k, family in enumerate(inequality.W)
        for e, w in family.items()
    )
    norm = sum(Plain.from_kernel(w).box_norm() for family in inequality.W for w in family.values())
    assert fraction(inequality.value(sigma)) == value
    assert fraction(inequality.box_norm()) == norm


@settings(max_examples=60)
@given(inequalities(SMALL))
def test_positive_is_required_of_every_joint_matrix(inequality):
    matrices = joint_matrices(inequality)
    if all(Plain.from_kernel(m).is_positive() for m in matrices.values()):
        check_inequality(inequality)
    else:
        with pytest.raises(Rejected) as caught:
            check_inequality(inequality)
        assert caught.value.rule == "positive"


def test_the_value_has_to_be_strictly_negative():
    theorem = certify_no_parent_states(printed(parity())).theorem
    inequality, centre = theorem.evidence, theorem.statement.centre
    edge = -inequality.value(centre) * inequality.box_norm() ** -1
    check_no_parent_states(Ball(centre.scenario, centre, edge * fmpq(999, 1000)), inequality)
    with pytest.raises(Rejected) as caught:
        check_no_parent_states(Ball(centre.scenario, centre, edge), inequality)
    assert (caught.value.rule, caught.value.got) == ("value", "0")


def test_two_alices_are_certified():
    certificate = certify_no_parent_states(printed(monogamy_two_alices()))
    assert failing_rules(certificate.data) == set()
    assert certificate.theorem.statement.scenario.n == 2
