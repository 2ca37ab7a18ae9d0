"""The checker of the pages, run by node on the bytes of many files."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from typing import Any

import pytest

from exactsteer.report.scripts import joined, module_names

NODE = shutil.which("node")
# Where everything is installed nothing is skipped.
needs_node = pytest.mark.skipif(
    NODE is None and "CI" not in os.environ, reason="node is not installed"
)

_LINES = """
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const started = process.hrtime.bigint();
  const { verdict, claim, theorem, rule, where, message } = check(Buffer.from(line, "base64"));
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
  const report = { verdict, claim, theorem, rule, where, message, milliseconds };
  process.stdout.write(JSON.stringify(report) + "\\n");
});
"""


def run_node(script: str, lines: Iterable[str] = ()) -> list[str]:
    """The lines that a script prints in node, given lines on its standard input."""
    assert NODE is not None, "node is not installed"
    out = subprocess.run(
        [NODE, "--input-type=commonjs", "--eval", script],
        input="".join(line + "\n" for line in lines),
        check=True,
        capture_output=True,
        text=True,
    )
    return out.stdout.splitlines()


def reports(files: Iterable[bytes]) -> list[dict[str, Any]]:
    """What the checker of the pages says about each file, read as the page reads it."""
    script = joined(module_names("check/check.js")) + _LINES
    lines = run_node(script, (base64.b64encode(data).decode() for data in files))
    return [json.loads(line) for line in lines]


def verdicts(files: Iterable[bytes]) -> list[str]:
    """The verdicts in the words of two_checkers.py: "verified", "malformed" or the rule."""
    return [report.get("rule") or report["verdict"] for report in reports(files)]
