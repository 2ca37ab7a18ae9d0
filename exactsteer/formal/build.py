"""Running Coq: the theory is built once in a folder, then generated files are checked there.

`coqc` decides. What this module adds: it finds out what to install if something is missing, and it
reads Coq's answer to `Print Assumptions`, so that a file with a hole does not count as proved.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from exactsteer.atomic import write_atomically
from exactsteer.errors import ExactsteerError, InputError
from exactsteer.formal.generate import CoqFile

SOURCES = Path(__file__).parent
BIG_MODULES = ("BigCheck", "BigVerdicts")
DEFAULT_TIMEOUT = 600
PACKAGES = (
    "coq",
    "libcoq-mathcomp-algebra",
    "libcoq-mathcomp-algebra-tactics",
    "libcoq-bignums",
)
CLOSED = "Closed under the global context"

_STAMP = "built.json"
_MISSING = re.compile(r"Cannot find a physical path|Unable to locate library|Can't find file")
# The primitive 63-bit integers of Coq's standard library and what it says about them.
_MACHINE_INTEGERS = ("PrimInt63.", "Uint63.")


class NotProved(ExactsteerError):
    """Coq did not accept a file: which theorem, where, and Coq's first words; or out of time."""


@dataclass(frozen=True)
class Answer:
    """What Coq printed about an accepted file, and the seconds it took."""

    printed: str
    seconds: float


def require_coq() -> str:
    """The version of coqc, such as "8.16.1"; raise InputError that says what to install."""
    if shutil.which("coqc") is None:
        raise InputError(
            "Coq is not installed (no coqc on the PATH); install the Debian packages "
            + ", ".join(PACKAGES)
        )
    run = subprocess.run(["coqc", "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"version (\S+)", run.stdout)
    return version.group(1) if version else "of unknown version"


def theory_modules(big: bool) -> list[str]:
    """The modules of the theory in an order in which they can be built."""
    lines = (SOURCES / "_CoqProject").read_text(encoding="ascii").splitlines()
    modules = [line.removesuffix(".v") for line in lines if line.endswith(".v")]
    return [m for m in modules if big or m not in BIG_MODULES]


def copy_theory(folder: Path) -> None:
    """Write the sources of the theory into a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*(f"{m}.v" for m in theory_modules(big=True)), "_CoqProject"):
        source, target = (SOURCES / name).read_bytes(), folder / name
        if not target.is_file() or target.read_bytes() != source:
            write_atomically(target, source)


def build_theory(
    folder: Path,
    big: bool = False,
    timeout: float = DEFAULT_TIMEOUT,
    report: Callable[[str], None] = lambda _: None,
) -> float:
    """Compile the theory in a folder, unless that was done; return the seconds it took.

    The modules in machine integers are compiled only if `big`. Raises InputError if Coq or one of
    its libraries is missing, NotProved if Coq does not accept the theory.
    """
    version = require_coq()
    copy_theory(folder)
    modules = theory_modules(big)
    started = time.perf_counter()
    if _stamp(folder, modules, version) == _read_stamp(folder, len(modules)):
        return 0.0
    (folder / _STAMP).unlink(missing_ok=True)
    for i, module in enumerate(modules):
        report(f"building the theory, {module} ({i + 1} of {len(modules)})")
        _coqc(folder, ["-Q", ".", "Exactsteer", f"{module}.v"], timeout)
    write_atomically(
        folder / _STAMP, json.dumps(_stamp(folder, modules, version), indent=1).encode("ascii")
    )
    return time.perf_counter() - started


def check_file(path: Path, file: CoqFile, theory: Path, timeout: float = DEFAULT_TIMEOUT) -> Answer:
    """Let Coq check a generated file on disk against a built theory.

    Raises NotProved if Coq rejects it, if it rests on anything but Coq itself (and, in the large
    form, Coq's machine integers), or if it takes longer than `timeout` seconds.
    """
    started = time.perf_counter()
    arguments = ["-Q", str(theory.resolve()), "Exactsteer", path.name]
    printed = _coqc(path.parent, arguments, timeout)
    _require_assumptions(printed, path.name, file)
    return Answer(printed, time.perf_counter() - started)


def _require_assumptions(printed: str, name: str, file: CoqFile) -> None:
    """Each theorem's answer must be `CLOSED` or, in the large form, name machine integers only."""
    answers = re.split(rf"^(?={CLOSED}$|Axioms:$)", printed, flags=re.MULTILINE)[1:]
    if len(answers) != len(file.theorems):
        raise NotProved(
            f"{name}: expected Coq to answer Print Assumptions for {len(file.theorems)} theorems, "
            f"got {len(answers)} answers"
        )
    for theorem, answer in zip(file.theorems, answers, strict=True):
        head, *rest = answer.splitlines()
        if head == CLOSED and not any(rest):
            continue
        axioms = [line.split()[0] for line in rest if line and not line[0].isspace()]
        foreign = [a for a in axioms if not a.startswith(_MACHINE_INTEGERS)]
        if head == CLOSED or foreign or not file.big:
            reasons = ", ".join((foreign or axioms or rest)[:3])
            raise NotProved(f"{name}: the theorem {theorem} rests on {reasons}")


def _coqc(folder: Path, arguments: Sequence[str], timeout: float) -> str:
    """Run coqc in a folder on the last of the arguments and return what it printed."""
    name = arguments[-1]
    try:
        run = subprocess.run(
            ["coqc", "-q", "-w", "none", *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotProved(
            f"{name}: Coq was not done after {timeout:g} seconds; give it more with --timeout"
        ) from None
    if run.returncode == 0:
        return run.stdout
    if _MISSING.search(run.stderr):
        raise InputError(
            "a library of Coq is missing; install the Debian packages " + ", ".join(PACKAGES)
        )
    raise NotProved(_rejection(folder / name, run.stderr, run.returncode))


def _rejection(path: Path, stderr: str, code: int) -> str:
    """One sentence about a file that Coq did not accept."""
    place = re.search(r"line (\d+), characters", stderr)
    if place is None:
        return f"{path.name}: coqc ended with code {code}: {' '.join(stderr.split())[:200]}"
    lines = path.read_text(encoding="ascii").splitlines()[: int(place.group(1))]
    heads = [re.match(r"(?:Theorem|Lemma|Definition) (\w+)", line) for line in lines]
    name = next((m.group(1) for m in reversed(heads) if m), "the preamble")
    reason = " ".join(stderr.partition("Error:")[2].split())
    return f"Coq rejects {name} ({path.name}, line {place.group(1)}): {reason[:200]}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "absent"


def _stamp(folder: Path, modules: Sequence[str], version: str) -> list[list[str]]:
    """What a finished build consists of: the version of Coq, then each source and its result."""
    files = [[m, _digest(folder / f"{m}.v"), _digest(folder / f"{m}.vo")] for m in modules]
    return [["coqc", version], *files]


def _read_stamp(folder: Path, count: int) -> object:
    """The recorded build, cut to the first `count` modules; None without one."""
    try:
        value = json.loads((folder / _STAMP).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return value[: count + 1] if isinstance(value, list) else None
