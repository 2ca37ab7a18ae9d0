"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from exactsteer.errors import InputError


def check_writable(path: str | os.PathLike[str]) -> None:
    """Refuse an output path early, before the work is done; raise InputError."""
    target = Path(path)
    if target.is_dir():
        raise InputError(f"the output {target} is a directory; name a file")
    if not target.parent.is_dir():
        raise InputError(f"the folder {target.parent} of the output does not exist; create it")
    if not os.access(target.parent, os.W_OK):
        raise InputError(f"the folder {target.parent} of the output is not writable")


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Write to a temporary file beside the target, then rename; raise InputError."""
    check_writable(path)
    target = Path(path)
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(
            dir=target.parent, prefix=f".{target.name}.", delete=False
        ) as stream:
            temporary = stream.name
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, target)
    except OSError as error:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        raise InputError(f"cannot write {target}: {error.strerror}") from None
