"""Bad input of every kind: one clear sentence, the right exit code, nothing half written."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from command_line import after_ctrl_c, one_sentence, run
from flint import fmpq
from places import DATA, ROOT

from exactsteer.atomic import check_folder, write_atomically
from exactsteer.cli.option_texts import number_option
from exactsteer.errors import InputError, SolverFailed
from exactsteer.formats import read_input
from exactsteer.model.printed import parse_printed
from exactsteer.programs.arrays import to_float
from exactsteer.proving.quantum.mixtures import certify_quantum_several
from exactsteer.proving.question import Question

PARITY = DATA / "parity.json"
PROOF = ROOT / "certificates" / "parity.json"
BOUND = ROOT / "certificates" / "chsh.level-1.json"
CHSH = DATA / "functionals" / "chsh.json"

posix = pytest.mark.skipif(os.name != "posix", reason="signals and devices of Unix")


def parity() -> dict:
    return json.loads(PARITY.read_text())


def contents(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ---- Wrong usage ----

USAGE = [
    (("certfy", "parity"), "no command 'certfy', did you mean certify"),
    (("xyz", "parity"), "no command 'xyz', choose bound, certify"),
    (("certify",), "INPUT"),
    (("certify", "parity", "ABB_1"), "ABB_1"),
    (("certify", "parity", "--claimm", "x"), "--claim"),
    (("certify", "parity", "--aim"), "--aim"),
    (("certify", "parity", "--aim", "best"), "'radius', 'integers', 'verdict'"),
    (("certify", "parity", "--layout", "matlab"), "'steeringreview'"),
    (("certify", "parity", "--memory", "much"), "900M or 8G"),
    (("certify", "parity", "--starts", "0"), "1<=x<="),
    (("certify", "parity", "--seed", "-1"), "x>=0"),
    (("enclose", "parity"), "--quantity"),
    (("check",), "PROOF"),
    (("formalise", "x.json"), "--output"),
    (("formalise", "x.json", "-o", "out", "--seconds", "0"), "x>=1"),
    (("convert", "parity"), "OUTPUT"),
    (("--colour",), "--colour"),
]


@pytest.mark.parametrize(("arguments", "part"), USAGE, ids=lambda v: str(v)[:40])
def test_wrong_usage_is_one_sentence(arguments: tuple[str, ...], part: str) -> None:
    result = run(*arguments)
    one_sentence(result, 2, part)
    assert result.stderr.startswith("ERROR: ")


def test_without_a_command_the_help_is_shown() -> None:
    result = run()
    assert "Commands:" in result.output


VALUES = [
    ("certify parity --claim LHS", "--claim: expected one of 'no parent states'"),
    ("certify parity --claim", "--claim"),
    ("certify parity --solver picos:foo", "--solver: expected one of auto, structured"),
    # A solver and a level that are not needed are looked at all the same.
    ("certify pr_box --solver picos:foo", "--solver"),
    ("classify parity --solver picos:foo", "--solver"),
    ("enclose parity --quantity lambda --solver foo", "--solver"),
    ("search --construction transpose --solver foo", "--solver"),
    ("reproduce white_noise --solver foo", "--solver"),
    ("certify parity --level x", "--level: expected a level such as"),
    ("classify pr_box --level 1+C", "--level: expected Alices A to B"),
    ("certify pr_box --level 99", "--level"),
    ("bound chsh --level banana", "ERROR: --level: expected a level such as"),
    ("report x.json -o page.pdf", "the output page.pdf: expected a name that ends in .html"),
    ("bound chsh --level exclusive --upper 2", "--upper"),
    ("bound i3322 --level 3 --memory 1M", "a moment matrix of this level needs about 2.0 MiB"),
    ("bound i3322 --level 4 --memory 20M", "the solver for this level needs about"),
    ("certify parity --claim LHS_model --memory 10K", "the solver for hidden states needs about"),
    ("classify parity --memory 10K", "the solver for hidden states needs about"),
    ("certify pr_box --memory 1K", "a moment matrix of this level needs about"),
    ("search --outcomes 2,2 --dimensions 2,2 --memory 60K", "the see-saw needs about"),
    ("bound chsh --upper nan", "--upper"),
    ("certify parity --tolerance nan", "--tolerance"),
    ("certify parity --tolerance 1e999", "--tolerance"),
    ("certify parity --tolerance 1/0", "--tolerance"),
    ("enclose parity --quantity lambda --width 0", "ERROR: --width: expected"),
    ("classify parity --width 0", "ERROR: --width: expected"),
    ("classify parity --robustness --width 2", "ERROR: --width: expected"),
    ("reproduce white_noise --width 0", "ERROR: --width: expected"),
    ("enclose parity --quantity lambda --width -1", "--width"),
    ("classify parity --width x", "--width"),
    ("enclose parity --quantity noise=", "--quantity: expected white-noise"),
    (
        "enclose parity --quantity noise=none.json",
        "noise=none.json: there is no such file",
    ),
    ("enclose parity --quantity noise=ABB_1", "exact numbers"),
    ("certify parity --realisation none.json", "--realisation none.json: there is no such file"),
    ("certify parity --realisation x --claim y", "--realisation"),
    ("reproduce ABB1", "did you mean ABB_1"),
    ("search --construction transpos", "transpose"),
    ("search --construction transpose --starts 0", "ERROR: --starts: expected"),
    ("search --construction transpose --seed -1", "ERROR: --seed: expected"),
    ("search --construction transpose --keep nan", "ERROR: --keep: expected"),
    ("search --outcomes 2,2 --dimensions 512,2", "ERROR: --dimensions: expected"),
    ("search --outcomes 999999 --dimensions 2,2", "ERROR: --outcomes: expected"),
    ("search --construction transpose -o a.json --assemblage ./a.json", "--assemblage: is the"),
    ("certify parity --memory 0", "--memory"),
    ("diagram nowhere -o ", "no name"),
    ("sweep random --grid seed=1 --grid dimensions=3,3 -o out", "every value once"),
    ("check ABB_1", "with certify ABB_1 -o PROOF"),
    ("check chsh", "with bound chsh -o PROOF"),
    ("check nothing.json", "ERROR: nothing.json: there is no such file"),
    ("check nothing.json --against none.json", "ERROR: --against none.json: there is no such file"),
    ("certify nothing.json", "ERROR: nothing.json: there is no such file"),
    ("bound nothing.json", "ERROR: nothing.json: there is no such file"),
    ("check ", "ERROR: '': there is no such file"),
    ("bound nofile", "choose bb84_game, chsh"),
    ("bound monogamyZX", "did you mean monogamy_ZX"),
]


@pytest.mark.parametrize(("command", "part"), VALUES, ids=[c for c, _ in VALUES])
def test_wrong_values_are_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, part: str
) -> None:
    monkeypatch.chdir(tmp_path)
    words = [word.replace("_model", " model") for word in command.split(" ")]
    one_sentence(run(*words), 2, part)
    assert contents(tmp_path) == []


@pytest.mark.parametrize("text", [".01", "-.01", "0.01"])
def test_a_number_may_begin_with_its_point(text: str) -> None:
    assert abs(number_option(text, "--upper", signed=True)) == fmpq(1, 100)


@pytest.mark.parametrize("text", ["1.", ".", "..1", "-.", ".e1"])
def test_but_not_end_with_it(text: str) -> None:
    with pytest.raises(InputError, match="expected a number"):
        number_option(text, "--upper", signed=True)


def test_an_error_about_an_option_is_not_put_on_the_input() -> None:
    for command in ("certify parity --tolerance x", "certify parity --solver x"):
        assert "parity" not in run(*command.split()).stderr


def test_an_option_of_the_command_is_advised_and_no_name_of_python() -> None:
    one_sentence(run("bound", "chsh", "--level", "exclusive"), 3, "such as --level 1")


@pytest.mark.parametrize("given", ["", "x", "1.5", "9" * 30])
def test_a_wrong_time_is_one_sentence(given: str) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": given}
    command = program("certify", "parity", "--aim", "verdict")
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("ERROR: SOURCE_DATE_EPOCH: expected seconds since 1970")


def test_a_negative_upper_bound_is_a_number() -> None:
    one_sentence(run("bound", "chsh", "--upper", "-5"), 3, "at best, not -5")


def test_sizes_of_memory_as_people_write_them() -> None:
    for size in ("8g", "8GB", "8GiB", "900m"):
        assert run("certify", "parity", "--aim", "verdict", "--memory", size).exit_code == 0
    one_sentence(run("certify", "parity", "--memory", "1K"), 2, "--memory", "KiB")


# ---- Names and kinds of files ----


def test_unknown_names_come_with_a_suggestion() -> None:
    one_sentence(run("certify", "parit"), 2, "did you mean parity?")
    one_sentence(run("certify", "ABB1"), 2, "ABB_1 or ABB_PQNL")
    one_sentence(run("bound", "chhs"), 2, "did you mean chsh?")
    one_sentence(run("check", PROOF, "--against", "chhs"), 2, "--against chhs", "chsh?")
    one_sentence(run("certify", "xyzzy"), 2, "choose ABB_1")
    one_sentence(run("certify", ""), 2, "empty")
    one_sentence(run("bound", ""), 2, "choose")
    one_sentence(run("certify", "-"), 2, "standard input is not read")


OTHERS = [
    ("certify", PROOF, "expected an assemblage file, got a proof file; give it to check"),
    ("certify", CHSH, "expected an assemblage file, got a file of a functional; give it to bound"),
    ("certify", "chsh", "expected an assemblage, got a functional; give it to bound"),
    ("classify", PROOF, "got a proof file"),
    ("check", PARITY, "expected a proof file, got an assemblage file; give it to certify"),
    ("check", CHSH, "expected a proof file, got a file of a functional; give it to bound"),
    ("bound", PARITY, "expected a file of a functional, got an assemblage file"),
    ("bound", "parity", "expected a functional, got an assemblage; give it to certify"),
    ("bound", PROOF, "got a proof file"),
]


@pytest.mark.parametrize(("command", "file", "part"), OTHERS, ids=lambda v: Path(str(v)).name[:40])
def test_files_of_another_kind_are_recognised(command: str, file: Path | str, part: str) -> None:
    one_sentence(run(command, file), 2, part)


def test_formalising_what_is_no_proof_makes_nothing(tmp_path: Path) -> None:
    for file in (PARITY, CHSH, tmp_path / "none.json"):
        one_sentence(run("formalise", file, "-o", tmp_path / "out"), 2, str(file))
    assert contents(tmp_path) == []


def test_without_coq_the_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    one_sentence(
        run("formalise", PROOF, "-o", tmp_path / "out", "--check"), 2, "libcoq-mathcomp-algebra"
    )
    assert contents(tmp_path) == []
    assert run("formalise", PROOF, "-o", tmp_path / "out").exit_code == 0


def test_a_realisation_has_to_be_one(tmp_path: Path) -> None:
    cases = {
        PROOF: "the evidence of another claim",
        PARITY: "'M'",
        ROOT / "certificates" / "ghz_two_alices.json": "a list of 1",
    }
    for file, part in cases.items():
        one_sentence(run("certify", "parity", "--realisation", file), 2, "--realisation", part)


# ---- Numbers ----


def approximate(entry: object) -> bytes:
    value = parity() | {"numbers": "approximate"}
    value["sigma"][0]["0|0"][0][0] = entry
    return json.dumps(value).encode()


@pytest.mark.parametrize("entry", ["1e400", "1e300", "-1e399"])
def test_numbers_beyond_doubles_are_refused_like_others(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "huge.json"
    path.write_bytes(approximate(entry))
    one_sentence(run("certify", path), 2, "condition A", "--tolerance")
    assert to_float(parse_printed(approximate("1e400")).families[0][(0,), (0,)][0][0][0]) == np.inf


def test_the_largest_doubles_are_refused_like_others(tmp_path: Path) -> None:
    np.savez(tmp_path / "huge.npz", sigma1=np.full((2, 2, 2, 2), 1e308))
    one_sentence(run("certify", tmp_path / "huge.npz"), 2, "A2", "sum to 1")


def test_long_numbers_do_not_fill_the_screen(tmp_path: Path) -> None:
    value = parity()
    value["sigma"][0]["0|0"][0][0] = "1e390"
    path = tmp_path / "long.json"
    path.write_text(json.dumps(value))
    one_sentence(run("certify", path), 2, "(391 digits)")


def test_outcome_counts_of_arrays_say_what_was_read(tmp_path: Path) -> None:
    sigma = np.zeros((2, 2, 1, 1))
    np.savez(tmp_path / "counts.npz", sigma1=sigma, outcomes1=np.array([2.0, np.nan]))
    one_sentence(run("certify", tmp_path / "counts.npz"), 2, "outcomes1[1]", "nan")


# ---- Outputs ----

WRITERS = {
    "certify": ("certify", "parity", "--aim", "verdict", "-o"),
    "enclose": ("enclose", "parity", "--quantity", "lambda", "-o"),
    "bound": ("bound", "chsh", "-o"),
    "search": ("search", "--construction", "transpose", "--starts", "1", "-o"),
}
FOLDERS = {
    "sweep": ("sweep", "angles", "--grid", "t1=1/2", "--workers", "1", "-o"),
    "classify": ("classify", "white_noise", "-o"),
    "reproduce": ("reproduce", "white_noise", "-o"),
    "formalise": ("formalise", str(PROOF), "-o"),
}


@posix
@pytest.mark.parametrize("name", WRITERS)
def test_outputs_that_cannot_be_written_are_refused_early(tmp_path: Path, name: str) -> None:
    command = WRITERS[name]
    one_sentence(run(*command, tmp_path), 2, "is a directory")
    one_sentence(run(*command, tmp_path / "no" / "x.json"), 2, "does not exist")
    one_sentence(run(*command, ""), 2, "no name")
    one_sentence(run(*command, tmp_path / ("x" * 300)), 2, "File name too long")
    one_sentence(run(*command, "/dev/null"), 2, "no regular file")
    os.symlink("loop", tmp_path / "loop")
    one_sentence(run(*command, tmp_path / "loop"), 2, "no regular file")
    assert contents(tmp_path) == ["loop"]


@posix
@pytest.mark.parametrize("name", FOLDERS)
def test_folders_that_cannot_be_made_are_refused_early(tmp_path: Path, name: str) -> None:
    command = FOLDERS[name]
    (tmp_path / "file").touch()
    one_sentence(run(*command, tmp_path / "file"), 2, "is a file; name a folder")
    one_sentence(run(*command, tmp_path / "no" / "x"), 2, "does not exist")
    one_sentence(run(*command, ""), 2, "no name")
    one_sentence(run(*command, tmp_path / ("x" * 300)), 2, "File name too long")
    assert contents(tmp_path) == ["file"]


def test_converting_to_another_ending_is_refused_before_reading(tmp_path: Path) -> None:
    one_sentence(run("convert", "none.json", tmp_path / "x.txt"), 2, "ends in .json", ".txt")


@posix
def test_write_protected_places_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "old.json"
    target.write_text("old")
    # The superuser may write everywhere, so the answer of the system is given here.
    protected = {target}
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) not in protected)
    one_sentence(run("certify", "parity", "-o", target), 2, "write-protected")
    protected = {tmp_path}
    one_sentence(run("certify", "parity", "-o", tmp_path / "new.json"), 2, "not writable")
    with pytest.raises(InputError, match="not writable"):
        check_folder(tmp_path)
    assert target.read_text() == "old"


@posix
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "proof.json"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    one_sentence(run("certify", "parity", "-o", target), 2, "cannot write", "No space left")
    one_sentence(run("convert", "parity", tmp_path / "x.npz"), 2, "cannot write", "No space left")
    assert contents(tmp_path) == ["proof.json"]
    assert target.read_text() == "old"


@posix
def test_ctrl_c_while_writing_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    one_sentence(run("certify", "parity", "-o", tmp_path / "x.json"), 130, "INTERRUPTED", "parity")
    assert contents(tmp_path) == []


@posix
def test_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    os.symlink("real/target.json", tmp_path / "link.json")
    write_atomically(tmp_path / "link.json", b"new")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real" / "target.json").read_bytes() == b"new"


def program(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "exactsteer", *map(str, arguments)]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_standard_output_that_is_full_is_one_sentence() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(program("show", PROOF), stdout=full, stderr=-1, text=True)
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["ERROR: cannot write the result: No space left on device"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("arguments", "code"), [(["certify", "parity", "--trace"], 0), (["check", "nothing"], 2)]
)
def test_a_standard_error_that_takes_nothing_changes_no_exit_code(
    arguments: list[str], code: int
) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(program(*arguments), stdout=-1, stderr=full)
    assert done.returncode == code
    # Closed, it does not exist in Python.
    shell = ["sh", "-c", 'exec "$@" 2>&-', "sh", *program(*arguments)]
    assert subprocess.run(shell, stdout=-1).returncode == code


@posix
def test_standard_output_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with path.open("w") as stream:
        command = program("certify", "parity", "--aim", "verdict", "-o", "/dev/stdout")
        done = subprocess.run(command, stdout=stream, stderr=-1, text=True)
    assert done.returncode == 2
    assert "is standard output; name a file" in done.stderr


# ---- Many proof files ----


def test_all_files_are_looked_at_and_the_worst_exit_code_wins(tmp_path: Path) -> None:
    forged = json.loads(PROOF.read_text())
    forged["statement"]["radius"] = "1/2"
    rejected, cut, absent = tmp_path / "forged.json", tmp_path / "cut.json", tmp_path / "absent"
    rejected.write_text(json.dumps(forged))
    cut.write_bytes(PROOF.read_bytes()[:300])
    result = run("check", cut, PROOF, rejected, absent, tmp_path, BOUND)
    assert result.exit_code == 2
    assert [line for line in result.stdout.splitlines() if line.startswith("VERIFIED")] == [
        f"VERIFIED {PROOF}",
        f"VERIFIED {BOUND}",
    ]
    assert [line.split(": ")[:2] for line in result.stderr.splitlines()] == [
        ["MALFORMED", str(cut)],
        ["REJECTED", str(rejected)],
        ["ERROR", str(absent)],
        ["MALFORMED", str(tmp_path)],
    ]
    assert run("check", PROOF, rejected, BOUND).exit_code == 1
    assert run("check", PROOF, BOUND).exit_code == 0


def test_proofs_of_something_else_are_rejected_against_the_input() -> None:
    one_sentence(run("check", PROOF, "--against", "chsh"), 1, "a bound", "'no parent states'")
    one_sentence(run("check", BOUND, "--against", "parity"), 1, "'against'", "quantum bound")
    one_sentence(run("check", PROOF, "--against", "ABB_1"), 1, "'against'", "radius")
    one_sentence(run("check", PROOF, "--against", PROOF), 2, "--against", "got a proof file")


# ---- Ctrl-C and solvers that fail ----

INTERRUPTED = {
    ("certify", "parity", "-o", "x.json"): "exactsteer.proving.decide.certify",
    ("classify", "parity", "-o", "folder"): "exactsteer.standing.classify",
    (
        "enclose",
        "parity",
        "--quantity",
        "lambda",
        "-o",
        "x.json",
    ): "exactsteer.proving.enclose.enclose",
    ("bound", "chsh", "-o", "x.json"): "exactsteer.proving.quantum.bounds.certify_bound",
    (
        "search",
        "--construction",
        "transpose",
        "-o",
        "x.json",
    ): "exactsteer.searching.find.search_construction",
    ("check", str(PROOF)): "exactsteer.cli.check.check",
    ("convert", "parity", "x.npz"): "exactsteer.formats.writing.to_arrays",
}


@pytest.mark.parametrize(("command", "place"), INTERRUPTED.items(), ids=lambda v: v[0])
def test_ctrl_c_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], place: str
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(place, interrupted)
    result = run(*command)
    one_sentence(result, 130, "INTERRUPTED", command[1].removeprefix("--construction"))
    assert result.stdout == ""
    assert contents(tmp_path) == []


@posix
def test_ctrl_c_in_the_middle_of_a_search(tmp_path: Path) -> None:
    code = (
        "import sys, exactsteer.searching.find\n"
        "from exactsteer.cli import main\n"
        "sys.argv = ['exactsteer', 'search', '--outcomes', '2,2', '--dimensions', '2,2', "
        f"'--starts', '100000', '-o', {str(tmp_path / 'x.json')!r}]\n"
        "print('ready', flush=True)\n"
        "main()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.5)
        out, err = after_ctrl_c(process, 30)
    assert process.returncode == 130
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("INTERRUPTED: ")
    assert contents(tmp_path) == []


@posix
@pytest.mark.parametrize("module", ["exactsteer.cli.commands", "exactsteer.kernel.check", "flint"])
def test_ctrl_c_during_the_imports_is_one_sentence(module: str) -> None:
    code = (
        "import builtins, os, signal, sys\n"
        "load = builtins.__import__\n"
        "def interrupted(name, *rest):\n"
        f"    if name == {module!r}:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    return load(name, *rest)\n"
        "builtins.__import__ = interrupted\n"
        "from exactsteer.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", code, "check", str(PROOF)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 130
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("INTERRUPTED: ")


def test_ctrl_c_that_a_library_takes_for_a_failed_import(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from exactsteer.cli import main

    def begin(**_: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            raise ImportError("initialization failed") from error

    monkeypatch.setattr("exactsteer.cli.commands.group", begin)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 130
    assert capsys.readouterr().err.startswith("INTERRUPTED: ")


def test_a_solver_that_fails_has_its_own_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import cvxopt.solvers

    def broken(*_: object, **__: object) -> None:
        raise ArithmeticError("Rank(A) < p")

    monkeypatch.setattr(cvxopt.solvers, "conelp", broken)
    command = ("certify", "parity", "--solver", "picos:cvxopt", "-o", tmp_path / "x.json")
    one_sentence(run(*command), 4, "SOLVER FAILED", "cvxopt", "Rank(A) < p")
    assert json.loads(run(*command, "--json").stdout)["verdict"] == "solver failed"
    assert contents(tmp_path) == []


def not_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """CVXOPT ends without an error and returns nan."""
    import cvxopt.solvers

    conelp = cvxopt.solvers.conelp

    def nan(*arguments: object, **options: object) -> dict:
        found = conelp(*arguments, **options)
        return {**found, **{key: found[key] * float("nan") for key in "xsyz"}}

    monkeypatch.setattr(cvxopt.solvers, "conelp", nan)


def test_a_solver_that_returns_nan_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    not_numbers(monkeypatch)
    command = ("certify", "parity", "--solver", "picos:cvxopt")
    one_sentence(run(*command), 4, "SOLVER FAILED", "no usable numbers")


def test_a_see_saw_that_returns_nan_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    not_numbers(monkeypatch)
    with pytest.raises(SolverFailed, match="see-saw"):
        certify_quantum_several(Question(read_input("ghz_two_alices"), starts=2))


def no_convergence(*_: object, **__: object) -> None:
    raise np.linalg.LinAlgError("Eigenvalues did not converge")


SEARCHES = [
    ("--construction", "transpose", "--starts", "2"),
    ("--outcomes", "2,2", "--dimensions", "2,2", "--starts", "2"),
]


@pytest.mark.parametrize("search", SEARCHES, ids=lambda s: s[0])
@pytest.mark.parametrize(
    "place",
    [
        "exactsteer.programs.structured.trace.dual_solution",
        "exactsteer.programs.structured.trace.TraceProgramme.start",
        "exactsteer.searching.starts.alternate",
    ],
)
def test_a_search_whose_starts_all_break_down_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, search: tuple[str, ...], place: str
) -> None:
    monkeypatch.setattr(place, no_convergence)
    one_sentence(run("search", *search), 4, "none of the random starts", "did not converge")


@pytest.mark.parametrize("search", SEARCHES, ids=lambda s: s[0])
def test_a_start_that_breaks_down_is_a_row_of_the_table(
    monkeypatch: pytest.MonkeyPatch, search: tuple[str, ...]
) -> None:
    from exactsteer.searching import starts

    alternate, calls = starts.alternate, []

    def sometimes(*arguments: object, **options: object) -> object:
        calls.append(arguments)
        if len(calls) <= starts.MAX_TRIES:
            raise np.linalg.LinAlgError("Eigenvalues did not converge")
        return alternate(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(starts, "alternate", sometimes)
    result = run("search", *search)
    assert result.exit_code == 0
    assert "    1     10  failed: every one of 10 tries failed: Eigenvalues" in result.stdout
    assert "POSTQUANTUM, proved" in result.stdout


@pytest.mark.parametrize(
    ("search", "broken"),
    [
        (SEARCHES[0], "small_states"),
        pytest.param(SEARCHES[0], "certify_no_parent_states", marks=pytest.mark.slow),
        (SEARCHES[1], "small_assemblages"),
        pytest.param(SEARCHES[1], "certify_no_parent_states", marks=pytest.mark.slow),
    ],
)
def test_simplifications_that_break_down_are_one_sentence(
    monkeypatch: pytest.MonkeyPatch, search: tuple[str, ...], broken: str
) -> None:
    monkeypatch.setattr(f"exactsteer.searching.find.{broken}", no_convergence)
    one_sentence(run("search", *search), 3, "did not converge", "--keep")


def test_too_little_memory_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("exactsteer.proving.parent_states.excluded.solve_dual", greedy)
    one_sentence(run("certify", "parity"), 2, "not enough memory")
