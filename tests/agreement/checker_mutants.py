"""Changes of the checkers' own code, one at a time, and how one is put into a running process.

On the syntax tree: every `raise`, `require`, `expect` of the kernel and of recheck.py disabled,
every comparison turned and every bound moved to its other side, every integer of a deciding module
one more. What words messages and sentences or bounds costs is left out (test_theorems.py,
test_budget.py), and so are refusals of a caller in Python (`GUARDS`) and what recheck.py does
besides checking.
"""

from __future__ import annotations

import ast
import gc
import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
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
    *("minor_text", "strategy_label", "READABLE", "_instead"),
}
# Of recheck.py: the command line, files and processes (test_recheck.py).
ELSEWHERE = {
    *("decimals", "gives_up", "check_file", "content", "read_given", "check_quickly"),
    *("check_within", "limit", "positive", "bytes_of", "main", "tell", "Arguments"),
    *("unreadable",),
}
# Blocks that no module runs when it is imported here.
NOT_HERE = ("__name__", "version_info")
# Refusals of what a caller does in Python, and the modules that say and bound things.
GUARDS = {"ValueError", "TypeError", "AttributeError"}
LEFT_OUT = {"budget", "errors", "__init__"}


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

    @property
    def inside(self) -> range:
        """The lines of the function that is changed, none if it is no function."""
        around, _ = _parsed(self.path)[1][self.node]
        lines = [
            range(n.lineno, n.end_lineno + 1) for n in around if isinstance(n, ast.FunctionDef)
        ]
        return lines[0] if lines else range(0)

    def codes(self, whole: bool = False) -> tuple[CodeType, CodeType]:
        """The statement of the module that is changed, before and after, or the whole module."""
        module, found = _parsed(self.path)
        around, node = found[self.node]
        part = module if whole else ast.Module([[*around, node][1]], [])
        before = _compiled(self.path, part)
        back = list(changes(around, node, is_deciding(self.path)))[self.change]()
        after = _compiled(self.path, ast.fix_missing_locations(part))
        back()
        return before, after


Nodes = list[tuple[list[ast.AST], ast.AST]]


@cache
def _parsed(path: Path) -> tuple[ast.Module, Nodes]:
    """The tree of a module and its nodes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tree, list(nodes(tree))


def _compiled(path: Path, tree: ast.Module) -> CodeType:
    """The code as Python makes it of the file."""
    return compile(tree, str(path), "exec", annotations.compiler_flag, dont_inherit=True)


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
    own = path.parent.name in ("properties", "quantum", "exact", "file") or path.stem in DECIDING
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
    for at, (around, node) in enumerate(_parsed(path)[1]):
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


def every() -> list[Mutant]:
    """All mutants of both checkers."""
    paths = [path for path in (*KERNEL, RECHECK) if path.stem not in LEFT_OUT]
    return [mutant for path in paths for mutant in mutants(path)]


# ---- A mutant in a process ----


Place = tuple[str, int, str]
"""The file, the first line and the name of a function."""

Functions = dict[Place, list[FunctionType]]


def place_of(code: CodeType) -> Place:
    """Where a function is."""
    return code.co_filename, code.co_firstlineno, code.co_name


def functions() -> Functions:
    """The functions of the checkers in this process, also of copies of their modules."""
    gc.unfreeze()
    names = set(map(str, (*KERNEL, RECHECK)))
    found: Functions = defaultdict(list)
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename in names:
            found[place_of(thing.__code__)].append(thing)
    return dict(found)


def changed_places(mutant: Mutant, known: Functions) -> Collection[Place]:
    """The functions that a mutant changes; all of its module if it changes something else."""
    pairs = _differing(*mutant.codes())
    if pairs is not None:
        return [place for old, _ in pairs for place in _codes_in(old)]
    return [place for place in known if place[0] == str(mutant.path)]


def put(mutant: Mutant, known: Functions) -> bool:
    """Put a mutant into this process; False if it is neither code of functions nor a constant.

    Whoever has imported such a function or constant has the mutant then, which takes no time.
    """
    pairs = _differing(*mutant.codes())
    if pairs is None:
        return _put_constants(mutant)
    for old, new in pairs:
        found = [(f, code) for at, code in _codes_in(new).items() for f in known.get(at, [])]
        fits = all(len(f.__code__.co_freevars) == len(code.co_freevars) for f, code in found)
        if place_of(old) not in known or not fits:
            return False
        for function, code in found:
            function.__code__ = code
    return True


def _codes_in(code: CodeType) -> dict[Place, CodeType]:
    """A function and those in it, of which some may have been made when a module was imported."""
    found = {place_of(code): code}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            found |= _codes_in(inner)
    return found


def _put_constants(mutant: Mutant) -> bool:
    old, new = (_constants(mutant, code) for code in mutant.codes(whole=True))
    names = [name for name, value in old.items() if new[name] != value]
    done = False
    for module in list(sys.modules.values()):
        own = getattr(module, "__file__", None) == str(mutant.path)
        importing = mutant.path != RECHECK and module.__name__.startswith("exactsteer.kernel")
        for name in names if own or importing else ():
            # Tables of functions differ, too, and from that of the module.
            if vars(module).get(name) == old[name]:
                setattr(module, name, new[name])
                done = True
    return done


def _constants(mutant: Mutant, code: CodeType) -> dict[str, Any]:
    module = ModuleType(mutant.module)
    sys.modules[module.__name__ + " changed"] = module
    exec(code, vars(module))
    return {
        name: value for name, value in vars(module).items() if isinstance(value, (int, tuple, dict))
    }


def replace_at_import(mutant: Mutant) -> None:
    """Let whoever imports the module from now on have the mutant, also under another name."""
    own = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, name: str) -> CodeType | None:
        if self.path == str(mutant.path):
            return mutant.codes(whole=True)[1]
        return own(self, name)

    SourceFileLoader.get_code = get_code


def _differing(old: CodeType, new: CodeType) -> list[tuple[CodeType, CodeType]] | None:
    """The functions of a module or class that differ; None if something else does."""
    parts = [[c for c in code.co_consts if isinstance(c, CodeType)] for code in (old, new)]
    if _own(old) != _own(new) or len(parts[0]) != len(parts[1]):
        return None
    found = []
    for one, other in zip(*parts, strict=True):
        if one.co_flags & inspect.CO_OPTIMIZED:
            found += [(one, other)] if one != other else []
        elif (inner := _differing(one, other)) is None:
            return None
        else:
            found += inner
    return found


def _own(code: CodeType) -> CodeType:
    """The code without that of functions and classes in it."""
    kept = tuple(None if isinstance(c, CodeType) else c for c in code.co_consts)
    return code.replace(co_consts=kept)
