"""Simulated counts of the monogamy assemblage: how often p-values are small, and regions cover.

    python tests/counts/laboratory.py [--runs 200] [--counts 1000,10000,100000]

The hypothesis "quantum" holds up to the visibility 1/sqrt 2 = 0.70711. Where every trial is
quantum, whatever came before, at most 5 per cent of the p-values may be below 0.05. Prints Markdown
tables; docs/counts.md shows them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from flint import fmpq
from simulated_counts import Behaviour, behaviour

from exactsteer.counts.counts import Counts, Setting
from exactsteer.counts.design import fixed, uniform
from exactsteer.counts.directed import Directed
from exactsteer.counts.inequality import valid_inequality
from exactsteer.counts.martingale import ever_reached
from exactsteer.counts.p_values import Trials, evidence, trials_of
from exactsteer.counts.region import estimate
from exactsteer.counts.score import Score, score_of
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.model.named import monogamy
from exactsteer.model.noise import mixture, white_noise
from exactsteer.model.printed import box_distance
from exactsteer.programs.arrays import to_float

PROOF = Path(__file__).resolve().parents[2] / "certificates" / "monogamy_ZX.json"
EDGE = 0.7071
BLOCKS = 10
"""Drift and memory change the visibility so often in a run."""
LEVEL, TINY = Fraction(1, 20), Fraction(1, 10**6)

Visibilities = Callable[[int, float], float]
"""The visibility of a block, from its number and the mean score of all trials before it."""


@dataclass(frozen=True)
class Scene:
    """How the visibility changes, and whether every trial is quantum."""

    name: str
    visibility: Visibilities
    holds: bool


def drifting(low: float, high: float) -> Visibilities:
    return lambda block, _: low + (high - low) * block / (BLOCKS - 1)


def remembering(behind: float, ahead: float) -> Visibilities:
    """Depends on whether the mean speaks for the hypothesis so far."""
    return lambda _, mean: behind if mean > 0 else ahead


SCENES = [
    Scene("0.6", lambda *_: 0.6, True),
    Scene("0.7071", lambda *_: EDGE, True),
    Scene("0.5 to 0.7071, drift", drifting(0.5, EDGE), True),
    Scene("0.7071 or 0.6, memory", remembering(0.6, EDGE), True),
    Scene("0.72", lambda *_: 0.72, False),
    Scene("0.68 to 0.76, drift", drifting(0.68, 0.76), False),
    Scene("0.9", lambda *_: 0.9, False),
    Scene("0.8 to 1, drift", drifting(0.8, 1.0), False),
    Scene("0.95 or 0.85, memory", remembering(0.95, 0.85), False),
]


def assemblage(visibility: float) -> Assemblage:
    clean = monogamy("ZX")
    weight = 1 - Fraction(str(visibility))
    return mixture(clean, white_noise(clean.scenario), weight=weight)


class Source:
    """Draws trials of the noisy assemblage with these measurements of both Bobs."""

    def __init__(self, bobs: str) -> None:
        self._bobs = bobs
        self._known: dict[float, Behaviour] = {}
        self.settings = list(self._at(EDGE))

    def _at(self, visibility: float) -> Behaviour:
        if visibility not in self._known:
            names = [list(self._bobs)] * 2
            self._known[visibility] = behaviour(assemblage(visibility), names)
        return self._known[visibility]

    def counts(
        self, visibility: float, numbers: Mapping[Setting, int], rng: np.random.Generator
    ) -> Counts:
        out = {}
        for setting, row in self._at(round(visibility, 4)).items():
            p = np.array([to_float(q) for q in row.values()])
            found = rng.multinomial(numbers[setting], p / p.sum())
            out[setting] = dict(zip(row, map(int, found), strict=True))
        return Counts(out)

    def at_random(self, n: int, rng: np.random.Generator) -> dict[Setting, int]:
        """How often each setting comes in n trials."""
        found = rng.multinomial(n, [1 / len(self.settings)] * len(self.settings))
        return dict(zip(self.settings, map(int, found), strict=True))

    def each(self, n: int) -> dict[Setting, int]:
        return dict.fromkeys(self.settings, n)


@dataclass(frozen=True)
class Run:
    """The bounds at the end, and the least one of the martingale at the end of a block."""

    tail: Fraction
    anytime: Fraction
    least: Fraction

    @property
    def p_value(self) -> Fraction:
        return min(Fraction(1), 2 * min(self.tail, self.anytime))


class Laboratory:
    """Runs with settings chosen at random."""

    def __init__(self) -> None:
        self._source = Source("ZX")
        one = self._source.counts(EDGE, self._source.each(1), np.random.default_rng(0))
        chosen = uniform(one)
        inequality = valid_inequality(check(PROOF.read_bytes()), 2)
        self._score: Score = score_of(inequality, one, chosen.shares, {})
        self._trials: Trials = trials_of(self._score, one, chosen)

    def run(self, scene: Scene, size: int, seed: int) -> Run:
        """Of so many trials a setting, on average."""
        rng, n = np.random.default_rng([seed, size]), size * len(self._source.settings)
        numbers: dict[fmpq, int] = {}
        mean, least = 1.0, Fraction(1)
        for block in range(BLOCKS):
            chosen = self._source.at_random(n // BLOCKS, rng)
            counts = self._source.counts(scene.visibility(block, mean), chosen, rng)
            for setting, outcome, k in counts.cells():
                value = self._score.of(setting, outcome)
                numbers[value] = numbers.get(value, 0) + k
            trials = replace(self._trials, numbers=numbers)
            mean = to_float(trials.mean)
            anytime = ever_reached(trials.gains(), trials.gain(fmpq(0))).fraction()
            least = min(least, anytime)
        return Run(trials.tail(fmpq(0))[0].fraction(), anytime, least)


def settings_at_random(runs: int, sizes: list[int]) -> Iterator[str]:
    laboratory = Laboratory()
    yield from heading(
        "visibility, counts a setting, quantum?, tail < 0.05, martingale < 0.05, "
        "ever < 0.05, p < 0.05, p < 1e-6, median p"
    )
    for scene in SCENES:
        for size in sizes:
            found = [laboratory.run(scene, size, seed) for seed in range(runs)]
            ps = sorted(run.p_value for run in found)
            yield line(
                scene.name,
                size,
                "yes" if scene.holds else "no",
                sum(run.tail < LEVEL for run in found),
                sum(run.anytime < LEVEL for run in found),
                sum(run.least < LEVEL for run in found),
                sum(p < LEVEL for p in ps),
                sum(p < TINY for p in ps),
                text(ps[runs // 2]),
            )


def fixed_numbers(runs: int, sizes: list[int]) -> Iterator[str]:
    inequality = valid_inequality(check(PROOF.read_bytes()), 2)
    source = Source("ZX")
    yield from heading("visibility, counts a setting, quantum?, p < 0.05, p < 1e-6, median p")
    for visibility in (0.6, EDGE, 0.72, 0.9):
        for size in sizes:
            ps = []
            for seed in range(runs):
                rng = np.random.default_rng([seed, size])
                counts = source.counts(visibility, source.each(size), rng)
                chosen = fixed(counts)
                score = score_of(inequality, counts, chosen.shares, {})
                ps.append(trials_of(score, counts, chosen).tail(fmpq(0))[0].fraction())
            yield line(
                visibility,
                size,
                "yes" if visibility <= EDGE else "no",
                sum(p < LEVEL for p in ps),
                sum(p < TINY for p in ps),
                text(sorted(ps)[runs // 2]),
            )


def game_at_the_edge(runs: int, sizes: list[int]) -> Iterator[str]:
    """CHSH, won as often as quantum theory allows: the worst that there is, wins and losses."""
    theorem = check((PROOF.parent / "chsh.level-1.json").read_bytes())
    wins = (2 + 2**0.5) / 4
    yield from heading("game, counts a setting, quantum?, tail < 0.05, p < 0.05")
    for size in sizes:
        tails, ps = 0, 0
        for seed in range(runs):
            rng = np.random.default_rng([seed, size])
            numbers = rng.multinomial(4 * size, [1 / 4] * 4)
            rows = {}
            for (x, y), n in zip(((0, 0), (0, 1), (1, 0), (1, 1)), map(int, numbers), strict=True):
                won = int(rng.binomial(n, wins))
                rows[(x, y), ()] = {((0, x & y), ()): won, ((0, 1 - (x & y)), ()): n - won}
            found = evidence(theorem, Counts(rows), uniform(Counts(rows)))
            tails += found.tail.at_most(LEVEL)
            ps += found.p_value.at_most(LEVEL)
        yield line("CHSH, (2 + sqrt 2)/4", size, "yes", tails, ps)


def regions(runs: int, sizes: list[int]) -> Iterator[str]:
    """With X, Y and Z of both Bobs; confidence 0.99."""
    source = Source("XYZ")
    yield from heading(
        "visibility, counts a setting, regions that hold the true one, largest radius, "
        "largest error seen"
    )
    for visibility in (0.6, 0.72, 0.9):
        for size in sizes:
            true, radii, errors = assemblage(visibility), [], []
            for seed in range(runs):
                rng = np.random.default_rng([seed, size])
                found = estimate(source.counts(visibility, source.each(size), rng))
                radii.append(found.distance)
                errors.append(box_distance(found.centre, true))
            inside = sum(e <= r for e, r in zip(errors, radii, strict=True))
            largest = (f"{to_float(max(values)):.2g}" for values in (radii, errors))
            yield line(visibility, size, f"{inside} of {runs}", *largest)


def heading(columns: str) -> Iterator[str]:
    names = columns.split(", ")
    yield line(*names)
    yield "|" + "---|" * len(names)


def line(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def text(p: Fraction) -> str:
    return Directed.of(p, True).text(2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--counts", default="1000,10000,100000")
    given = parser.parse_args()
    sizes = [int(v) for v in given.counts.split(",")]
    for title, table in (
        ("Settings at random", settings_at_random),
        ("Fixed numbers", fixed_numbers),
        ("A game at the edge", game_at_the_edge),
        ("Regions", regions),
    ):
        print(f"\n{title}, {given.runs} runs each\n")
        for row in table(given.runs, sizes):
            print(row, flush=True)


if __name__ == "__main__":
    main()
