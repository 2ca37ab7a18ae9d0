# SPDX-License-Identifier: MIT
"""The errors of the kernel, the root of all errors of the package, and how they show texts."""

from __future__ import annotations

import re

MAX_SENTENCE = 4000

# What Python calls printable although nothing, or no more than a space, is seen of it.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)


def printable(text: str) -> str:
    r"""A text that came from a file or a path, on one line, with everything in it visible.

    Control characters, line feeds, marks of direction, unpaired surrogates, spaces but the usual
    one and whatever else is not seen are written as Python escapes, such as \x1b or \u202e. What
    is shown is for reading: a backslash stands for itself.
    """
    if text.isprintable() and not _UNSEEN.search(text):
        return text
    return "".join(c if c.isprintable() and not _UNSEEN.match(c) else ascii(c)[1:-1] for c in text)


class ExactsteerError(Exception):
    """Root of every error that exactsteer raises on purpose; its text is one printable sentence.

    Whoever prints the error need not ask which parts of it came from a file.
    """

    def __init__(self, sentence: str = "") -> None:
        if len(sentence) > MAX_SENTENCE:
            end = MAX_SENTENCE // 2
            sentence = f"{sentence[:end]} ... ({len(sentence)} characters) ... {sentence[-end:]}"
        super().__init__(printable(sentence))


class Malformed(ExactsteerError):
    """The file is not what it has to be (syntax, shape, size); nothing was claimed yet.

    `where` is the path inside the file, such as ``statement.centre[1]["0|1"].re[0]``.
    """

    def __init__(self, where: str, expected: str, got: str) -> None:
        self.where, self.expected, self.got = where, expected, got
        super().__init__(f"{where}: expected {expected}, got {got}")


class Rejected(ExactsteerError):
    """The file is well formed, but what it claims does not follow: `rule` fails at `where`."""

    def __init__(self, rule: str, where: str, expected: str, got: str) -> None:
        self.rule, self.where, self.expected, self.got = rule, where, expected, got
        super().__init__(f"rule {rule!r} fails at {where}: expected {expected}, got {got}")


class GivesUp(ExactsteerError):
    """The check would cost more than its budget; this is no verdict about the file.

    `resource` is "seconds" or "memory".
    """

    def __init__(self, resource: str, reason: str) -> None:
        self.resource, self.reason = resource, reason
        super().__init__(f"the check gives up, which is no verdict: {reason}")


def expect(holds: bool, where: str, expected: str, got: object) -> None:
    """Raise Malformed unless that holds; only then `got` becomes a text."""
    if not holds:
        raise Malformed(where, expected, str(got))


def require(holds: bool, rule: str, where: object, expected: object, got: object) -> None:
    """Raise Rejected unless the rule holds; only then the other arguments become texts."""
    if not holds:
        raise Rejected(rule, str(where), str(expected), str(got))


class NotAnAssemblage(ExactsteerError):
    """One of (A1)-(A3) fails, or the matrices do not fit the scenario.

    `condition` is "A1", "A2", "A3" or "shape".
    """

    def __init__(self, condition: str, where: str, expected: str, got: str) -> None:
        self.condition, self.where, self.expected, self.got = condition, where, expected, got
        super().__init__(f"condition {condition} fails at {where}: expected {expected}, got {got}")
