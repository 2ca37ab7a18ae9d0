"""One self-contained page for proof files: it shows them and checks them again by itself.

The page trusts nothing here: it reads the very bytes of the files. Its content policy allows the
two scripts and the style that are in it, by their hashes, and no connection to anywhere. A third
script, the verified checker, runs in a worker only.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from exactsteer.errors import InputError
from exactsteer.report.scripts import ROOM, joined, module_names

Files = Sequence[tuple[str, bytes]]
"""The name and the bytes of each proof file."""

MAX_TOTAL = 2**26
"""Bytes that the proof files of one page may have together."""

_MARK = re.compile("@([A-Z]+)@")


def page(files: Files, title: str = "exactsteer: proofs", with_format: bool = True) -> str:
    """The page that shows these proof files; raise InputError if they are too many bytes.

    `with_format` puts the text of certificates/FORMAT.md, which the check follows, into the page.
    """
    total = sum(len(data) for _, data in files)
    if not files or total > MAX_TOTAL:
        raise InputError(
            f"expected proof files of at most {MAX_TOTAL} bytes together for one page, got "
            f"{len(files)} files of {total} bytes; make several pages"
        )
    blocks = [_embedded("proof", name, data) for name, data in files]
    return _page(blocks, title, _format_section() if with_format else "")


def assemblage_page(data: bytes) -> str:
    """The page that shows an assemblage alone.

    `data` is JSON text, an object with `title` and with `scenario` and `centre` as in a proof file.
    """
    return _page([_embedded("assemblage", "", data)], "exactsteer: an assemblage", "")


def _page(blocks: Sequence[str], title: str, below: str) -> str:
    check, verified, show, style = _parts()
    scripts = " ".join(map(_hash, (check, show)))
    values = {
        "POLICY": (
            f"default-src 'none'; script-src {scripts}; style-src {_hash(style)}; "
            "worker-src blob:; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types exactsteer"
        ),
        "TITLE": html.escape(title),
        "STYLE": style,
        "BELOW": below,
        "FILES": "\n".join(blocks),
        "CHECK": check,
        "VERIFIED": verified,
        "PAGE": show,
    }
    return _MARK.sub(lambda match: values[match[1]], _text("page/page.html"))


@cache
def _parts() -> tuple[str, str, str, str]:
    """The script that checks, the verified one, the script that shows, and the style."""
    checking = module_names("check/worker.js")
    showing = module_names("page/page.js", without=checking)
    # A name that both define would clash in the page, where they share one scope.
    joined([*checking, *showing])
    verified = _text("verified/checker.js") + joined(["verified/worker.js"])
    return joined(checking), verified, joined(showing), _text("page/style.css")


def _text(name: str) -> str:
    return (ROOM / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _embedded(kind: str, name: str, data: bytes) -> str:
    text = base64.b64encode(data).decode()
    # The name of a file need not be text.
    name = name.encode("utf-8", "backslashreplace").decode()
    return (
        f'<script type="application/octet-stream" class="{kind}" data-name="{html.escape(name)}">'
        f"{text}</script>"
    )


def _format_section() -> str:
    text = html.escape(_format_file().read_text(encoding="utf-8"))
    return (
        '<section id="format" aria-label="FORMAT.md"><details><summary>FORMAT.md: what a proof '
        "file is, and what has to hold for each claim</summary>"
        f'<pre tabindex="0">{text}</pre></details></section>'
    )


def _format_file() -> Path:
    """In the package if it is installed, else in the repository."""
    path = Path("certificates") / "FORMAT.md"
    packaged = ROOM.parent / path
    return packaged if packaged.is_file() else ROOM.parents[1] / path
