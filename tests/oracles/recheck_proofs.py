# SPDX-License-Identifier: MIT
"""Proofs for the stand-alone checker, made without exactsteer, and what it says of them."""

from __future__ import annotations

import copy
import hashlib
import importlib.util
import itertools
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

from places import ROOT
from rational_grids import Grid, diagonal, to_json

CHECKER = ROOT / "exactsteer" / "recheck.py"


def load_checker() -> ModuleType:
    """The checker as a module of its own, without the package around it."""
    spec = importlib.util.spec_from_file_location("recheck_by_path", CHECKER)
    if spec is None or spec.loader is None:
        raise ImportError(str(CHECKER))
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


recheck = load_checker()
Proof = dict[str, Any]
FORMAT_TEXT = (ROOT / "certificates" / "FORMAT.md").read_text(encoding="utf-8")
EXAMPLE_TEXT = re.findall(r"^```json example\n(.*?)^```$", FORMAT_TEXT, re.M | re.S)[0]
EXAMPLE: Proof = json.loads(EXAMPLE_TEXT)


def example() -> Proof:
    """A fresh copy of the worked example."""
    return copy.deepcopy(EXAMPLE)


def named(proof: Proof) -> Proof:
    """The proof with the name of its statement."""
    text = json.dumps(proof["statement"], sort_keys=True, separators=(",", ":"))
    proof["theorem"] = hashlib.sha256(text.encode()).hexdigest()
    return proof


def check(proof: Any) -> Any:
    """The report on a proof."""
    return recheck.check_bytes(json.dumps(proof).encode())


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the checker in a process of its own."""
    return subprocess.run(
        [sys.executable, str(CHECKER), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


BAD_INTEGERS = [
    "", "-", "-0", "00", "01", "-01", "+1", " 1", "1 ", "1\n", "\t1", "1_0", "1.0", "1.", "1e3",
    "0x1", "\u0661", "\uff11", "\u00b2", "\u22121", "--1", "1/2", "NaN", "nan", "inf",
    "Infinity", "True", "1\0", "1\u0661", "\ud800",
    "9" * 4001, "-" + "9" * 4001, "9" * 10**6, "0" * 10**6, "-" * 10**6,
]  # fmt: skip
BAD_RATIONALS = [
    "1/1", "2/4", "0/2", "1/0", "1/-2", "-1/-2", "1/+2", "1/ 2", "1 /2", "/2", "1/", "1/02", "0.1",
    "1//2", "1/2/3", "-1", "-1/2", "1/" + "9" * 4001, "1e-1", "\u0661/\u0662",
    "1/10\n", "-0", "+1/2", "/",
]  # fmt: skip


def changed(path: str, value: Any, proof: Proof = EXAMPLE) -> bytes:
    """The worked example or a proof with another value in a place, such as "statement radius"."""
    proof = copy.deepcopy(proof)
    *parents, last = [int(step) if step.isdigit() else step for step in path.split()]
    place: Any = proof
    for step in parents:
        place = place[step]
    if value is KeyError:
        del place[last]
    else:
        place[last] = value
    if path != "theorem" and isinstance(proof.get("statement"), dict):
        named(proof)
    return json.dumps(proof).encode()


HALF, QUARTER, EIGHTH = Fraction(1, 2), Fraction(1, 4), Fraction(1, 8)
TINY = Fraction(1, 10**30)
Grids = dict[str, Grid]
JsonFamily = dict[str, Any]


def family(grids: Grids) -> JsonFamily:
    """A family as in section 2.3."""
    return {key: to_json(grid) for key, grid in grids.items()}


def element_names(outcomes: list[list[int]]) -> list[str]:
    """The names of all elements."""
    pairs = [[(a, x) for x, n in enumerate(row) for a in range(n)] for row in outcomes]
    return [
        ",".join(str(a) for a, _ in e) + "|" + ",".join(str(x) for _, x in e)
        for e in itertools.product(*pairs)
    ]


def proof_of(
    claim: str,
    dimensions: list[int],
    outcomes: list[list[int]],
    centre: list[Any],
    evidence: Any,
    **further: Any,
) -> Proof:
    """A proof; `further` holds the other keys of the statement, the radius is 0 without one."""
    scenario = {
        "dimensions": [str(d) for d in dimensions],
        "outcomes": [[str(n) for n in row] for row in outcomes],
    }
    statement = {
        "format": "exactsteer proof 1",
        "claim": claim,
        "scenario": scenario,
        "centre": centre,
        "radius": "0",
        **{key: str(v) if isinstance(v, Fraction) else v for key, v in further.items()},
    }
    return named({"statement": statement, "evidence": evidence, "provenance": {}, "theorem": ""})


# Unitary with rational entries.
U: Grid = [
    [(Fraction(3, 5), Fraction(0)), (Fraction(0), Fraction(4, 5))],
    [(Fraction(0), Fraction(4, 5)), (Fraction(3, 5), Fraction(0))],
]
COMMITTED = sorted((ROOT / "certificates").glob("*.json"))
CHSH_OUTCOMES = [[2, 2], [2, 2]]


def chsh_sign(key: str) -> int:
    """(-1)^(a + b + x y)."""
    a, b, x, y = (int(digit) for digit in re.findall("[0-9]", key))
    return int((-1) ** (a + b + x * y))


CHSH = {key: chsh_sign(key) for key in element_names(CHSH_OUTCOMES)}


def pr_box(dimensions: list[int]) -> list[Any]:
    """The PR box as an assemblage: the Bobs' states are maximally mixed."""
    return [
        family({k: diagonal(*[Fraction(1 + s, 4 * d)] * d) for k, s in CHSH.items()})
        for d in dimensions
    ]


