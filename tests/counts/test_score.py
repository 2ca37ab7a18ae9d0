"""The mean score of trials is the inequality itself, exactly, for every claim that has one."""

from __future__ import annotations

from functools import reduce
from itertools import product

import pytest
from flint import fmpq
from places import CERTIFICATES, CORPUS
from simulated_counts import behaviour, determining, proportional

from exactsteer.counts.counts import LOST, Counts
from exactsteer.counts.design import at_random, fixed, uniform
from exactsteer.counts.inequality import HYPOTHESES, valid_inequality
from exactsteer.counts.measurements import effects
from exactsteer.counts.p_values import evidence
from exactsteer.counts.score import _Rows, score_of
from exactsteer.errors import InputError
from exactsteer.kernel.check import check
from exactsteer.kernel.exact.hermitian import Hermitian, kron
from exactsteer.kernel.scenario import Scenario
from exactsteer.kernel.statements import Ball, QuantumBound
from exactsteer.kernel.theorems import TwoEnds
from exactsteer.model.named import monogamy
from exactsteer.model.noise import white_noise

PROOFS = sorted((CORPUS / "accept").glob("*.json"))
MONOGAMY = CERTIFICATES / "monogamy_ZX.json"
MANY = 2000


def with_inequality():
    """One proof file a claim and shape of scenario."""
    found = {}
    for path in PROOFS:
        theorem = check(path.read_bytes())
        scenario = theorem.statement.scenario
        try:
            valid_inequality(theorem, scenario.N)
        except InputError:
            assert theorem.claim not in HYPOTHESES or isinstance(theorem.evidence, TwoEnds)
            continue
        size = sum(1 for _ in scenario.elements()) * scenario.joint_dimension**2
        if size <= 600:
            found.setdefault((theorem.claim, scenario), path)
    return sorted(found.values())


CHOSEN = with_inequality()


def uneven(settings):
    """Probabilities that differ from each other, of a list of settings."""
    total = sum(range(1, len(settings) + 1))
    return {s: fmpq(i + 1, total) for i, s in enumerate(settings)}


def mean(score, p):
    """The mean score, from the definition."""
    return sum(
        (score.design[s] * q * score.of(s, o) for s, row in p.items() for o, q in row.items()),
        fmpq(0),
    )


def test_every_claim_with_an_inequality_is_there():
    assert {check(path.read_bytes()).claim for path in CHOSEN} == set(HYPOTHESES)


@pytest.mark.parametrize("path", CHOSEN, ids=lambda path: path.stem)
def test_the_mean_score_is_the_inequality(path):
    theorem = check(path.read_bytes())
    statement, evidence_ = theorem.statement, theorem.evidence
    inequality = valid_inequality(theorem, statement.scenario.N)
    scenario = Scenario(inequality.outcomes, inequality.dimensions)
    named = {name: m for d in set(scenario.dimensions) for name, m in determining(d).items()}
    names = [list(determining(d)) if d > 1 else ["-"] for d in scenario.dimensions]
    settings = list(product(scenario.settings(), product(*names)))
    if isinstance(statement, QuantumBound):
        sigma, joint, expected = None, *joint_behaviour(theorem)
    else:
        sigma = statement.centre
        joint = None
        if isinstance(evidence_, TwoEnds):
            ends = (evidence_.lower, evidence_.upper)
            (evidence_,) = (e for e in ends if hasattr(e, "W"))
        expected = value_of(evidence_, sigma)
    counts = Counts({s: {(tuple(0 for _ in s[0]), tuple(0 for _ in s[1])): 1} for s in settings})
    for chosen in (uniform(counts), at_random(counts, uneven(settings))):
        score = score_of(inequality, counts, chosen.shares, named)
        p = joint(names, named) if joint else behaviour(sigma, names, named)
        assert mean(score, p) == expected
        for s, row in p.items():
            low, high = score.range_of(s)
            assert all(low <= score.of(s, o) <= high for o in row)


