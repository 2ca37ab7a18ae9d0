"""An inequality as a score of single trials, in the measurements that the Bobs did carry out.

With effects N_{b|y} and probabilities pi(x, y) of the settings, numbers w(a, x, b, y) such that

    F_{a|x} = sum_{y,b} w(a, x, b, y) N_{b|y}                                                  (1)

make of tr[F_{a|x} sigma_{a|x}], summed over a and x, the mean of w(a, x, b, y)/pi(x, y) over trials
with that assemblage. Among all such w those are taken whose scores have the least mean square if
all outcomes are as improbable as in white noise. All numbers are exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product

from flint import fmpq, fmpq_mat

from exactsteer.counts.counts import LOST, NOT_MEASURED, Counts, Names, Outcome, Setting
from exactsteer.counts.inequality import Term, ValidInequality
from exactsteer.counts.measurements import Named, effects
from exactsteer.errors import InputError
from exactsteer.kernel.exact.hermitian import Hermitian, kron
from exactsteer.kernel.file.numbers import shorten
from exactsteer.kernel.scenario import Labels, label
from exactsteer.number_text import counted

MAX_CELLS = 10**6
MAX_DIMENSION = 16

Design = Mapping[Setting, fmpq]
"""The probability of every setting, or its share of the trials; all positive, the sum is 1."""
Cell = tuple[Labels, Labels, Labels, Names]
"""(a, x, b, y) with the outcomes and settings of the Bobs of one term."""


@dataclass(frozen=True)
class Score:
    """The score of a trial, constant + one number of each term."""

    inequality: ValidInequality
    design: Design
    values: tuple[Mapping[Cell, fmpq], ...]
    answers: Mapping[Setting, tuple[int, ...]]
    """How many outcomes each Bob has, by setting."""

    def of(self, setting: Setting, outcome: Outcome) -> fmpq:
        """The score of a trial; where a Bob has no outcome, the highest that it might be."""
        (x, y), (a, b) = setting, outcome
        if LOST in b:
            numbers = self.answers[setting]
            full = product(
                *(range(o) if v == LOST else (v,) for v, o in zip(b, numbers, strict=True))
            )
            return max(self.of(setting, (a, c)) for c in full)
        total = self.inequality.constant
        for term, values in zip(self.inequality.terms, self.values, strict=True):
            total += values[a, x, _at(b, term.places), _at(y, term.places)]
        return total

    def range_of(self, setting: Setting) -> tuple[fmpq, fmpq]:
        """The lowest and the highest score in a setting."""
        scores = [self.of(setting, outcome) for outcome in self._outcomes(setting)]
        return min(scores), max(scores)

    def possible(self) -> Iterator[fmpq]:
        """Every score that a trial may have."""
        for setting in self.design:
            for outcome in self._outcomes(setting):
                yield self.of(setting, outcome)

    def _outcomes(self, setting: Setting) -> Iterator[Outcome]:
        x = setting[0]
        alices = (range(row[s]) for row, s in zip(self.inequality.outcomes, x, strict=True))
        for a in product(*alices):
            for b in product(*map(range, self.answers[setting])):
                yield a, b


def _at(labels: Sequence[str] | Labels, places: tuple[int, ...]) -> tuple:  # type: ignore[type-arg]
    return tuple(labels[k] for k in places)


def score_of(inequality: ValidInequality, counts: Counts, design: Design, named: Named) -> Score:
    """The inequality as a score.

    Of the inequality as it stands and without what signals in it, the one with the narrower range
    is taken, or the one that the measurements determine. Raises InputError if neither is.
    """
    _refuse_unfit(inequality, counts, design)
    found: list[Score] = []
    refusal: InputError | None = None
    for candidate in (inequality.without_signalling(), inequality):
        try:
            found.append(_score(candidate, counts, design, named))
        except InputError as error:
            refusal = error
    if not found:
        raise refusal or InputError("no score")
    return min(found, key=_spread)


def _spread(score: Score) -> fmpq:
    ranges = [score.range_of(setting) for setting in score.design]
    return max(high for _, high in ranges) - min(low for low, _ in ranges)


def _refuse_unfit(inequality: ValidInequality, counts: Counts, design: Design) -> None:
    n, N = len(inequality.outcomes), len(inequality.dimensions)
    if counts.n != n or (counts.N != N and (inequality.measured or counts.N > 0)):
        raise InputError(
            f"expected counts for {counted(n, 'Alice')} and {counted(N, 'Bob')} as in the proof "
            f"file, got {counts.n} and {counts.N}"
        )
    for x, y in (*counts.numbers, *design):
        fits = (len(x), len(y)) == (counts.n, counts.N)
        if not (fits and all(s < len(row) for row, s in zip(inequality.outcomes, x, strict=True))):
            raise InputError(
                f"the setting {setting_text((x, y))} is none of the scenario of the proof file"
            )
    for (x, _), (a, _), n in counts.cells():
        numbers = (row[s] for row, s in zip(inequality.outcomes, x, strict=True))
        if n and not all(v < o for v, o in zip(a, numbers, strict=True)):
            raise InputError(
                f"the counts name the Alices' outcomes and settings {label((a, x))}, which the "
                "scenario of the proof file does not have; an outcome such as 'no click' needs "
                "a number of its own there, or has to be counted as one of the others"
            )


def _score(inequality: ValidInequality, counts: Counts, design: Design, named: Named) -> Score:
    dimensions = inequality.dimensions
    answers = {}
    cells = 0
    for x, y in design:
        bobs = y if counts.N else (NOT_MEASURED,) * len(dimensions)
        numbers = tuple(len(effects(s, d, named)) for s, d in zip(bobs, dimensions, strict=True))
        answers[x, y] = numbers
        alices = (row[s] for row, s in zip(inequality.outcomes, x, strict=True))
        cells += reduce(int.__mul__, (*alices, *numbers), 1)
    if cells > MAX_CELLS:
        raise InputError(f"expected at most {MAX_CELLS} pairs of a setting and outcomes")
    _refuse_unknown_outcomes(counts, answers)
    values = tuple(_values(term, inequality, design, named) for term in inequality.terms)
    return Score(inequality, design, values, answers)


def _refuse_unknown_outcomes(counts: Counts, answers: Mapping[Setting, tuple[int, ...]]) -> None:
    for setting, (_, b), number in counts.cells():
        if not number:
            continue
        if setting not in answers:
            raise InputError(f"the setting {setting_text(setting)} has trials, but no probability")
        for k, (v, o) in enumerate(zip(b, answers[setting], strict=False)):
            if v >= o:
                raise InputError(
                    f"Bob {k + 1} has the outcome {v} in the setting {setting_text(setting)}, "
                    f"whose measurement has the outcomes 0 to {o - 1}; write 'lost' where he has "
                    "none, or give the effects of all outcomes"
                )


def setting_text(setting: Setting) -> str:
    """A setting in words."""
    x, y = setting
    bobs = f", Bobs {', '.join(y)}" if y else ""
    return shorten(f"Alices {','.join(map(str, x))}{bobs}")[1:-1]


def _values(
    term: Term, inequality: ValidInequality, design: Design, named: Named
) -> dict[Cell, fmpq]:
    chosen: dict[Labels, dict[Names, fmpq]] = {}
    for (x, y), share in design.items():
        own = chosen.setdefault(x, {})
        places = _at(y, term.places)
        own[places] = own.get(places, fmpq(0)) + share
    dimensions = _at(inequality.dimensions, term.places)
    values: dict[Cell, fmpq] = {}
    wanted: dict[Labels, list[Labels]] = {}
    for a, x in term.table:
        wanted.setdefault(x, []).append(a)
    for x, answers in wanted.items():
        rows = _Rows(chosen.get(x, {}), dimensions, named)
        targets = [term.table[a, x] for a in answers]
        for a, found in zip(answers, rows.expanded(targets), strict=True):
            if found is None:
                raise InputError(_not_measured(term, (a, x), rows.names))
            for (b, y), w in found.items():
                values[a, x, b, y] = w / chosen[x][y]
    return values


def _not_measured(term: Term, element: tuple[Labels, Labels], names: list[Names]) -> str:
    if not names:
        return (
            f"no trial has the Alices' settings {','.join(map(str, element[1]))}, which the "
            "inequality needs; choose one in the settings that were chosen"
        )
    bobs = " and ".join(str(k + 1) for k in term.places)
    who = f"Bob{'s' * (len(term.places) > 1)} {bobs}"
    seen = ", ".join(" ".join(y) for y in names)
    return (
        f"the inequality's matrix F_{{{label(element)}}} of {who} is no combination of the effects "
        f"measured with the Alices' settings {','.join(map(str, element[1]))} ({shorten(seen)}); "
        "choose an inequality in the measurements that were made"
    )


class _Rows:
    """The effects measured together with some settings of the Alices, as real vectors."""

    def __init__(self, shares: Mapping[Names, fmpq], d: tuple[int, ...], named: Named) -> None:
        if math.prod(d) > MAX_DIMENSION:
            raise InputError(
                f"expected inequalities on a dimension of at most {MAX_DIMENSION}, got "
                f"{math.prod(d)}"
            )
        self.names = list(shares)
        self._keys: list[tuple[Labels, Names]] = []
        self._vectors: list[list[fmpq]] = []
        self._weights: list[fmpq] = []
        for y, share in shares.items():
            lists = [effects(s, n, named) for s, n in zip(y, d, strict=True)]
            for b in product(*(range(len(found)) for found in lists)):
                one = Hermitian.identity(1)
                effect = reduce(kron, (found[v] for found, v in zip(lists, b, strict=True)), one)
                self._keys.append((b, y))
                self._vectors.append(coordinates(effect))
                # An outcome of probability 0 never comes; any finite weight does.
                white = effect.trace() / effect.n
                self._weights.append(share / white if white > 0 else fmpq(0))

    def expanded(
        self, targets: Sequence[Hermitian]
    ) -> list[dict[tuple[Labels, Names], fmpq] | None]:
        """For each matrix the w of least sum w^2/weight with sum w N = the matrix, None if none.

        They are w = weight * <N, u> for any u with sum weight <N, u> N = the matrix.
        """
        aims = [coordinates(target) for target in targets]
        size, wide, effects_seen = len(aims[0]), len(aims), len(self._keys)
        seen = fmpq_mat(effects_seen, size, [v for vector in self._vectors for v in vector])
        weighted = fmpq_mat(
            effects_seen,
            size,
            [
                weight * v
                for weight, vector in zip(self._weights, self._vectors, strict=True)
                for v in vector
            ],
        )
        gram = (seen.transpose() * weighted).table() if effects_seen else [[fmpq(0)] * size] * size
        rows = [[*row, *own] for row, own in zip(gram, zip(*aims, strict=True), strict=True)]
        reduced, rank = fmpq_mat(size, size + wide, [v for row in rows for v in row]).rref()
        solved = fmpq_mat(size, wide)
        good = [True] * wide
        for i in range(rank):
            pivot = next((j for j in range(size) if reduced[i, j]), None)
            for j in range(wide):
                if pivot is None:
                    good[j] = good[j] and not reduced[i, size + j]
                else:
                    solved[pivot, j] = reduced[i, size + j]
        found = weighted * solved
        return [
            {key: found[i, j] for i, key in enumerate(self._keys)} if good[j] else None
            for j in range(wide)
        ]


def coordinates(m: Hermitian) -> list[fmpq]:
    """The n^2 real numbers that a Hermitian n x n matrix is: its upper triangle, row by row."""
    out = []
    for i in range(m.n):
        for j in range(i, m.n):
            re, im = m.entry(i, j)
            out.append(re)
            if j > i:
                out.append(im)
    return out
