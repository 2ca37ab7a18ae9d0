"""The checkers' own code under mutation: what is not checked any more has to be noticed.

    python tests/agreement/mutate_checkers.py            # every mutant
    python tests/agreement/mutate_checkers.py 40         # a sample of them
    python tests/agreement/mutate_checkers.py exactsteer.kernel.rules    # those of some modules

One change at a time (checker_mutants.py), each in a copy of this process. The mutant checks the
files that reach the changed line: the corpus (test_corpus.py), the committed proofs
(test_audit_rules.py, test_audit_several_rules.py), files at the limits (test_exact_limits.py) and
of the fuzz (test_fuzz.py). It is killed if it says something else, crashes, or does not come to an
end. Those that no file kills and that equivalent_mutants.toml does not expect to survive, for the
reason given there, then meet the tests (`TESTS`) that call the changed function. Prints survivors.
"""

from __future__ import annotations

import importlib
import os
import random
import resource
import signal
import sys
import time
import tomllib
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, NamedTuple

from checker_mutants import (
    KERNEL,
    ROOT,
    Functions,
    Mutant,
    Place,
    changed_places,
    every,
    functions,
    name_of,
    put,
    replace_at_import,
)

if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "oracles")]

FUZZED = 400
LARGEST = 200_000
SECONDS = 2
MEMORY = 3 * 2**30
TESTS = ("kernel", "recheck", "agreement")
# The only slow tests that meet mutants: some limits have no small file.
SLOW = "test_limits_to_the_number"
# A test that takes longer does not meet mutants.
LONGEST = 20


# ---- Files ----


class File(NamedTuple):
    """A file, what the checkers say of it, by module, and how many seconds they take."""

    name: str
    data: bytes
    verdicts: dict[str, str]
    seconds: float


CHECKERS = ("exactsteer.kernel", "exactsteer.recheck")


def _checker(module: str) -> str:
    """The checker that a module is of."""
    return CHECKERS[module == CHECKERS[1]]


def verdict(checker: str, name: str, data: bytes) -> str:
    """What a checker says, in words of two_checkers.py, or the error that it must not raise.

    Of a file at a limit, where it finds it malformed.
    """
    import limit_files
    import two_checkers

    if name.startswith("limit"):
        by = {"kernel": limit_files.kernel_place, "recheck": limit_files.recheck_place}
    else:
        by = {"kernel": two_checkers.kernel_verdict, "recheck": two_checkers.recheck_verdict}
    try:
        return by[checker.removeprefix("exactsteer.")](data)
    except BaseException as error:
        return f"crashes: {type(error).__name__}"


def pool(paths: Collection[Path]) -> tuple[list[File], dict[str, dict[int, set[int]]]]:
    """The files, and which of them (by index) reach a line of these modules."""
    from attacks import to_bytes
    from fuzzed_files import fuzzed
    from limit_files import LIMITS, SLOW
    from places import CERTIFICATES, CORPUS

    found = [
        (f"{folder.name}/{path.name}", path.read_bytes())
        for folder in (CORPUS / "accept", CORPUS / "reject", CERTIFICATES)
        for path in sorted(folder.glob("*.json"))
        if path.stat().st_size < LARGEST
    ]
    found += [(f"fuzz {seed}", fuzzed(seed)) for seed in range(2 * 10**6, 2 * 10**6 + FUZZED)]
    for name, limit in LIMITS.items():
        if name not in SLOW:
            found += [(f"limit/{name}", to_bytes(f)) for f in (limit.at, limit.beyond)]
    for path in KERNEL:
        importlib.import_module(name_of(path))
    files: list[File] = []
    reached: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    names = {str(path): name_of(path) for path in paths}
    for name, data in found:
        start = time.process_time()
        said = {checker: verdict(checker, name, data) for checker in CHECKERS}
        if len(set(said.values())) > 1 and not name.startswith("limit"):
            continue
        files.append(File(name, data, said, time.process_time() - start))
        for module, line in _lines(name, data, names):
            reached[module][line].add(len(files) - 1)
    return files, reached


