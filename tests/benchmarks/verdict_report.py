"""The tables of docs/verdicts.md."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence

from closed_forms import POSTQUANTUM, QUANTUM
from judging import UNDECIDED, Record, kind_of
from measure import Lines, table

Records = dict[str, list[Record]]

INTRODUCTION = """
`exactsteer certify` (`--aim verdict`) is asked about random exact assemblages. The right verdict is
known beforehand, and not from the verdict itself:

- assemblages computed from a state and measurements are quantum (Definition 3);
- white noise beyond or below the threshold of a closed form, compared in rational arithmetic. The
  threshold of *angles* is theorem A of docs/theorems.md;
- Tsirelson's bound for the boxes;
- on *lines*, a proved enclosure of the robustness. It comes from exactsteer too, but is a separate
  proof; what is independent there are the primal program and that verdicts must not cross.

*Wrong* counts every contradiction: a verdict other than the right one; a proof file that the kernel
or the re-checker refuses, or that is not about the numbers given; a false claim that was proved
when asked for (every fifth instance); a proved QUANTUM at less noise than a proved POSTQUANTUM on
one line; another sign of lambda, or a value off by more than 1e-6, in the primal program (every
fifth instance, one Alice, D up to 6); and anything unforeseen that is raised.

Margins far below 1e-9 are decided by a second solution in arbitrary precision
(`exactsteer/proving/parent_states/near_boundary.py`), of at most 64 digits: a nonzero lambda below
1e-62 stays UNDECIDED.
"""


def report(records: Records, about: dict[str, str], lines: int, apart: frozenset[str]) -> Lines:
    """All sections; `lines` of mixtures there were; `apart` are left out of times by margin."""
    yield from INTRODUCTION.strip().splitlines()
    yield ""
    yield from _families(records, about)
    yield from _narrowest(records)
    yield from _by_margin(records, apart)
    yield from _undecided(records)
    yield from _other_ways(records, lines)


def _families(records: Records, about: dict[str, str]) -> Lines:
    yield "## Verdicts"
    yield ""
    for name in records:
        yield f"- *{name}*: {about[name]}"
    yield ""
    rows = [_counts(name, some) for name, some in records.items()]
    rows.append(_counts("all", [r for some in records.values() for r in some]))
    head: list[object] = ["family", "instances", "truth quantum", "truth postquantum"]
    head += ["proved QUANTUM", "proved POSTQUANTUM", "UNDECIDED", "wrong", "seconds (median)"]
    head += ["seconds (largest)"]
    yield from table(head, *rows)


def _counts(name: str, some: Sequence[Record]) -> list[object]:
    truth, verdict = Counter(r.truth for r in some), Counter(r.verdict for r in some)
    seconds = [r.seconds for r in some]
    return [
        *(name, len(some), truth[QUANTUM], truth[POSTQUANTUM]),
        *(verdict[QUANTUM], verdict[POSTQUANTUM], verdict[UNDECIDED]),
        sum(1 for r in some if r.wrong),
        *(statistics.median(seconds), max(seconds)),
    ]


def _narrowest(records: Records) -> Lines:
    yield "## The narrowest margins"
    yield ""
    yield (
        "Margin: distance of the weight of the noise from the boundary, where that is known. The "
        "last column is the largest margin of an undecided instance."
    )
    yield ""
    head: list[object] = ["family", "QUANTUM", "its lambda", "POSTQUANTUM", "its lambda"]
    rows: list[list[object]] = [[*head, "UNDECIDED"]]
    for name, some in records.items():
        known = [r for r in some if r.margin is not None]
        if known:
            row: list[object] = [name]
            for verdict, sign in ((QUANTUM, 1), (POSTQUANTUM, -1)):
                decided = [r for r in known if r.verdict == verdict]
                least = min(decided, key=lambda r: r.margin, default=None)
                row += _numbers(least, sign)
            open_ = [r.margin for r in known if r.verdict == UNDECIDED]
            rows.append([*row, f"{max(open_):.1e}" if open_ else "none"])
    yield from table(*rows)


def _numbers(record: Record | None, sign: int) -> list[object]:
    if record is None:
        return ["none", ""]
    lam = "" if record.eigenvalue is None else f"{sign * record.eigenvalue:.1e}"
    return [f"{record.margin:.1e}", lam]


def _by_margin(records: Records, apart: frozenset[str]) -> Lines:
    yield "## Verdicts and seconds by margin"
    yield ""
    yield "One Alice, exact data, all families with known margins."
    yield ""
    known = [r for name, some in records.items() for r in some if r.margin and name not in apart]
    head: list[object] = ["margin", "instances", "QUANTUM", "POSTQUANTUM", "UNDECIDED", "wrong"]
    rows: list[list[object]] = [[*head, "seconds (median)", "seconds (largest)"]]
    for low, high in [(e, e + 2) for e in range(0, 12, 2)] + [(12, 20), (20, 30), (30, 40)]:
        some = [r for r in known if low <= -math.log10(r.margin) < high]
        if some:
            verdict, seconds = Counter(r.verdict for r in some), [r.seconds for r in some]
            row: list[object] = [f"1e-{high} to 1e-{low}", len(some)]
            row += [verdict[QUANTUM], verdict[POSTQUANTUM], verdict[UNDECIDED]]
            row += [sum(1 for r in some if r.wrong), statistics.median(seconds), max(seconds)]
            rows.append(row)
    yield from table(*rows)


def _undecided(records: Records) -> Lines:
    yield "## Why UNDECIDED"
    yield ""
    rows: list[list[object]] = [["family", "truth", "instances", "reason (numbers left out)"]]
    for name, some in records.items():
        reasons = Counter((r.truth, kind_of(r.reason)) for r in some if r.verdict == UNDECIDED)
        for (truth, reason), n in reasons.most_common(3):
            rows.append([name, truth, n, reason.replace("|", "\\|")])
    if len(rows) == 1:
        yield "No instance was undecided."
        yield ""
    else:
        yield from table(*rows)


def _other_ways(records: Records, lines: int) -> Lines:
    every = [r for some in records.values() for r in some]
    proofs = sum(1 for r in every if r.verdict in (QUANTUM, POSTQUANTUM))
    primal = [r for r in every if r.primal is not None]
    exact = [abs(abs(r.primal) - r.eigenvalue) for r in primal if r.eigenvalue is not None]
    yield "## Compared with other ways"
    yield ""
    yield f"- {proofs} proof files were checked by the kernel and by the re-checker."
    yield (
        f"- {sum(r.forced for r in every)} times a false claim was asked for; none of these was "
        "proved unless it is listed below."
    )
    yield (
        f"- {len(primal)} instances with |lambda| > 1e-6 were compared with the primal program "
        "(PICOS with CVXOPT, written apart from exactsteer)"
        + (
            f"; {len(exact)} values with exact ones, largest difference {max(exact):.1g}."
            if exact
            else "."
        )
    )
    yield f"- {lines} lines of mixtures: the verdicts along each were compared with one another."
    yield ""
    faults = [(name, fault) for name, some in records.items() for r in some for fault in r.wrong]
    if not faults:
        yield "Nothing contradicted anything else."
    for name, fault in faults:
        yield f"- **{name}**: {fault}"
    yield ""
