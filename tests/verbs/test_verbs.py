"""The public verbs: everything a user may give, results as sentences, refusals as sentences."""

from __future__ import annotations

import ast
import contextlib
import pkgutil
import signal
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from flint import fmpq
from places import CORPUS, DATA, ROOT

import exactsteer as es
from exactsteer.kernel.claims import CLAIMS
from exactsteer.proving.certificate import Certificate
from exactsteer.verbs.kinds import KINDS

ACCEPTED = CORPUS / "accept"
PARITY = ACCEPTED / "parity.json"


@pytest.fixture(scope="module")
def proof() -> Certificate:
    return es.certify("parity")


def test_every_public_name_is_there_and_explained() -> None:
    for name in es.__all__:
        assert getattr(es, name).__doc__, name
    assert set(es.__all__) <= set(dir(es))


def test_no_module_takes_the_place_of_a_verb() -> None:
    """Python would put a module of that name where the verb is, once it is imported."""
    assert not {module.name for module in pkgutil.iter_modules(es.__path__)} & set(es.__all__)


def test_the_types_know_every_name() -> None:
    """What is loaded when first used stands where type checkers look, too."""
    tree = ast.parse((ROOT / "exactsteer" / "__init__.py").read_text(encoding="utf-8"))
    (block,) = (n for n in tree.body if isinstance(n, ast.If))
    homes = {
        alias.asname: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert homes == es._HOME


def test_a_proof_is_shown_as_its_sentence(proof: Certificate, tmp_path: Path) -> None:
    sentence = proof.theorem.sentence()
    assert str(proof) == repr(proof) == sentence
    assert proof.verdict == "POSTQUANTUM"
    assert repr(proof.theorem) == f"<Theorem: {sentence}>"
    assert "srcdoc" in proof._repr_html_()
    assert proof._repr_latex_() == rf"\textbf{{Theorem.}} {sentence}"
    proof.save(tmp_path / "proof.json")
    assert (tmp_path / "proof.json").read_bytes() == proof.data
    theorem = es.check(tmp_path / "proof.json")
    assert theorem.sentence() == es.check(proof.data).sentence() == sentence


def test_everything_that_can_be_given(proof: Certificate) -> None:
    arrays = es.arrays("parity")
    assert [a.shape for a in arrays] == [(2, 2, 2, 2)] * 2
    forms = [
        "parity",
        DATA / "parity.json",
        es.read("parity"),
        es.assemblage("parity"),
        es.repair("parity"),
        arrays,
        [a.tolist() for a in arrays],
    ]
    for form in forms:
        assert es.assemblage(es.repair(form)) == es.assemblage("parity")
        assert es.check_against(proof.theorem, form).distance == 0


def test_exact_mixtures() -> None:
    noise = es.white_noise("monogamy_ZX")
    assert noise == es.white_noise(noise.scenario)
    half = es.mixture("monogamy_ZX", noise, weight="1/2")
    assert half == es.mixture("monogamy_ZX", noise, weight=Fraction(1, 2))
    # Z on |0><0|/2, half of it white.
    assert np.array_equal(es.array(half[0][(0,), (0,)]), np.diag([3 / 8, 1 / 8]))
    assert es.certify(half).verdict == "QUANTUM"


def test_enclosures_and_bounds() -> None:
    lower, upper = es.enclose("parity", "White-noise", width=1e-3).ends()
    assert lower <= fmpq(1, 2) <= upper <= lower + fmpq(1, 1000)
    own = es.enclose("parity", es.white_noise("parity"), width=Fraction(1, 1000))
    assert own.ends() == (lower, upper)
    classical = es.enclose("parity", "classical white noise", width="1e-3", solver="structured")
    assert "--solver has no part in this claim" in str(classical)
    assert es.bound("chsh", level=1).verdict == "QUANTUM BOUND"


def test_standings_say_what_they_prove_and_where_it_is(tmp_path: Path) -> None:
    standing = es.classify("white_noise")
    first, second = repr(standing).splitlines()
    assert first == "CLASSICAL"
    assert "local-hidden-state model" in second
    (path,) = standing.save(tmp_path, "white")
    assert path == str(tmp_path / "white.classical.json")
    assert es.check(path).claim == "LHS model"
    assert "<b>CLASSICAL</b>" in standing._repr_html_()
    assert r"\textbf{CLASSICAL}" in standing._repr_latex_()


def test_the_stages_are_reported() -> None:
    stages: list[str] = []
    es.certify("parity", report=stages.append)
    assert stages[0] == "repair"
    assert stages[-1] == "check"


def test_no_timer_is_left_where_the_time_is_over_at_once() -> None:
    for power in range(3, 7):
        with contextlib.suppress(es.Undecided):
            es.certify("parity", seconds=10.0**-power)
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@pytest.mark.parametrize(
    ("ask", "kind", "part"),
    [
        (lambda: es.certify("PARTY"), es.InputError, "parity"),
        (lambda: es.certify(3), es.InputError, "got int"),
        (lambda: es.read([[[1]]], colour="blue"), TypeError, "unexpected colour"),
        (lambda: es.certify([]), es.InputError, "one array for each Bob"),
        (lambda: es.read("parity", title="mine"), es.InputError, "title"),
        (
            lambda: es.certify("parity", colour="blue"),
            TypeError,
            "unexpected colour",
        ),
        (lambda: es.certify("parity", aim="small"), es.InputError, "aim: expected 'radius'"),
        (lambda: es.certify("parity", starts=0), es.InputError, "starts"),
        (lambda: es.certify("parity", tolerance=-1), es.InputError, "tolerance"),
        (lambda: es.certify("parity", seconds=1e-5), es.Undecided, "seconds"),
        (lambda: es.enclose("parity", "pink noise"), es.InputError, "quantity: expected"),
        (lambda: es.mixture("ABB_1", "ABB_1", weight="1/2"), es.InputError, "repair"),
        (lambda: es.mixture("parity", "parity", weight=0.5), es.InputError, "exact number"),
        (lambda: es.mixture("parity", "parity", weight="3/2"), es.InputError, "between 0 and 1"),
        (lambda: es.bound("parity"), es.InputError, "got an assemblage"),
        (lambda: es.bound("chsh", level="x"), es.Malformed, "level"),
        (lambda: es.check("no such file"), es.InputError, "no such file"),
        (lambda: es.check(DATA / "parity.json"), es.InputError, "expected a proof file"),
        (lambda: es.check(b"{}"), es.Malformed, "expected"),
        (lambda: es.check_against(es.check(PARITY), "pr_box"), es.Rejected, "scenario"),
        (lambda: es.search("nothing"), es.InputError, "transpose"),
    ],
)
def test_refusals_are_one_sentence(ask, kind, part) -> None:
    with pytest.raises(kind, match=part) as caught:
        ask()
    assert len(str(caught.value).splitlines()) == 1


def test_the_evidence_of_every_claim_has_its_kind() -> None:
    """KINDS has each claim, and every file of the corpus holds evidence of that kind."""
    assert KINDS.keys() == CLAIMS.keys()
    smallest: dict[str, Path] = {}
    for path in sorted(ACCEPTED.glob("*.json"), key=lambda p: p.stat().st_size):
        text = path.read_text(encoding="utf-8")
        claim = next(
            (c for c in CLAIMS if f'"claim": "{c}"' in text or f'"claim":"{c}"' in text), ""
        )
        smallest.setdefault(claim, path)
    assert smallest.keys() >= CLAIMS.keys()
    for claim in CLAIMS:
        theorem = es.check(smallest[claim])
        assert es.evidence(theorem, KINDS[claim]) is theorem.evidence
    inequality = es.evidence(es.check(PARITY), es.SteeringInequality)
    assert inequality.value(es.assemblage("parity")) < 0
    with pytest.raises(TypeError, match="SteeringInequality"):
        es.evidence(es.check(PARITY), es.Realisation)


def test_rooms_with_public_names_are_attributes():
    assert es.counts.estimate is import_module("exactsteer.counts").estimate
    assert es.testing.quantum_assemblages
    assert {"counts", "testing"} <= set(dir(es))


def test_numpy_does_not_take_an_exact_matrix_for_one_object():
    sigma = es.assemblage("parity")[0][(0,), (0,)]
    with pytest.raises(TypeError, match=r"exactsteer\.array"):
        np.asarray(sigma)
    assert es.array(sigma).shape == (2, 2)
