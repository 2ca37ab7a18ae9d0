"""The rooms of the package, and who may import whom (docs/architecture.md)."""

from pathlib import Path

from exactsteer.kernel import check

PACKAGE = Path(check.__file__).parent.parent

# Read numbers and files for whoever may import the kernel.
READERS = {"number_text", "regular_file"}
# Each part may import itself, the parts listed, the standard library, and these libraries.
PARTS: dict[str, tuple[set[str], set[str] | None]] = {
    "kernel": ({"kernel"}, {"flint"}),
    "recheck.py": (set(), set()),
    "against.py": ({"kernel", "model"}, {"flint"}),
    "model/printed.py": ({"kernel"}, {"flint"}),
    "number_text.py": ({"kernel"}, {"flint"}),
    "regular_file.py": ({"kernel"}, set()),
    "errors.py": ({"kernel"}, set()),
    "atomic.py": ({"errors"}, set()),
    "telling.py": (set(), set()),
    "time_limit.py": ({"errors", "kernel"}, set()),
    "model": ({"model", "kernel", "errors"}, None),
    "formats": ({"formats", "model", "kernel", "errors", "atomic"}, None),
    "programs": ({"programs", "model", "kernel", "errors", "telling"}, None),
    "proved.py": ({"atomic", "kernel", "latex", "render", "report"}, set()),
    "proving": (
        {
            *("proving", "proved", "programs", "formats", "model", "kernel", "errors", "atomic"),
            *("telling", "time_limit"),
        },
        None,
    ),
    "counts": ({"counts", "proving", "programs", "model", "kernel", "errors"}, None),
    "formal": ({"formal", "kernel", "errors", "atomic"}, {"flint"}),
    "standing.py": (
        {
            *(
                "proving",
                "proved",
                "programs",
                "latex_values",
                "render",
                "model",
                "kernel",
                "errors",
                "atomic",
            ),
            *("telling", "time_limit"),
        },
        None,
    ),
    "sweeping": (
        {
            *("sweeping", "standing", "proving", "programs", "formats", "model", "kernel"),
            *("errors", "atomic", "time_limit", "against", "proved"),
        },
        None,
    ),
    "searching": (
        {"searching", "sweeping", "proving", "programs", "model", "kernel", "errors", "telling"},
        None,
    ),
    "diagrams": (
        {
            *("diagrams", "sweeping", "standing", "proving", "formats", "model", "kernel"),
            *("against", "errors", "telling"),
        },
        None,
    ),
    "report": ({"report", "render", "latex", "latex_values", "model", "kernel", "errors"}, set()),
    "testing": ({"testing", "model", "kernel"}, {"flint", "hypothesis"}),
}
