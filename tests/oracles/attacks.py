"""Forgeries: ways to make a file that looks like a proof of "no parent states" and is none.

Every attack takes a true proof (as JSON values, in the scenario of one Alice with two settings of
two outcomes and two qubits), introduces exactly one fault and returns the bytes. `ATTACKS` is
keyed by what has to refuse it, the rule or "malformed", and by the name of the attack.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import Any

Json = dict[str, Any]
Attack = Callable[[Json], bytes]
Rows = list[list[tuple[Fraction, Fraction]]]

ATTACKS: dict[tuple[str, str], Attack] = {}


def canonical(value: object) -> str:
    """The canonical text of FORMAT.md, section 2.5."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def named(proof: Json) -> Json:
    """The proof with the name of its statement."""
    name = hashlib.sha256(canonical(proof["statement"]).encode()).hexdigest()
    return {**proof, "theorem": name}


def to_bytes(proof: object) -> bytes:
    """JSON text with one matrix or list of strings a line."""
    return (_laid_out(proof, 0) + "\n").encode()


def _laid_out(value: object, indent: int) -> str:
    pad, end = " " * (indent + 1), " " * indent
    if isinstance(value, dict) and value and "den" not in value:
        lines = [f"{pad}{json.dumps(k)}: {_laid_out(v, indent + 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{end}}}"
    if isinstance(value, list) and any(isinstance(v, dict) for v in value):
        return "[\n" + ",\n".join(pad + _laid_out(v, indent + 1) for v in value) + f"\n{end}]"
    return json.dumps(value)


def read(value: Json) -> Rows:
    """The entries of a matrix value."""
    den = int(value["den"])
    im = value.get("im", [["0"] * len(row) for row in value["re"]])
    return [
        [(Fraction(int(a), den), Fraction(int(b), den)) for a, b in zip(p, q, strict=True)]
        for p, q in zip(value["re"], im, strict=True)
    ]


def write(rows: Rows) -> Json:
    """The matrix value with these entries."""
    den = lcm(*(q.denominator for row in rows for entry in row for q in entry))
    value: Json = {"den": str(den), "re": [[str(int(a * den)) for a, _ in row] for row in rows]}
    if any(b for row in rows for _, b in row):
        value["im"] = [[str(int(b * den)) for _, b in row] for row in rows]
    return value


def changed(value: Json, *changes: tuple[int, int, object, object]) -> Json:
    """The matrix value with (i, j, re, im) added to some entries, and to no others."""
    rows = read(value)
    for i, j, re, im in changes:
        a, b = rows[i][j]
        rows[i][j] = (a + Fraction(str(re)), b + Fraction(str(im)))
    return write(rows)


def shifted(value: Json, amount: object) -> Json:
    """The matrix value plus a multiple of the unit matrix."""
    return changed(value, *((i, i, amount, 0) for i in range(len(value["re"]))))


def zero(n: int) -> Json:
    """The zero matrix."""
    return {"den": "1", "re": [["0"] * n for _ in range(n)]}


def integer_lists(m: Json) -> list[list[list[str]]]:
    """The integer parts of a matrix value."""
    return [m[part] for part in ("re", "im") if part in m]


def families(proof: Json) -> dict[str, list[Json]]:
    """The three lists of families."""
    return {
        "centre": proof["statement"]["centre"],
        "W": proof["evidence"]["W"],
        "V": proof["evidence"]["V"],
    }


def attack(rule: str, name: str) -> Callable[[Callable[[Json], object]], Callable[[Json], object]]:
    """Register an attack; it may change the copy it gets in place, or return bytes."""

    def register(function: Callable[[Json], object]) -> Callable[[Json], object]:
        def run(proof: Json) -> bytes:
            forged = copy.deepcopy(proof)
            result = function(forged)
            return result if isinstance(result, bytes) else to_bytes(forged)

        ATTACKS[rule, name] = run
        return function

    return register


def rename(proof: Json) -> None:
    """Give the proof the name of its present statement."""
    proof.update(named(proof))


def inequality_value(proof: Json) -> tuple[Fraction, Fraction]:
    """I(centre) and the sum of all |W|_box."""
    value, norm = Fraction(0), Fraction(0)
    for w, sigma in zip(proof["evidence"]["W"], proof["statement"]["centre"], strict=True):
        for key in w:
            for p, q in zip(read(w[key]), read(sigma[key]), strict=True):
                for (a, b), (c, d) in zip(p, q, strict=True):
                    value += a * c + b * d
                    norm += abs(a) + abs(b)
    return value, norm


# ---- The name ----


@attack("name", "statement-edited")
def _statement_edited(proof: Json) -> None:
    # The edited statement is even true; but it is not the one that the name stands for.
    proof["statement"]["radius"] = "1/1000000"


@attack("name", "upper-case")
def _upper_case(proof: Json) -> None:
    proof["theorem"] = proof["theorem"].upper()


@attack("name", "one-digit-changed")
def _one_digit_changed(proof: Json) -> None:
    name = proof["theorem"]
    proof["theorem"] = name[:-1] + ("0" if name[-1] != "0" else "1")


@attack("name", "empty")
def _empty_name(proof: Json) -> None:
    proof["theorem"] = ""


@attack("name", "space-around")
def _space_around(proof: Json) -> None:
    proof["theorem"] += " "


@attack("name", "hash-of-the-whole-file")
def _hash_of_file(proof: Json) -> None:
    proof["theorem"] = hashlib.sha256(canonical(proof).encode()).hexdigest()


# ---- The centre is no assemblage ----


@attack("A1", "centre-with-a-negative-element")
def _a1(proof: Json) -> None:
    first = proof["statement"]["centre"][0]
    first["0|0"] = changed(first["0|0"], (0, 1, 1, 0), (1, 0, 1, 0))
    first["1|0"] = changed(first["1|0"], (0, 1, -1, 0), (1, 0, -1, 0))
    rename(proof)


@attack("A1", "centre-slightly-negative")
def _a1_slightly(proof: Json) -> None:
    # What both Bobs lose in their second level they gain in the first: traces stay.
    tiny = Fraction(1, 10**30)
    second = proof["statement"]["centre"][1]
    least = min(read(second[f"{a}|1"])[1][1][0] for a in (0, 1))
    a = 0 if read(second["0|1"])[1][1][0] == least else 1
    amount = least + tiny
    second[f"{a}|1"] = changed(second[f"{a}|1"], (0, 0, amount, 0), (1, 1, -amount, 0))
    second[f"{1 - a}|1"] = changed(second[f"{1 - a}|1"], (0, 0, -amount, 0), (1, 1, amount, 0))
    proof["statement"]["radius"] = "0"
    rename(proof)


@attack("A2", "bobs-disagree-on-a-probability")
def _a2(proof: Json) -> None:
    second = proof["statement"]["centre"][1]
    second["0|0"] = changed(second["0|0"], (0, 0, "-1/1000", 0))
    second["1|0"] = changed(second["1|0"], (0, 0, "1/1000", 0))
    rename(proof)


@attack("A2", "probabilities-sum-to-two")
def _a2_sum(proof: Json) -> None:
    for family in proof["statement"]["centre"]:
        for key, m in family.items():
            family[key] = write([[(2 * a, 2 * b) for a, b in row] for row in read(m)])
    rename(proof)


@attack("A2", "probabilities-sum-to-almost-one")
def _a2_almost(proof: Json) -> None:
    almost = 1 - Fraction(1, 10**40)
    for family in proof["statement"]["centre"]:
        for key, m in family.items():
            family[key] = write([[(almost * a, almost * b) for a, b in row] for row in read(m)])
    rename(proof)


@attack("A3", "setting-signals-to-a-bob")
def _a3(proof: Json) -> None:
    first = proof["statement"]["centre"][0]
    first["0|1"] = changed(first["0|1"], (0, 0, "-1/1000", 0), (1, 1, "1/1000", 0))
    rename(proof)


@attack("A3", "setting-signals-in-an-imaginary-part")
def _a3_imaginary(proof: Json) -> None:
    # A little white noise leaves room for an off-diagonal entry and I < 0.
    tiny = Fraction(1, 1000)
    for family in proof["statement"]["centre"]:
        for key, m in family.items():
            rows = [[((1 - tiny) * a, (1 - tiny) * b) for a, b in row] for row in read(m)]
            family[key] = shifted(write(rows), tiny / 4)
    second = proof["statement"]["centre"][1]
    im = tiny / 100
    second["1|0"] = changed(second["1|0"], (0, 1, 0, im), (1, 0, 0, -im))
    proof["statement"]["radius"] = "0"
    rename(proof)


# ---- Matrices that are not Hermitian ----


def _not_hermitian(where: str, entry: tuple[int, int, int, int]) -> Callable[[Json], None]:
    def forge(proof: Json) -> None:
        family = families(proof)[where][0]
        key = next(iter(family))
        family[key] = changed(family[key], entry)
        rename(proof)

    return forge


for _where in ("centre", "W", "V"):
    attack("hermitian", f"{_where.lower()}-not-symmetric")(_not_hermitian(_where, (0, 1, 1, 0)))
    attack("hermitian", f"{_where.lower()}-imaginary-symmetric")(
        _not_hermitian(_where, (1, 0, 0, 1))
    )
    attack("hermitian", f"{_where.lower()}-imaginary-diagonal")(
        _not_hermitian(_where, (1, 1, 0, 1))
    )


# ---- (balance) ----


@attack("balance", "v-of-one-setting-shifted")
def _balance(proof: Json) -> None:
    # M grows, so it stays positive.
    family = proof["evidence"]["V"][0]
    family["*|0"] = shifted(family["*|0"], 1)


@attack("balance", "v-of-one-setting-only")
def _balance_v_enormous(proof: Json) -> None:
    # With V = 10^6 at one setting W^(1) = -10^5 there makes I as negative as one likes.
    family, w = proof["evidence"]["V"][0], proof["evidence"]["W"][0]
    family["*|0"] = shifted(family["*|0"], 10**6)
    for a in (0, 1):
        w[f"{a}|0"] = shifted(w[f"{a}|0"], -(10**5))


@attack("balance", "v-not-balanced-in-one-imaginary-part")
def _balance_imaginary(proof: Json) -> None:
    family = proof["evidence"]["V"][0]
    tiny = Fraction(1, 10**9)
    family["*|1"] = changed(family["*|1"], (0, 3, 0, tiny), (3, 0, 0, -tiny))
    for a in (0, 1):
        w = proof["evidence"]["W"][0]
        w[f"{a}|1"] = shifted(w[f"{a}|1"], tiny)


@attack("balance", "easier-scenario-of-one-setting")
def _one_setting(proof: Json) -> None:
    # The proof of a scenario in which nothing is postquantum, from the evidence of a larger one.
    statement = proof["statement"]
    statement["scenario"]["outcomes"] = [["2"]]
    for family in families(proof).values():
        for f in family:
            for key in [key for key in f if key.endswith("|1")]:
                del f[key]
    statement["radius"] = "0"
    rename(proof)


# ---- (positive) ----


@attack("positive", "w-lowered")
def _w_lowered(proof: Json) -> None:
    # Integer multipliers leave M less room than 1.
    w = proof["evidence"]["W"][0]
    w["0|0"] = shifted(w["0|0"], -1)


@attack("positive", "w-lowered-everywhere")
def _w_lowered_everywhere(proof: Json) -> None:
    w = proof["evidence"]["W"][1]
    for key in w:
        w[key] = shifted(w[key], -1000)


@attack("positive", "v-exchanged-between-settings")
def _v_exchanged(proof: Json) -> None:
    family = proof["evidence"]["V"][0]
    family["*|0"], family["*|1"] = family["*|1"], family["*|0"]


@attack("positive", "v-with-large-off-diagonal-entries")
def _v_off_diagonal(proof: Json) -> None:
    # The diagonal of M says nothing about this.
    family = proof["evidence"]["V"][0]
    for key, sign in (("*|0", 1), ("*|1", -1)):
        family[key] = changed(family[key], (0, 3, 0, sign * 10**4), (3, 0, 0, -sign * 10**4))


@attack("positive", "v-zero")
def _v_zero(proof: Json) -> None:
    family = proof["evidence"]["V"][0]
    for key in family:
        family[key] = zero(4)


@attack("positive", "bobs-exchanged-in-v")
def _order_of_the_bobs(proof: Json) -> None:
    # As if the last Bob's index came first in the tensor product, with a sign to make it matter.
    family = proof["evidence"]["V"][0]
    swap = [0, 2, 1, 3]
    for key, m in family.items():
        rows = read(m)
        family[key] = write([[(-rows[i][j][0], -rows[i][j][1]) for j in swap] for i in swap])


# ---- (value) ----


@attack("value", "radius-enlarged")
def _radius_enlarged(proof: Json) -> None:
    value, norm = inequality_value(proof)
    proof["statement"]["radius"] = str(-2 * value / norm)
    rename(proof)


@attack("value", "radius-at-the-edge")
def _radius_at_the_edge(proof: Json) -> None:
    value, norm = inequality_value(proof)
    proof["statement"]["radius"] = str(-value / norm)
    rename(proof)


@attack("value", "multipliers-zero")
def _multipliers_zero(proof: Json) -> None:
    for family in proof["evidence"]["W"]:
        for key in family:
            family[key] = zero(2)
    for key in proof["evidence"]["V"][0]:
        proof["evidence"]["V"][0][key] = zero(4)
    proof["statement"]["radius"] = "0"
    rename(proof)


@attack("value", "w-positive")
def _w_positive(proof: Json) -> None:
    w = proof["evidence"]["W"][0]
    for key in w:
        w[key] = shifted(w[key], 10**6)


@attack("value", "centre-exchanged-for-white-noise")
def _white_noise(proof: Json) -> None:
    for family in proof["statement"]["centre"]:
        for key in family:
            family[key] = {"den": "4", "re": [["1", "0"], ["0", "1"]]}
    proof["statement"]["radius"] = "0"
    rename(proof)


@attack("value", "evidence-of-another-assemblage")
def _evidence_of_another(proof: Json) -> None:
    # A valid steering inequality, violated by the assemblage with Alice's outcomes exchanged.
    for family in proof["evidence"]["W"]:
        for x in (0, 1):
            family[f"0|{x}"], family[f"1|{x}"] = family[f"1|{x}"], family[f"0|{x}"]
    proof["statement"]["radius"] = "0"
    rename(proof)


# ---- Malformed: numbers and matrices ----


def _text_of_an_integer(text: object) -> Callable[[Json], None]:
    def forge(proof: Json) -> None:
        family = proof["evidence"]["W"][1]
        m = family[next(iter(family))]
        m["re"][0][1] = text

    return forge


for _name, _text in {
    "integer-with-plus": "+1",
    "integer-with-leading-zero": "01",
    "integer-minus-zero": "-0",
    "integer-with-space": " 1",
    "integer-with-newline": "1\n",
    "integer-with-underscore": "1_0",
    "integer-in-other-digits": "\u0661",
    "integer-with-decimal-point": "1.0",
    "integer-with-exponent": "1e2",
    "integer-empty": "",
    "integer-not-a-number": "NaN",
    "integer-as-json-number": 0,
    "integer-as-json-float": 0.0,
    "integer-as-true": True,
    "integer-as-null": None,
    "integer-as-list": ["0"],
    "integer-as-fraction": "1/2",
}.items():
    attack("malformed", _name)(_text_of_an_integer(_text))


def _matrix(change: Callable[[Json], object]) -> Callable[[Json], None]:
    def forge(proof: Json) -> None:
        family = proof["evidence"]["W"][1]
        change(family[next(iter(family))])

    return forge


def _doubled(m: Json) -> None:
    m["den"] = str(2 * int(m["den"]))
    for part in integer_lists(m):
        for row in part:
            row[:] = [str(2 * int(v)) for v in row]


def _negated(m: Json) -> None:
    m["den"] = "-" + m["den"]
    for part in integer_lists(m):
        for row in part:
            row[:] = [str(-int(v)) for v in row]


attack("malformed", "matrix-den-zero")(_matrix(lambda m: m.update(den="0")))
attack("malformed", "matrix-den-negative")(_matrix(_negated))
attack("malformed", "matrix-without-den")(_matrix(lambda m: m.pop("den")))
attack("malformed", "matrix-without-re")(_matrix(lambda m: m.pop("re")))
attack("malformed", "matrix-common-factor")(_matrix(_doubled))
attack("malformed", "matrix-zero-imaginary-part")(_matrix(lambda m: m.update(im=zero(2)["re"])))
attack("malformed", "matrix-further-key")(_matrix(lambda m: m.update(abs="1")))
attack("malformed", "matrix-row-missing")(_matrix(lambda m: m["re"].pop()))
attack("malformed", "matrix-column-missing")(_matrix(lambda m: m["re"][0].pop()))
attack("malformed", "matrix-too-large")(_matrix(lambda m: m.update(zero(4), den="1")))
attack("malformed", "matrix-rows-as-strings")(_matrix(lambda m: m.update(re=["00", "00"])))


@attack("malformed", "integer-of-4001-digits")
def _many_digits(proof: Json) -> None:
    long_number(proof, 4001)


def long_number(proof: Json, digits: int) -> None:
    """A number in W^(1) where sigma^(1) vanishes: the claim holds at radius 0 for any number."""
    w, sigma = proof["evidence"]["W"][0], proof["statement"]["centre"][0]
    key, i = next((key, i) for key in sigma for i in (0, 1) if read(sigma[key])[i][i][0] == 0)
    w[key] = changed(w[key], (i, i, 10 ** (digits - 1), 0))
    proof["statement"]["radius"] = "0"
    rename(proof)


# ---- Malformed: families and scenario ----


@attack("malformed", "element-missing")
def _element_missing(proof: Json) -> None:
    del proof["evidence"]["W"][0]["0|0"]


@attack("malformed", "element-further")
def _element_further(proof: Json) -> None:
    w = proof["evidence"]["W"][0]
    w["2|0"] = w["0|0"]


@attack("malformed", "element-with-leading-zero")
def _element_zero(proof: Json) -> None:
    w = proof["evidence"]["W"][0]
    w["00|0"] = w.pop("0|0")


@attack("malformed", "element-of-v-without-star")
def _element_star(proof: Json) -> None:
    v = proof["evidence"]["V"][0]
    v["0|0"] = v.pop("*|0")


@attack("malformed", "family-of-a-bob-missing")
def _family_missing(proof: Json) -> None:
    del proof["evidence"]["W"][1]


@attack("malformed", "family-of-v-further")
def _family_further(proof: Json) -> None:
    proof["evidence"]["V"].append(proof["evidence"]["V"][0])


@attack("malformed", "family-as-list")
def _family_list(proof: Json) -> None:
    proof["evidence"]["W"][0] = list(proof["evidence"]["W"][0].values())


def _scenario(change: Callable[[Json], object]) -> Callable[[Json], None]:
    def forge(proof: Json) -> None:
        change(proof["statement"]["scenario"])
        rename(proof)

    return forge


attack("malformed", "scenario-of-one-bob")(_scenario(lambda t: t.update(dimensions=["4"])))
attack("malformed", "scenario-with-further-trivial-bob")(
    _scenario(lambda t: t["dimensions"].append("1"))
)
attack("malformed", "scenario-with-further-setting")(
    _scenario(lambda t: t["outcomes"][0].append("1"))
)
attack("malformed", "scenario-with-fewer-outcomes")(
    _scenario(lambda t: t.update(outcomes=[["2", "1"]]))
)
attack("malformed", "scenario-without-alice")(_scenario(lambda t: t.update(outcomes=[])))
attack("malformed", "scenario-without-setting")(_scenario(lambda t: t.update(outcomes=[[]])))
attack("malformed", "scenario-without-bob")(_scenario(lambda t: t.update(dimensions=[])))
attack("malformed", "scenario-of-dimension-zero")(
    _scenario(lambda t: t.update(dimensions=["2", "0"]))
)
attack("malformed", "scenario-too-large")(_scenario(lambda t: t.update(dimensions=["2", "129"])))
attack("malformed", "scenario-far-too-large")(
    _scenario(lambda t: t.update(outcomes=[["9" * 4000]], dimensions=["9" * 4000] * 2))
)
attack("malformed", "scenario-with-json-numbers")(_scenario(lambda t: t.update(dimensions=[2, 2])))
attack("malformed", "scenario-further-key")(_scenario(lambda t: t.update(names=["A"])))


# ---- Malformed: statement, evidence and container ----


def _radius(text: object) -> Callable[[Json], None]:
    def forge(proof: Json) -> None:
        proof["statement"]["radius"] = text
        rename(proof)

    return forge


for _name, _text in {
    "radius-negative": "-1",
    "radius-negative-fraction": "-1/10",
    "radius-not-in-lowest-terms": "2/40",
    "radius-over-one": "0/1",
    "radius-over-zero": "1/0",
    "radius-over-a-negative-number": "-1/-20",
    "radius-decimal": "0.01",
    "radius-json-float": 0.01,
    "radius-with-two-bars": "1/20/1",
}.items():
    attack("malformed", _name)(_radius(_text))


def _statement(change: Callable[[Json], object]) -> Callable[[Json], None]:
    def forge(proof: Json) -> None:
        change(proof["statement"])
        rename(proof)

    return forge


attack("malformed", "statement-without-radius")(_statement(lambda s: s.pop("radius")))
attack("malformed", "statement-further-key")(_statement(lambda s: s.update(note="")))
attack("malformed", "statement-of-another-format")(
    _statement(lambda s: s.update(format="exactsteer proof 2"))
)
attack("malformed", "statement-of-an-unknown-claim")(
    _statement(lambda s: s.update(claim="parent states do not exist"))
)
attack("malformed", "claim-in-upper-case")(_statement(lambda s: s.update(claim="No parent states")))
attack("malformed", "claim-of-the-contrary")(_statement(lambda s: s.update(claim="parent states")))
attack("malformed", "evidence-further-key")(lambda p: p["evidence"].update(M=[]))
attack("malformed", "evidence-without-v")(lambda p: p["evidence"].pop("V"))
attack("malformed", "evidence-as-list")(lambda p: p.update(evidence=[]))
attack("malformed", "provenance-missing")(lambda p: p.pop("provenance"))
attack("malformed", "provenance-number")(lambda p: p.update(provenance={"year": 2026}))
attack("malformed", "provenance-nested")(lambda p: p.update(provenance={"a": {"b": "c"}}))
attack("malformed", "provenance-too-long")(lambda p: p.update(provenance={"a": "x" * 10001}))
attack("malformed", "file-further-key")(lambda p: p.update(comment="verified"))
attack("malformed", "theorem-missing")(lambda p: p.pop("theorem"))
attack("malformed", "theorem-as-list")(lambda p: p.update(theorem=[p["theorem"]]))
attack("malformed", "nested-too-deeply")(
    lambda p: p.update(evidence=json.loads("[" * 40 + "]" * 40))
)


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[Json], bytes]:
    return lambda proof: change(to_bytes(proof))


