# SPDX-License-Identifier: MIT
"""The errors of the kernel, and the root of all errors of the package."""

from __future__ import annotations


class ExactsteerError(Exception):
    """Root of every error that exactsteer raises on purpose; its text is one sentence."""


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


class NotAnAssemblage(ExactsteerError):
    """One of (A1)-(A3) fails, or the matrices do not fit the scenario.

    `condition` is "A1", "A2", "A3" or "shape".
    """

    def __init__(self, condition: str, where: str, expected: str, got: str) -> None:
        self.condition, self.where, self.expected, self.got = condition, where, expected, got
        super().__init__(f"condition {condition} fails at {where}: expected {expected}, got {got}")
