"""Functionals by path or by the name of a shipped one."""

from __future__ import annotations

from pathlib import Path

from exactsteer.errors import InputError, Malformed
from exactsteer.formats.functional_file import read_functional_file
from exactsteer.formats.kinds import Kind, kind_of, mistaken
from exactsteer.formats.shipped import functional_names, functional_path, shipped_names, suggestion
from exactsteer.model.functionals import NamedFunctional


def is_functional(name: str) -> bool:
    """Whether a path or name means a functional rather than an assemblage."""
    if not Path(name).exists():
        return name in functional_names()
    return Path(name).is_file() and kind_of(name) is Kind.FUNCTIONAL


def read_functional(name: str) -> NamedFunctional:
    """Read a file of a functional or, if there is no such file, a shipped one.

    Raises InputError, one sentence that begins with the name, or OSError.
    """
    path = Path(name)
    if name and path.exists():
        try:
            return read_functional_file(path)
        except Malformed as error:
            what = mistaken(path, Kind.FUNCTIONAL) or str(error)
            raise InputError(f"{name}: {what}") from None
    if name in functional_names():
        return read_functional_file(functional_path(name))
    if name in shipped_names():
        raise InputError(f"{name}: expected a functional, got an assemblage; give it to certify")
    if path.suffix.lower() == ".json" or len(path.parts) > 1:
        raise InputError(f"{name}: there is no such file")
    raise InputError(
        f"{name}: there is no file and no shipped functional {name!r}; "
        + suggestion(name, functional_names(), shipped_names())
    )
