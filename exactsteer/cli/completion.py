"""What the shell offers after TAB: names, claims, quantities, and the files that fit.

A shell shows files of its own only where nothing is offered, so that files are offered with names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from exactsteer.kernel.errors import printable

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

ASSEMBLAGES = (".json", ".npz", ".npy", ".mat", ".csv")
MOST = 200


def inputs(_context: click.Context, _option: click.Parameter, begun: str) -> list[CompletionItem]:
    """Shipped assemblages, and files of assemblages."""
    from exactsteer.formats.shipped import shipped_names

    return _offered(begun, shipped_names(), ASSEMBLAGES)


def subjects(_context: click.Context, _option: click.Parameter, begun: str) -> list[CompletionItem]:
    """Whatever has a name or is a file of exactsteer's."""
    from exactsteer.formats.shipped import functional_names, shipped_names

    return _offered(begun, [*shipped_names(), *functional_names()], ASSEMBLAGES)


def functionals(
    _context: click.Context, _option: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Shipped functionals, and files."""
    from exactsteer.formats.shipped import functional_names

    return _offered(begun, functional_names(), (".json",))


def proof_files(
    _context: click.Context, _option: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Files that may be proofs."""
    return _offered(begun, (), (".json",))


def claims(_context: click.Context, _option: click.Parameter, begun: str) -> list[CompletionItem]:
    """The claims that may be asked for, with hyphens, which need no quotes."""
    from exactsteer.cli.list import CLAIM_WORDS

    return [
        CompletionItem(name, help=words)
        for claim, words in CLAIM_WORDS.items()
        if (name := claim.replace(" ", "-")).startswith(begun)
    ]


def one_of(*names: str) -> Complete:
    """Some of these; a name that ends in "=" is followed by a file."""

    def complete(
        context: click.Context, option: click.Parameter, begun: str
    ) -> list[CompletionItem]:
        head, equals, tail = begun.partition("=")
        if equals:
            return [
                CompletionItem(f"{head}={item.value}") for item in inputs(context, option, tail)
            ]
        return [CompletionItem(name) for name in names if name.startswith(begun)]

    return complete


def shipped(_context: click.Context, _option: click.Parameter, begun: str) -> list[CompletionItem]:
    """Names alone."""
    from exactsteer.formats.shipped import functional_names, shipped_names

    names = (*shipped_names(), *functional_names())
    return [CompletionItem(name) for name in names if name.startswith(begun)]


def _offered(begun: str, names: Iterable[str], suffixes: tuple[str, ...]) -> list[CompletionItem]:
    fitting = [name for name in names if name.startswith(begun)]
    found = [CompletionItem(text) for text in (*fitting, *_files(begun, suffixes))]
    return found or [CompletionItem(begun, type="file")]


def _files(begun: str, suffixes: tuple[str, ...]) -> list[str]:
    """The files in the folder named so far whose names go on like this."""
    folder, slash, head = begun.rpartition("/")
    try:
        entries = sorted(Path(f"{folder}{slash}" or ".").iterdir())
    except OSError:
        return []
    texts = [
        f"{folder}{slash}{path.name}"
        for path in entries
        if path.name.startswith(head) and path.suffix.lower() in suffixes
    ]
    # A name with a line break would be two, and others could act on the terminal.
    return [text for text in texts if printable(text) == text][:MOST]
