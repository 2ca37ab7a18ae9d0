"""Ask for verdicts on thousands of exact assemblages whose right verdict is known.

    OPENBLAS_NUM_THREADS=1 python tests/benchmarks/verdicts.py --records verdicts.jsonl \\
        -o docs/verdicts.md

`--count` instances (12,000), of all families or of one (`--family`), are made in chunks, each of
its own seed. Every finished chunk is kept in the file of records, so that the same command goes on
where it was stopped, and a larger count adds to it. Ends with status 1 if anything contradicts
anything else.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from random import Random

import closed_forms
import measure
import random_assemblages
from closed_forms import QUANTUM, Instance
from judging import Record, crossings, judge, proof_faults
from verdict_report import report

from exactsteer.errors import Undecided
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.noise import mixture, white_noise

CHUNK = 40
COUNT = 12000
MARGINS = (1.0, 12.0)
TINY_MARGINS = (12.0, 38.0)
DOUBLE_MARGINS = (1.0, 13.0)
# Nearer to the boundary the search for realisations of several Alices takes minutes.
MARGINS_OF_SEVERAL = (1.0, 5.0)
TWO_ALICES = Scenario(((2, 2), (2, 2)), (2, 2))
NOT_BY_MARGIN = frozenset({"doubles", "boundaries", "second Alice", "boxes"})
NAMED = (closed_forms.three_bases, closed_forms.parity, closed_forms.transpose)
FORMS = (closed_forms.angles, *NAMED)


@dataclass(frozen=True)
class Family:
    """A share of the instances; `make` returns one, or all of a line with the enclosure's proof."""

    about: str
    share: float
    make: Callable[[Random], Instance | tuple[list[Instance], bytes]]


def _quantum(random: Random) -> Instance:
    return Instance(random_assemblages.quantum(random), QUANTUM)


def _quantum_two_alices(random: Random) -> Instance:
    sigma = random_assemblages.realised(random, TWO_ALICES, pure=random.random() < 0.5)
    return Instance(mixture(sigma, white_noise(TWO_ALICES), weight=Fraction(1, 4)), QUANTUM)


def _several(make: Callable[[Random, tuple[float, float]], Instance]) -> Callable[..., Instance]:
    """All margins on the postquantum side, larger ones on the other."""

    def choose(random: Random) -> Instance:
        instance = make(random, MARGINS)
        if instance.truth == QUANTUM and instance.margin < 10 ** -MARGINS_OF_SEVERAL[1]:
            return make(random, MARGINS_OF_SEVERAL)
        return instance

    return choose


def _form(random: Random) -> closed_forms.ClosedForm:
    return random.choice(FORMS)(random)


FAMILIES = {
    "quantum": Family(
        "computed from a random state, pure or mixed, and random measurements (Definition 3); one "
        "Alice with 2 or 3 settings of 2 or 3 outcomes, up to three Bobs of dimensions up to 3",
        0.25,
        _quantum,
    ),
    "angles": Family(
        "docs/diagrams, rational directions, turned and renamed at random, with white noise at a "
        "margin of 1e-1 to 1e-12 on either side of the closed form, compared exactly",
        0.25,
        lambda random: closed_forms.near(random, closed_forms.angles(random), MARGINS),
    ),
    "named": Family(
        "the same for the assemblages monogamy {Z, X, Y}, parity and transpose, whose thresholds "
        "are 1/3, 1/2 and 1 - sqrt(3)/2",
        0.13,
        lambda random: closed_forms.near(random, random.choice(NAMED)(random), MARGINS),
    ),
    "tiny margins": Family(
        "all of these at a margin of 1e-12 to 1e-38",
        0.04,
        lambda random: closed_forms.near(random, _form(random), TINY_MARGINS),
    ),
    "doubles": Family(
        "all of these with entries rounded to doubles, at a margin of 1e-1 to 1e-13, so that the "
        "right verdict is still known",
        0.05,
        lambda random: closed_forms.in_doubles(random, _form(random), DOUBLE_MARGINS),
    ),
    "third Bob": Family(
        "all of these beside a Bob whose state does not depend on Alice, D = 8",
        0.03,
        lambda random: closed_forms.with_third_bob(random, _form(random), MARGINS),
    ),
    "lines": Family(
        "mixtures of random assemblages with noise, white or quantum, at a margin of 1e-1 to 1e-13 "
        "from a proved enclosure of the robustness of width 1e-15; D = 4 and 6",
        0.2,
        random_assemblages.line,
    ),
    "boundaries": Family(
        "rational points exactly on the boundaries of theorems A, B and C (two Bobs) of "
        "docs/theorems.md, turned and renamed at random",
        0.015,
        closed_forms.on_boundary,
    ),
    "second Alice": Family(
        "the closed forms with a second Alice who tosses coins; margins from 1e-5 where quantum",
        0.02,
        _several(lambda random, e: closed_forms.with_second_alice(random, _form(random), e)),
    ),
    "boxes": Family(
        "noisy Popescu-Rohrlich boxes of two Alices, the Bobs apart, around 1/sqrt(2); margins "
        "from 1e-5 where quantum",
        0.015,
        _several(random_assemblages.correlated_boxes),
    ),
    "quantum, two Alices": Family(
        "computed from random states and measurements, with a quarter of white noise",
        0.015,
        _quantum_two_alices,
    ),
}


