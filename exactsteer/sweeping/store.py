"""The folder of a sweep: what is to be done, what is done, one worker at a time.

    sweep.json       the source and the options, written once
    rows.jsonl       one row for each finished case, in the order in which they finished
    proofs/          the proof files, written before their rows
    results.csv      the table, made from the rows (and results.parquet on demand)
    lock             held while a sweep works on the folder

Killed at any moment, the folder can be used to go on: a last line that is cut off is dropped, and
what has no row, or whose proof file is not whole, is done again.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from exactsteer.atomic import TEMPORARY, make_folder, write_atomically
from exactsteer.errors import InputError
from exactsteer.sweeping.rows import COLUMNS, Row, row_of
from exactsteer.sweeping.work import Result

MANIFEST, ROWS, PROOFS, LOCK = "sweep.json", "rows.jsonl", "proofs", "lock"
END_OF_PROOF = b"}\n"
CSV, PARQUET = "results.csv", "results.parquet"


Doubt = Callable[[Row, Mapping[str, bytes]], str]
"""Why a row with these proof files, by name, is not believed; empty if it is."""


class Store:
    """The folder, locked; use it in a `with` statement.

    Raises InputError when another sweep works on it, when it holds a sweep of something else, or
    when it is not empty and holds none.
    """

    def __init__(
        self, folder: Path, plan: Mapping[str, object], doubt: Doubt | None = None
    ) -> None:
        """`doubted` are the rows found there that are not taken over, with the reason."""
        self.folder, self._doubt, self.doubted = folder, doubt, list[str]()
        self._plan = json.dumps(plan, sort_keys=True, indent=1) + "\n"
        self._stream: io.FileIO | None = None
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        new = not self.folder.exists()
        make_folder(self.folder)
        self._refuse_links_and_pipes()
        self._is_a_sweep()
        self._lock = _locked(self.folder / LOCK)
        try:
            # Asked again, because another sweep may have come and gone before the lock.
            if self._is_a_sweep():
                self._refuse_another_plan()
            else:
                write_atomically(self.folder / MANIFEST, self._plan.encode())
            (self.folder / PROOFS).mkdir(exist_ok=True)
            # What was done again has its row below the old one.
            latest = {row.index: row for row in self._read()}
            self.rows = {index: row for index, row in latest.items() if self._is_taken_over(row)}
            # Without a buffer, so that what does not fit on the disk is not tried again at the end.
            self._stream = open(self.folder / ROWS, "ab", buffering=0)
        except BaseException:
            self._unlock()
            if new:
                self._leave_nothing()
            raise
        return self

    def _refuse_links_and_pipes(self) -> None:
        """Raise InputError if what is to be read or written is elsewhere, or would wait for ever.

        The folder may come from somebody else.
        """
        names = (MANIFEST, ROWS, PROOFS, LOCK, CSV, PARQUET)
        for path in (*(self.folder / name for name in names), *self.folder.glob(f"{PROOFS}/*")):
            if not os.path.lexists(path):
                continue
            mode = path.lstat().st_mode
            if not (stat.S_ISDIR(mode) if path.name == PROOFS else stat.S_ISREG(mode)):
                kind = "folder" if path.name == PROOFS else "file"
                raise InputError(
                    f"the folder {self.folder}: expected {path.relative_to(self.folder)} to be a "
                    f"{kind}, got a link, a pipe or something else; name a new folder"
                )

    def _leave_nothing(self) -> None:
        """Remove a folder in which nothing could be begun."""
        with contextlib.suppress(OSError):
            for name in (LOCK, ROWS, MANIFEST):
                (self.folder / name).unlink(missing_ok=True)
            if (self.folder / PROOFS).exists():
                (self.folder / PROOFS).rmdir()
            self.folder.rmdir()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._stream is not None:
            self._stream.close()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _is_a_sweep(self) -> bool:
        if (self.folder / MANIFEST).exists():
            return True
        names = (path.name for path in self.folder.iterdir())
        others = {name for name in names if name != LOCK and not name.startswith(TEMPORARY)}
        if others:
            raise InputError(
                f"the folder {self.folder}: expected an empty one or one of a sweep, got one with "
                f"{sorted(others)[0]!r}; name a new folder"
            )
        return False

    def _refuse_another_plan(self) -> None:
        if (self.folder / MANIFEST).read_bytes() != self._plan.encode():
            raise InputError(
                f"the folder {self.folder} holds another sweep (see {MANIFEST}); give the same "
                "input and options to resume it, or name a new folder"
            )

    def _read(self) -> list[Row]:
        path = self.folder / ROWS
        if not path.exists():
            return []
        data = path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            # The process was killed while it wrote the last line.
            with open(path, "r+b") as stream:
                stream.truncate(len(whole))
        try:
            return [row_of(json.loads(line)) for line in whole.splitlines()]
        except (ValueError, TypeError, RecursionError) as error:
            raise InputError(f"{path}: not the rows of a sweep ({error}); remove it") from None

    def _is_taken_over(self, row: Row) -> bool:
        if any(Path(name).name != name for name in row.proofs):
            self.doubted.append(f"{row.name}: a proof file outside of the folder")
            return False
        paths = {name: self.folder / PROOFS / name for name in row.proofs}
        if not all(path.is_file() for path in paths.values()):
            return False
        proofs = {name: path.read_bytes() for name, path in paths.items()}
        if not all(proof.endswith(END_OF_PROOF) for proof in proofs.values()):
            return False
        reason = self._doubt(row, proofs) if self._doubt else ""
        if reason:
            self.doubted.append(f"{row.name}: {reason}")
        return not reason

    def add(self, results: Iterable[Result]) -> None:
        """Keep results, for good when this returns.

        Raises OSError when there is no room for all of them; those before the first without room
        are kept, and of the others nothing is left behind.
        """
        written: list[Result] = []
        try:
            for result in results:
                self._write_proofs(result)
                written.append(result)
        finally:
            self._append(written)

    def _write_proofs(self, result: Result) -> None:
        try:
            for name, proof in result.proofs.items():
                # Whether it was written whole is looked at when a sweep is resumed.
                (self.folder / PROOFS / name).write_bytes(proof)
        except OSError:
            self._remove_proofs(result)
            raise

    def _remove_proofs(self, result: Result) -> None:
        for name in result.proofs:
            (self.folder / PROOFS / name).unlink(missing_ok=True)

    def _append(self, results: list[Result]) -> None:
        """Add rows; where there is no room for all, as many of the first as there is room for."""
        failure: OSError | None = None
        while results:
            try:
                self._append_lines([result.row for result in results])
                break
            except OSError as error:
                failure = failure or error
                self._remove_proofs(results.pop())
        self.rows |= {result.row.index: result.row for result in results}
        if failure is not None:
            raise failure

    def _append_lines(self, rows: list[Row]) -> None:
        if self._stream is None:
            raise ValueError("the store is not open")
        data = "".join(json.dumps(row.value(), sort_keys=True) + "\n" for row in rows).encode()
        end = os.fstat(self._stream.fileno()).st_size
        try:
            while data:
                data = data[self._stream.write(data) :]
            os.fsync(self._stream.fileno())
        except BaseException:
            self._stream.truncate(end)
            raise

    def ordered(self) -> list[Row]:
        """The rows by the number of their case."""
        return [self.rows[index] for index in sorted(self.rows)]

    def write_csv(self) -> Path:
        """Make the table of the rows there are."""
        rows = [row.cells() for row in self.ordered()]
        names = list(dict.fromkeys(name for cells in rows for name in cells))
        parameters = [n for n in names if n not in (*COLUMNS, "index", "name")]
        stream = io.StringIO()
        writer = csv.DictWriter(
            stream, ["index", "name", *parameters, *COLUMNS], restval="", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)
        path = self.folder / CSV
        write_atomically(path, stream.getvalue().encode())
        return path


def write_parquet(path: Path, rows: Iterable[Row]) -> None:
    """Write the rows as a Parquet file; raise InputError without pyarrow."""
    refuse_without_pyarrow()
    from pyarrow import Table, parquet

    stream = io.BytesIO()
    parquet.write_table(Table.from_pylist([row.cells() for row in rows]), stream)
    write_atomically(path, stream.getvalue())


def refuse_without_pyarrow() -> None:
    """Raise InputError unless Parquet files can be written."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise InputError(
            "--parquet: needs pyarrow, which is not installed; install exactsteer[parquet] or "
            f"use {CSV}"
        ) from None


def _locked(path: Path) -> IO[bytes]:
    """Open and lock; the lock ends with the process, however that ends."""
    stream = open(path, "ab")  # noqa: SIM115
    try:
        try:
            import fcntl
        except ImportError:
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stream.close()
        raise InputError(
            f"the folder {path.parent}: another sweep is working on it; wait for that, or name "
            "another folder"
        ) from None
    return stream
