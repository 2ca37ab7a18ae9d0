"""The boundary of trust, read from the source: imports, floats, and who makes theorems."""

from __future__ import annotations

import ast
import builtins
import copy
import pickle
import subprocess
import sys
from functools import cache

import pytest
from places import CORPUS
from rooms import PACKAGE, PARTS, READERS

from exactsteer.kernel.check import Theorem, check

PROOF = CORPUS / "accept" / "parity.json"
SOURCES = sorted(PACKAGE.rglob("*.py"))
KERNEL = sorted((PACKAGE / "kernel").rglob("*.py"))
RECHECK = PACKAGE / "recheck.py"
# Trusted for one sentence: that a theorem is about the numbers given.
ABOUT = [
    *(PACKAGE / "against.py", PACKAGE / "model" / "printed.py"),
    *(PACKAGE / "number_text.py", PACKAGE / "regular_file.py"),
]
TRUSTED = [*KERNEL, RECHECK, *ABOUT]
HEAVY = {"numpy", "picos", "cvxopt", "sympy", "mpmath", "scipy", "click", "rich", "hypothesis"}


@cache
def nodes(path):
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))))


def relative(path):
    return path.relative_to(PACKAGE).as_posix()


def imports(path):
    """Every imported module, absolute; relative imports are refused."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in {path}"
            yield node.module


def part_files(part):
    place = PACKAGE / part
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def places(paths):
    """All nodes of some files, each with its file."""
    return ((node, path) for path in paths for node in nodes(path))


def where(node, path):
    return f"{relative(path)}, line {getattr(node, 'lineno', 0)}"


def test_every_part_is_found():
    assert len(KERNEL) > 15
    assert all(path in SOURCES for path in TRUSTED)
    assert {path.parent.name for path in SOURCES} >= {"kernel", "properties", "programs", "proving"}


@pytest.mark.parametrize("part", PARTS)
def test_imports_go_one_way(part):
    own, libraries = PARTS[part]
    if part not in ("kernel", "recheck.py"):
        own = own | READERS
    for path in part_files(part):
        for module in imports(path):
            top, _, rest = module.partition(".")
            if top == "exactsteer":
                assert rest.split(".")[0] in own, f"{module} in {relative(path)}"
            elif libraries is not None:
                allowed = libraries | set(sys.stdlib_module_names)
                assert top in allowed, f"{module} in {relative(path)}"


def test_trusted_code_has_no_floats_divisions_asserts_or_bare_excepts():
    for node, path in places(TRUSTED):
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, (float, complex)), where(node, path)
        if isinstance(node, (ast.BinOp, ast.AugAssign)):
            assert not isinstance(node.op, ast.Div), where(node, path)
        if isinstance(node, ast.Name):
            assert node.id not in {"float", "complex", "eval", "exec", "round"}, where(node, path)
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"truediv", "literal_eval"}, where(node, path)
        assert not isinstance(node, ast.Assert), where(node, path)
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, where(node, path)


def test_trusted_code_swallows_no_error():
    """No handler of everything, and none that only passes."""
    for node, path in places(TRUSTED):
        if isinstance(node, ast.ExceptHandler):
            caught = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
            assert not caught & {"Exception", "BaseException"}, where(node, path)
            assert not all(isinstance(statement, ast.Pass) for statement in node.body), where(
                node, path
            )


def test_only_check_makes_theorems():
    """Nobody else names the key, and nobody else calls the constructor or goes around it."""
    for node, path in places(p for p in SOURCES if relative(p) != "kernel/check.py"):
        if isinstance(node, ast.Name):
            assert node.id != "_ONLY_CHECK", where(node, path)
        if isinstance(node, ast.Attribute):
            assert node.attr != "_ONLY_CHECK", where(node, path)
        if isinstance(node, ast.ImportFrom):
            assert "_ONLY_CHECK" not in {alias.name for alias in node.names}, where(node, path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "Theorem", where(node, path)
        if isinstance(node, ast.ClassDef):
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
            assert "Theorem" not in bases, where(node, path)


def test_the_key_is_used_once_to_make_and_once_to_compare():
    names = [
        node
        for node in nodes(PACKAGE / "kernel" / "check.py")
        if isinstance(node, ast.Name) and node.id == "_ONLY_CHECK"
    ]
    assert len(names) == 3


def is_command(function):
    """The parameters of a command are its options and arguments, which click hands over by name."""
    return any("click.command" in ast.unparse(decorator) for decorator in function.decorator_list)


def test_no_function_has_more_than_five_parameters():
    """What is asked is a record, and so is what belongs together otherwise."""
    for node, path in places(SOURCES):
        if isinstance(node, ast.FunctionDef) and not is_command(node):
            arguments = node.args
            named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
            own = [a for a in named if a.arg not in {"self", "cls"}]
            assert len(own) <= 5, f"{node.name} in {where(node, path)}"


def test_no_test_module_imports_another():
    """What several need stands in tests/oracles."""
    tests = sorted((PACKAGE.parent / "tests").rglob("test_*.py"))
    names = {path.stem for path in tests}
    assert len(names) == len(tests)
    for path in tests:
        assert names.isdisjoint(imports(path)), path


def loaded_after(code):
    out = subprocess.run(
        [sys.executable, "-I", "-c", code + "\nimport sys; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )
    return {name.partition(".")[0] for name in out.stdout.split()}


def test_checking_loads_nothing_heavy():
    loaded = loaded_after(
        "from exactsteer import check\n"
        f"theorem = check(open({str(PROOF)!r}, 'rb').read())\n"
        "theorem.sentence()"
    )
    assert "flint" in loaded
    assert not loaded & HEAVY


def test_importing_the_package_loads_no_kernel_yet():
    loaded = loaded_after("import exactsteer; exactsteer.__version__; dir(exactsteer)")
    assert not loaded & {*HEAVY, "flint"}


def test_the_rechecker_runs_by_path_without_the_package():
    out = subprocess.run(
        [sys.executable, "-I", "-S", str(RECHECK), str(PROOF)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert out.stdout.splitlines()[-1].startswith("VERIFIED")


# ---- A theorem cannot be had otherwise ----


@pytest.fixture
def theorem():
    return check(PROOF.read_bytes())


@pytest.mark.parametrize("key", [None, object(), "key"])
def test_theorems_are_not_constructed(key):
    with pytest.raises(TypeError, match="a Theorem is made by"):
        Theorem(key, claim="no parent states", name="", statement=None)


@pytest.mark.parametrize("field", ["claim", "name", "statement", "evidence", "provenance", "more"])
def test_theorems_are_not_changed(theorem, field):
    with pytest.raises(AttributeError):
        setattr(theorem, field, None)


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, pickle.dumps], ids=["copy", "deepcopy", "pickle"]
)
def test_theorems_are_not_copied_or_pickled(theorem, duplicate):
    with pytest.raises(TypeError):
        duplicate(theorem)


def test_statements_are_not_changed(theorem):
    statement = theorem.statement
    for field in ("scenario", "centre", "radius"):
        with pytest.raises(AttributeError):
            setattr(statement, field, None)
    with pytest.raises(AttributeError):
        statement.scenario.dimensions = (3, 3)
    with pytest.raises(TypeError):
        statement.centre[0][(0,), (0,)] = None


# ---- Foreign text ----

# What these write themselves: one door that makes every line printable, and fixed texts.
WRITERS = {"cli/printing.py", "cli/__init__.py", "recheck.py"}


def test_only_one_door_leads_to_the_terminal():
    """Everything else goes through `say` and `show_json`, which make it printable."""
    for node, path in places(p for p in SOURCES if relative(p) not in WRITERS):
        if isinstance(node, ast.Name):
            assert node.id != "print", where(node, path)
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"echo", "secho", "style"}, where(node, path)
            if node.attr == "write" and isinstance(node.value, ast.Attribute):
                assert node.value.attr not in {"stdout", "stderr", "buffer"}, where(node, path)


def test_every_error_of_the_package_is_printable():
    """Almost all descend from the one that sees to it."""
    own = {
        "kernel/errors.py": {"ExactsteerError"},
        "sweeping/sweep.py": {"_Obstacle"},
        # Sees to it itself.
        "time_limit.py": {"OutOfTime"},
    }
    for path in SOURCES:
        for node in nodes(path):
            if isinstance(node, ast.ClassDef) and relative(path) != "recheck.py":
                bases = {b.id for b in node.bases if isinstance(b, ast.Name)}
                foreign = {b for b in bases if isinstance(getattr(builtins, b, None), type)}
                if any(issubclass(getattr(builtins, b), BaseException) for b in foreign):
                    assert node.name in own.get(relative(path), set()), node.name
