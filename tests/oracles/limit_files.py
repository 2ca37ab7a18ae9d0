"""Files at the limits of FORMAT.md, and one beyond each."""

from __future__ import annotations

from itertools import islice, product
from typing import Any, NamedTuple

from attacks import named

from exactsteer import recheck
from exactsteer.kernel.check import check
from exactsteer.kernel.errors import Malformed, Rejected


class Limit(NamedTuple):
    """Where a file beyond the limit is malformed, and the files at the limit and beyond."""

    place: str | tuple[str, ...]
    at: dict[str, Any]
    beyond: dict[str, Any]


def proof(claim: str, outcomes: Any, dimensions: Any, evidence: Any, **more: Any) -> dict[str, Any]:
    """A proof file with a centre, if it needs one, that gives all to the first outcomes."""
    scenario = {
        "dimensions": [str(d) for d in dimensions],
        "outcomes": [[str(o) for o in row] for row in outcomes],
    }
    statement = {"format": "exactsteer proof 1", "claim": claim, "radius": "0"}
    statement |= {"scenario": scenario, **more}
    if claim != "quantum bound":
        centre = [family(outcomes[0], d) for d in dimensions] if len(outcomes) == 1 else []
        statement.setdefault("centre", centre)
    return named({"statement": statement, "evidence": evidence, "provenance": {}})


def family(row: list[int], d: int) -> dict[str, Any]:
    """One Alice's elements: the first outcome of each setting is certain."""
    zeros = ["0"] * d
    zero = {"den": "1", "re": [zeros] * d}
    certain = {"den": "1", "re": [["1", *zeros[1:]], *[zeros] * (d - 1)]}
    return {
        f"{a}|{x}": zero if a else certain
        for x, outcomes in enumerate(row)
        for a in range(outcomes)
    }


def of_scenario(outcomes: Any, dimensions: Any) -> dict[str, Any]:
    """A file that is malformed after its scenario was read."""
    return proof("no parent states", outcomes, dimensions, {}, centre=[])


def bound(outcomes: Any, words: Any, d: int = 1) -> dict[str, Any]:
    """A bound of nothing by these words, the factor left out."""
    return proof(
        "quantum bound", outcomes, [d], {"words": words, "factor": {}}, functional={}, upper="0"
    )


def product_model(settings: int, terms: int) -> dict[str, Any]:
    """So many terms of nothing, for one Alice of so many settings with one outcome."""
    evidence = {"terms": [{}] * terms}
    return proof("product LHS model", [[1] * settings], [4], evidence, factors=["2", "2"])


def lhs_model(settings: int, states: int) -> dict[str, Any]:
    """Strategies without matrices, the settings from the 17th on with one outcome."""
    row = [2] * min(16, settings) + [1] * (settings - 16)
    named_states = islice(product(*(map(str, range(o)) for o in row)), states)
    listed = {"states": [{",".join(s): {} for s in named_states}], "bases": []}
    return proof("LHS model", [row], [1], listed)


def model_with_bases(bases: int) -> dict[str, Any]:
    """A model of its one strategy, with so many bases that are none."""
    evidence = {"states": [{"0": {"den": "1", "re": [["1"]]}}], "bases": [""] * bases}
    return proof("LHS model", [[1]], [1], evidence)


def no_lhs_model(row: list[int], d: int, **grid: str) -> dict[str, Any]:
    """An inequality without F."""
    return proof("no LHS model", [row], [d], {"F": {}, **grid})


def realisation(system: int, d: int) -> dict[str, Any]:
    """A realisation without a state, for an Alice with this system."""
    evidence = {"systems": [str(system)], "state": [], "M": {}}
    return proof("quantum realisation", [[1]], [d], evidence)


