"""Writing files whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from exactsteer.errors import InputError

TEMPORARY = ".exactsteer-"
"""With this begin the names of files that are being written."""


def check_writable(path: str | os.PathLike[str]) -> None:
    """Refuse an output path early, before the work is done; raise InputError."""
    _target(path)


def check_folder(path: str | os.PathLike[str]) -> None:
    """Refuse a folder for output files early, whether it exists or is to be made; InputError."""
    folder = Path(path)
    if not os.fspath(path):
        raise InputError("the output folder has no name; name a folder, such as proofs")
    try:
        if folder.exists():
            if not folder.is_dir():
                raise InputError(f"the output {folder} is a file; name a folder")
            _refuse_read_only(folder)
        else:
            _refuse_parent(folder)
    except OSError as error:
        raise InputError(f"cannot write into {folder}: {error.strerror or error}") from None


def make_folder(path: str | os.PathLike[str]) -> Path:
    """Make the folder unless it is there; raise InputError."""
    check_folder(path)
    try:
        Path(path).mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(
            f"cannot make the folder {os.fspath(path)}: {error.strerror or error}"
        ) from None
    return Path(path)


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Write to a temporary file beside the target, then rename; raise InputError.

    Whatever happens, there is the whole new file or what was there before.
    """
    target = _target(path)
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(
            dir=target.parent, prefix=TEMPORARY, delete=False
        ) as stream:
            temporary = stream.name
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, target)
        temporary = ""
    except OSError as error:
        raise InputError(f"cannot write {os.fspath(path)}: {error.strerror or error}") from None
    finally:
        # After an interruption too.
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


def _target(path: str | os.PathLike[str]) -> Path:
    """The file that a path means, links followed; raise InputError unless it can be written."""
    given = os.fspath(path)
    if not given:
        raise InputError("the output has no name; name a file")
    try:
        target = Path(os.path.realpath(given))
        if target.is_dir():
            raise InputError(f"the output {given} is a directory; name a file")
        if os.path.lexists(target):
            if not stat.S_ISREG(os.lstat(target).st_mode):
                raise InputError(f"the output {given} is no regular file; name a file")
            if _is_standard_output(target):
                raise InputError(f"the output {given} is standard output; name a file")
            if not os.access(target, os.W_OK):
                raise InputError(f"the output {given} is write-protected; name another file")
        _refuse_parent(target, Path(given).parent)
    except OSError as error:
        raise InputError(f"cannot write {given}: {error.strerror or error}") from None
    return target


def _is_standard_output(target: Path) -> bool:
    """Whether a file is where standard output goes; replacing it would lose what is printed."""
    try:
        return os.path.samestat(os.stat(target), os.fstat(1))
    except OSError:
        return False


def _refuse_parent(target: Path, named: Path | None = None) -> None:
    folder = target.parent
    if not folder.is_dir():
        raise InputError(
            f"the folder {folder if named is None else named} of the output does not exist; "
            "create it"
        )
    _refuse_read_only(folder, named)


def _refuse_read_only(folder: Path, named: Path | None = None) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InputError(
            f"the folder {folder if named is None else named} of the output is not writable; "
            "choose another"
        )
