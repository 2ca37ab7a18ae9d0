"""The checkers' own code under mutation: what is not checked any more has to be noticed.

    python tests/agreement/mutate_checkers.py            # every mutant
    python tests/agreement/mutate_checkers.py 40         # a sample of them
    python tests/agreement/mutate_checkers.py exactsteer.kernel.rules    # those of some modules

One change at a time, on the syntax tree: every `raise`, `require`, `expect` of the kernel and of
recheck.py disabled, every comparison turned and every bound moved to its other side, every integer
of a deciding module one more. In a process of its own the mutant checks the files that reach the
changed line: the corpus (test_corpus.py), the committed proofs (test_audit_rules.py,
test_audit_several_rules.py), files at the limits (test_exact_limits.py) and of the fuzz
(test_fuzz.py). It is killed if it says something else, crashes, or does not come to an end. Those
that no file kills then have the tests of their module to pass (`UNIT`). Prints the survivors; those
of equivalent_mutants.toml are meant to survive, for the reason given there.

What words messages and sentences or bounds costs is left out (test_theorems.py, test_budget.py),
and so are refusals of a caller in Python (`GUARDS`) and what recheck.py does besides checking.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.util
import os
import random
import resource
import signal
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "oracles")]

PACKAGE = ROOT / "exactsteer"
KERNEL = sorted((PACKAGE / "kernel").rglob("*.py"))
RECHECK = PACKAGE / "recheck.py"
# Modules whose integers are those of a rule, a matrix or a limit.
DECIDING = ("rules", "theorems", "assemblage", "scenario", "statements")
DEMANDS = {"require", "expect", "require_positive", "refuse"}
COSTS = {"tick", "foresee", "size"}
MESSAGES = {
    *("shorten", "short_text", "readable_text", "decimal_text", "_with_decimals", "_leading"),
    *("rational_text", "printable", "__repr__", "__str__", "__hash__", "sentence", "label"),
    *("_at_most", "_nonlocal", "_noise_that_makes_parent_states", "_has_parent_states"),
    *("subject", "clip", "show", "ceil", "visible", "quote"),
    *("minor_text", "strategy_label"),
}
# Of recheck.py: the command line, and what --against compares with (test_recheck_against.py).
ELSEWHERE = {
    *("number", "square", "given_json", "given_npz", "read_array", "rational_of", "compared"),
    *("decimals", "gives_up", "check_file", "content", "read_given", "check_quickly"),
    *("check_within", "limit", "positive", "bytes_of", "main", "tell", "Arguments", "WIDTHS"),
}
# Blocks that no module runs when it is imported here.
NOT_HERE = ("__name__", "version_info")
# Refusals of what a caller does in Python, and the modules that say and bound things.
GUARDS = {"ValueError", "TypeError", "AttributeError"}
LEFT_OUT = {"budget", "errors", "__init__"}
FUZZED = 400
LARGEST = 200_000
# The tests of a module, of its folder, or of the kernel: folders, files and options of pytest.
LIMITS = "agreement/test_audit_several_limits.py"
UNIT = {
    "exact": (
        *("kernel/test_positivity.py", "kernel/test_hermitian.py"),
        *("kernel/test_integer_cholesky.py", "agreement/test_audit_positivity.py"),
    ),
    "file": ("kernel/test_numbers.py", "kernel/test_proof_file.py"),
    # Also the slow ones.
    "evidence": (
        *("kernel/test_proof_file.py", "agreement/test_exact_limits.py"),
        *("-k", "kernel or proof_file", "-m", ""),
    ),
    "quantum": (LIMITS, "kernel/test_moments_words.py", "kernel/test_moments_squares.py"),
    "properties": (
        *("kernel/test_views.py", "kernel/test_classical_grid.py"),
        "kernel/test_classical_kernel.py",
    ),
    "assemblage": ("kernel/test_assemblage.py",),
    "scenario": ("kernel/test_scenario.py",),
    "recheck": (
        *("recheck", LIMITS, "agreement/test_audit_positivity.py"),
        # Also the slow ones.
        *("-k", "limit or positivity or points or bytes", "-m", ""),
    ),
}
SECONDS = 2
MEMORY = 3 * 2**30


class Mutant(NamedTuple):
    """One change: of which module, in which function and line, and how.

    `node` and `change` are numbers: of the node among those of the module, of the change of it.
    """

    path: Path
    function: str
    line: int
    node: int
    change: int
    before: str
    after: str

    @property
    def module(self) -> str:
        """The name of the module."""
        return name_of(self.path)

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.function}: {self.before}  ->  {self.after}"

    def tree(self) -> ast.Module:
        """The changed module."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        around, node = list(nodes(tree))[self.node]
        list(changes(around, node, is_deciding(self.path)))[self.change]()
        return ast.fix_missing_locations(tree)


