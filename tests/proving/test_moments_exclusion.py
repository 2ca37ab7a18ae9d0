"""Certified exclusion by moment hierarchies: p(a|x), and the sets Q^k of Definition 13."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from places import DATA

from exactsteer.errors import InputError, Malformed, Rejected, Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.proof import FORMAT, name_of
from exactsteer.kernel.quantum.functional import number_of
from exactsteer.kernel.scenario import Scenario, label
from exactsteer.model.assemblage_text import printed
from exactsteer.model.correlations import (
    correlations,
    hidden_pr_box,
    pr_box_correlations,
    upb_correlations,
)
from exactsteer.model.functionals import guess_your_neighbours_input
from exactsteer.model.gaussian import diagonal
from exactsteer.model.named import monogamy, monogamy_two_alices, pr_box
from exactsteer.model.noise import mixture, white_noise
from exactsteer.model.printed import parse_printed, read_assemblage_file
from exactsteer.model.writing import assemblage_value, family_value, scenario_value, write_proof
from exactsteer.proving.quantum.bounds import certify_exclusive_events
from exactsteer.proving.quantum.exclusion import certify_not_npa, certify_outside
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim
from exactsteer.testing import quantum_assemblages

GYNI = "1+AB+AC+BC+ABC"


def number(q):
    return int(q.p) / int(q.q)


def test_example_5():
    given_box = read_assemblage_file(DATA / "pr_box.json")
    certificate = certify_not_npa(given_box, "1")
    theorem = check(certificate.data)
    assert theorem.claim == "no quantum correlations"
    assert theorem.statement.centre == pr_box()
    # The best inequality is CHSH: 4 - 2 sqrt 2 over sixteen probabilities, each the trace of a
    # 2 x 2 matrix.
    best = (4 - 2 * 2**0.5) / 32
    assert len(theorem.evidence.functional.coefficients) <= 17
    assert best - 1e-5 < number(theorem.statement.radius) < best
    assert "not quantum" in theorem.sentence()


def test_correlations_alone():
    certificate = certify_not_npa(printed(pr_box_correlations()), "1")
    best = (4 - 2 * 2**0.5) / 16
    assert best - 1e-5 < number(certificate.theorem.statement.radius) < best


def test_example_7():
    sigma = upb_correlations(Fraction(814, 10000))
    functional = guess_your_neighbours_input()
    value = sum(
        (number_of(f) * sigma.probability(e) for e, f in functional.coefficients.items()), fmpq(0)
    )
    assert value == fmpq(10000 - 814, 10000 - 2 * 814)
    assert check(certify_not_npa(printed(sigma), GYNI).data).statement.centre == sigma
    for level in ("1", "1+AB+AC+BC", "2"):
        with pytest.raises(Undecided, match="not excluded at level"):
            certify_not_npa(printed(sigma), level)


def test_small_integers_find_the_inequality_of_example_7():
    """1 - (the four events of guess your neighbour's input), nothing else."""
    sigma = upb_correlations(Fraction(814, 10000))
    theorem = certify_not_npa(Question(printed(sigma), aim=Aim.INTEGERS), GYNI).theorem
    found = {e: number_of(f) for e, f in theorem.evidence.functional.coefficients.items()}
    constant = found.pop(((-1, -1, -1), (0, 0, 0)))
    assert 1 <= constant < 1 + fmpq(1, 10**7)
    assert found == dict.fromkeys(guess_your_neighbours_input().coefficients, -1)
    assert theorem.statement.radius > fmpq(242, 10000)


def test_small_integers_find_chsh():
    theorem = certify_not_npa(
        Question(printed(pr_box_correlations()), aim=Aim.INTEGERS), "1"
    ).theorem
    found = {e: number_of(f) for e, f in theorem.evidence.functional.coefficients.items()}
    constant = found.pop(((-1, -1), (0, 0)))
    assert all(f in (-1, 1) for f in found.values())
    # CHSH in four probabilities: sum - 2 = (CHSH - 4)/4
    assert number(constant) + sum(
        number(f) * number(pr_box_correlations().probability(e)) for e, f in found.items()
    ) == pytest.approx((2 * 2**0.5 - 4) / 4, abs=1e-8)


@pytest.mark.parametrize("sigma", [pr_box(), monogamy_two_alices(), hidden_pr_box(1)])
def test_small_integers_keep_the_radius(sigma):
    best = certify_outside(printed(sigma), "1+AB")
    small = certify_outside(Question(printed(sigma), aim=Aim.INTEGERS), "1+AB")
    assert small.theorem.statement.radius * 10 >= best.theorem.statement.radius * 9
    for family in small.theorem.evidence.W:
        for w in family.values():
            assert w.integers()[0] == 1


def parent_states_proof(sigma, parents):
    statement = {
        "format": FORMAT,
        "claim": "parent states",
        "scenario": scenario_value(sigma.scenario),
        "centre": assemblage_value(sigma),
        "radius": "0",
    }
    return write_proof(statement, family_value(parents), {})


@pytest.mark.parametrize("level", ["1", "1+AB", "2"])
def test_hidden_pr_box(level):
    """Quantum correlations and parent states, both proved, and outside Q^k."""
    sigma = hidden_pr_box()
    with pytest.raises(Undecided):
        certify_not_npa(printed(sigma), level)
    quarter = fmpq(1, 4)
    parents = {
        e: diagonal([quarter, 0, 0, 0])
        if not any(sigma[0][e].entry(1, 1))
        else diagonal([0, 0, 0, quarter])
        for e in sigma.scenario.elements()
    }
    assert check(parent_states_proof(sigma, parents)).claim == "parent states"
    theorem = check(certify_outside(printed(sigma), level).data)
    assert theorem.claim == "outside a level"
    assert theorem.statement.radius > fmpq(3, 100)


@pytest.mark.parametrize(
    ("sigma", "level"),
    [
        (monogamy_two_alices(), "1+AB"),
        (pr_box(), "1"),
        (hidden_pr_box(1), "1"),
        (hidden_pr_box(3), "1"),
        (monogamy("ZXY"), "1"),
    ],
)
def test_outside(sigma, level):
    certificate = certify_outside(printed(sigma), level)
    assert certificate.theorem.statement.centre == sigma
    assert certificate.theorem.statement.radius > fmpq(1, 100)


def lopsided():
    """The hidden box where outcomes and dimensions differ, with outcomes that never occur."""
    scenario = Scenario(((2, 3), (3, 2, 1)), (3, 2))
    base = hidden_pr_box(1)

    def sigma(d, a, x):
        if x[1] == 2:
            total = Hermitian.zero(2)
            for b in (0, 1):
                total = total + base[0].get(((a[0], b), (x[0], 0)), Hermitian.zero(2))
        else:
            total = base[0].get((a, x), Hermitian.zero(2))
        values = [total.entry(i, i)[0] for i in range(2)] + [fmpq(0)] * (d - 2)
        return diagonal(values)

    return Assemblage(
        scenario, [{(a, x): sigma(d, a, x) for a, x in scenario.elements()} for d in (3, 2)]
    )


def test_unequal_outcomes_and_dimensions():
    certificate = certify_outside(printed(lopsided()), "1")
    assert check(certificate.data).statement.radius > fmpq(1, 100)


@pytest.mark.parametrize(("visibility", "excluded"), [(7072, True), (7070, False)])
def test_the_boundary_of_the_pr_box(visibility, excluded):
    sigma = mixture(
        pr_box(), white_noise(pr_box().scenario), weight=1 - Fraction(visibility, 10000)
    )
    for certify in (certify_not_npa, certify_outside):
        if excluded:
            assert certify(printed(sigma), "1+AB").theorem.statement.radius > 0
        else:
            with pytest.raises(Undecided):
                certify(printed(sigma), "1+AB")


TWO = Scenario(((2, 2), (2, 2)), (2, 2))
THREE_OUTCOMES = Scenario(((2, 3), (2,)), (1, 2))


@settings(max_examples=10)
@given(st.sampled_from([TWO, THREE_OUTCOMES]), st.data())
def test_quantum_assemblages_are_never_excluded(scenario, data):
    sigma = printed(data.draw(quantum_assemblages(scenario)))
    for certify in (certify_not_npa, certify_outside):
        with pytest.raises(Undecided):
            certify(sigma, "1+AB")


@pytest.fixture(scope="module")
def inequalities():
    """The steering inequalities that exclude three assemblages of the scenario TWO."""
    return [
        certify_outside(printed(sigma), "1+AB").theorem.evidence
        for sigma in (pr_box(), hidden_pr_box(), monogamy_two_alices())
    ]


@settings(max_examples=30)
@given(sigma=quantum_assemblages(TWO))
def test_the_inequalities_hold_on_quantum_assemblages(inequalities, sigma):
    for inequality in inequalities:
        value = inequality.constant
        for k, family in enumerate(inequality.W):
            for e, w in family.items():
                value += w.inner(sigma[k][e])
        assert value >= 0


def test_approximate_numbers_are_repaired_and_covered():
    value = json.loads((DATA / "hidden_pr_box.json").read_text())
    value["numbers"] = "approximate"
    value["sigma"][0]["0,0|0,0"] = [[0.2500000001, "0"], ["0", "0"]]
    certificate = certify_outside(parse_printed(json.dumps(value).encode()), "1")
    assert 0 < certificate.repaired.distance <= certificate.theorem.statement.radius
    value["sigma"][0]["0,0|0,0"] = [[0.26, "0"], ["0", "0"]]
    with pytest.raises(InputError):
        certify_outside(parse_printed(json.dumps(value).encode()), "1")


def test_the_data_files_are_the_named_correlations():
    for name, sigma in {
        "pr_box_correlations": pr_box_correlations(),
        "upb_correlations": upb_correlations(Fraction(814, 10000)),
        "hidden_pr_box": hidden_pr_box(),
    }.items():
        assert read_assemblage_file(DATA / f"{name}.json") == printed(
            sigma, **texts(DATA / f"{name}.json")
        )


def texts(path):
    value = json.loads(path.read_text())
    return {key: value[key] for key in ("title", "source", "note")}


def test_levels_of_another_form():
    for level in ("", "1+AC", "99"):
        with pytest.raises(Malformed):
            certify_outside(printed(pr_box()), level)


@pytest.fixture(scope="module")
def proofs():
    return {
        "npa": json.loads(certify_not_npa(printed(pr_box()), "1").data),
        "outside": json.loads(certify_outside(printed(hidden_pr_box()), "1").data),
    }


def changed(value, path, new):
    copy = json.loads(json.dumps(value))
    at = copy
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = new
    copy["theorem"] = name_of(copy["statement"])
    return json.dumps(copy).encode()


@pytest.mark.parametrize(
    ("name", "path", "new", "rule"),
    [
        (
            "npa",
            ("statement", "radius"),
            "1831/50000",
            "value",
        ),
        ("npa", ("evidence", "F", "0,0|0,0"), "-1", "squares"),
        ("npa", ("evidence", "F"), {"*,*|0,0": "10"}, "value"),
        ("npa", ("evidence", "factor", "re", 1), ["1"], "squares"),
        ("npa", ("evidence", "words"), ["1", "A0", "A1", "B0", "A0 B0"], "squares"),
        ("outside", ("statement", "radius"), "1/27", "value"),
        (
            "outside",
            ("evidence", "W", 0, "0,0|0,0"),
            {"den": "1", "re": [["-1", "0"], ["0", "0"]]},
            "squares",
        ),
        (
            "outside",
            ("evidence", "W", 0, "0,0|0,0"),
            {"den": "1", "re": [["0", "1"], ["0", "0"]]},
            "hermitian",
        ),
        (
            "outside",
            ("statement", "centre", 0, "0,0|0,0"),
            {"den": "4", "re": [["0", "0"], ["0", "1"]]},
            "A3",
        ),
        ("outside", ("evidence", "factor", "den"), "1", "squares"),
        ("outside", ("evidence", "constant"), "0", "squares"),
        ("outside", ("evidence", "constant"), "1000", "value"),
    ],
)
def test_forgeries(proofs, name, path, new, rule):
    check(json.dumps(proofs[name]).encode())
    with pytest.raises(Rejected) as error:
        check(changed(proofs[name], path, new))
    assert error.value.rule == rule


@pytest.mark.parametrize(
    ("name", "path", "new"),
    [
        ("npa", ("evidence", "words"), "1+AB"),
        ("npa", ("evidence", "F", "0,0|0,2"), "1"),
        ("npa", ("evidence", "F", "0,0|0,0"), {"den": "1", "re": [["1"]]}),
        ("outside", ("evidence", "words"), "2"),
        ("outside", ("evidence", "W"), []),
        ("outside", ("evidence", "constant"), "2/4"),
        ("outside", ("evidence", "more"), "0"),
    ],
)
def test_malformed(proofs, name, path, new):
    with pytest.raises(Malformed):
        check(changed(proofs[name], path, new))


def test_the_evidence_of_one_claim_is_not_taken_for_another(proofs):
    for name, claim in (("npa", "outside a level"), ("outside", "no quantum correlations")):
        with pytest.raises(Malformed):
            check(changed(proofs[name], ("statement", "claim"), claim))


def test_local_correlations_are_not_excluded():
    half = Fraction(1, 2)
    shared = correlations(((2, 2), (2, 2)), lambda e: half if e[0][0] == e[0][1] else 0)
    with pytest.raises(Undecided):
        certify_not_npa(printed(shared), "2")


def npa_file(sigma, radius, evidence):
    statement = {
        "format": FORMAT,
        "claim": "no quantum correlations",
        "scenario": scenario_value(sigma.scenario),
        "centre": assemblage_value(sigma),
        "radius": radius,
    }
    return write_proof(statement, evidence, {})


def test_the_radius_stops_short_of_equality():
    """1 - (the four events of guess your neighbour's input) is its own square."""
    square = json.loads(certify_exclusive_events(guess_your_neighbours_input()).data)["evidence"]
    events = {label(e): "-1" for e in guess_your_neighbours_input().coefficients}
    evidence = {**square, "F": {"*,*,*|0,0,0": "1", **events}}
    sigma = upb_correlations(Fraction(814, 10000))
    violation = Fraction(814, 10000 - 2 * 814)
    limit = violation / 4
    assert check(npa_file(sigma, str(limit - Fraction(1, 10**9)), evidence))
    with pytest.raises(Rejected) as error:
        check(npa_file(sigma, str(limit), evidence))
    assert error.value.rule == "value"


def test_a_marginal_moves_with_all_its_elements():
    """p(01|00) = p(0 *|0 0) - p(00|00): the same inequality, a smaller radius."""
    sigma = pr_box_correlations()
    evidence = json.loads(certify_not_npa(Question(printed(sigma), aim=Aim.INTEGERS), "1").data)[
        "evidence"
    ]
    key = next(k for k, f in evidence["F"].items() if f == "1" and k.startswith("0,1|"))
    tail = key.partition("|")[2]
    assert check(npa_file(sigma, "7/100", evidence))
    del evidence["F"][key]
    evidence["F"][f"0,*|{tail}"] = "1"
    assert f"0,0|{tail}" not in evidence["F"]
    evidence["F"][f"0,0|{tail}"] = "-1"
    # 0.2929 of violation over 3 + 2 + 1 probabilities
    assert check(npa_file(sigma, "6/125", evidence))
    with pytest.raises(Rejected) as error:
        check(npa_file(sigma, "1/20", evidence))
    assert error.value.rule == "value"
