"""Coq files without Coq: the literals are the proof file's, and the evidence is evidence.

The runner believes nothing but Coq's own answers; a stand-in plays Coq here.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flint import fmpz_mat
from formal_reader import Z, definition, file_matrix, numbers, read, without_comments
from hypothesis import given
from hypothesis import strategies as st
from places import CERTIFICATES, CORPUS, ROOT

from exactsteer.cli import group
from exactsteer.errors import InputError
from exactsteer.formal import build
from exactsteer.formal.coq_text import comment, number
from exactsteer.formal.generate import CoqFile, coq_file, module_name, small_work
from exactsteer.formal.literals import literals
from exactsteer.formal.witnesses import Witness, exact_witness, rounded_witness, witness
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.check import check
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.file.proof import FORMAT
from exactsteer.kernel.quantum.realisation import Flagged, Mixed, Pure, Realisation
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.writing import (
    assemblage_value,
    realisation_value,
    scenario_value,
    write_proof,
)

FORMAL = sorted((CERTIFICATES / "formal").glob("*.v"))
ACCEPT = CORPUS / "accept"
IMPOSSIBLE = {
    "ABB_1",
    "breuer_hall",
    "monogamy_ZX",
    "monogamy_ZXY",
    "monogamy_two_alices",
    "parity",
    "transpose",
}


def generated(path: Path, big: bool | None = None) -> str:
    return coq_file(literals(check(path.read_bytes())), big).text


def places(outcomes: list[list[int]]) -> list[tuple[tuple[int, ...], list[tuple[int, ...]]]]:
    """Every x with every a, both in lexicographic order."""
    settings = product(*(range(len(row)) for row in outcomes))
    return [
        (x, list(product(*(range(row[s]) for row, s in zip(outcomes, x, strict=True)))))
        for x in settings
    ]


def key(a: tuple[int | str, ...], x: tuple[int, ...]) -> str:
    return ",".join(map(str, a)) + "|" + ",".join(map(str, x))


def by_name(row: list[list[Any]], labels: list[list[str]]) -> dict[str, Any]:
    """A list [x][a] of a Coq file under the names of the proof file."""
    return {
        name: item
        for names, items in zip(labels, row, strict=True)
        for name, item in zip(names, items, strict=True)
    }


def element_names(outcomes: list[list[int]]) -> list[list[str]]:
    return [[key(a, x) for a in answers] for x, answers in places(outcomes)]


def multiplier_names(outcomes: list[list[int]], j: int) -> list[list[str]]:
    names = []
    for x, answers in places(outcomes):
        starred = [key((*a[:j], "*", *a[j + 1 :]), x) for a in answers]
        names.append(list(dict.fromkeys(starred)))
    return names


# ---- The committed files ----


def test_the_impossible_examples_are_committed() -> None:
    assert {path.stem for path in FORMAL} == IMPOSSIBLE


@pytest.mark.parametrize("path", FORMAL, ids=lambda p: p.stem)
def test_committed_files_are_what_their_proof_files_give(path: Path) -> None:
    assert path.read_text(encoding="ascii") == generated(CERTIFICATES / f"{path.stem}.json")


# ---- Literals, by an independent reader ----


def assert_statement(text: str, statement: dict[str, Any]) -> None:
    """Scenario and centre of a Coq file are those of a proof file's statement."""
    outcomes = [[int(o) for o in row] for row in statement["scenario"]["outcomes"]]
    assert read(text, "outcome_numbers") == outcomes
    assert read(text, "dimensions") == [int(d) for d in statement["scenario"]["dimensions"]]
    den, s = read(text, "den"), read(text, "s")
    dens = [int(m["den"]) for family in statement["centre"] for m in family.values()]
    assert den == math.lcm(*dens)
    for row, family in zip(s, statement["centre"], strict=True):
        found = {e: numbers(m, den) for e, m in by_name(row, element_names(outcomes)).items()}
        assert found == {e: file_matrix(m) for e, m in family.items()}
    assert definition(text, "T").strip() == "scenario_of outcome_numbers dimensions"
    assert definition(text, "centre").strip() == "data C T den s"


