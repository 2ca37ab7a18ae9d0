"""Many assemblages at once: searches, sweeps, and what the proofs of a sweep say."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

from exactsteer.diagrams import survey as surveying
from exactsteer.diagrams.survey import Survey
from exactsteer.errors import InputError
from exactsteer.kernel.scenario import Scenario
from exactsteer.searching import find
from exactsteer.searching.find import Found
from exactsteer.searching.named import named_construction
from exactsteer.sweeping import sweep as sweeping
from exactsteer.sweeping.cases import Source
from exactsteer.sweeping.executors import Workers
from exactsteer.sweeping.families import Grid as Grid
from exactsteer.sweeping.sweep import Summary
from exactsteer.sweeping.work import Options
from exactsteer.telling import told_to
from exactsteer.verbs.given import Path as AnyPath


class Sweeping(TypedDict, total=False):
    """What a sweep finds out about each case, as texts (docs/sweeps.md)."""

    prove: str
    aim: str
    solver: str
    tolerance: str
    quantity: str
    width: str
    seconds: str


class Searching(TypedDict, total=False):
    """How to search: random starts, their seed, the share of lambda that has to be kept."""

    starts: int
    seed: int
    keep: float
    solver: str
    workers: int
    executor: Executor
    folder: Path


def sweep(
    source: Source,
    folder: AnyPath,
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    **options: Unpack[Sweeping],
) -> Summary:
    """Carry out every case of a source, such as a Grid, that has no row in the folder yet.

    By default in as many local processes as there are cores. Raises InputError.
    """
    who = Workers(workers, executor)
    return sweeping.sweep(source, Path(folder), Options(**options), workers=who)


def survey(folder: AnyPath, *, family: str | None = None) -> Survey:
    """What the proofs of a finished sweep say, each checked again by the kernel.

    Of a sweep of a function of one's own, "module:function", the cases are made again by it, if it
    is the `family` named here too. Raises InputError; Rejected.
    """
    return surveying.survey(Path(os.fspath(folder)), family=family)


def search(
    construction: str | Scenario,
    *,
    report: Callable[[str], None] = lambda _: None,
    **options: Unpack[Searching],
) -> Found:
    """Find a strongly postquantum assemblage with small exact numbers, and prove that it is one.

    The construction is "transpose", "breuer-hall", "breuer-hall-two-alices", or a scenario, all of
    whose assemblages are searched. Raises Undecided where nothing was found; InputError.
    """
    with told_to(report):
        return _found(construction, find.Options(**options))


def _found(construction: str | Scenario, options: find.Options) -> Found:
    if isinstance(construction, Scenario):
        named = f"Search: {construction.sentence()}"
        return find.search_scenario(construction, replace(options, source=named))
    if not isinstance(construction, str):
        raise InputError("expected the name of a construction, or a Scenario")
    known = named_construction(construction)
    return find.search_construction(
        known.make, replace(options, source=known.source), {"construction": construction}
    )