# ---- The mutants ----


TURNED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.GtE, ast.LtE),
    ast.LtE: (ast.Gt, ast.Lt),
    ast.Gt: (ast.LtE, ast.GtE),
    ast.GtE: (ast.Lt, ast.Gt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


def name_of(path: Path) -> str:
    """The name of a module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def is_deciding(path: Path) -> bool:
    """Whether the integers of a module are those of a rule."""
    own = path.parent.name in ("properties", "quantum", "exact") or path.stem in DECIDING
    return own or path == RECHECK


def nodes(tree: ast.Module) -> Iterator[tuple[list[ast.AST], ast.AST]]:
    """Every node with those around it, without annotations, docstrings and texts of messages."""
    stack: list[tuple[list[ast.AST], ast.AST]] = [([], tree)]
    while stack:
        around, node = stack.pop()
        if isinstance(node, (ast.JoinedStr, ast.Import, ast.ImportFrom)):
            continue
        if names_of(node) & (MESSAGES | ELSEWHERE):
            continue
        if isinstance(node, ast.If) and any(text in ast.unparse(node.test) for text in NOT_HERE):
            continue
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in COSTS:
            continue
        yield around, node
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "decorator_list", "bases"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    stack.append(([*around, node], child))


def names_of(node: ast.AST) -> set[str]:
    """What a definition or an assignment gives a name to."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


Change = Callable[[], Callable[[], None]]
"""Changes a node where it is; what it returns changes it back."""


def changes(around: list[ast.AST], node: ast.AST, numbers: bool) -> Iterator[Change]:
    """How a node is changed."""
    called = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    raises = isinstance(node, ast.Raise) and _function(node.exc) not in GUARDS
    if raises or (called and _function(node.value) in DEMANDS):
        yield lambda: _set(*_place(around[-1], node), ast.copy_location(ast.Pass(), node))
    if isinstance(node, ast.Compare):
        for i, operator in enumerate(node.ops):
            for other in TURNED[type(operator)]:
                yield lambda i=i, other=other: _set(node.ops, i, other())
    if numbers and isinstance(node, ast.Constant) and type(node.value) is int:
        yield lambda: _set(vars(node), "value", node.value + 1)


def _function(call: ast.expr | None) -> str:
    function = getattr(call, "func", None)
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _place(holder: ast.AST, statement: ast.AST) -> tuple[list[ast.AST], int]:
    """The list of statements that holds one, and where."""
    for _, value in ast.iter_fields(holder):
        if isinstance(value, list):
            for i, item in enumerate(value):
                if item is statement:
                    return value, i
    raise LookupError(ast.unparse(statement))


def _set(holder: Any, key: Any, value: Any) -> Callable[[], None]:
    kept, holder[key] = holder[key], value
    return lambda: holder.__setitem__(key, kept)


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for at, (around, node) in enumerate(list(nodes(tree))):
        line = [n for n in [*around, node] if isinstance(n, ast.stmt)]
        functions = [n.name for n in around if isinstance(n, (ast.FunctionDef, ast.ClassDef))]
        for number, change in enumerate(changes(around, node, is_deciding(path))):
            before, back = _first_line(line[-1]), change()
            after = _first_line(line[-1]) if isinstance(node, ast.expr) else "pass"
            back()
            place = ".".join(functions), node.lineno
            yield Mutant(path, *place, at, number, before, after)


def _first_line(statement: ast.AST) -> str:
    return ast.unparse(statement).partition("\n")[0][:160]


# ---- What kills them ----


class File(NamedTuple):
    """A file, what the checkers say of it, by module, and how many seconds they take."""

    name: str
    data: bytes
    verdicts: dict[str, str]
    seconds: float


CHECKERS = ("exactsteer.kernel", "exactsteer.recheck")


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


def pool() -> tuple[list[File], dict[str, dict[int, set[int]]]]:
    """The files, and which of them (by index) reach a line of a module."""
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
    names = {str(path): name_of(path) for path in (*KERNEL, RECHECK)}
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
    """The lines of both checkers that a file reaches."""
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
        for checker in CHECKERS:
            verdict(checker, name, data)
    finally:
        sys.settrace(None)
    return seen


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the mutant in the place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, name, path, target=None):
        if name != self._mutant.module:
            return None
        file = PACKAGE.joinpath(*name.split(".")[1:])
        return importlib.util.spec_from_file_location(
            name, file.with_suffix(".py"), loader=self, submodule_search_locations=None
        )

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(compile(self._mutant.tree(), self._mutant.module, "exec"), module.__dict__)


