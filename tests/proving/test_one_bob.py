"""One Bob: parent states always exist, so with one Alice every assemblage is proved quantum."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from command_line import one_sentence, run
from flint import fmpq
from two_checkers import VERIFIED, recheck_verdict

from exactsteer.errors import Undecided
from exactsteer.formats import from_arrays
from exactsteer.kernel.check import check
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import assemblage_text, printed
from exactsteer.model.noise import white_noise
from exactsteer.model.printed import Printed, box_distance
from exactsteer.proved import verdict_of
from exactsteer.proving.certificate import Certificate
from exactsteer.proving.decide import certify
from exactsteer.proving.enclose import Quantity, enclose

PAULIS = np.array([[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])


def steered(psi: np.ndarray, effects: np.ndarray) -> np.ndarray:
    """tr_A[(M_{a|x} (x) 1) |psi><psi|], psi with Alice's index first, effects[a, x]."""
    return np.einsum("axij,jb,ic->axbc", effects, psi, psi.conj())


def half_a_bell_state() -> Printed:
    """Three Pauli measurements and 1/sqrt 2, as everybody writes it."""
    h = 2**-0.5
    effects = np.array([[(np.eye(2) + (-1) ** a * p) / 2 for p in PAULIS] for a in (0, 1)])
    return from_arrays([steered(np.array([[h, 0], [0, h]]), effects)])


def random_pure(d: int, outcomes: int, settings: int) -> Printed:
    """A random pure state and random projective measurements; outcomes from d on never happen."""
    rng = np.random.default_rng(d)
    psi = rng.normal(size=(d, d)) + 1j * rng.normal(size=(d, d))
    effects = np.zeros((outcomes, settings, d, d), dtype=complex)
    for x in range(settings):
        q, _ = np.linalg.qr(rng.normal(size=(d, d)) + 1j * rng.normal(size=(d, d)))
        for a in range(d):
            effects[a, x] = np.outer(q[:, a], q[:, a].conj())
    return from_arrays([steered(psi / np.linalg.norm(psi), effects)])


def two_mubs() -> Printed:
    """Two mutually unbiased bases of a qutrit, as expressions."""
    third = [[["0"] * 3 for _ in range(3)] for _ in range(3)]
    for a in range(3):
        third[a][a][a] = "1/3"
    fourier = [
        [[f"exp(2*pi*I*{a * (i - j)}/3)/9" for j in range(3)] for i in range(3)] for a in range(3)
    ]
    return from_arrays([np.array([[third[a], fourier[a]] for a in range(3)], dtype=object)])


def pure_in_fractions() -> Printed:
    """Exact numbers: cos and sin of a Pythagorean angle."""
    effects = np.array([[(np.eye(2) + (-1) ** a * p) / 2 for p in PAULIS[[0, 2]]] for a in (0, 1)])
    sigma = 25 * 2 * steered(np.array([[3, 0], [0, 4]]) / 5, effects)
    entries = [
        [[[Fraction(round(v.real), 50) for v in row] for row in m] for m in each] for each in sigma
    ]
    return from_arrays([np.array(entries, dtype=object)])


def beside_a_trivial_bob() -> Printed:
    """One more Bob, of dimension 1, who holds the probabilities."""
    given = half_a_bell_state()
    (family,) = given.families
    traces = {e: (((s[0][0][0] + s[1][1][0], fmpq(0)),),) for e, s in family.items()}
    return Printed(Scenario(given.scenario.outcomes, (2, 1)), (family, traces), exact=False)


GIVEN = {
    "half a Bell state": half_a_bell_state,
    "half a GHZ state": lambda: random_pure(4, 4, 2),
    "a random qutrit": lambda: random_pure(3, 3, 3),
    "outcomes that never happen": lambda: random_pure(2, 3, 2),
    "expressions": two_mubs,
    "fractions": pure_in_fractions,
    "a trivial Bob": beside_a_trivial_bob,
    "probabilities": lambda: from_arrays([np.full((2, 2, 1, 1), 0.5)]),
}


def verified(certificate: Certificate, given: Printed) -> None:
    assert recheck_verdict(certificate.data) == VERIFIED
    ball = check(certificate.data).statement
    assert box_distance(given, ball.centre) <= ball.radius


@pytest.mark.parametrize("name", GIVEN)
def test_one_alice_and_one_bob_are_quantum(name: str) -> None:
    given = GIVEN[name]()
    certificate = certify(given)
    assert verdict_of(certificate.theorem) == "QUANTUM"
    assert certificate.theorem.claim == "quantum realisation"
    verified(certificate, given)
    # The centre is near, although the radius would cover another one.
    assert certificate.repaired.distance < fmpq(1, 10**5)


def test_exact_numbers_are_realised_themselves() -> None:
    assert certify(pure_in_fractions()).repaired.distance == 0


def test_the_radius_covers_every_assemblage_of_the_scenario() -> None:
    """It holds for the numbers of every other assemblage too."""
    ball = certify(random_pure(2, 2, 3)).theorem.statement
    assert box_distance(half_a_bell_state(), ball.centre) <= ball.radius == 1


