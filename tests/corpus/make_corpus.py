"""Write the corpus of proofs and forgeries; what is here is about "no parent states".

Run from anywhere: ``python tests/corpus/make_corpus.py``. Files are small and committed.

accept/NAME.json            has to be verified by every checker;
reject/RULE--NAME.json      has to be refused under RULE, or as malformed; NAME is the attack.

What is made by hand (`handmade`), from certificates/FORMAT.md's example and, for the other claims,
in the scripts beside this one, is the same on every machine and is compared with the committed
files by test_corpus.py. The proofs that a solver found are
written only with ``--solve``, because another machine may find other multipliers.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent / "oracles"), str(HERE)]

import classical_inequalities  # noqa: E402
import enclosures  # noqa: E402
import grids  # noqa: E402
import hidden_states  # noqa: E402
import hierarchies  # noqa: E402
import joint_states  # noqa: E402
import lhs_robustness  # noqa: E402
import mixtures  # noqa: E402
import parent_states  # noqa: E402
import quantum_bounds  # noqa: E402
import realisations  # noqa: E402
from attacks import ATTACKS, Json, canonical, long_number, named, rename, to_bytes  # noqa: E402

OTHER_CLAIMS = (
    parent_states,
    enclosures,
    realisations,
    mixtures,
    quantum_bounds,
    hierarchies,
    hidden_states,
    classical_inequalities,
    grids,
    lhs_robustness,
    joint_states,
)


def example() -> Json:
    """The proof of section 5 of FORMAT.md, about the parity assemblage."""
    text = (ROOT / "certificates" / "FORMAT.md").read_text(encoding="utf-8")
    block = text.split("```json example\n", 1)[1].split("```", 1)[0]
    proof: Json = json.loads(block)
    return proof


def _with_radius(radius: str) -> Json:
    proof = example()
    proof["statement"]["radius"] = radius
    return named(proof)


def _long_number() -> Json:
    proof = example()
    long_number(proof, 4000)
    return proof


def _scaled_multipliers() -> Json:
    """The same inequality, a third of it: denominators in the evidence."""
    proof = example()
    for families in proof["evidence"].values():
        for family in families:
            for m in family.values():
                if any(v != "0" for row in m["re"] for v in row):
                    m["den"] = "3"
    return proof


def _trivial_bob() -> Json:
    """A third Bob of dimension one, between the others, who holds the probabilities."""
    proof = example()
    statement = proof["statement"]
    statement["scenario"]["dimensions"].insert(1, "1")
    elements = list(statement["centre"][0])
    statement["centre"].insert(1, {key: {"den": "2", "re": [["1"]]} for key in elements})
    proof["evidence"]["W"].insert(1, {key: {"den": "1", "re": [["0"]]} for key in elements})
    return named(proof)


def _mute_setting() -> Json:
    """A third setting with one outcome, which does nothing."""
    proof = example()
    statement = proof["statement"]
    statement["scenario"]["outcomes"][0].insert(2, "1")
    for family in statement["centre"]:
        family["0|2"] = {"den": "2", "re": [["1", "0"], ["0", "1"]]}
    for family in proof["evidence"]["W"]:
        family["0|2"] = {"den": "1", "re": [["0", "0"], ["0", "0"]]}
    proof["evidence"]["V"][0]["*|2"] = {"den": "1", "re": [["0"] * 4 for _ in range(4)]}
    return named(proof)


def _trace_without_v() -> Json:
    """White noise with settings of one and two outcomes and a trivial Bob has lambda = 1/2.

    V_{*|0} = 1 and V_{*|1} = -1 are balanced but count 1 - 2 in sum tr M, since setting 1 has two
    outcomes. Leaving them out of it, as if they cancelled, would prove lambda <= 0.
    """

    def number(p: int, q: int = 1) -> Json:
        return {"den": str(q), "re": [[str(p)]]}

    white = {"0|0": number(1), "0|1": number(1, 2), "1|1": number(1, 2)}
    return named(
        {
            "statement": {
                "format": "exactsteer proof 1",
                "claim": "smallest eigenvalue",
                "scenario": {"dimensions": ["1"], "outcomes": [["1", "2"]]},
                "centre": [white],
                "radius": "0",
                "lower": "0",
                "upper": "0",
            },
            "evidence": {
                "lower": white,
                "upper": {
                    "W": [{"0|0": number(-1), "0|1": number(1), "1|1": number(1)}],
                    "V": [{"*|0": number(1), "*|1": number(-1)}],
                },
            },
            "provenance": {},
        }
    )


def handmade() -> dict[str, bytes]:
    """Every file that needs no solver, by its path in the corpus."""
    proof = example()
    rename(proof)
    reordered = {
        key: dict(reversed(v.items())) if isinstance(v, dict) else v
        for key, v in reversed(proof.items())
    }
    accept = {
        "parity": to_bytes(proof),
        "parity-canonical-text": canonical(proof).encode(),
        "parity-other-order-and-white-space": json.dumps(reordered, indent="\t \r").encode(),
        "parity-escaped-keys": to_bytes(proof).replace(b'"radius"', b'"\\u0072adius"'),
        "parity-without-provenance": to_bytes({**proof, "provenance": {}}),
        "parity-long-provenance-in-utf8": json.dumps(
            {**proof, "provenance": {"\u00fc": "\u00e9" * 10000}}, ensure_ascii=False
        ).encode("utf-8"),
        "parity-radius-zero": to_bytes(_with_radius("0")),
        "parity-just-below-the-edge": to_bytes(_with_radius("124999999999/1000000000000")),
        "parity-integer-of-4000-digits": to_bytes(_long_number()),
        "parity-multipliers-over-three": to_bytes(_scaled_multipliers()),
        "parity-with-a-trivial-bob": to_bytes(_trivial_bob()),
        "parity-with-a-mute-setting": to_bytes(_mute_setting()),
    }
    files = {f"accept/{name}.json": data for name, data in accept.items()}
    for (rule, name), attack in ATTACKS.items():
        files[f"reject/{rule}--{name}.json"] = attack(proof)
    files["reject/upper--v-left-out-of-the-trace.json"] = to_bytes(_trace_without_v())
    for module in OTHER_CLAIMS:
        files |= module.CORPUS.files()
    return files


def solved() -> dict[str, bytes]:
    """Proofs found by a solver: complex entries, two Alices, unequal dimensions, three Bobs."""
    from flint import fmpq

    from exactsteer.kernel.exact.hermitian import Hermitian
    from exactsteer.kernel.scenario import Scenario
    from exactsteer.model.assemblage_text import assemblage_text
    from exactsteer.model.named import monogamy
    from exactsteer.model.printed import parse_printed, read_assemblage_file
    from exactsteer.proving.parent_states.excluded import certify_no_parent_states
    from exactsteer.proving.question import Question
    from exactsteer.proving.rounding import Aim
    from exactsteer.testing import embedded, postquantum_places

    def placed(scenario: Scenario) -> object:
        place = postquantum_places(scenario)[-1]
        local = [[[fmpq(1, o)] * o for o in row] for row in scenario.outcomes]
        bobs = [Hermitian.identity(d).scaled(fmpq(1, d)) for d in scenario.dimensions]
        sigma = embedded(monogamy("ZX"), scenario, place, local, bobs)
        return parse_printed(assemblage_text(sigma).encode())

    data = ROOT / "data"
    sources = {
        "ABB_1": read_assemblage_file(data / "ABB_1.json"),
        "monogamy-ZX": read_assemblage_file(data / "monogamy_ZX.json"),
        "monogamy-ZXY": read_assemblage_file(data / "monogamy_ZXY.json"),
        "two-alices": read_assemblage_file(data / "monogamy_two_alices.json"),
        "unequal-dimensions-and-outcomes": placed(Scenario(((2, 3),), (2, 3))),
        "three-bobs": placed(Scenario(((2, 2),), (2, 1, 2))),
    }
    files = {}
    for name, printed in sources.items():
        proof = json.loads(certify_no_parent_states(Question(printed, aim=Aim.INTEGERS)).data)
        proof["provenance"] = {"note": "multipliers found by a solver, rounded"}
        files[f"accept/{name}.json"] = to_bytes(proof)
    return files


def main() -> None:
    """Write the files."""
    files = handmade() | (solved() if "--solve" in sys.argv else {})
    for path, data in files.items():
        (HERE / path).write_bytes(data)
    print(f"{len(files)} files, {sum(map(len, files.values()))} bytes")


if __name__ == "__main__":
    main()