def _lines(name: str, data: bytes, names: dict[str, str]) -> set[tuple[str, int]]:
    """The lines of modules that a file reaches."""
    seen: set[tuple[str, int]] = set()

    def begin(frame, event, _):
        module = names.get(frame.f_code.co_filename)
        if module is None:
            return None
        add = seen.add
        add((module, frame.f_lineno))

        def step(frame, event, _):
            add((module, frame.f_lineno))
            return step

        return step

    sys.settrace(begin)
    try:
        for checker in {_checker(module) for module in names.values()}:
            verdict(checker, name, data)
    finally:
        sys.settrace(None)
    return seen


def _in_a_child(work: Callable[[], str]) -> str:
    """What a copy of this process finds out; that it does not end is a finding, an error is not."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(write_end, b"." + work().encode())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise ChildProcessError("see above")
    return said[1:] if said else f"it does not end (signal {os.WTERMSIG(status)})"


def _killer(mutant: Mutant, files: list[File], known: Functions) -> str:
    """The file of which a mutant says something else, or ""."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    own = _checker(mutant.module)
    if not mutant.inside or not put(mutant, known):
        say = ("two_checkers", "limit_files")
        for name in [n for n in sys.modules if n.startswith(own) or n in say]:
            del sys.modules[name]
        replace_at_import(mutant)
        try:
            for name in (mutant.module, *say):
                importlib.import_module(name)
        except BaseException as error:
            return f"it cannot be imported: {type(error).__name__}"
    for file in files:
        # For each file anew: what does not end is noticed at its first one.
        signal.setitimer(signal.ITIMER_PROF, SECONDS + 10 * file.seconds)
        if verdict(own, file.name, file.data) != file.verdicts[own]:
            return file.name
    return ""


def by_files(chosen: list[Mutant]) -> tuple[Counter[str], list[Mutant]]:
    """How many mutants are killed by files of each kind, and those that are not."""
    files, reached = pool({mutant.path for mutant in chosen})
    known = functions()
    counts: Counter[str] = Counter()
    left = []
    for mutant in chosen:
        lines = reached[mutant.module]
        indices = lines.get(mutant.line, set())
        if not mutant.inside:
            indices = set(range(len(files)))  # lines that run while the module is imported
        elif not indices:
            indices = {i for line in mutant.inside for i in lines.get(line, ())}
        # Those of the fuzz last, the quickest first.
        own = sorted((files[i] for i in indices), key=lambda f: (f.name[:4] == "fuzz", f.seconds))
        by = _in_a_child(lambda mutant=mutant, own=own: _killer(mutant, own, known))
        if by:
            counts["fuzz" if by[:4] == "fuzz" else "files" if "/" in by else by[:25]] += 1
        else:
            left.append(mutant)
            print(f"of {len(own):4} files none: {mutant}", flush=True)
    return counts, left


# ---- Tests ----


