"""The assemblages and functionals that come with exactsteer (data/README.md), by name."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from exactsteer.errors import InputError
from exactsteer.formats.json_file import read_json
from exactsteer.kernel.file.strict_json import mapping, parse
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.printed import Printed, scenario_of_file
from exactsteer.regular_file import read_bytes

_PACKAGE = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Inside the installed package; beside it in a clone of the repository."""
    inside = _PACKAGE / "data"
    return inside if inside.is_dir() else _PACKAGE.parent / "data"


def pages_folder() -> Path:
    """What data/README.md, docs/counts.md and certificates/FORMAT.md are relative to."""
    return data_folder().parent


def shipped_names() -> list[str]:
    """The names that `read_shipped` knows, sorted."""
    return sorted(path.stem for path in data_folder().glob("*.json"))


def functional_names() -> list[str]:
    """The names of the shipped functionals, sorted."""
    return sorted(path.stem for path in (data_folder() / "functionals").glob("*.json"))


def functional_path(name: str) -> Path:
    """The file of a shipped functional."""
    return data_folder() / "functionals" / f"{name}.json"


def read_shipped(name: str) -> Printed:
    """Read a shipped assemblage; raise InputError, with the names that come close."""
    names = shipped_names()
    if name in functional_names():
        raise InputError(f"{name}: expected an assemblage, got a functional; give it to bound")
    if name not in names:
        raise InputError(
            f"there is no file and no shipped assemblage {name!r}; "
            + suggestion(name, names, functional_names())
        )
    return read_json(data_folder() / f"{name}.json")


def heading(name: str) -> tuple[str, Scenario]:
    """The title and the scenario of a shipped assemblage, whose numbers are not looked at."""
    value = mapping(parse(read_bytes(data_folder() / f"{name}.json"), "the file"), "the file")
    return str(value["title"]), scenario_of_file(value["scenario"])


def suggestion(name: str, names: Sequence[str], others: Sequence[str] = ()) -> str:
    """What to do about an unknown name: take one that comes close, also of others, or any."""
    close = _close(name, names, 0.5) or _close(name, others, 0.75)
    return f"did you mean {' or '.join(close)}?" if close else f"choose {', '.join(names)}"


def _close(name: str, names: Sequence[str], cutoff: float) -> list[str]:
    lower = {known.lower(): known for known in names}
    return [lower[n] for n in difflib.get_close_matches(name.lower(), lower, n=3, cutoff=cutoff)]
