"""The assemblage nearest to counts, and a region around it that holds the true one.

The estimate is linear and exact: weighted least squares among the families that satisfy (A2) and
(A3). So the error of each entry is a sum of independent bounded numbers, one for each trial, and
Hoeffding's inequality bounds it (docs/counts.md). An assemblage near the estimate, found in
floating point and repaired exactly, becomes the centre of the region.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from flint import fmpq, fmpq_mat

from exactsteer.counts.counts import Counts, Setting
from exactsteer.counts.directed import log_above, sqrt_above
from exactsteer.counts.measurements import Named, effects, measurement
from exactsteer.counts.nearest import GRID, nearest_assemblage, on_grid, square_of
from exactsteer.counts.no_signalling import Form, NoSignalling, least_squares, matrix_of
from exactsteer.errors import InputError
from exactsteer.kernel.file.numbers import readable_text
from exactsteer.kernel.scenario import Element, Labels, Scenario
from exactsteer.model.assemblage_text import printed as exact_printed
from exactsteer.model.printed import Printed, Square, box_distance
from exactsteer.number_text import counted
from exactsteer.proving.repair import repair
from exactsteer.proving.violations import above_text

ASSUMED = (
    "all trials are independent with one and the same assemblage (no drift, no memory), and the "
    "settings were chosen whatever the outcomes"
)
MAX_OBSERVATIONS = 4096
_WEIGHTS = 64

Observation = tuple[int, Labels, Labels, int, str]
"""(k, a, x, b, y): the outcomes a of the Alices and b of Bob k in their settings x and y."""


@dataclass(frozen=True)
class Estimate:
    """An exact assemblage, and how far the true one is from it at most, with what confidence.

    The distance is the largest difference of a real or imaginary part of an entry: `error`, of the
    least-squares estimate, and `moved`, how far the centre lies from that, which need not be
    positive.
    """

    centre: Printed
    error: fmpq
    moved: fmpq
    confidence: Fraction

    @property
    def distance(self) -> fmpq:
        """The radius of the region."""
        return self.error + self.moved

    def meaning(self) -> str:
        """What the region holds, with which confidence, and what that assumes."""
        confidence = readable_text(fmpq(*self.confidence.as_integer_ratio()))
        return (
            f"With confidence {confidence} the true assemblage differs from this one by at most "
            f"{above_text(self.distance)} in the real and in the imaginary part of each entry. "
            f"Assumed: {ASSUMED}; the Bobs' measurements are those stated, exactly."
        )

    def printed(self, source: str) -> Printed:
        """As an assemblage file with approximate numbers, their uncertainty the distance.

        Its note is the meaning, which `classify` repeats.
        """
        return replace(
            self.centre,
            exact=False,
            uncertainty=self.distance,
            source=source,
            note=self.meaning(),
        )


def estimate(
    counts: Counts,
    named: Named = MappingProxyType({}),
    confidence: Fraction = Fraction(99, 100),
) -> Estimate:
    """Estimate the assemblage; raise InputError if the measurements do not determine it."""
    if counts.lost:
        raise InputError(
            f"in {counted(counts.lost, 'trial')} a Bob has no outcome, and nothing says what it "
            "would have been; give the effects of all his outcomes (--measurements), or test an "
            "inequality instead, where such trials count against a violation"
        )
    seen = _Seen(counts, named)
    raw = seen.least_squares()
    error = seen.error(1 - confidence)
    centre = repair(nearest_assemblage(raw, seen.model), fmpq(1)).centre
    return Estimate(exact_printed(centre), error, box_distance(raw, centre), confidence)


def _scenario(counts: Counts, named: Named) -> Scenario:
    """Settings and outcomes are those that are named, dimensions those of the measurements."""
    if counts.N == 0:
        raise InputError("expected counts with a Bob, whose states are to be estimated")
    largest: list[dict[int, int]] = [{} for _ in range(counts.n)]
    dimensions: list[set[int]] = [set() for _ in range(counts.N)]
    for (x, y), (a, _), _ in counts.cells():
        for row, s, v in zip(largest, x, a, strict=True):
            row[s] = max(row.get(s, 0), v + 1)
        for found, name in zip(dimensions, y, strict=True):
            if (given := measurement(name, named)) is not None:
                found.add(given[0].n)
    for j, row in enumerate(largest):
        if sorted(row) != list(range(len(row))):
            raise InputError(
                f"Alice {j + 1}: expected the settings 0, 1, .. without a gap, got "
                f"{', '.join(map(str, sorted(row)))}"
            )
    for k, found in enumerate(dimensions):
        if len(found) != 1:
            raise InputError(
                f"Bob {k + 1}: expected measurements of one dimension, got "
                f"{' and '.join(map(str, sorted(found))) or 'none'}"
            )
    outcomes = tuple(tuple(row[s] for s in range(len(row))) for row in largest)
    return Scenario(outcomes, tuple(found.pop() for found in dimensions))


class _Seen:
    """The frequencies p(a, b|x, y) of each Bob, and what they say about the unknown numbers."""

    def __init__(self, counts: Counts, named: Named) -> None:
        scenario = _scenario(counts, named)
        self.model = NoSignalling(scenario)
        self._counts = counts
        self._pooled: dict[tuple[int, Labels, str], int] = {}
        self._answers: dict[tuple[int, str], int] = {}
        for (x, names), n in counts.trials_of.items():
            for k, y in enumerate(names if n else ()):
                self._pooled[k, x, y] = self._pooled.get((k, x, y), 0) + n
        forms: dict[Observation, Form] = {}
        for k, x, y in self._pooled:
            found = effects(y, scenario.dimensions[k], named)
            self._answers[k, y] = len(found)
            if len(forms) > MAX_OBSERVATIONS:
                raise InputError(
                    f"expected at most about {MAX_OBSERVATIONS} pairs of settings and outcomes of "
                    "a Bob; test an inequality instead"
                )
            for b, effect in enumerate(found):
                for a in scenario.answers(x):
                    forms[k, a, x, b, y] = self.model.seen(k, (a, x), effect)
        self._forms = forms
        most = max(self._pooled.values())
        # Any weights leave the estimate without a bias; short ones keep the numbers short.
        weights = [
            fmpq(max(1, _WEIGHTS * self._pooled[k, x, y] // most)) for k, _, x, _, y in forms
        ]
        gain = least_squares(list(forms.values()), weights, self.model.size)
        if gain is None:
            raise InputError(
                "the measurements do not determine the assemblage: expected, for each of the "
                "Alices' settings, effects of each Bob that span all Hermitian matrices, such as "
                "those of X, Y and Z of a qubit; test an inequality instead"
            )
        self._gain = gain

    def least_squares(self) -> Printed:
        """The estimate, rounded to a decimal grid."""
        counted: dict[Observation, int] = {}
        for (x, y), (a, b), n in self._counts.cells():
            for k, (v, name) in enumerate(zip(b, y, strict=True)):
                key = k, a, x, v, name
                if n and key not in self._forms:
                    raise InputError(
                        f"Bob {k + 1} has the outcome {v} in the setting {name!r}, whose "
                        "measurement has fewer; give the effects of all outcomes (--measurements)"
                    )
                counted[key] = counted.get(key, 0) + n
        deviations = [
            fmpq(counted.get((k, a, x, b, y), 0), self._pooled[k, x, y]) - constant
            for (k, a, x, b, y), (constant, _) in self._forms.items()
        ]
        unknown = self._gain * fmpq_mat(len(deviations), 1, deviations)
        families: list[dict[Element, Square]] = [{} for _ in self.model.scenario.dimensions]
        for (k, e), forms in self.model.coordinates.items():
            numbers = [
                c + sum((v * unknown[p, 0] for p, v in f.items()), fmpq(0)) for c, f in forms
            ]
            families[k][e] = square_of(on_grid(numbers, self.model.scenario.dimensions[k]))
        return Printed(self.model.scenario, tuple(families), exact=False)

    def error(self, epsilon: Fraction) -> fmpq:
        """What no entry of the estimate is wrong by, but with probability epsilon.

        Each of M entries is wrong by t or more with probability at most 2 exp(-2 t^2 / s), s the
        sum over the trials of the squared length of the range of what one adds to the entry.
        """
        forms = [form for part in self.model.coordinates.values() for form in part]
        shares = matrix_of(forms, self.model.size) * self._gain
        # By how much one trial may move an entry is looked up setting by setting.
        columns = {key: j for j, key in enumerate(self._forms)}
        worst = fmpq(0)
        for i in range(len(forms)):
            weights = {
                (k, a, x, b, y): shares[i, j] / self._pooled[k, x, y]
                for (k, a, x, b, y), j in columns.items()
            }
            squares = (
                n * self._length(setting, weights) ** 2
                for setting, n in self._counts.trials_of.items()
                if n
            )
            worst = max(worst, sum(squares, fmpq(0)))
        log = log_above(2 * len(forms) / epsilon)
        error = sqrt_above(log / 2 * Fraction(int(worst.p), int(worst.q))) + Fraction(1, int(GRID))
        return fmpq(error.numerator, error.denominator)

    def _length(self, setting: Setting, weights: Mapping[Observation, fmpq]) -> fmpq:
        x, y = setting
        lows, highs = [], []
        for a in self.model.scenario.answers(x):
            values = [
                [weights[k, a, x, b, name] for b in range(self._answers[k, name])]
                for k, name in enumerate(y)
            ]
            lows.append(sum(map(min, values), fmpq(0)))
            highs.append(sum(map(max, values), fmpq(0)))
        return max(highs) - min(lows)