def _in_a_child(work: Callable[[], str]) -> str:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        os.write(write_end, b"." + work().encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return said[1:] if said else f"it does not end ({status})"


def _tested(mutant: Mutant) -> str:
    """Whether the tests of the module notice."""
    import pytest

    names = UNIT.get(mutant.path.stem, UNIT.get(mutant.path.parent.name, ()))
    if not names:
        return ""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, 100 * SECONDS)
    for name in [n for n in sys.modules if n.startswith("exactsteer") or n == "two_checkers"]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Finder(mutant))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    at = ROOT / "tests"
    own = [str(at / name) if (at / name).exists() else name for name in names]
    options = ["-x", "-q", "-n", "0", "-m", "not slow", "-p", "no:cacheprovider"]
    code = pytest.main([*options, "--rootdir", str(ROOT), *own])
    return "tests" if code else ""


def _killer(mutant: Mutant, files: list[File]) -> str:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    own = "exactsteer.recheck" if mutant.path == RECHECK else "exactsteer.kernel"
    say = ("two_checkers", "limit_files")
    for name in [n for n in sys.modules if n.startswith(own) or n in say]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Finder(mutant))
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


def by_files(chosen: list[Mutant]) -> tuple[Counter[str], list[Mutant]]:
    """How many mutants are killed by files of each kind, and those that are not."""
    files, reached = pool()
    counts: Counter[str] = Counter()
    left = []
    for mutant in chosen:
        indices = reached[mutant.module].get(mutant.line, set())
        if not indices or mutant.function == "":
            indices = set(range(len(files)))  # lines that run while the module is imported
        # Those of the fuzz last, the quickest first.
        own = sorted((files[i] for i in indices), key=lambda f: (f.name[:4] == "fuzz", f.seconds))
        by = _in_a_child(lambda mutant=mutant, own=own: _killer(mutant, own))
        if by:
            counts["fuzz" if by[:4] == "fuzz" else "files" if "/" in by else by[:25]] += 1
        else:
            left.append(mutant)
            print(f"of {len(own):4} files none: {mutant}", flush=True)
    return counts, left


def run(chosen: list[Mutant]) -> tuple[Counter[str], list[Mutant]]:
    """How many mutants are killed by what, and the survivors."""
    counts, left = by_files(chosen)
    survivors = []
    for mutant in left:
        if by := _in_a_child(lambda mutant=mutant: _tested(mutant)):
            counts[by[:25]] += 1
        else:
            survivors.append(mutant)
            print(f"survives: {mutant}", flush=True)
    return counts, survivors


def every() -> list[Mutant]:
    """All mutants of both checkers."""
    paths = [path for path in (*KERNEL, RECHECK) if path.stem not in LEFT_OUT]
    return [mutant for path in paths for mutant in mutants(path)]


def main(arguments: list[str]) -> int:
    """Kill all mutants, or a sample, and print who survives."""
    found = every()
    if arguments and arguments[0].isdigit():
        found = random.Random(0).sample(found, int(arguments[0]))
    elif arguments:
        found = [mutant for mutant in found if mutant.module.startswith(arguments[0])]
    counts, survivors = run(found)
    explained = equivalents()
    unexplained = [mutant for mutant in survivors if meant(mutant) not in explained]
    for mutant in unexplained:
        print(f"unexplained: {mutant}")
    print(dict(counts))
    print(f"{len(found)} mutants, {len(survivors)} survive, {len(unexplained)} of them unexplained")
    return int(bool(unexplained))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
