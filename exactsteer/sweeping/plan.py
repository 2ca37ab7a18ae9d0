"""What the folder of a sweep was made of, read from its sweep.json."""

from __future__ import annotations

import json
import math
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from pathlib import Path
from typing import Any, cast, get_args

from exactsteer.errors import InputError
from exactsteer.formats.arrays import Layout
from exactsteer.kernel.file.numbers import shorten
from exactsteer.regular_file import read_bytes
from exactsteer.sweeping.cases import Source
from exactsteer.sweeping.families import FAMILIES, Grid, parse_values
from exactsteer.sweeping.files import Batch, Folder
from exactsteer.sweeping.quantities import option_of
from exactsteer.sweeping.store import MANIFEST
from exactsteer.sweeping.values import MAX_VALUES
from exactsteer.sweeping.work import Options

FORMAT = "exactsteer sweep 1"
MAX_BYTES = 2**28


@dataclass(frozen=True)
class Plan:
    """The source and the options of a sweep."""

    source: Source
    options: Options

    def value(self) -> dict[str, object]:
        """For sweep.json."""
        described = self.source.describe()
        options = asdict(self.options)
        if not self.options.seconds:
            # Folders of versions without a time limit are gone on with.
            del options["seconds"]
        return {"format": FORMAT, "source": described, "options": options}

    def command(self, folder: Path) -> str:
        """The command that carries the sweep out, and goes on with it."""
        words = ["exactsteer", "sweep", *_source_words(self.source)]
        usual = Options()
        for field in fields(Options):
            text = getattr(self.options, field.name)
            if text != getattr(usual, field.name):
                named = field.name == "quantity"
                words += [f"--{field.name}", option_of(text) if named else text]
        return shlex.join([*words, "-o", str(folder)])


def read_plan(folder: Path, family: str | None = None) -> Plan:
    """The plan of a sweep's folder; raise InputError.

    The source has to be there still, unchanged, when it is a file. When it is a function, as
    "module:function", it has to be the `family` that the caller names: what a folder names is
    never called on its word alone.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise InputError(
            f"{folder}: expected the folder of a sweep, which has a file {MANIFEST}, and there is "
            "none; make one with `exactsteer sweep`"
        )
    try:
        value = json.loads(read_bytes(path, MAX_BYTES))
        if value["format"] != FORMAT:
            raise ValueError(f"the format {shorten(value['format'])}")
        source, options = _source(value["source"]), Options(**value["options"])
        _texts(asdict(options).values())
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path}: not the plan of a sweep ({error})") from None
    _refuse_unnamed(folder, source, family)
    if source.describe() != value["source"]:
        raise InputError(f"{path}: the file that the sweep was made from has changed since")
    return Plan(source, options)


def _source(value: Mapping[str, Any]) -> Source:
    if "family" in value:
        [family] = _texts([value["family"]])
        names = _texts(name for name, _ in value["grid"])
        values = (_texts(listed) for _, listed in value["grid"])
        return _grid(family, dict(zip(names, values, strict=True)))
    if "folder" in value:
        path, layout = _texts([value["folder"], value["layout"]])
        if layout not in get_args(Layout):
            raise ValueError(f"the layout {shorten(layout)}")
        return Folder(path, _texts(value["files"]), cast(Layout, layout))
    return Batch.open(Path(*_texts([value["batch"]])))


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    found = tuple(values)
    for value in found:
        if not isinstance(value, str):
            raise TypeError(f"expected a text, got {shorten(value)}")
    return cast(tuple[str, ...], found)


def _grid(family: str, values: Mapping[str, tuple[str, ...]]) -> Grid:
    """The grid, which need not be one that can be swept: a sweep's cases may have failed."""
    if not 1 <= math.prod(map(len, values.values())) <= MAX_VALUES:
        raise ValueError(f"expected from 1 to {MAX_VALUES} cases")
    if family in FAMILIES:
        known = FAMILIES[family].parameters
        needed = {name for name, parameter in known.items() if parameter.default is None}
        if not needed <= values.keys() <= known.keys():
            raise ValueError(f"other parameters than those of {family!r}")
    return Grid(family, tuple(values.items()))


def _refuse_unnamed(folder: Path, source: Source, family: str | None) -> None:
    named = source.family if isinstance(source, Grid) else ""
    own = named if named not in FAMILIES else ""
    if family is not None and family != own:
        made = f"by {own}" if own else "without code of your own"
        raise InputError(f"--family: the cases of {folder} are made {made}, got {family!r}")
    if own and family is None:
        raise InputError(
            f"{folder}: its cases are made by the function {own}, which is only called, "
            f"on what the folder says, if you name it too; if you know what it does: --family {own}"
        )


def _source_words(source: Source) -> list[str]:
    if isinstance(source, Grid):
        grids = [("--grid", f"{name}={values_text(v)}") for name, v in source.values]
        return [source.family, *(word for pair in grids for word in pair)]
    if isinstance(source, Folder):
        layout = [] if source.layout == "exactsteer" else ["--layout", source.layout]
        return [source.path, *layout]
    if isinstance(source, Batch):
        return [source.path]
    raise TypeError(f"expected a source of the command line, got {type(source).__name__}")


def values_text(values: Sequence[str]) -> str:
    """A short text that `parse_values` reads as these values."""
    listed = ",".join(values)
    try:
        first, last = Fraction(values[0]), Fraction(values[-1])
    except ValueError:
        return listed
    for text in (f"{first}..{last}", f"{first}:{last}:{len(values)}"):
        try:
            if len(text) < len(listed) and parse_values(text) == tuple(values):
                return text
        except InputError:
            continue
    return listed