def test_a_bob_beyond_the_limit_of_realisations() -> None:
    """A D is at most 1024: his parent states say the same."""
    scenario = Scenario(((2, 1),), (33,))
    certificate = certify(Printed(scenario, _beyond(scenario), exact=False))
    assert certificate.theorem.claim == "parent states"
    assert verdict_of(certificate.theorem) == "QUANTUM"


def _beyond(scenario: Scenario) -> tuple[dict, ...]:
    """Three levels, of which one outcome tells the first."""
    zero, third = (fmpq(0), fmpq(0)), (fmpq(1, 3), fmpq(0))
    first = [[third if i == j == 0 else zero for j in range(33)] for i in range(33)]
    second = [[third if i == j and i in (1, 2) else zero for j in range(33)] for i in range(33)]
    whole = [[third if i == j < 3 else zero for j in range(33)] for i in range(33)]
    squares = [tuple(map(tuple, m)) for m in (first, second, whole)]
    return (dict(zip(scenario.elements(), squares, strict=True)),)


def two_alices() -> Printed:
    """Both Alices measure two Paulis on a GHZ state: the Bob's states have no room."""
    effects = np.array([[(np.eye(2) + (-1) ** a * p) / 2 for p in PAULIS[[0, 2]]] for a in (0, 1)])
    ghz = np.zeros((2, 2, 2))
    ghz[0, 0, 0] = ghz[1, 1, 1] = 2**-0.5
    sigma = np.einsum("axij,byIJ,jJk,iIl->abxykl", effects, effects, ghz, ghz)
    return from_arrays([sigma])


def test_several_alices_have_parent_states_but_no_verdict_from_them() -> None:
    given = two_alices()
    certificate = certify(given, claim="parent states")
    verified(certificate, given)
    assert verdict_of(certificate.theorem) == "PARENT STATES"


@pytest.mark.parametrize("given", [half_a_bell_state, two_alices])
def test_nobody_proves_that_they_have_none(given) -> None:
    with pytest.raises(Undecided, match="every assemblage of one Bob has parent states"):
        certify(given(), claim="no parent states")


@pytest.mark.parametrize("given", [half_a_bell_state, two_alices])
def test_no_noise_is_needed(given) -> None:
    statement = enclose(given(), Quantity.WHITE_NOISE, fmpq(1, 10**9)).theorem.statement
    assert statement.lower == statement.upper == 0


def test_lambda_is_the_smallest_eigenvalue_and_not_negative() -> None:
    statement = enclose(half_a_bell_state(), Quantity.LAMBDA, fmpq(1, 10**9)).theorem.statement
    assert statement.lower == 0 <= statement.upper <= fmpq(1, 10**9)
    noise = printed(white_noise(Scenario(((2, 2),), (2,))))
    ends = enclose(noise, Quantity.LAMBDA, fmpq(1, 10**9)).theorem.statement
    assert ends.lower <= fmpq(1, 4) <= ends.upper


@pytest.mark.parametrize("name", ["half a Bell state", "expressions"])
def test_both_questions_are_answered_on_the_command_line(name: str, tmp_path: Path) -> None:
    source = tmp_path / "given.json"
    source.write_text(file_text(GIVEN[name]()))
    result = run("classify", source, "-o", tmp_path / "proofs", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["verdict"] == "nonclassical quantum"
    assert json.loads(result.stdout)["reasons"] == []
    quantum = tmp_path / "proofs" / "given.quantum.json"
    assert run("check", quantum, "--against", source).exit_code == 0


def file_text(given: Printed) -> str:
    """An assemblage file of approximate numbers."""
    (family,) = given.families
    value = {
        "format": "exactsteer assemblage 1",
        "numbers": "approximate",
        "scenario": {
            "dimensions": list(given.scenario.dimensions),
            "outcomes": [list(row) for row in given.scenario.outcomes],
        },
        "sigma": [
            {
                f"{a[0]}|{x[0]}": [
                    [[float(str(Fraction(str(v)) * 1.0)) for v in entry] for entry in row]
                    for row in square
                ]
                for (a, x), square in family.items()
            }
        ],
    }
    return json.dumps(value)


def test_advice_to_write_fractions_is_not_given_to_who_did() -> None:
    """On the boundary of two Bobs' assemblages: a face that is not found."""
    from exactsteer.proving.repair import repair

    exact = repair(pure_in_fractions())
    rough = repair(half_a_bell_state())
    assert "fractions" not in exact.advice()
    assert "fractions" in rough.advice()


def test_a_claim_that_does_not_hold_is_one_sentence(tmp_path: Path) -> None:
    source = tmp_path / "white.json"
    source.write_text(assemblage_text(white_noise(Scenario(((2, 2),), (2,)))))
    result = run("certify", source, "--claim", "no parent states")
    one_sentence(result, 3, "every assemblage of one Bob has parent states")