@dataclass
class Chunk:
    """The records of one chunk; on lines, what is wrong with a line is noted at its first point."""

    family: str
    index: int
    seed: int
    records: list[Record]
    lines: int = 0


def run_chunk(family: str, index: int, seed: int) -> Chunk:
    """Make and judge CHUNK instances."""
    random = Random(f"{seed} {family} {index}")
    out = Chunk(family, index, seed, [])
    while len(out.records) < CHUNK:
        made = FAMILIES[family].make(random) if family != "lines" else _line(random)
        if isinstance(made, Instance):
            out.records.append(judge(made, len(out.records)))
            continue
        points, proof = made
        records = [judge(point, len(out.records) + i) for i, point in enumerate(points)]
        records[0].wrong += [*proof_faults(proof, None), *crossings(records)]
        out.records += records
        out.lines += 1
    return out


def _line(random: Random) -> tuple[list[Instance], bytes]:
    """The next line whose robustness could be enclosed."""
    while True:
        try:
            return random_assemblages.line(random)
        except Undecided as error:
            measure.report(f"a line without enclosure: {error.reason}")


def chunks_of(count: int, family: str | None = None) -> list[tuple[str, int]]:
    """Families in turn, each with its share of the count; or one family alone, with all of it."""
    shares = {name: f.share for name, f in FAMILIES.items()} if family is None else {family: 1.0}
    wanted = {name: max(1, -(-round(share * count) // CHUNK)) for name, share in shares.items()}
    places = [((i + 0.5) / n, name, i) for name, n in wanted.items() for i in range(n)]
    return [(name, i) for _, name, i in sorted(places)]


def read_chunks(path: Path, seed: int) -> dict[tuple[str, int], Chunk]:
    """Those of this seed that a file holds; a line cut short by an interruption is left out."""
    found = {}
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            fields = json.loads(text)
        except json.JSONDecodeError:
            continue
        chunk = Chunk(**{**fields, "records": [Record(**r) for r in fields["records"]]})
        if chunk.seed == seed:
            found[chunk.family, chunk.index] = chunk
    return found


def collect(todo: list[tuple[str, int]], seed: int, kept: Path | None) -> list[Chunk]:
    """These chunks, the missing ones computed and added to the file."""
    known = read_chunks(kept, seed) if kept else {}
    started = time.perf_counter()
    for done, key in enumerate(todo, 1):
        if key not in known:
            known[key] = run_chunk(*key, seed)
            if kept:
                with kept.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(known[key])) + "\n")
        wrong = sum(1 for c in known.values() for r in c.records if r.wrong)
        seconds = time.perf_counter() - started
        measure.report(f"{done}/{len(todo)} {key[0]}, {seconds:.0f} s, wrong so far: {wrong}")
    return [known[key] for key in todo]


def main() -> int:
    """Run and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, help="Markdown file; default: standard output")
    parser.add_argument("--count", type=int, default=COUNT, help="instances, about")
    parser.add_argument("--family", choices=FAMILIES, help="only this one, with all of the count")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--records", type=Path, help="file of finished chunks, to go on with")
    options = parser.parse_args()
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        parser.error("set OPENBLAS_NUM_THREADS=1 in the environment")
    chunks = collect(chunks_of(options.count, options.family), options.seed, options.records)
    records = {
        name: [r for c in chunks if c.family == name for r in c.records]
        for name in FAMILIES
        if options.family in (None, name)
    }
    about = {name: family.about for name, family in FAMILIES.items()}
    total = sum(len(some) for some in records.values())
    lines = ["# Verdicts on instances whose right verdict is known", ""]
    lines += [f"{total} instances, seed {options.seed}; {measure.machine()}.", ""]
    lines += ["Made by `python tests/benchmarks/verdicts.py -o docs/verdicts.md`.", ""]
    lines += report(records, about, sum(c.lines for c in chunks), NOT_BY_MARGIN)
    text = "\n".join(lines).rstrip() + "\n"
    if options.output is None:
        print(text, end="")
    else:
        options.output.write_text(text, encoding="utf-8")
    return int(any(r.wrong for some in records.values() for r in some))


if __name__ == "__main__":
    sys.exit(main())