LETTERS = [f"A{i % 2}" for i in range(341)]
# 339 letters of two characters, two of three, and the spaces: 1024 characters.
LONGEST = " ".join([*LETTERS[:337], "A10", "A0", "A10", "A1"])
LIMITS = {
    "64 Bobs": Limit(
        "statement.scenario", of_scenario([[1]], [1] * 64), of_scenario([[1]], [1] * 65)
    ),
    "64 Alices": Limit(
        "statement.scenario", of_scenario([[1]] * 64, [1]), of_scenario([[1]] * 65, [1])
    ),
    "D": Limit("statement.scenario", of_scenario([[1]], [256]), of_scenario([[1]], [257])),
    "E": Limit("statement.scenario", of_scenario([[65536]], [1]), of_scenario([[65537]], [1])),
    "E D^2": Limit(
        "statement.scenario", of_scenario([[65536]], [16]), of_scenario([[58053]], [17])
    ),
    "words": Limit("evidence.words", bound([[2]], ["?"] * 2048), bound([[2]], ["?"] * 2049)),
    "words of a level": Limit("evidence.words", bound([[2048]], "1"), bound([[2049]], "1")),
    "words of a level, D": Limit(
        "evidence.words", bound([[1024]], "1", 2), bound([[1025]], "1", 2)
    ),
    "words of a level, two Alices": Limit(
        "evidence.words", bound([[2] * 26] * 2, "2"), bound([[2] * 27] * 2, "2")
    ),
    "words of a level, one for each set of Alices": Limit(
        "evidence.words", bound([[2]] * 10 + [[1, 2]], "11"), bound([[2]] * 11 + [[1, 2]], "11")
    ),
    "26 Alices, a level": Limit(
        ("statement.scenario", "evidence.words"), bound([[1]] * 26, "0"), bound([[1]] * 27, "0")
    ),
    "no words": Limit("evidence.words", bound([[2]], "0"), bound([[2]], "AA")),
    "26 Alices": Limit(
        ("statement.scenario", "evidence.words"), bound([[1]] * 26, ["1"]), bound([[1]] * 27, ["1"])
    ),
    "characters of a word": Limit(
        "evidence.words[0]", bound([[2] * 11], [LONGEST]), bound([[2] * 11], [LONGEST + " "])
    ),
    "systems": Limit("evidence.systems", realisation(512, 2), realisation(513, 1)),
    "systems and Bobs": Limit("evidence.systems", realisation(512, 2), realisation(205, 5)),
    "terms": Limit("evidence.terms", product_model(64, 65536), product_model(1, 65537)),
    "terms and settings": Limit(
        "evidence.terms", product_model(64, 65536), product_model(397, 10565)
    ),
    "strategies and settings": Limit(
        "evidence.states[0]", lhs_model(64, 65536), lhs_model(65, 64528)
    ),
    "bases": Limit("evidence.bases", model_with_bases(4096), model_with_bases(4097)),
    "strategies, D": Limit(
        "statement.scenario", no_lhs_model([2] * 20, 4), no_lhs_model([2] * 20 + [1], 5)
    ),
    "strategies": Limit("statement.scenario", no_lhs_model([2] * 20, 1), no_lhs_model([2] * 21, 1)),
    "level of a grid": Limit(
        "evidence.grid", no_lhs_model([4], 2, grid="1023"), no_lhs_model([4], 2, grid="1024")
    ),
    "elements of a grid": Limit(
        "evidence.grid", no_lhs_model([672], 2, grid="79"), no_lhs_model([673], 2, grid="79")
    ),
}


def kernel_place(data: bytes) -> str:
    """Where the kernel finds a file malformed, or ""."""
    try:
        check(data)
    except Malformed as error:
        return error.where
    except Rejected:
        pass
    return ""


def recheck_place(data: bytes) -> str:
    """Where the re-checker finds a file malformed, or ""."""
    report = recheck.check_bytes(data)
    return (report.where or "") if report.verdict == "malformed" else ""


# The files of this take seconds.
SLOW = {"strategies and settings"}
