"""The estimate has no bias, its region is what the proof says, and it covers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from flint import fmpq
from simulated_counts import behaviour, determining, drawn, proportional

from exactsteer.counts.counts import LOST, Counts
from exactsteer.counts.measurements import effects
from exactsteer.counts.parts import cut
from exactsteer.counts.region import estimate
from exactsteer.errors import InputError
from exactsteer.formats import read_input
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.model.named import monogamy
from exactsteer.model.noise import mixture, white_noise
from exactsteer.model.printed import box_distance, exact_assemblage
from exactsteer.programs.arrays import to_array, to_float
from exactsteer.standing import classify

CONFIDENCE = Fraction(99, 100)
XYZ = ["X", "Y", "Z"]


def noisy(weight) -> Assemblage:
    clean = monogamy("ZX")
    return mixture(clean, white_noise(clean.scenario), weight=Fraction(weight))


def distance(found, sigma) -> fmpq:
    return box_distance(replace(found, uncertainty=fmpq(0)), sigma)


@pytest.mark.parametrize(
    "name",
    [
        "parity",
        "w_noise",
        *(pytest.param(n, marks=pytest.mark.slow) for n in ("pr_box", "breuer_hall")),
        pytest.param("ghz_two_alices", marks=pytest.mark.slow),
    ],
)
def test_exact_frequencies_give_the_assemblage_back(name):
    sigma = exact_assemblage(read_input(name))
    named = {n: m for d in set(sigma.scenario.dimensions) for n, m in determining(d).items()}
    names = [list(determining(d)) for d in sigma.scenario.dimensions]
    if len(names) == 2 and max(sigma.scenario.dimensions) > 2:
        # One of them measures, the other does not.
        turns = [behaviour(sigma, n, named) for n in ([names[0], ["-"]], [["-"], names[1]])]
        p = {**turns[0], **turns[1]}
    else:
        p = behaviour(sigma, names, named)
    found = estimate(proportional(p), named, CONFIDENCE)
    assert distance(found.centre, sigma) < fmpq(1, 10**5)
    assert found.distance == found.error + found.moved > 0


def test_the_error_is_hoeffdings_bound_of_the_estimator():
    """Weighted least squares anew, in floats and on all entries with their constraints."""
    sigma = noisy("1/10")
    p = behaviour(sigma, [XYZ, XYZ])
    numbers = {s: 64 if i % 2 else 128 for i, s in enumerate(p)}
    counts = drawn(p, numbers, np.random.default_rng(3))
    found = estimate(counts, {}, CONFIDENCE)
    worst, entries = hoeffding_squares(sigma.scenario, counts)
    expected = np.sqrt(np.log(2 * entries / 0.01) / 2 * worst)
    assert to_float(found.error) >= expected * (1 - 1e-12)
    assert to_float(found.error) == pytest.approx(expected, rel=1e-3)


def hoeffding_squares(scenario, counts):
    elements = list(scenario.elements())
    places = {
        (k, e, i, j, part): n
        for n, (k, e, (i, j, part)) in enumerate(
            product(range(2), elements, [(0, 0, 0), (0, 1, 0), (0, 1, 1), (1, 1, 0)])
        )
    }
    size = len(places)
    trace = np.zeros((2, len(elements), size))
    for (k, e, i, j, _), n in places.items():
        trace[k, elements.index(e), n] = i == j
    rows = [trace[0, i] - trace[1, i] for i in range(len(elements))]
    rows.append(trace[0, 0] + trace[0, 1])  # = 1
    for k, part in product(range(2), [(0, 0, 0), (0, 1, 0), (0, 1, 1), (1, 1, 0)]):
        row = np.zeros(size)
        for (a,), (x,) in elements:
            row[places[(k, ((a,), (x,)), *part)]] = 1 - 2 * x
        rows.append(row)
    constraints = np.array(rows)
    _, singular, vh = np.linalg.svd(constraints)
    free = vh[np.sum(singular > 1e-9) :].T
    pooled = {}
    for (x, y), n in counts.trials_of.items():
        for k, name in enumerate(y):
            pooled[k, x, name] = pooled.get((k, x, name), 0) + n
    seen, weights = {}, []
    most = max(pooled.values())
    for (k, x, name), n in pooled.items():
        for b, effect in enumerate(effects(name, 2, {})):
            m = to_array(effect)
            for a in scenario.answers(x):
                row = np.zeros(size)
                e = (a, x)
                row[places[k, e, 0, 0, 0]] = m[0, 0].real
                row[places[k, e, 1, 1, 0]] = m[1, 1].real
                row[places[k, e, 0, 1, 0]] = 2 * m[0, 1].real
                row[places[k, e, 0, 1, 1]] = 2 * m[0, 1].imag
                seen[k, a, x, b, name] = row
                weights.append(max(1, 64 * n // most))
    G, W = np.array(list(seen.values())), np.diag(weights)
    R = G @ free
    gain = free @ np.linalg.solve(R.T @ W @ R, R.T @ W)
    index = {key: i for i, key in enumerate(seen)}
    worst = 0.0
    for h in gain:
        total = 0.0
        for (x, y), n in counts.trials_of.items():
            values = [
                sum(
                    h[index[k, a, x, v, name]] / pooled[k, x, name]
                    for k, (v, name) in enumerate(zip(b, y, strict=True))
                )
                for a in scenario.answers(x)
                for b in product((0, 1), repeat=2)
            ]
            total += n * (max(values) - min(values)) ** 2
        worst = max(worst, total)
    return worst, size


@pytest.mark.slow
@pytest.mark.parametrize("weight", ["0", "1/10", "2/5"])
def test_the_region_holds_the_true_assemblage(weight):
    sigma, rng = noisy(weight), np.random.default_rng(7)
    p = behaviour(sigma, [XYZ, XYZ])
    for _ in range(20):
        found = estimate(drawn(p, dict.fromkeys(p, 300), rng), {}, CONFIDENCE)
        assert distance(found.centre, sigma) <= found.distance


@pytest.mark.slow
def test_what_is_proved_about_the_region():
    sigma = noisy("1/10")
    p = behaviour(sigma, [XYZ, XYZ])
    found = estimate(drawn(p, dict.fromkeys(p, 10**4), np.random.default_rng(1)), {}, CONFIDENCE)
    assert distance(found.centre, sigma) <= found.distance
    standing = classify(found.printed("counts"))
    assert standing.answer == "POSTQUANTUM"
    assert any("With confidence 0.99" in remark for remark in standing.remarks)
    assert standing.proofs["postquantum"].theorem.statement.radius >= found.distance


def test_refusals():
    p = behaviour(monogamy("ZX"), [XYZ, ["X", "Z"]])
    counts = proportional(p)
    with pytest.raises(InputError, match="do not determine the assemblage"):
        estimate(counts)
    lost = Counts({((0,), ("Z",)): {((0,), (LOST,)): 2, ((0,), (0,)): 1}})
    with pytest.raises(InputError, match="in 2 trials a Bob has no outcome"):
        estimate(lost)
    for numbers, words in (
        ({((0,), ()): {((0,), ()): 1}}, "with a Bob"),
        ({((1,), ("Z",)): {((0,), (0,)): 1}}, "without a gap"),
        ({((0,), ("-",)): {((0,), (0,)): 1}}, "one dimension, got none"),
        (
            {((0,), ("Z",)): {((0,), (0,)): 1}, ((0,), ("ZZ",)): {((0,), (0,)): 1}},
            "one dimension, got 2 and 4",
        ),
        (
            {((0,), (m,)): {((0,), (2 * (m == "X"),)): 1} for m in XYZ},
            "Bob 1 has the outcome 2 in the setting 'X'",
        ),
    ):
        with pytest.raises(InputError, match=words):
            estimate(Counts(numbers))


def test_the_two_parts_are_all():
    p = behaviour(noisy("1/10"), [["Z", "X"]] * 2)
    counts = drawn(p, dict.fromkeys(p, 1000), np.random.default_rng(2))
    part, rest = cut(counts, Fraction(1, 4), seed=5)
    assert abs(part.trials - counts.trials / 4) < 6 * np.sqrt(counts.trials * 3 / 16)
    for s, row in counts.numbers.items():
        assert row == {o: part.numbers[s][o] + rest.numbers[s][o] for o in row}
    assert (part, rest) == cut(counts, Fraction(1, 4), seed=5)
    assert (part, rest) != cut(counts, Fraction(1, 4), seed=6)
    with pytest.raises(InputError, match="no trials"):
        cut(Counts({((0,), ()): {((0,), ()): 1}}), Fraction(1, 2), seed=0)