NO_PARENT_STATES = [
    *(CERTIFICATES / f"{name}.json" for name in sorted(IMPOSSIBLE)),
    ACCEPT / "three-bobs.json",
    ACCEPT / "two-alices.json",
    ACCEPT / "unequal-dimensions-and-outcomes.json",
    ACCEPT / "parity-radius-zero.json",
    ACCEPT / "parity-multipliers-over-three.json",
]


@pytest.mark.parametrize("path", NO_PARENT_STATES, ids=lambda p: p.stem)
def test_literals_are_the_proof_files(path: Path) -> None:
    file = json.loads(path.read_text())
    text = generated(path)
    assert_statement(text, file["statement"])
    radius = re.fullmatch(r" *\(int_of C (\d+) / int_of C (\d+)\)%R", definition(text, "radius"))
    assert radius
    p, q = map(int, radius.groups())
    assert Fraction(p, q) == Fraction(file["statement"]["radius"])
    assert f"check_dual outcome_numbers dimensions den {p} {q} s W V positive_dual." in text

    outcomes = read(text, "outcome_numbers")
    ratios = set()
    for name, labels in (
        ("W", [element_names(outcomes) for _ in read(text, "dimensions")]),
        ("V", [multiplier_names(outcomes, j) for j in range(len(outcomes))]),
    ):
        for row, family, names in zip(
            read(text, name), file["evidence"][name], labels, strict=True
        ):
            found = by_name(row, names)
            assert found.keys() == family.keys()
            for e, m in family.items():
                ratios |= ratio(numbers(found[e], 1), file_matrix(m))
    assert len(ratios) == 1
    assert min(ratios) > 0


def ratio(found: list[list[Z]], given: list[list[Z]]) -> set[Fraction]:
    """The quotients of corresponding numbers, which vanish together."""
    pairs = [
        (u, v)
        for p, q in zip(found, given, strict=True)
        for z, y in zip(p, q, strict=True)
        for u, v in zip(z, y, strict=True)
    ]
    assert all((u == 0) == (v == 0) for u, v in pairs)
    return {u / v for u, v in pairs if v}


def data_number(value: Any) -> Z:
    if isinstance(value, list):
        return Fraction(value[0]), Fraction(value[1])
    return Fraction(value), Fraction(0)


@pytest.mark.parametrize("name", sorted(IMPOSSIBLE))
def test_literals_are_the_original_data(name: str) -> None:
    """Exact data are reproduced; Example 9 as printed lies within the radius, by far."""
    data = json.loads((ROOT / "data" / f"{name}.json").read_text())
    text = (CERTIFICATES / "formal" / f"{name}.v").read_text()
    den, outcomes = read(text, "den"), data["scenario"]["outcomes"]
    assert read(text, "outcome_numbers") == outcomes
    assert read(text, "dimensions") == data["scenario"]["dimensions"]
    moved = Fraction(0)
    for row, family in zip(read(text, "s"), data["sigma"], strict=True):
        found = by_name(row, element_names(outcomes))
        assert found.keys() == family.keys()
        for e, m in family.items():
            for p, q in zip(numbers(found[e], den), m, strict=True):
                for z, y in zip(p, map(data_number, q), strict=True):
                    moved = max(moved, abs(z[0] - y[0]), abs(z[1] - y[1]))
    assert moved == 0 if data["numbers"] == "exact" else 0 < moved < Fraction(1, 10**15)


def test_monogamy_is_its_closed_form() -> None:
    """sigma^(k)_{a|x} = |x_a><x_a|/2, x in Z, X, Y: (1 + (-1)^a sigma_x)/4."""
    text = (CERTIFICATES / "formal" / "monogamy_ZXY.v").read_text()
    pauli = [[[1, 0], [0, -1]], [[0, 1], [1, 0]], [[0, -1j], [1j, 0]]]
    den = read(text, "den")
    for row in read(text, "s"):
        for x, matrices in enumerate(row):
            for a, m in enumerate(matrices):
                for i, j in product(range(2), repeat=2):
                    z = (i == j) + (-1) ** a * complex(pauli[x][i][j])
                    assert m[i][j] == (den * z.real / 4, den * z.imag / 4)


