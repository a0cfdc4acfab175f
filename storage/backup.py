"""Copies of the whole database, the durable queue's tables included, and the way back from one."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from bot.errors import StorageError
from storage.engine import Engine, database_url, is_sqlite, without_driver_settings

_SQLITE_MAGIC = b"SQLite format 3\x00"


def backup(engine: Engine, path: Path) -> None:
    """Write a copy while others go on working: a SQLite file, or an archive of pg_dump.

    Raises StorageError when the file exists, can't be written, or pg_dump is missing or fails.
    """
    if path.exists():
        raise StorageError(f"{path} exists already: choose another file.", code="backup_exists")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # What people share in private channels is in it.
        path.touch(mode=0o600)
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror}.", code="backup_failed") from error
    try:
        if is_sqlite(engine):
            _copy_sqlite(str(engine.url.database), path)
        else:
            _run("pg_dump", engine.url, ["--format=custom", f"--file={path}"])
    except StorageError:
        path.unlink(missing_ok=True)
        raise


def restore(url: str, path: Path) -> None:
    """Make a database what a copy says; nothing else may use it meanwhile.

    Raises StorageError when the copy is missing, damaged or of the other kind of database, and leaves the
    database as it was.
    """
    target = database_url(url)
    if not path.is_file():
        raise StorageError(f"There is no file {path}.", code="backup_missing")
    with path.open("rb") as copy:
        of_sqlite = copy.read(len(_SQLITE_MAGIC)) == _SQLITE_MAGIC
    if of_sqlite != (target.get_backend_name() == "sqlite"):
        raise StorageError(f"{path} is not a copy of this kind of database.", code="backup_kind")
    if of_sqlite:
        _restore_sqlite(str(target.database), path)
    else:
        _run("pg_restore", target, ["--clean", "--if-exists", "--no-owner", "--single-transaction"], path)


def _copy_sqlite(database: str, path: Path) -> None:
    try:
        with closing(_open_to_read(Path(database))) as source:
            source.execute("VACUUM INTO ?", (str(path),))
    except sqlite3.Error as error:
        raise StorageError(f"The database can't be copied: {error}.", code="backup_failed") from error


def _restore_sqlite(database: str, path: Path) -> None:
    try:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
        with closing(_open_to_read(path)) as source:
            if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise StorageError(f"{path} is damaged.", code="backup_damaged")
            with closing(sqlite3.connect(database, timeout=30)) as target:
                source.backup(target)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(f"The copy can't be restored: {error}.", code="restore_failed") from error


def _open_to_read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _run(tool: str, url: URL, options: list[str], path: Path | None = None) -> None:
    """Run a tool of PostgreSQL's on a database; its password does not show in the list of processes."""
    program = shutil.which(tool)
    if program is None:
        raise StorageError(
            f"{tool} is missing: install PostgreSQL's client programs.", code="backup_tool_missing"
        )
    address = without_driver_settings(url).set(drivername="postgresql", password=None).render_as_string()
    password = {"PGPASSWORD": str(url.password)} if url.password else {}
    command = [program, *options, f"--dbname={address}", *([str(path)] if path else [])]
    done = subprocess.run(  # noqa: S603  # a fixed program; the arguments are the operator's own
        command, env={**os.environ, **password}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or [f"{tool} failed"]
        raise StorageError(f"{reason[0]}.", code="backup_failed")
