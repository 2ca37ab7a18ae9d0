"""Functions of the user's own that make the cases of a sweep: found as "module:function"."""

from __future__ import annotations

import importlib
import inspect
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from exactsteer.errors import InputError
from exactsteer.formats.shipped import suggestion


def own_function(name: str) -> Callable[..., Any]:
    """The function that a text "module:function" names; raise InputError."""
    module, _, function = name.partition(":")
    if not (all(part.isidentifier() for part in module.split(".")) and function.isidentifier()):
        raise InputError(
            f"expected module:function of your own, such as families:rotated, got {name!r}"
        )
    found = vars(_imported(module, function))
    if function not in found:
        own = [known for known, value in found.items() if inspect.isfunction(value)]
        what = suggestion(function, own) if own else "it has none"
        raise InputError(f"the module {module} has no function {function!r}; {what}")
    if not callable(found[function]):
        raise InputError(f"{name}: expected a function, got {type(found[function]).__name__}")
    made: Callable[..., Any] = found[function]
    return made


def _imported(module: str, function: str) -> object:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        missing = error.name or ""
        if not f"{module}.".startswith(f"{missing}."):
            # It is there, and imports something that is not.
            raise InputError(_broken(module, error)) from None
        if module.endswith(".py"):
            raise InputError(
                f"expected a module's name, got a file's; write {module[:-3]}:{function}"
            ) from None
        raise InputError(
            f"there is no module {missing!r} in the current folder, nor is one installed; "
            f"{function!r} belongs into a file {missing.partition('.')[0]}.py in that folder"
        ) from None
    except KeyboardInterrupt:
        raise
    # A module of the user's own may raise anything, or end the process.
    except BaseException as error:
        raise InputError(_broken(module, error)) from None


def _broken(module: str, error: BaseException) -> str:
    """In Python's words, for who wrote the module wrote Python."""
    line = ""
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).stem == module.rpartition(".")[2]:
            line = f", line {frame.lineno}"
    return f"the module {module} cannot be imported{line}: {type(error).__name__}: {error}"


def refuse_other_parameters(
    name: str, make: Callable[..., Any], values: Mapping[str, object]
) -> None:
    """Raise InputError unless the function can be called with values of these parameters."""
    try:
        signature = inspect.signature(make)
    except (TypeError, ValueError):
        # Some functions written in C do not say what they take.
        return
    try:
        signature.bind(**values)
    except TypeError as error:
        raise InputError(
            f"--grid: {name} takes {name.partition(':')[2]}{signature}: {error}"
        ) from None