def random_leaf(proof: Proof, generator: random.Random) -> tuple[Any, Any]:
    """What holds a random number of the statement or the evidence, and its key."""
    leaves: list[tuple[Any, Any]] = []

    def collect(place: Any) -> None:
        for key, value in place.items() if isinstance(place, dict) else enumerate(place):
            if not isinstance(value, str):
                collect(value)
            elif re.fullmatch("-?[0-9]+(/[0-9]+)?", value):
                leaves.append((place, key))

    collect({"statement": proof["statement"], "evidence": proof["evidence"]})
    return generator.choice(leaves)


def mutants(proof: Proof, generator: random.Random, count: int) -> Iterator[Proof]:
    """The proof with one number changed and the name of the changed statement."""
    for _ in range(count):
        mutant = copy.deepcopy(proof)
        place, key = random_leaf(mutant, generator)
        p, slash, q = place[key].partition("/")
        number = int(p)
        near = number + generator.choice((-1, 1)) * max(1, abs(number) // 1000)
        others = [x for x in (number + 1, number - 1, -number, 2 * number, near, 0) if x != number]
        place[key] = f"{generator.choice(others)}{slash}{q}"
        yield named(mutant)


def second_opinions(directory: Path, proofs: Sequence[Proof]) -> list[str]:
    """The verdicts of `exactsteer check`."""
    paths = [str(directory / f"{k}.json") for k in range(len(proofs))]
    for path, proof in zip(paths, proofs, strict=True):
        Path(path).write_text(json.dumps(proof))
    command = [sys.executable, "-m", "exactsteer", "check", "--json", *paths]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=directory)
    reports = {r["file"]: r["verdict"] for r in map(json.loads, result.stdout.splitlines())}
    return [reports[path] for path in paths]


def assert_agreement(directory: Path, proofs: Sequence[Proof]) -> None:
    """Both checkers give every proof the same verdict, and not one verdict to all of them."""
    verdicts = [check(proof).verdict for proof in proofs]
    assert verdicts == second_opinions(directory, proofs)
    assert {"verified", "rejected"} <= set(verdicts)