attack("malformed", "file-empty")(_bytes(lambda _: b""))
attack("malformed", "file-cut-off")(_bytes(lambda data: data[:-3]))
attack("malformed", "file-twice")(_bytes(lambda data: data + data))
attack("malformed", "file-as-list")(_bytes(lambda data: b"[" + data + b"]"))
attack("malformed", "file-with-byte-order-mark")(_bytes(lambda data: b"\xef\xbb\xbf" + data))
attack("malformed", "file-not-utf8")(
    _bytes(lambda data: data.replace(b'"provenance": {', b'"provenance": {"\xff": "", ', 1))
)
attack("malformed", "file-in-utf16")(_bytes(lambda data: data.decode().encode("utf-16")))
attack("malformed", "file-with-comment")(_bytes(lambda data: b"// a proof\n" + data))
attack("malformed", "file-with-trailing-comma")(_bytes(lambda data: data.rstrip()[:-1] + b",}"))
attack("malformed", "key-twice-radius")(
    # The first is a wild claim, the second the true one.
    _bytes(lambda data: data.replace(b'"radius":', b'"radius": "1000",\n  "radius":', 1))
)
attack("malformed", "key-twice-theorem")(
    _bytes(lambda data: data.replace(b'"theorem":', b'"theorem": "",\n "theorem":', 1))
)
attack("malformed", "key-twice-element")(
    _bytes(lambda data: data.replace(b'"0|0":', b'"0|0": {"den": "1", "re": [["9"]]}, "0|0":', 1))
)
attack("malformed", "radius-not-a-number")(
    _bytes(lambda data: data.replace(b'"radius": "', b'"radius": NaN, "x": "', 1))
)
