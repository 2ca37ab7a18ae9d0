"""What the folder of a sweep was made of, read from its sweep.json."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from pathlib import Path
from typing import Any

from exactsteer.errors import InputError
from exactsteer.sweeping.cases import Source
from exactsteer.sweeping.families import Grid, parse_values
from exactsteer.sweeping.files import Batch, Folder
from exactsteer.sweeping.store import MANIFEST
from exactsteer.sweeping.work import Options

FORMAT = "exactsteer sweep 1"


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
                words += [f"--{field.name}", text.lower().replace(" ", "-") if named else text]
        return shlex.join([*words, "-o", str(folder)])


def read_plan(folder: Path) -> Plan:
    """The plan of a sweep's folder; raise InputError.

    The source has to be there still, unchanged, when it is a file.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise InputError(
            f"{folder}: expected the folder of a sweep, which has a file {MANIFEST}, and there is "
            "none; make one with `exactsteer sweep`"
        )
    try:
        value = json.loads(path.read_bytes())
        if value["format"] != FORMAT:
            raise ValueError(f"the format {value['format']!r}")
        source, options = _source(value["source"]), Options(**value["options"])
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not the plan of a sweep ({error})") from None
    if source.describe() != value["source"]:
        raise InputError(f"{path}: the file that the sweep was made from has changed since")
    return Plan(source, options)


def _source(value: Mapping[str, Any]) -> Source:
    if "family" in value:
        return Grid(value["family"], tuple((name, tuple(v)) for name, v in value["grid"]))
    if "folder" in value:
        return Folder(value["folder"], tuple(value["files"]), value["layout"])
    return Batch.open(Path(value["batch"]))


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
