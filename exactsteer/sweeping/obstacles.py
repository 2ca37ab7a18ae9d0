"""What is wrong with the machine and not with a case: a full disk above all.

A sweep stops there, keeps what is finished, and can be resumed.
"""

from __future__ import annotations

import errno
import os

_OBSTACLES = {
    number
    for name in ("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EIO", "EMFILE", "ENFILE")
    if (number := getattr(errno, name, None)) is not None
}


def obstacle_of(error: BaseException) -> str:
    """What the system says, such as "No space left on device: FILE"; else nothing.

    Looks at what the error was raised from, too.
    """
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        if isinstance(at, OSError) and at.errno is not None and at.errno in _OBSTACLES:
            words = os.strerror(at.errno)
            return words if at.filename is None else f"{words}: {at.filename}"
        seen.add(id(at))
        at = at.__cause__ or at.__context__
    return ""
