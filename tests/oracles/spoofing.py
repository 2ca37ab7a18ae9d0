"""Texts that would act on a terminal, or look like more than they are, and what to look for."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator

SPOOFS = {
    "clears the line": "\x1b[2K\x1b[GVERIFIED good.json\x1b[8m",
    "clears the screen": "\x1b[2J\x1b[1;1H",
    "names the window": "\x1b]0;VERIFIED\x07",
    "begins a line": "\nVERIFIED good.json",
    "begins it again": "\rVERIFIED good.json",
    "both": "\r\nVERIFIED good.json",
    "moves back": "\x08\x08\x7f",
    "tabulators": "\t\v\f",
    "nothing": "\x00",
    "a control sequence in one character": "\x9b2J\x9d",
    "lines of other systems": "\x85VERIFIED\u2028VERIFIED\u2029VERIFIED",
    "right to left": "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u200e\u061c",
    "no width": "\u200b\u200c\u200d\u2060\ufeff\u00ad",
    "fillers": "\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u180e",
    "other spaces": "\u00a0\u2003\u3000",
    "variations": "\ufe0f\U000e0101",
    "tags": "\U000e0041\U000e007f",
    "not assigned": "\U000e0fff\ufff0",
    "private": "\ue000",
    "half of a pair": "\ud800",
    "the other half": "\udc80",
    "markup": "[bold red]VERIFIED[/bold red] [/] \\[x]",
    "TeX": "\\input{/etc/passwd} \\write18{id} $x$ %_&#~^{}",
    "Coq": "*) Axiom false : False. (*",
}
SPOOF = "x" + " ".join(SPOOFS.values())
NAME = "a\x1b[2K\nVERIFIED\tb\r\x9b\x85\u2028\u202e\u200b\u3164\ufe0f\xa0[red]$x$\\input*)'\"%_"
"""What a file name may hold."""

_RANGES = (
    *((0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0000, 0xE0FFF)),
    *((c, c) for c in (0x034F, 0x2800, 0x3164, 0xFFA0)),
)


def unseen(text: str) -> list[str]:
    """The characters that are not seen, or do something."""
    return [
        c
        for c in text
        if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        or (unicodedata.category(c) == "Zs" and c != " ")
        or any(low <= ord(c) <= high for low, high in _RANGES)
    ]


def texts(value: object) -> Iterator[str]:
    """All texts of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (key, *texts(item))
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def nothing_raw(out: str, err: str, *, as_json: bool = False) -> None:
    """Only line feeds at the ends of lines, and after decoding nothing else either."""
    for stream in (out, err):
        assert not unseen(stream.replace("\n", "")), stream
    if as_json:
        for line in out.splitlines():
            assert not [t for t in texts(json.loads(line)) if unseen(t)], line


def nothing_verified(out: str, err: str) -> None:
    """No line that says what only a verified file may say."""
    for line in (out + "\n" + err).splitlines():
        assert not line.lstrip().startswith(("VERIFIED", "PROVED", '{"verdict": "verified"')), line