@pytest.mark.parametrize("name", ["ABB_PQNL", "ghz_noise", "w_noise", "white_noise"])
def test_realisations_are_the_proof_files(name: str) -> None:
    file = json.loads((CERTIFICATES / f"{name}.json").read_text())
    text = generated(CERTIFICATES / f"{name}.json")
    assert_statement(text, file["statement"])
    assert "radius" not in without_comments(text)
    assert_realisation(text, file["evidence"], math.prod(read(text, "dimensions")))


def assert_realisation(text: str, evidence: dict[str, Any], bobs: int) -> None:
    systems = [int(d) for d in evidence["systems"]]
    size = math.prod(systems) * bobs
    total = [[(Fraction(0), Fraction(0)) for _ in range(size)] for _ in range(size)]
    for term in evidence["state"]:
        for p, q in product(range(size), repeat=2):
            re_, im = term_entry(term, p, q, bobs)
            total[p][q] = (total[p][q][0] + re_, total[p][q][1] + im)
    trace = sum(total[p][p][0] for p in range(size))
    rho = numbers(read(text, "rho"), read(text, "den_rho"))
    assert rho == [[(re_ / trace, im / trace) for re_, im in row] for row in total]
    assert read(text, "alice_dimensions") == systems
    den, outcomes = read(text, "den_M"), read(text, "outcome_numbers")
    for row, family, counts in zip(read(text, "M"), evidence["M"], outcomes, strict=True):
        names = [[f"{a}|{x}" for a in range(o)] for x, o in enumerate(counts)]
        found = {e: numbers(m, den) for e, m in by_name(row, names).items()}
        assert found == {e: file_matrix(m) for e, m in family.items()}


def term_entry(term: dict[str, Any], p: int, q: int, bobs: int) -> Z:
    """The entry (p, q) of a term of the state (certificates/FORMAT.md, section 3.3)."""
    if "psi" in term:
        psi = [z for row in file_matrix(term["psi"]) for z in row]
        (a, b), (c, d) = psi[p], psi[q]
        return a * c + b * d, b * c - a * d
    if "flag" in term:
        i = int(term["flag"])
        inside = p // bobs == i == q // bobs
        return file_matrix(term["E"])[p % bobs][q % bobs] if inside else (Fraction(0), Fraction(0))
    return file_matrix(term["R"])[p][q]


def proof_bytes(claim: str, sigma: Assemblage, evidence: object, radius: str = "0") -> bytes:
    statement = {
        "format": FORMAT,
        "claim": claim,
        "scenario": scenario_value(sigma.scenario),
        "centre": assemblage_value(sigma),
        "radius": radius,
    }
    return write_proof(statement, evidence, {})


def every_kind_of_term() -> Realisation:
    """Two Alices, Bobs of dimensions 2 and 1, outcomes that depend on the setting; three terms."""
    scenario = Scenario(((2, 1), (2,)), (2, 1))
    zero, one = Hermitian.of(1, [[1, 0], [0, 0]]), Hermitian.of(1, [[0, 0], [0, 1]])
    plus = Hermitian.of(2, [[1, 0], [0, 1]], [[0, -1], [1, 0]])
    minus = Hermitian.identity(2) - plus
    povms = (
        {(0, 0): plus, (1, 0): minus, (0, 1): Hermitian.identity(2)},
        {(0, 0): zero, (1, 0): one},
    )
    psi = Rectangular(
        3,
        fmpz_mat(4, 2, [1, 0, 2, 1, 0, -1, 1, 1]),
        fmpz_mat(4, 2, [0, 1, 0, 2, 1, 0, 0, -1]),
    )
    mixed = Hermitian.of(5, [[8 - abs(i - j) for i in range(8)] for j in range(8)])
    terms = (Pure(psi), Flagged(2, Hermitian.of(2, [[2, 1], [1, 1]])), Mixed(mixed))
    return Realisation(scenario, (2, 2), terms, povms)


def test_every_kind_of_term_of_a_state() -> None:
    realisation = every_kind_of_term()
    sigma = Assemblage(realisation.scenario, realisation.families())
    evidence = realisation_value(realisation)
    data = proof_bytes("quantum realisation", sigma, evidence)
    text = coq_file(literals(check(data))).text
    assert_statement(text, json.loads(data)["statement"])
    assert_realisation(text, evidence, 2)