def value_of(evidence_, sigma):
    if hasattr(evidence_, "value_and_norm"):
        return evidence_.value_and_norm(sigma)[0]
    return getattr(evidence_, "inequality", evidence_).value(sigma)


def joint_behaviour(theorem):
    """All Bobs in one state, the Alices' outcomes as improbable as can be but one; from Def. 3."""
    statement = theorem.statement
    assert isinstance(statement, QuantumBound)
    scenario = statement.scenario
    state = reduce(
        kron,
        (
            Hermitian.of(
                d + 2, [[(i == j) + 2 * (i == j == 0) for j in range(d)] for i in range(d)]
            )
            for d in scenario.dimensions
        ),
        Hermitian.identity(1),
    )

    def p(a, x):
        weights = [fmpq(2 if v == 0 else 1, o + 1) for v, o in zip(a, numbers(x), strict=True)]
        return reduce(lambda u, v: u * v, weights, fmpq(1))

    def numbers(x):
        return [row[s] for row, s in zip(scenario.outcomes, x, strict=True)]

    expected = statement.upper
    for (a, x), f in statement.functional.coefficients.items():
        members = product(
            *(range(o) if v < 0 else (v,) for v, o in zip(a, numbers(x), strict=True))
        )
        expected -= sum((p(m, x) * f.inner(state) for m in members), fmpq(0))

    def seen(names, named):
        out = {}
        for x in scenario.settings():
            for y in product(*names):
                lists = [effects(s, d, named) for s, d in zip(y, scenario.dimensions, strict=True)]
                out[x, y] = {
                    (a, b): p(a, x)
                    * reduce(kron, (m[v] for m, v in zip(lists, b, strict=True))).inner(state)
                    for a in scenario.answers(x)
                    for b in product(*(range(len(m)) for m in lists))
                }
        return out

    return seen, expected


def test_other_claims_have_none():
    for path in PROOFS:
        theorem = check(path.read_bytes())
        if theorem.claim not in HYPOTHESES and isinstance(theorem.statement, Ball):
            with pytest.raises(InputError, match="contains no inequality"):
                valid_inequality(theorem, 1)


# ---- The monogamy assemblage ----


@pytest.fixture(scope="module")
def theorem():
    return check(MONOGAMY.read_bytes())


def test_what_is_not_measured_is_named(theorem):
    p = behaviour(monogamy("ZX"), [["Z"], ["Z", "X"]])
    with pytest.raises(InputError, match=r"F_\{0\|1\} of Bob 1 is no combination .* \('Z'\)"):
        evidence(theorem, proportional(p), uniform(proportional(p)))


@pytest.mark.parametrize("setting", [((2,), ("Z", "Z")), ((0, 0), ("Z", "Z")), ((0,), ("Z",))])
def test_probabilities_of_settings_of_another_scenario(theorem, setting):
    counts = proportional(behaviour(monogamy("ZX"), [["Z", "X"]] * 2))
    shares = {s: fmpq(1, len(counts.numbers) + 1) for s in (*counts.numbers, setting)}
    with pytest.raises(InputError, match="is none of the scenario"):
        evidence(theorem, counts, at_random(counts, shares))


def test_only_the_settings_that_matter_are_enough(theorem):
    """Z of both Bobs with Alice's Z only, X with X only: the inequality as it stands serves."""
    p = behaviour(monogamy("ZX"), [["Z", "X"]] * 2)
    few = {(x, y): row for (x, y), row in p.items() if y == ("ZX"[x[0]],) * 2}
    counts = proportional(few)
    found = evidence(theorem, counts, uniform(counts))
    assert found.trials.mean == theorem.evidence.value(monogamy("ZX"))


def test_bobs_may_take_turns(theorem):
    """One of them measures, the other does not."""
    turns = [
        behaviour(monogamy("ZX"), names) for names in ([["Z", "X"], ["-"]], [["-"], ["Z", "X"]])
    ]
    counts = proportional({**turns[0], **turns[1]})
    found = evidence(theorem, counts, fixed(counts))
    assert found.trials.mean == theorem.evidence.value(monogamy("ZX"))


