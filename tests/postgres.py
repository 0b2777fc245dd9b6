"""A PostgreSQL server of the tests' own, on loopback, gone when they are done or were killed."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from tests.serving import free_port

USER = "werkvloer"
PASSWORD = "p@ss/w:rd 'é' %40"  # what an address and a connection string have to survive
_WRITTEN = "p%40ss%2Fw%3Ard%20%27%C3%A9%27%20%2540"
START_SECONDS = 60

# The server ends, and its folder goes, when the pipe to the tests closes: however they ended.
_KEEPER = """
trap '' INT TERM
"$1" -D "$2/data" -c listen_addresses=127.0.0.1 -c port="$3" -c unix_socket_directories= \
    -c fsync=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=50 \
    >"$2/log" 2>&1 &
cat >/dev/null
kill -INT $!
wait
rm -rf "$2"
"""


def find() -> Path | None:
    """The folder of PostgreSQL's server programs; None when there is none."""
    named = os.environ.get("WERKVLOER_POSTGRES")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    for folder in [Path(named), *debian] if named else debian:
        if (folder / "initdb").exists():
            return folder
    return Path(on_path).resolve().parent if on_path else None


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0


@dataclass(slots=True)
class Server:
    """A running server, with everything that it writes in its folder."""

    port: int
    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        """The address of a database for its owner, who is no superuser."""
        return f"postgresql://{USER}:{_WRITTEN}@127.0.0.1:{self.port}/{database}"

    def command(self, statement: str, *names: str, database: str = "postgres") -> None:
        """Run a statement as the superuser, with names in the place of each {}."""
        with self.superuser(database) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def superuser(self, database: str = "postgres") -> "psycopg.Connection[tuple]":
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            password=PASSWORD,
            dbname=database,
            autocommit=True,
        )

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """A database of its own, as a copy of `template`; its name."""
        name = f"werkvloer_{next(self._numbers)}"
        self.command("CREATE DATABASE {} OWNER {} TEMPLATE {}", name, USER, template)
        try:
            yield name
        finally:
            self.command("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def running() -> Iterator[Server]:
    """Start a server; stop it at the end."""
    programs = find()
    assert programs is not None, "asked by the fixtures before"
    folder = Path(tempfile.mkdtemp(prefix="postgres-of-tests-"))
    # The server refuses to run as root.
    user = _unprivileged() if os.geteuid() == 0 else None
    (folder / "password").write_text(PASSWORD)
    if user:
        for path in (folder, folder / "password"):
            shutil.chown(path, user)
    _make(programs, folder, user)
    port = free_port()
    keeper = subprocess.Popen(
        ["sh", "-c", _KEEPER, "keeper", str(programs / "postgres"), str(folder), str(port)],
        stdin=subprocess.PIPE,
        cwd=folder,
        user=user,
    )
    server = Server(port, folder)
    try:
        _wait(server)
        server.command("CREATE ROLE {} LOGIN", USER)
        with server.superuser() as connection:
            connection.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(USER), PASSWORD)
            )
        yield server
    finally:
        assert keeper.stdin is not None
        keeper.stdin.close()
        keeper.wait(timeout=60)


def _unprivileged() -> str:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _make(programs: Path, folder: Path, user: str | None) -> None:
    """Make the server's files; texts sort as people sort them, where the server knows how."""
    command = [
        str(programs / "initdb"),
        f"--pgdata={folder / 'data'}",
        "--username=postgres",
        f"--pwfile={folder / 'password'}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--no-sync",
    ]
    as_people_do = ["--locale-provider=icu", "--icu-locale=nl-NL", "--locale=C.UTF-8"]
    for options in (as_people_do, ["--locale=C.UTF-8"], ["--locale=C"]):
        made = subprocess.run(
            [*command, *options], capture_output=True, text=True, cwd=folder, user=user, check=False
        )
        if made.returncode == 0:
            return
        shutil.rmtree(folder / "data", ignore_errors=True)
    raise RuntimeError(f"initdb failed: {made.stderr}")


def _wait(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            server.superuser().close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the server did not come up:\n{(server.folder / 'log').read_text()}")