def parent_states_proof() -> bytes:
    """The parent states of a realisation with two Alices."""
    realisation = every_kind_of_term()
    sigma = Assemblage(realisation.scenario, realisation.families())
    joint = realisation.joint_states()
    family = {key(a, x): file_value(m) for (a, x), m in joint.items()}
    return proof_bytes("parent states", sigma, family)


def file_value(m: Hermitian) -> dict[str, Any]:
    den, re_, im = m.integers()
    value = {"den": str(den), "re": [[str(v) for v in row] for row in re_]}
    if any(v for row in im for v in row):
        value["im"] = [[str(v) for v in row] for row in im]
    return value


def test_parent_states_are_the_proof_files() -> None:
    data = parent_states_proof()
    file = json.loads(data)
    text = coq_file(literals(check(data))).text
    assert_statement(text, file["statement"])
    den, outcomes = read(text, "den_S"), read(text, "outcome_numbers")
    found = by_name(read(text, "S"), element_names(outcomes))
    assert {e: numbers(m, den) for e, m in found.items()} == {
        e: file_matrix(m) for e, m in file["evidence"].items()
    }


# ---- The text ----


@pytest.mark.parametrize("big", [False, True])
def test_nothing_is_assumed_in_a_generated_file(big: bool) -> None:
    text = without_comments(generated(CERTIFICATES / "parity.json", big))
    for word in ("Axiom", "Parameter", "Admitted", "admit", "Hypothesis", "Variable", "Unset"):
        assert word not in text
    assert text.count("Qed.") == text.count("Theorem ") + text.count("Lemma ")
    assert ("BigVerdicts" in text) == big
    assert ("bigZ" in text) == big


def test_the_size_decides_about_machine_integers() -> None:
    one: Witness = (1, [1] * 64, [[(1 << 40, 0)] * 64 for _ in range(64)])
    assert small_work([[one] * 4]) < 2 * 10**7 < small_work([[one] * 40])
    data = literals(check((CERTIFICATES / "parity.json").read_bytes()))
    assert not coq_file(data).big
    assert coq_file(data, True).big


def test_long_integers_are_written() -> None:
    assert number(-(10**5000)) == "-1" + "0" * 5000


def test_comments_cannot_be_escaped() -> None:
    text = f"(* {comment('a *) Axiom b : False. (* ' + chr(34))} *)"
    assert without_comments(text).strip() == ""
    assert '"' not in text


@pytest.mark.parametrize(
    ("stem", "name"),
    [("ABB_1", "ABB_1"), ("ABB_1.white-noise", "ABB_1_white_noise"), ("1 a", "proof_1_a")],
)
def test_names_of_modules(stem: str, name: str) -> None:
    assert module_name(stem) == name


# ---- Witnesses ----


def holds(M: list[list[tuple[int, int]]], evidence: Witness) -> bool:
    """c M - L diag(w) L^dagger is diagonally dominant, evaluated with Python's complex integers."""
    c, w, L = evidence
    n = len(M)
    if c <= 0 or any(f < 0 for f in w) or any(len(row) > n for row in L):
        return False
    for p in range(n):
        off, diagonal = 0, 0
        for q in range(n):
            re_, im = c * M[p][q][0], c * M[p][q][1]
            for f, (a, b), (u, v) in zip(w, L[p], L[q], strict=False):
                re_ -= f * (a * u + b * v)
                im -= f * (b * u - a * v)
            if p == q:
                diagonal = re_
            else:
                off += abs(re_) + abs(im)
        if off > diagonal:
            return False
    return True


@st.composite
def grams(draw: st.DrawFn) -> list[list[tuple[int, int]]]:
    """G G^dagger + shift, of any rank, entries of any size."""
    n, rank = draw(st.integers(1, 4)), draw(st.integers(0, 4))
    size = draw(st.sampled_from([1, 3, 10**6, 10**30]))
    entry = st.tuples(st.integers(-size, size), st.integers(-size, size))
    G = draw(st.lists(st.lists(entry, min_size=rank, max_size=rank), min_size=n, max_size=n))
    shift = draw(st.sampled_from([0, 0, 1, size]))
    return [
        [
            (
                sum(a * c + b * d for (a, b), (c, d) in zip(u, v, strict=True)) + shift * (i == j),
                sum(b * c - a * d for (a, b), (c, d) in zip(u, v, strict=True)),
            )
            for j, v in enumerate(G)
        ]
        for i, u in enumerate(G)
    ]


