"""The command line as a user meets it: results, exit codes, and one sentence for bad input."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import click
import pytest
from command_line import all_commands, objects, one_sentence, run
from places import CERTIFICATES, DATA

from exactsteer.errors import InputError
from exactsteer.kernel.scenario import Scenario
from exactsteer.programs.moments import augmented_lagrangian, solvers
from exactsteer.proving.question import growing_levels


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("proof") / "abb_1.json"
    result = run("certify", "ABB_1", "-o", path)
    assert result.exit_code == 0, result.output
    return path


def parity() -> dict:
    return json.loads((DATA / "parity.json").read_text())


def write(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value))
    return path


def test_certify_writes_a_proof_that_check_verifies(proof: Path) -> None:
    result = run("check", proof, "--against", "ABB_1")
    assert result.exit_code == 0
    assert result.output.strip().splitlines()[-1] == f"VERIFIED {proof} against the input"


def test_certify_reports_as_json(tmp_path: Path) -> None:
    result = run("certify", "parity", "--aim", "integers", "--json")
    value = json.loads(result.output)
    assert value["verdict"] == "postquantum"
    assert set(value["stages"]) >= {"repair", "solve", "round", "check"}


def test_check_reports_as_json(proof: Path, tmp_path: Path) -> None:
    forged = json.loads(proof.read_text())
    forged["statement"]["radius"] = "1/10"
    bad = write(tmp_path / "forged.json", forged)
    result = run("check", "--json", proof, bad, tmp_path / "missing.json")
    first, second, third = objects(result)
    assert first["verdict"] == "verified"
    assert (second["verdict"], second["rule"]) == ("rejected", "name")
    assert third["verdict"] == "malformed"
    assert result.exit_code == 2


def test_show_a_proof_and_an_assemblage(proof: Path) -> None:
    shown = run("show", proof)
    assert "W^(1)_{0|0} = [" in shown.output
    assert shown.exit_code == 0
    assert r"\begin{pmatrix}" in run("show", "--latex", proof).output
    assert "sigma^(2)_{1|1}" in run("show", "parity").output


def test_an_assemblage_file_can_be_given_by_path(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.json", parity())
    assert run("certify", path, "-o", tmp_path / "proof.json").exit_code == 0


def test_parent_states_leave_the_claim_undecided() -> None:
    one_sentence(
        run("certify", "pr_box", "--claim", "no parent states"), 3, "UNDECIDED", "not excluded"
    )


def test_against_another_assemblage_is_rejected(proof: Path) -> None:
    one_sentence(run("check", proof, "--against", "ABB_PQNL"), 1, "'against'", "radius")
    one_sentence(run("check", proof, "--against", "monogamy_ZXY"), 1, "'against'", "scenario")


def test_unknown_name_and_unknown_solver(tmp_path: Path) -> None:
    one_sentence(run("certify", "ABB1"), 2, "ABB1")
    one_sentence(run("certify", "parity", "--solver", "nosolver"), 2, "--solver", "cvxopt")
    one_sentence(run("certify", "parity", "--tolerance", "-1"), 2, "--tolerance")
    one_sentence(run("certify", "parity", "--tolerance", "abc"), 2, "--tolerance")


@pytest.mark.skipif(os.name != "posix", reason="paths of Unix")
def test_unusable_outputs_are_refused_before_the_work(tmp_path: Path) -> None:
    one_sentence(run("certify", "parity", "-o", tmp_path), 2, "directory")
    one_sentence(run("certify", "parity", "-o", tmp_path / "no" / "x.json"), 2, "does not exist")
    assert list(tmp_path.iterdir()) == []


def broken(change) -> object:
    value = parity()
    return change(value) or value


def nothing_missing(value: dict) -> None:
    del value["sigma"][0]["0|1"]


def something_extra(value: dict) -> None:
    value["sigma"][0]["2|1"] = [["0", "0"], ["0", "0"]]


def wrong_shape(value: dict) -> None:
    value["sigma"][1]["0|0"] = [["1/2", "0", "0"], ["0", "0", "0"], ["0", "0", "0"]]


def not_hermitian(value: dict) -> None:
    value["sigma"][0]["0|0"][0][1] = "1/100"


def not_positive(value: dict) -> None:
    for x in "01":
        value["sigma"][0][f"0|{x}"] = [["3/5", "0"], ["0", "-1/10"]]
        value["sigma"][0][f"1|{x}"] = [["-1/10", "0"], ["0", "3/5"]]


def traces_differ(value: dict) -> None:
    value["sigma"][1]["0|0"] = [["1/3", "0"], ["0", "0"]]


def signalling(value: dict) -> None:
    value["sigma"][1]["0|0"] = [["0", "0"], ["0", "1/2"]]


def not_normalised(value: dict) -> None:
    for family in value["sigma"]:
        for square in family.values():
            for row in square:
                row[:] = ["1/4" if v == "1/2" else v for v in row]


def unknown_key(value: dict) -> None:
    value["colour"] = "blue"


def wrong_version(value: dict) -> None:
    value["format"] = "exactsteer assemblage 9"


def a_float(value: dict) -> None:
    value["sigma"][0]["0|0"][0][0] = 0.5


def many_digits(value: dict) -> None:
    value["sigma"][0]["0|0"][0][0] = "1" * 1_000_000


BROKEN = [
    (nothing_missing, "0|1"),
    (something_extra, "2|1"),
    (wrong_shape, "a list of 2"),
    (not_hermitian, "not Hermitian"),
    (not_positive, "A1"),
    (traces_differ, "A2"),
    (signalling, "A3"),
    (not_normalised, "sum to 1"),
    (unknown_key, "colour"),
    (wrong_version, "format"),
    (a_float, "float"),
    (many_digits, "digits"),
]


@pytest.mark.parametrize(("change", "part"), BROKEN, ids=[c.__name__ for c, _ in BROKEN])
def test_broken_assemblages_get_one_sentence(tmp_path: Path, change, part: str) -> None:
    path = write(tmp_path / "broken.json", broken(change))
    output = tmp_path / "proof.json"
    one_sentence(run("certify", path, "-o", output), 2, part)
    assert not output.exists()


RAW = {
    "duplicate keys": (b'{"format": "a", "format": "b"}', "twice"),
    "NaN": (b'{"format": NaN}', "NaN"),
    "infinity": (b'{"format": -Infinity}', "Infinity"),
    "truncated": (b'{"format": "exactsteer ass', "JSON"),
    "empty": (b"", "JSON"),
    "nesting bomb": (b"[" * 100_000, "deep"),
    "binary": (b"\xff\xfe\x00", "UTF-8"),
    "huge number": (b"1" * 1_000_000, "digits"),
}


@pytest.mark.parametrize("command", ["certify", "show", "check"])
@pytest.mark.parametrize("case", RAW)
def test_broken_text_gets_one_sentence(tmp_path: Path, command: str, case: str) -> None:
    data, part = RAW[case]
    path = tmp_path / "raw.json"
    path.write_bytes(data)
    one_sentence(run(command, path), 2, part)


@pytest.mark.parametrize("command", ["certify", "show", "check"])
def test_directories_and_gigabytes_are_refused(tmp_path: Path, command: str) -> None:
    one_sentence(run(command, tmp_path), 2)
    big = tmp_path / "big.json"
    with big.open("wb") as stream:
        stream.truncate(5 * 2**30)
    one_sentence(run(command, big), 2, "at most")


def test_a_statement_edited_after_proving_is_rejected(proof: Path, tmp_path: Path) -> None:
    value = json.loads(proof.read_text())
    value["statement"]["radius"] = "1/1000000"
    one_sentence(run("check", write(tmp_path / "edited.json", value)), 1, "'name'", "edited")


HEAVY = {"numpy", "picos", "cvxopt", "sympy", "mpmath", "scipy", "rich"}


def loaded_by(*arguments: str) -> set[str]:
    """The modules after a command in a process of its own."""
    code = (
        "import sys\n"
        "from exactsteer.cli import group\n"
        f"group({list(arguments)!r}, standalone_mode=False)\n"
        "print(*sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.strip().splitlines()[-1].split())


def test_checking_loads_no_heavy_module(proof: Path) -> None:
    loaded = loaded_by("check", str(proof))
    assert "exactsteer.cli.check" in loaded
    assert not loaded & (HEAVY | {"exactsteer.cli.certify", "exactsteer.cli.sweep"})


@pytest.mark.parametrize("name", ["parity", "white_noise"])
def test_a_verdict_about_qubits_needs_numpy_alone(name: str) -> None:
    assert loaded_by("certify", name, "--aim", "verdict") & HEAVY == {"numpy"}


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "exactsteer", "--help"], capture_output=True, text=True, check=True
    )
    for command in ("certify", "check", "show"):
        assert command in done.stdout


def test_one_command_finds_both_verdicts(tmp_path: Path) -> None:
    for name, verdict in (("parity", "POSTQUANTUM"), ("ghz_noise", "QUANTUM")):
        result = run("certify", name, "-o", tmp_path / "proof.json")
        assert result.output.strip().splitlines()[-1].startswith(f"{verdict}, proved")
        assert run("check", tmp_path / "proof.json", "--against", name).exit_code == 0


def test_the_pr_box_is_excluded_by_its_correlations(tmp_path: Path) -> None:
    value = json.loads(run("certify", "pr_box", "--json").output)
    assert (value["verdict"], value["claim"]) == ("postquantum", "no quantum correlations")


def test_doubles_are_certified_against_themselves(tmp_path: Path) -> None:
    arrays, proof = tmp_path / "abb_1.npz", tmp_path / "proof.json"
    assert run("convert", "ABB_1", arrays).exit_code == 0
    assert run("certify", arrays, "-o", proof).exit_code == 0
    assert run("check", proof, "--against", arrays).exit_code == 0


def test_a_changed_entry_is_refused_by_name(tmp_path: Path) -> None:
    import numpy as np

    run("convert", "ABB_1", tmp_path / "abb_1.npz")
    with np.load(tmp_path / "abb_1.npz") as stored:
        arrays = dict(stored)
    arrays["sigma2"][0, 1, 0, 0] += 1e-2
    np.savez(tmp_path / "changed.npz", **arrays)
    one_sentence(run("certify", tmp_path / "changed.npz"), 2, "A2", "--tolerance", "0.01")


def test_enclosures_and_their_bad_input(tmp_path: Path) -> None:
    proof = tmp_path / "parity.json"
    result = run("enclose", "parity", "--quantity", "white-noise", "-o", proof)
    assert result.output.strip().splitlines()[-1].startswith("ENCLOSED, proved")
    assert run("check", proof, "--against", "parity").exit_code == 0
    one_sentence(run("enclose", "parity", "--quantity", "pink-noise"), 2, "--quantity")
    one_sentence(run("enclose", "parity", "--quantity", "lambda", "--width", "x"), 2, "--width")
    one_sentence(run("enclose", "parity", "--quantity", "noise=monogamy_ZXY"), 2, "scenario")
    one_sentence(run("enclose", "parity", "--quantity", "noise=monogamy_ZX"), 3, "another noise")


def test_reproduce_writes_the_proofs_of_its_table(tmp_path: Path) -> None:
    folder = tmp_path / "proofs"
    result = run("reproduce", "parity", "white_noise", "-o", folder)
    assert result.exit_code == 0
    assert "| parity | lambda | = -1/8 |" in result.output
    for path in folder.iterdir():
        assert run("check", path).exit_code == 0
    one_sentence(run("reproduce", "nothing", "-o", folder), 2, "nothing")


def test_a_forced_claim_has_to_exist() -> None:
    one_sentence(run("certify", "parity", "--claim", "classical"), 2, "--claim")


def test_a_bound_that_is_not_the_best_of_its_level_is_called_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Level 1 of I3322 has 21 variables, level 2 has 153.
    monkeypatch.setattr(solvers, "MAX_VARIABLES", 40)
    monkeypatch.setattr(augmented_lagrangian, "PRODUCTS", 60)
    command = ("bound", "i3322", "--level", "2")
    result = run(*command)
    assert result.exit_code == 0
    assert "NOT THE BEST OF LEVEL 2" in result.stdout
    assert "did not converge" in result.stdout
    value = json.loads(run(*command, "--json").stdout)
    assert value["level"] == "2"
    assert "did not converge" in value["open"]
    assert json.loads(run("bound", "i3322", "--json").stdout)["open"] == ""
    monkeypatch.setattr(augmented_lagrangian, "PRODUCTS", 0)
    monkeypatch.setattr(augmented_lagrangian, "FIRST_STEPS", 10)
    proof = tmp_path / "proof.json"
    one_sentence(run(*command, "-o", proof), 3, "did not converge", "level 1 does")
    assert not proof.exists()


def test_a_proof_says_what_it_leaves_open_of_what_was_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert json.loads(run("certify", "parity", "--json").stdout)["open"] == ""
    monkeypatch.setattr(
        "exactsteer.proving.parent_states.excluded.maximises_radius", lambda *_: False
    )
    result = run("certify", "parity")
    assert result.exit_code == 0
    assert "Open: the radius may not be the largest" in result.stdout
    assert run("certify", "parity", "--aim", "verdict").stdout.count("Open:") == 0
    monkeypatch.undo()
    monkeypatch.setattr("exactsteer.programs.moments.solvers.CONVERGED", 0.0)
    box = ("certify", "pr_box", "--claim", "no quantum correlations")
    assert "did not converge at level 1" in json.loads(run(*box, "--json").stdout)["open"]
    monkeypatch.undo()
    monkeypatch.setattr("exactsteer.proving.quantum.exclusion.INTEGERS_KEEP", 2.0)
    result = run(*box, "--aim", "integers")
    assert "Open: no integers up to 256" in result.stdout


def test_long_fractions_are_shown_in_decimals_too(tmp_path: Path) -> None:
    shown = run("show", "ABB_1").stdout
    assert "about [ " in shown
    assert re.search(r"about \[ +0\.415724 ", shown)
    assert "about" not in run("show", "parity").stdout
    assert "about" not in run("show", "--latex", "parity").stdout
    file = tmp_path / "f.json"
    value = {
        "format": "exactsteer functional 1",
        "scenario": {"dimensions": ["1"], "outcomes": [["2"]]},
        "coefficients": {"0|0": "-10000000/3000001", "1|0": "1/3"},
    }
    file.write_text(json.dumps(value))
    shown = run("show", file).stdout
    assert "-10000000/3000001 (about -3.33333)" in shown
    assert "1/3 (" not in shown


def test_bounds_and_their_bad_input(tmp_path: Path) -> None:
    proof = tmp_path / "chsh.json"
    result = run("bound", "chsh", "-o", proof)
    assert "BOUND 2.8284271" in result.output
    assert run("check", proof, "--against", "chsh").exit_code == 0
    one_sentence(run("check", proof, "--against", "i3322"), 1, "'against'")
    one_sentence(run("check", proof, "--against", "parity"), 1, "'against'")
    assert "BOUND 1," in run("bound", "guess_your_neighbours_input", "--level", "exclusive").output
    one_sentence(run("bound", "chsh", "--upper", "2.8"), 3, "at best")
    kept = str(tmp_path / "not_exact.json")
    one_sentence(
        run("bound", "chsh", "--exact", "-o", kept), 3, "the root of x^2 - 8", "its proof is in"
    )
    assert run("check", kept).exit_code == 0
    one_sentence(run("bound", "chsh", "--level", "banana"), 2, "level")
    one_sentence(run("bound", "nothing"), 2, "nothing")
    one_sentence(run("bound", tmp_path), 2)


def test_levels_grow_up_to_the_one_asked_for() -> None:
    two_alices = Scenario(((2, 2), (2, 2)), (2,))
    assert growing_levels("1", two_alices) == ("1",)
    assert growing_levels("3", two_alices) == ("1", "2", "3")
    assert growing_levels("1 + A + AB", two_alices) == ("1", "1+A+AB")
    for wrong in ("", "x", "-1", "1.5", "1++A", "1+C", "99"):
        with pytest.raises(InputError, match="--level: expected"):
            growing_levels(wrong, two_alices)


# ---- Help ----

COMMANDS = all_commands()


def examples_of(name: str) -> list[list[str]]:
    epilog = COMMANDS[name].epilog or ""
    lines = [line.strip() for line in epilog.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("exactsteer ")]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_explained(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_examples_of_the_help_are_commands(name: str) -> None:
    assert examples_of(name)
    shown = run(name, "--help").output
    for command, *arguments in examples_of(name):
        assert command == name
        assert f"exactsteer {command} " in shown
        redirected = arguments.index(">") if ">" in arguments else len(arguments)
        COMMANDS[name].make_context(name, arguments[:redirected])


def test_options_of_several_commands_are_the_same_everywhere() -> None:
    """An option with one name has one help, or says why it differs."""
    texts: dict[str, set[str]] = {}
    for command in COMMANDS.values():
        for parameter in command.params:
            # What a check may take is no solver's.
            of_check = command.name in ("check", "recheck") and parameter.name == "memory"
            if isinstance(parameter, click.Option) and not of_check:
                texts.setdefault(parameter.opts[-1], set()).add(str(parameter.help))
    for option in ("--tolerance", "--width", "--layout", "--memory", "--solver", "--aim"):
        assert len(texts[option]) == 1, option


def test_the_list_of_commands_cuts_no_sentence() -> None:
    assert "..." not in run("--help").output.partition("Commands:")[2]


def test_the_claims_of_the_help_are_those_that_certify_knows() -> None:
    known = run("certify", "parity", "--claim", "none").stderr
    claim = next(p for p in COMMANDS["certify"].params if p.name == "claim")
    names = re.findall("'([^']+)'", known.partition(", got")[0])
    assert len(names) == 10
    for name in names:
        assert f"'{name}'" in str(getattr(claim, "help", ""))


# ---- Machine-readable results ----

THEOREM = {"claim", "theorem", "sentence", "radius"}
PROOF = THEOREM | {"distance", "open", "proof", "bytes", "seconds", "stages"}


def test_every_command_has_json() -> None:
    for name, command in COMMANDS.items():
        assert any("--json" in p.opts for p in command.params), name


@pytest.mark.parametrize(
    ("arguments", "verdict", "keys"),
    [
        (("certify", "parity"), "postquantum", PROOF | {"input"}),
        (("classify", "white_noise"), "classical", {"input", "proofs", "reasons"}),
        (
            ("enclose", "parity", "--quantity", "lambda"),
            "enclosed",
            PROOF | {"input", "lower", "upper"},
        ),
        (
            ("bound", "chsh"),
            "bound",
            (PROOF | {"input", "upper", "words"}) - {"distance"},
        ),
        (("show", "PROOF"), "verified", THEOREM | {"file", "kind", "evidence", "provenance"}),
        (("check", "PROOF"), "verified", THEOREM | {"file", "seconds"}),
        (("convert", "parity", "OUT.npz"), "converted", {"input", "output", "remark"}),
        (("formalise", "PROOF", "-o", "OUT"), "written", THEOREM | {"file", "output"}),
    ],
    ids=lambda v: v[0] if isinstance(v, tuple) else None,
)
def test_json_has_the_same_keys_everywhere(
    proof: Path, tmp_path: Path, arguments: tuple[str, ...], verdict: str, keys: set[str]
) -> None:
    places = {"PROOF": proof, "OUT": tmp_path / "out", "OUT.npz": tmp_path / "out.npz"}
    result = run(*(places.get(a, a) for a in arguments), "--json")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    (value,) = objects(result)
    assert value["verdict"] == verdict
    assert keys <= value.keys()


@pytest.mark.parametrize(
    ("arguments", "verdict", "keys"),
    [
        (("certify", "nothing"), "malformed", {"input"}),
        (("certify", "pr_box", "--claim", "LHS model"), "undecided", {"reason", "advice"}),
        (("check", "PROOF", "--against", "parity"), "rejected", {"file", "rule", "where"}),
        (("bound", "chsh", "--upper", "2"), "undecided", {"input", "reason", "advice"}),
        (("search",), "malformed", set()),
        (("show", "nothing"), "malformed", {"file"}),
        (("sweep", "nothing", "-o", "OUT"), "malformed", {"source"}),
    ],
    ids=lambda v: v[0] if isinstance(v, tuple) else None,
)
def test_json_tells_of_failures_too(
    proof: Path, tmp_path: Path, arguments: tuple[str, ...], verdict: str, keys: set[str]
) -> None:
    codes = {"rejected": 1, "malformed": 2, "undecided": 3}
    places = {"PROOF": proof, "OUT": tmp_path / "out"}
    result = run(*(places.get(a, a) for a in arguments), "--json")
    one_sentence(result, codes[verdict])
    (value,) = objects(result)
    assert value["verdict"] == verdict
    assert value["message"] in result.stderr
    assert keys <= value.keys()


def test_json_of_tables_is_an_object_a_line(tmp_path: Path) -> None:
    result = run("reproduce", "white_noise", "chsh", "-o", tmp_path / "proofs", "--json")
    standing, bound = objects(result)
    assert (standing["quantum"], standing["classical"]) == (True, True)
    assert (bound["table"], bound["upper"]) == ("bounds", "2828427124749/1000000000000")
    for file in (*standing["proofs"], bound["proof"]):
        assert run("check", file).exit_code == 0


def test_an_enclosure_that_is_too_wide_is_written_and_told(tmp_path: Path) -> None:
    file = tmp_path / "wide.json"
    arguments = ("enclose", "ABB_1", "--quantity", "white-noise", "--width", "1e-30")
    result = run(*arguments, "-o", file, "--json")
    one_sentence(result, 3, "UNDECIDED", "--width")
    value = json.loads(result.stdout)
    assert value["verdict"] == "undecided"
    assert value["proof"] == str(file)
    assert Fraction(value["lower"]) < Fraction(value["upper"])
    assert run("check", file).exit_code == 0


# ---- Showing ----

SHORT_PROOFS = sorted(p for p in CERTIFICATES.glob("*.json") if p.stat().st_size < 200_000)


@pytest.mark.parametrize("latex", [False, True])
@pytest.mark.parametrize("path", SHORT_PROOFS, ids=lambda p: p.stem)
def test_committed_proofs_can_be_shown(path: Path, latex: bool) -> None:
    result = run("show", path, *(["--latex"] if latex else []))
    assert result.exit_code == 0
    assert ("\\begin{pmatrix}" if latex else " = [") in result.stdout or "= 1" in result.stdout


def test_the_evidence_of_other_claims_is_shown(tmp_path: Path) -> None:
    shown = run("show", CERTIFICATES / "ghz_noise.json").stdout
    assert 'M[0]["0|0"] = [' in shown
    assert "systems = " in shown
    bound = run("show", CERTIFICATES / "chsh.level-1.json").stdout
    assert 'functional["0,0|0,0"] = 1' in bound
    assert "factor = [" in bound


def test_functionals_and_assemblages_that_are_not_hermitian_can_be_shown(tmp_path: Path) -> None:
    assert "F_{0,0|0,0} = 1" in run("show", "chsh").stdout
    value = parity() | {"numbers": "approximate"}
    value["sigma"][0]["0|0"][0][1] = "1/100"
    shown = run("show", write(tmp_path / "rough.json", value)).stdout
    assert "1/100" not in shown
    assert "[ 50  1 ]" in shown


# ---- Several Alices ----


def test_starts_and_seed_go_to_the_see_saw(monkeypatch: pytest.MonkeyPatch) -> None:
    from exactsteer.proving.quantum import mixtures as several

    seen = []
    prove = several._Run.prove

    def watched(self, *realisation):
        seen.append((self.question.starts, self.question.seed))
        return prove(self, *realisation)

    monkeypatch.setattr(several._Run, "prove", watched)
    options = ("ghz_two_alices", "--starts", "3", "--seed", "5")
    assert run("certify", *options).exit_code == 0
    assert run("classify", *options).exit_code == 0
    assert run("certify", "ghz_two_alices").exit_code == 0
    assert seen == [(3, 5), (3, 5), (8, 0)]


def test_a_realisation_is_taken_out_of_a_proof_file(tmp_path: Path) -> None:
    proof = tmp_path / "proof.json"
    run("certify", "ghz_two_alices", "-o", proof)
    again = run("certify", "ghz_two_alices", "--realisation", proof, "--json")
    value = json.loads(again.stdout)
    assert (value["verdict"], value["claim"]) == ("quantum", "quantum mixture")


# ---- Progress ----


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal")
def test_progress_goes_to_the_terminal_and_results_to_the_file(tmp_path: Path) -> None:
    import pty

    master, slave = pty.openpty()
    command = ["reproduce", "white_noise", "-o", str(tmp_path / "proofs")]
    done = subprocess.run(
        [sys.executable, "-m", "exactsteer", *command],
        stdout=subprocess.PIPE,
        stderr=slave,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(slave)
    terminal = os.read(master, 2**16).decode()
    os.close(master)
    assert done.returncode == 0
    assert "\x1b" in terminal
    assert "starting" in terminal
    assert "| white_noise | QUANTUM" in done.stdout.decode()
    assert "\x1b" not in done.stdout.decode()
    assert "QUANTUM" not in terminal
