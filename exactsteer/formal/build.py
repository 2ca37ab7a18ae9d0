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

DEFAULT_TIMEOUT = 600
PACKAGES = ("coq", "libcoq-mathcomp-algebra", "libcoq-mathcomp-algebra-tactics")
CLOSED = "Closed under the global context"

_STAMP = "built.json"
_MISSING = re.compile(r"Cannot find a physical path|Unable to locate library|Can't find file")
_NEEDED = re.compile(r"^From (Exactsteer|Verified) Require Import ([^.]*)\.", re.MULTILINE)

Module = tuple[str, str]
"""A library of the theory and a module of it, such as ("Verified", "Verify")."""


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


def sources() -> dict[str, Path]:
    """Where the sources of each library are: in the package if installed, else the repository."""
    here = Path(__file__).parent
    verified = Path("verified") / "theories"
    packaged = here.parent / verified
    found = packaged if packaged.is_dir() else here.parents[1] / verified
    return {"Exactsteer": here, "Verified": found}


def theory_modules() -> list[Module]:
    """What a generated file needs of the theory, in an order in which it can be built."""
    rooms, needed = sources(), set[Module]()
    left: list[Module] = [("Exactsteer", "Given"), ("Verified", "Verify")]
    while left:
        library, module = left.pop()
        if (library, module) in needed:
            continue
        needed.add((library, module))
        text = (rooms[library] / f"{module}.v").read_text(encoding="ascii")
        left += [(found, name) for found, names in _NEEDED.findall(text) for name in names.split()]
    return [
        (library, module)
        for library, room in rooms.items()
        for module in re.findall(r"^(\w+)\.v$", (room / "_CoqProject").read_text(), re.MULTILINE)
        if (library, module) in needed
    ]


def copy_theory(folder: Path) -> None:
    """Write the sources of the theory into a folder, which is made if need be."""
    rooms = sources()
    for library, module in theory_modules():
        (folder / library).mkdir(parents=True, exist_ok=True)
        source, target = (rooms[library] / f"{module}.v").read_bytes(), folder / library
        target /= f"{module}.v"
        if not target.is_file() or target.read_bytes() != source:
            write_atomically(target, source)


def build_theory(
    folder: Path,
    timeout: float = DEFAULT_TIMEOUT,
    report: Callable[[str], None] = lambda _: None,
) -> float:
    """Compile the theory in a folder, unless that was done; return the seconds it took.

    Raises InputError if Coq or one of its libraries is missing, NotProved if Coq does not accept
    the theory.
    """
    version = require_coq()
    copy_theory(folder)
    modules = theory_modules()
    started = time.perf_counter()
    if _stamp(folder, modules, version) == _read_stamp(folder):
        return 0.0
    (folder / _STAMP).unlink(missing_ok=True)
    for i, (library, module) in enumerate(modules):
        report(f"building the theory, {module} ({i + 1} of {len(modules)})")
        _coqc(folder / library, [*_libraries(folder), f"{module}.v"], timeout)
    write_atomically(
        folder / _STAMP, json.dumps(_stamp(folder, modules, version), indent=1).encode("ascii")
    )
    return time.perf_counter() - started


def check_file(path: Path, theory: Path, timeout: float = DEFAULT_TIMEOUT) -> Answer:
    """Let Coq check a generated file on disk against a built theory.

    Raises NotProved if Coq rejects it, if its theorem rests on anything but Coq itself, or if it
    takes longer than `timeout` seconds.
    """
    started = time.perf_counter()
    printed = _coqc(path.parent, [*_libraries(theory), path.name], timeout)
    _require_assumptions(printed, path.name)
    return Answer(printed, time.perf_counter() - started)


def _libraries(theory: Path) -> list[str]:
    """The arguments that tell coqc where the libraries of the theory are."""
    found = [("-Q", str(theory.resolve() / library), library) for library in sources()]
    return [word for words in found for word in words]


def _require_assumptions(printed: str, name: str) -> None:
    """The theorem's answer, the only one and the last thing printed, must be `CLOSED`."""
    answers = re.split(rf"^(?={CLOSED}$|Axioms:$)", printed, flags=re.MULTILINE)[1:]
    if len(answers) != 1:
        raise NotProved(
            f"{name}: expected Coq to answer Print Assumptions once, got {len(answers)} answers"
        )
    head, *rest = answers[0].splitlines()
    if head != CLOSED or any(rest):
        axioms = [line.split()[0] for line in rest if line and not line[0].isspace()]
        raise NotProved(f"{name}: the theorem rests on {', '.join((axioms or rest)[:3])}")


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
            f"{name}: Coq was not done after {timeout:g} seconds; give it more with --seconds"
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


def _stamp(folder: Path, modules: Sequence[Module], version: str) -> list[list[str]]:
    """What a finished build consists of: the version of Coq, then each source and its result."""
    places = [(library, folder / library / module) for library, module in modules]
    files = [
        [f"{library}.{at.name}", *(_digest(at.with_suffix(end)) for end in (".v", ".vo"))]
        for library, at in places
    ]
    return [["coqc", version], *files]


def _read_stamp(folder: Path) -> object:
    """The recorded build; None without one."""
    try:
        return json.loads((folder / _STAMP).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