@given(grams())
def test_positive_matrices_have_witnesses(M: list[list[tuple[int, int]]]) -> None:
    assert holds(M, witness(M))
    assert holds(M, exact_witness(M))
    rounded = rounded_witness(M)
    assert rounded is None or holds(M, rounded)


@given(grams(), st.integers(0, 3))
def test_other_matrices_have_none(M: list[list[tuple[int, int]]], at: int) -> None:
    i = at % len(M)
    M[i][i] = (-1 - M[i][i][0], 0)
    with pytest.raises(ValueError, match="not positive semidefinite"):
        witness(M)


def test_matrices_that_are_not_hermitian_have_no_witness() -> None:
    with pytest.raises(ValueError, match="not Hermitian"):
        witness([[(1, 0), (0, 1)], [(0, 1), (1, 0)]])


# ---- Coq's answers, played by a stand-in ----

Play = Callable[[str], Path]


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Put a shell script in the place of coqc; its calls are recorded in the returned file."""

    def install(script: str, version: str = "8.16.1") -> Path:
        folder, calls = tmp_path / "bin", tmp_path / "calls"
        folder.mkdir(exist_ok=True)
        coqc = folder / "coqc"
        coqc.write_text(
            "#!/bin/sh\n"
            f'[ "$1" = --version ] && {{ echo "The Coq Proof Assistant, version {version}"; '
            f'exit 0; }}\necho "$@" >> {calls}\n{script}\n'
        )
        coqc.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
        return calls

    return install


FILE = CoqFile("", ("one", "two"), False)
BIG_FILE = CoqFile("", ("one",), True)


def answer(tmp_path: Path, file: CoqFile = FILE) -> build.Answer:
    path = tmp_path / "x.v"
    path.write_text("Theorem one : True.\nProof. exact I. Qed.\n")
    return build.check_file(path, file, tmp_path, 20)


def test_closed_theorems_count_as_proved(play: Play, tmp_path: Path) -> None:
    play(f"echo 'one : True'; echo '{build.CLOSED}'; echo '{build.CLOSED}'")
    assert answer(tmp_path).printed.startswith("one : True")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (f"echo '{build.CLOSED}'", "got 1 answers"),
        (f"printf '{build.CLOSED}\\nAxioms:\\nhole : False\\n'", "two rests on hole"),
        (f"printf 'Axioms:\\nUint63.of_to_Z\\n  : x\\n{build.CLOSED}\\n'", "rests on Uint63.of"),
        (
            "echo 'File \"./x.v\", line 2, characters 0-3:' >&2; echo 'Error: no.' >&2; exit 1",
            r"Coq rejects one \(x.v, line 2\): no.",
        ),
        ("exit 129", "ended with code 129"),
    ],
)
def test_anything_else_does_not(play: Play, tmp_path: Path, script: str, reason: str) -> None:
    play(script)
    with pytest.raises(build.NotProved, match=reason):
        answer(tmp_path)


def test_machine_integers_may_be_assumed_in_the_large_form_only(play: Play, tmp_path: Path) -> None:
    play("printf 'Axioms:\\nUint63.of_to_Z\\n  : x\\nPrimInt63.add : y\\n'")
    answer(tmp_path, BIG_FILE)
    play("printf 'Axioms:\\nUint63.of_to_Z\\n  : x\\nhole : False\\n'")
    with pytest.raises(build.NotProved, match="rests on hole"):
        answer(tmp_path, BIG_FILE)


def test_time_runs_out(play: Play, tmp_path: Path) -> None:
    play("exec sleep 20")
    path = tmp_path / "x.v"
    path.touch()
    with pytest.raises(build.NotProved, match=r"was not done after 0\.2 seconds"):
        build.check_file(path, FILE, tmp_path, 0.2)


def test_missing_libraries_are_named(play: Play, tmp_path: Path) -> None:
    play("echo 'Error: Cannot find a physical path bound to logical path mathcomp' >&2; exit 1")
    with pytest.raises(InputError, match="libcoq-mathcomp-algebra, "):
        build.build_theory(tmp_path / "theory")


def test_the_theory_is_built_once(play: Play, tmp_path: Path) -> None:
    compile_ = 'for last; do :; done; echo "$last" > "${last%.v}.vo"'
    theory, calls = tmp_path / "theory", play(compile_)

    def built(big: bool = False) -> list[str]:
        calls.unlink(missing_ok=True)
        build.build_theory(theory, big)
        lines = calls.read_text().splitlines() if calls.exists() else []
        return [line.split()[-1].removesuffix(".v") for line in lines]

    small, big = build.theory_modules(False), build.theory_modules(True)
    assert built() == small
    assert built() == []
    assert built(big=True) == big
    assert built() == []
    (theory / "Sound.vo").write_text("changed")
    assert built() == small
    (theory / "Claims.v").write_text("changed")
    assert built() == []
    assert (theory / "Claims.v").read_bytes() == (build.SOURCES / "Claims.v").read_bytes()
    play(compile_, "9.0")
    assert built() == small


def test_the_theory_is_listed_completely_and_assumes_nothing() -> None:
    listed = {f"{m}.v" for m in build.theory_modules(True)}
    assert listed == {path.name for path in build.SOURCES.glob("*.v")}
    for name in listed:
        text = (build.SOURCES / name).read_text(encoding="ascii")
        assert not re.search(r"^\s*(Axiom|Parameter|Conjecture|Admitted)\b", text, re.MULTILINE)
        assert "bypass_check" not in text


# ---- The command ----


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["formalise", *map(str, arguments)])


def test_the_command_writes_the_file_and_the_theory(tmp_path: Path) -> None:
    result = run(CERTIFICATES / "ABB_1.json", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    written = (tmp_path / "out" / "ABB_1.v").read_bytes()
    assert written == (CERTIFICATES / "formal" / "ABB_1.v").read_bytes()
    assert (tmp_path / "out" / "theory" / "Claims.v").is_file()
    assert "--check" in result.output


def test_a_radius_that_coq_does_not_prove_is_said(tmp_path: Path) -> None:
    result = run(CERTIFICATES / "white_noise.json", "-o", tmp_path)
    assert "about the centre" in result.output


def test_without_coq_the_packages_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run(CERTIFICATES / "parity.json", "-o", tmp_path / "out", "--check")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    for package in build.PACKAGES:
        assert package in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_that_coq_rejects_is_rejected(play: Play, tmp_path: Path) -> None:
    play("echo 'Error: no.' >&2; exit 1")
    result = run(CERTIFICATES / "parity.json", "-o", tmp_path / "out", "--check")
    assert result.exit_code == 1
    assert result.stderr.startswith("REJECTED: ")
    assert "PROVED" not in result.output


def test_proof_files_are_verified_first(tmp_path: Path) -> None:
    file = json.loads((CERTIFICATES / "parity.json").read_text())
    file["statement"]["radius"] = "1/2"
    (tmp_path / "bad.json").write_text(json.dumps(file))
    result = run(tmp_path / "bad.json", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("proof", "output", "part"),
    [
        (CERTIFICATES / "pr_box.json", "out", "has no Coq form"),
        (CERTIFICATES / "absent.json", "out", "absent.json"),
        (CERTIFICATES / "parity.json", "file", "is a file"),
    ],
)
def test_wrong_use_is_one_sentence(tmp_path: Path, proof: Path, output: str, part: str) -> None:
    (tmp_path / "file").touch()
    result = run(proof, "-o", tmp_path / output)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert part in result.stderr


def test_more_than_coq_can_count_is_refused() -> None:
    scenario = Scenario(((5001,),), (1,))
    weight = Hermitian.of(5001, [[1]])
    sigma = Assemblage(scenario, [dict.fromkeys(scenario.elements(), weight)])
    family = {key(a, x): file_value(weight) for a, x in scenario.elements()}
    theorem = check(proof_bytes("parent states", sigma, family))
    with pytest.raises(InputError, match="above 5000"):
        coq_file(literals(theorem))