def test_white_noise_is_not_rejected(theorem):
    counts = proportional(behaviour(white_noise(monogamy("ZX").scenario), [["Z", "X"]] * 2))
    for chosen in (uniform(counts), fixed(counts)):
        found = evidence(theorem, counts, chosen)
        assert found.p_value.fraction() == 1
        assert found.at_most >= found.trials.mean > 0


def many(p, n):
    den = proportional(p)
    return Counts({s: {o: n * v for o, v in row.items()} for s, row in den.numbers.items()})


def test_lost_outcomes_count_for_the_hypothesis(theorem):
    """Whatever is lost, the scores only rise, and nothing else changes."""
    whole = many(behaviour(monogamy("ZX"), [["Z", "X"]] * 2), MANY)
    lost = {
        s: {
            **{o: v - v // 10 for o, v in r.items()},
            **{(a, (LOST, b[1])): v // 10 for (a, b), v in r.items() if b[0] == 0 and v},
        }
        for s, r in whole.numbers.items()
    }
    counts = Counts(lost)
    found, before = (evidence(theorem, c, fixed(c)) for c in (counts, whole))
    assert found.lost == counts.lost > 0
    assert before.lost == 0
    assert before.trials.mean < found.trials.mean < 0
    assert found.trials.highest == before.trials.highest
    assert any("no outcome" in text for text in found.assumptions)
    score = score_of(valid_inequality(theorem, 2), counts, fixed(counts).shares, {})
    for s in counts.numbers:
        for a, c in product((0, 1), repeat=2):
            scores = [score.of(s, ((a,), (b, c))) for b in (0, 1)]
            assert score.of(s, ((a,), (LOST, c))) == max(scores)


def test_a_game_has_the_exact_binomial_tail():
    """CHSH against its quantum bound, perfect PR-box data: 2^k wins of as many games."""
    theorem = check((CERTIFICATES / "chsh.level-1.json").read_bytes())
    counts = Counts(
        {
            ((x, y), ()): {((a, a ^ (x & y)), ()): MANY for a in (0, 1)}
            for x, y in product((0, 1), repeat=2)
        }
    )
    found = evidence(theorem, counts, uniform(counts))
    assert found.trials.wins_and_losses
    assert found.method == "the binomial tail"
    wins = found.trials.gain(fmpq(0))
    exact = wins ** (8 * MANY)
    assert exact <= found.tail.fraction() <= exact * (1 + exact.denominator.bit_length())
    assert abs(float(wins) - 0.8535533905) < 1e-9
    assert found.remark
    # No Bob measures here, so nothing is assumed of his measurement.
    assert not any("the Bobs' measurements" in assumed for assumed in found.assumptions)


def test_the_bound_on_the_violation_is_where_the_tail_is_alpha(theorem):
    counts = many(behaviour(monogamy("ZX"), [["Z", "X"]] * 2), 50)
    for chosen in (uniform(counts), fixed(counts)):
        found = evidence(theorem, counts, chosen)
        alpha = 0.05
        assert found.trials.mean < found.at_most < 0
        at = float(found.trials.tail(found.at_most)[0].text(9))
        below = found.trials.mean + (found.at_most - found.trials.mean) * fmpq(99, 100)
        assert at <= alpha < float(found.trials.tail(below)[0].text(9))


@pytest.mark.slow
def test_four_qubits_measured_in_paulis():
    """Every matrix of dimension 16 is a combination of strings of four Paulis, and comes back."""
    rows = _Rows({("".join(y),): fmpq(1, 81) for y in product("XYZ", repeat=4)}, (16,), {})
    re = [[i * j % 5 + (i == j) for j in range(16)] for i in range(16)]
    target = Hermitian.of(7, re)
    (found,) = rows.expanded([target])
    total = Hermitian.zero(16)
    for ((b,), (y,)), w in found.items():
        total = total + effects(y, 16, {})[b].scaled(w)
    assert total == target


def test_large_dimensions_are_refused():
    with pytest.raises(InputError, match="at most 16, got 17"):
        _Rows({("Z",): fmpq(1)}, (17,), {})