class Tests:
    """Has pytest run all tests once, and then those that call what a mutant changes."""

    def __init__(self, left: list[Mutant]) -> None:
        self.left = left
        self.counts: Counter[str] = Counter()
        self.survivors: list[Mutant] = []
        self._failed = False
        self.tell = os.fdopen(os.dup(1), "w")

    def pytest_sessionstart(self) -> None:
        """The same examples every time; whether one fails is all that is asked."""
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", settings.get_profile("ci"), phases=phases)
        settings.load_profile("mutants")

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Leave the slow tests out."""
        items[:] = [i for i in items if SLOW in i.name or not i.get_closest_marker("slow")]

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Whether a test failed."""
        self._failed |= report.failed

    def pytest_runtestloop(self, session: Any) -> bool:
        """In place of pytest's own loop."""
        known = functions()
        callers, seconds = self._callers(session.items, known)
        for mutant in self.left:
            own = {i for place in changed_places(mutant, known) for i in callers[place]}
            quickest = sorted(own, key=lambda i: (seconds[i], i))
            tests = [(session.items[i], seconds[i]) for i in quickest]
            by = _in_a_child(lambda mutant=mutant, tests=tests: self._killer(mutant, tests, known))
            print(by or f"of {len(own):4} tests none", mutant, sep=": ", file=self.tell, flush=True)
            if by:
                self.counts["tests" if "::" in by else by[:25]] += 1
            else:
                self.survivors.append(mutant)
        return True

    def _run(self, item: Any, following: Any) -> bool:
        """Whether a test passes."""
        self._failed = False
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        return not self._failed

    def _called(self, item: Any, following: Any, places: dict[int, Place]) -> set[Place]:
        """Run a test and find which of the functions, by the identity of their code, it calls."""
        called: set[Place | None] = set()
        sys.settrace(lambda frame, *_: called.add(places.get(id(frame.f_code))))
        try:
            self._run(item, following)
        finally:
            sys.settrace(None)
        return {place for place in called if place is not None}

    def _callers(
        self, items: list[Any], known: Functions
    ) -> tuple[dict[Place, set[int]], dict[int, float]]:
        """Which tests (by index) call the functions at places, and the seconds that they take.

        Without those that fail or take long.
        """
        places = {id(f.__code__): place for place, found in known.items() for f in found}
        callers: dict[Place, set[int]] = defaultdict(set)
        seconds = {}
        for i, (item, following) in enumerate(zip(items, [*items[1:], None], strict=True)):
            start = time.process_time()
            called = self._called(item, following, places)
            taken = time.process_time() - start
            if not self._failed and taken <= LONGEST:
                seconds[i] = taken
                for place in called:
                    callers[place].add(i)
        return callers, seconds

    def _killer(self, mutant: Mutant, tests: list[tuple[Any, float]], known: Functions) -> str:
        """The test that a mutant fails, or ""."""
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        if not put(mutant, known):
            return ""
        for item, seconds in tests:
            signal.setitimer(signal.ITIMER_PROF, SECONDS + 10 * seconds)
            item._initrequest()
            if not self._run(item, None):
                return item.nodeid
        return ""


def by_tests(left: list[Mutant]) -> tuple[Counter[str], list[Mutant]]:
    """How many mutants are killed by tests, and those that are not."""
    import pytest

    tests = Tests(left)
    own = [str(ROOT / "tests" / name) for name in TESTS]
    options = ["-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:warnings"]
    # What pytest writes itself says nothing here.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    pytest.main([*options, "--rootdir", str(ROOT), *own], plugins=[tests])
    os.dup2(tests.tell.fileno(), 1)
    return tests.counts, tests.survivors


# ---- The outcome ----


def meant(mutant: Mutant) -> tuple[str, str, str, str]:
    """What equivalent_mutants.toml says of a mutant."""
    return mutant.module, mutant.function, mutant.before, mutant.after


def equivalents() -> dict[tuple[str, str, str, str], str]:
    """The changes that are meant to survive, with the reasons."""
    listed = tomllib.loads(Path(__file__).with_name("equivalent_mutants.toml").read_text("utf-8"))
    return {
        (module, e["function"], e["before"], e["after"]): e["why"]
        for module, entries in listed.items()
        for e in entries
    }


def main(arguments: list[str]) -> int:
    """Kill all mutants, or a sample, and print who survives."""
    found = every()
    if arguments and arguments[0].isdigit():
        found = random.Random(0).sample(found, int(arguments[0]))
    elif arguments:
        found = [mutant for mutant in found if mutant.module.startswith(arguments[0])]
    explained = equivalents()
    counts, left = by_files(found)
    unexplained = [mutant for mutant in left if meant(mutant) not in explained]
    counts["equivalent"] = len(left) - len(unexplained)
    if unexplained:
        more, unexplained = by_tests(unexplained)
        counts += more
    for mutant in unexplained:
        print(f"unexplained: {mutant}")
    print(f"{len(found)} mutants: {dict(counts)}, {len(unexplained)} unexplained")
    return int(bool(unexplained))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
