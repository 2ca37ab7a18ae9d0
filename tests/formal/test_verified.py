"""The checker that Coq proves correct: its source against Coq, its verdicts against the corpus.

Needs OCaml with zarith, and coqc for the proof; skipped without, but not in continuous integration.
"""

from __future__ import annotations

import fcntl
import itertools
import json
import math
import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import audit_mutants
import audit_several_mutants
import pytest
from attacks import canonical
from fuzzed_files import fuzzed
from large_proofs import hidden_states_refuted
from places import CERTIFICATES, CORPUS, ROOT
from two_checkers import kernel_verdict
from verified_files import COVERED, canonical_name, claim, too_many_qubits

pytestmark = pytest.mark.slow
VERIFIED = ROOT / "verified"


def need(program: str, packages: str) -> None:
    """Skip what cannot run here; in continuous integration nothing is skipped."""
    if shutil.which(program) is None:
        reason = f"{program} is not installed: {packages}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def native(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the native checker, built once for all workers of the session."""
    need("ocamlopt", "ocaml-nox, libzarith-ocaml-dev")
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder = root / "verified"
    with (root / "verified.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "exactsteer-verified").exists():
            subprocess.run(["sh", str(VERIFIED / "build.sh"), str(folder)], check=True)
    return folder


def run(native: Path, *files: Path | str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(native / "exactsteer-verified"), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def worked_example() -> str:
    """The first example of the format's page."""
    text = (CERTIFICATES / "FORMAT.md").read_text(encoding="utf-8")
    return text.split("```json example\n")[1].split("```")[0]


def test_coq_proves_the_committed_checker(tmp_path: Path) -> None:
    """The theorems rest on nothing, and extraction gives the committed source."""
    need("coqc", "coq, libcoq-mathcomp-algebra, libcoq-mathcomp-algebra-tactics")
    need("js_of_ocaml", "js-of-ocaml")
    command = ["sh", str(VERIFIED / "prove.sh"), "", str(tmp_path / "built")]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert "verify_sound and the round trip: Closed under the global context" in answer.stdout


def test_what_is_true_is_verified(native: Path, tmp_path: Path) -> None:
    files = sorted(CERTIFICATES.glob("*.json")) + sorted((CORPUS / "accept").rglob("*.json"))
    assert {claim(f) for f in files} == COVERED
    answer = run(native, *files)
    assert answer.returncode == 0, answer.stderr
    lines = answer.stdout.splitlines()
    assert lines[1::2] == [f"VERIFIED {f}" for f in files]
    for file, text in zip(files, lines[::2], strict=True):
        assert json.loads(text) == json.loads(file.read_bytes())["statement"]
    other = tmp_path / "other.json"
    other.write_bytes(files[0].read_bytes().replace(claim(files[0]).encode(), b"another"))
    answer = run(native, other)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == f'UNCHECKED {other}: no verified checker for the claim "another"\n'


def test_what_is_false_is_refused(native: Path) -> None:
    files = sorted((CORPUS / "reject").rglob("*.json"))
    answer = run(native, *files)
    assert answer.returncode == 2
    assert not answer.stdout
    said = [line.partition(" ")[0] for line in answer.stderr.splitlines()]
    assert len(said) == len(files)
    assert set(said) <= {"REJECTED", "MALFORMED", "UNCHECKED"}


def test_what_the_command_says(native: Path, tmp_path: Path) -> None:
    proof = CERTIFICATES / "ABB_1.json"
    assert run(native).returncode == 2
    assert run(native, "--help").returncode == 0
    assert "cannot be opened" in run(native, tmp_path / "none.json").stderr
    folder = run(native, tmp_path)
    assert (folder.returncode, folder.stdout) == (2, "")
    assert folder.stderr.startswith("UNREADABLE")
    padded = tmp_path / "padded.json"
    padded.write_bytes(proof.read_bytes() + b" " * (16777216 - proof.stat().st_size))
    assert run(native, padded).returncode == 0
    many = tmp_path / "many.json"
    many.write_bytes(hidden_states_refuted(16))
    assert run(native, many).returncode == 0
    long = tmp_path / "long.json"
    long.write_bytes(proof.read_bytes() + b" " * (16777217 - proof.stat().st_size))
    assert run(native, long).stderr.startswith("MALFORMED")
    document = json.loads(proof.read_bytes())
    document["theorem"] = "0" * 64
    renamed = tmp_path / "renamed.json"
    renamed.write_text(json.dumps(document))
    answer = run(native, renamed, proof)
    assert answer.returncode == 1
    assert answer.stderr == f"REJECTED {renamed}: the rule name does not hold\n"
    assert answer.stdout.endswith(f"VERIFIED {proof}\n")


MOVES = [
    *((claim, audit_mutants.mutant) for claim in audit_mutants.NAMES),
    *((claim, audit_several_mutants.mutant) for claim in audit_several_mutants.NAMES),
]


def mutants(seeds: Iterable[int]) -> Iterator[bytes]:
    """Files of the corpus, changed in what they say, in their form or in their bytes."""
    for seed in seeds:
        rng = random.Random(seed)
        claim, make = rng.choice(MOVES)
        data = fuzzed(seed) if seed % 2 else canonical(make(claim, seed)).encode()
        if seed % 5 == 0:
            at = rng.randrange(len(data))
            data = data[:at] + bytes([rng.choice(b'0123456789-"{}[],:|*')]) + data[at + 1 :]
        yield data


def compared(native: Path, folder: Path, files: Iterable[bytes]) -> Counter[tuple[str, str]]:
    """How often the kernel and the native checker gave which verdicts."""
    paths, kernel = [], []
    for i, data in enumerate(files):
        paths.append(folder / f"{i}.json")
        paths[-1].write_bytes(data)
        kernel.append(kernel_verdict(data))
    answer = run(native, *paths)
    said = [line.split()[:2] for line in (answer.stdout + answer.stderr).splitlines()]
    verdicts = {words[1].removesuffix(":"): words[0] for words in said if words[0].isupper()}
    found = Counter[tuple[str, str]]()
    for path, verdict in zip(paths, kernel, strict=True):
        mine = verdict if verdict in ("verified", "malformed") else "rejected"
        found[mine, verdicts[str(path)].lower()] += 1
    return found


def test_mutants(native: Path, tmp_path: Path) -> None:
    """It accepts nothing that the kernel refuses, and what it covers no less."""
    found = compared(native, tmp_path, mutants(range(700)))
    assert found["verified", "verified"] > 20
    assert {pair for pair in found if "verified" in pair} <= {
        ("verified", "verified"),
        ("verified", "unchecked"),
    }


Change = Callable[[str], str]
FORMS: dict[str, tuple[Change, int]] = {
    "as it is": (lambda t: t, 0),
    "white space": (lambda t: " \t\r\n" + t.replace(",", " ,\n") + "\n\n", 0),
    "escaped key": (lambda t: t.replace('"radius"', '"r\\u0061dius"'), 0),
    "escaped slash": (lambda t: t.replace('"1/10"', '"1\\/10"'), 0),
    "surrogate pair": (lambda t: t.replace("worked", "\\ud83d\\ude00"), 0),
    "twelve deep at most": (lambda t: t.replace('"1/10"', "[" * 11 + "]" * 11), 2),
    "key twice, once escaped": (lambda t: t.replace('"den":', '"den":"1","d\\u0065n":', 1), 2),
    "key twice in provenance": (lambda t: t.replace('"note"', '"note":"","note"'), 2),
    "half a pair": (lambda t: t.replace("worked", "\\ud83d"), 2),
    "control character": (lambda t: t.replace("worked", "\x01"), 2),
    "number": (lambda t: t.replace('"1/10"', "0"), 2),
    "negative radius": (lambda t: t.replace('"1/10"', '"-1/10"'), 2),
    "not lowest terms": (lambda t: t.replace('"1/10"', '"2/20"'), 2),
    "leading zero": (lambda t: t.replace('"1/10"', '"01/10"'), 2),
    "plus": (lambda t: t.replace('"1/10"', '"+1/10"'), 2),
    "byte order mark": (lambda t: "\ufeff" + t, 2),
    "something after it": (lambda t: t + "{}", 2),
    "comma at the end": (lambda t: t.replace('"worked by hand"}', '"worked by hand",}'), 2),
    "provenance as a list": (lambda t: t.replace('{"note": "worked by hand"}', "[]"), 2),
    "radius too large": (lambda t: t.replace('"1/10"', '"1/8"'), 1),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_one_file(native: Path, tmp_path: Path, worked_example: str, form: str) -> None:
    change, code = FORMS[form]
    text = change(worked_example)
    assert form == "as it is" or text != worked_example
    if code == 1:  # so that the rule that fails is not the name
        document = json.loads(text)
        document["theorem"] = canonical_name(document["statement"])
        text = json.dumps(document)
    path = tmp_path / "form.json"
    path.write_bytes(text.encode("utf-8"))
    answer = run(native, path)
    assert (answer.returncode, bool(answer.stdout)) == (code, code == 0), answer.stderr


@pytest.mark.parametrize("bytes_", [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"])
def test_utf_8(native: Path, tmp_path: Path, worked_example: str, bytes_: bytes) -> None:
    path = tmp_path / "bytes.json"
    path.write_bytes(worked_example.encode("ascii").replace(b"worked", bytes_))
    assert run(native, path).returncode == 2


def test_dimensions_that_overflow_prove_nothing(native: Path, tmp_path: Path) -> None:
    path = tmp_path / "overflow.json"
    for data in too_many_qubits():
        path.write_bytes(data)
        answer = run(native, path)
        assert (answer.returncode, answer.stdout) == (2, "")


def operations(bits: int) -> Iterator[tuple[str, int, int, str]]:
    """Operations of Integers with their arguments, and what Coq's Z and nat make of them.

    `bits` is how many an OCaml int has.
    """
    small = (-7, -4, -1, 0, 1, 2, 3, 8)
    large = (2**31 - 1, 2**31, -(2**31), 2**32, 2**62 - 1, 2**62, 2**63, -(2**62), -(2**62) - 1)
    large += (10**40, -(10**40))
    top = 2 ** (bits - 1) - 1
    for a, b in itertools.product(small + large, repeat=2):
        yield "add", a, b, str(a + b)
        yield "sub", a, b, str(a - b)
        yield "mul", a, b, str(a * b)
        yield "div", a, b, str(a // b if b else 0)
        yield "modulo", a, b, str(a % b if b else a)
        yield "gcd", a, b, str(math.gcd(a, b))
        yield "lcm", a, b, str(math.lcm(a, b))
        yield "logand", a, b, str(a & b)
        yield "logor", a, b, str(a | b)
        yield "logxor", a, b, str(a ^ b)
        yield "equal", a, b, str(a == b).lower()
        yield "leq", a, b, str(a <= b).lower()
        yield "lt", a, b, str(a < b).lower()
    for a in small + large:
        yield "neg", a, 0, str(-a)
        yield "abs", a, 0, str(abs(a))
        yield "sqrt", a, 0, str(math.isqrt(max(a, 0)))
        yield "log2", a, 0, str(a.bit_length() - 1 if a > 0 else 0)
        yield "to_n", a, 0, str(max(a, 0))
        yield "twice", a, 0, str(2 * a)
        yield "twice_and_one", a, 0, str(2 * a + 1)
        yield "to_nat", a, 0, "overflow" if a > top else str(max(a, 0))
        yield "match_z", a, 0, f"+{a}" if a > 0 else str(a)
        if a > 0:
            yield "match_positive", a, 0, "1" if a == 1 else f"{a // 2} {a % 2}"
        for n in small:
            yield "shiftl", a, n, str(a << n if n >= 0 else a >> -n)
            yield "shiftr", a, n, str(a >> n if n >= 0 else a << -n)
            yield "pow", a, n, str(a**n if n >= 0 else 0)
    naturals = {0, 1, 2, 3, 46340, 46341, top // 3, top // 2 + 1, top - 1, top}
    naturals |= {n for n in (2**31 - 1, 2**31, 2**32) if n <= top}
    for a, b in itertools.product(naturals, repeat=2):
        yield "nat_add", a, b, str(a + b) if a + b <= top else "overflow"
        yield "nat_mul", a, b, str(a * b) if a * b <= top else "overflow"
        yield "nat_sub", a, b, str(max(a - b, 0))
        yield "nat_quotient", a, b, str(a // b if b else 0)
        yield "nat_remainder", a, b, str(a % b if b else a)
        yield "nat_modn", a, b, str(a % b if b else a)
    for a in naturals:
        yield "nat_succ", a, 0, str(a + 1) if a < top else "overflow"


@pytest.mark.parametrize("language", ["native", "js"])
def test_integers_are_those_of_coq(native: Path, tmp_path: Path, language: str) -> None:
    """The modules that are trusted beside the extracted source, operation by operation."""
    here, table = Path(__file__).parent / "integers", tmp_path / "table"
    for folder in (VERIFIED / language, VERIFIED, here / language, here):
        for path in (*folder.glob("*.ml"), *folder.glob("*.js")):
            shutil.copy(path, tmp_path)
    subprocess.run(["sh", str(here / language / "build.sh")], cwd=tmp_path, check=True)
    cases = list(operations(63 if language == "native" else 32))
    lines = "".join(f"{name} {a} {b}\n" for name, a, b, _ in cases)
    answer = subprocess.run([str(table)], input=lines, capture_output=True, text=True, check=True)
    wrong = [
        (case, said)
        for case, said in zip(cases, answer.stdout.splitlines(), strict=True)
        if case[3] != said
    ]
    assert not wrong


def test_the_committed_javascript_is_compiled_from_the_committed_source(
    native: Path, tmp_path: Path
) -> None:
    need("js_of_ocaml", "js-of-ocaml")
    built = tmp_path / "checker.js"
    subprocess.run(["sh", str(VERIFIED / "build_js.sh"), str(built)], check=True)
    committed = ROOT / "exactsteer" / "report" / "verified" / "checker.js"
    assert built.read_bytes() == committed.read_bytes()
