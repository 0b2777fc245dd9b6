"""PostgreSQL: how to reach it, and what to say when that fails. No message holds a password."""

from typing import Any

from sqlalchemy.engine import URL

OLDEST = 13
"""The oldest major version that is supported."""

CONNECT_SECONDS = 10

SESSION = (
    # Texts of days and moments are read back as they are written here.
    "SET datestyle = 'ISO, YMD'",
    "SET timezone = 'UTC'",
    # Rows come in the order in which they were stored, as from SQLite.
    "SET synchronize_seqscans = off",
    "SET max_parallel_workers_per_gather = 0",
    # A reader sees one moment, whatever is stored meanwhile; `models.raw.lock` lowers this.
    "SET default_transaction_isolation = 'repeatable read'",
)
"""What holds in a child process's session."""

_NOT_THERE = (
    "Connection refused",
    "could not translate host name",
    "Name or service not known",
    "timeout expired",
    "timed out",
    "No route to host",
    "Network is unreachable",
    "No such file or directory",
)


class DatabaseUnavailable(RuntimeError):
    """The database can't be used; the message says what to do."""


def words(url: URL) -> str:
    """The connection as libpq's keywords and values, every value quoted."""
    _, values = url.get_dialect()().create_connect_args(url)
    values = {"connect_timeout": CONNECT_SECONDS, "application_name": "werkvloer", **values}
    return " ".join(f"{name}={_quoted(str(value))}" for name, value in values.items())


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def why_not(said: str, url: URL) -> str:
    """What to do when a connection failed, from what the driver said."""
    server = f"{url.host or 'the local socket'}:{url.port or 5432}"
    user, name = url.username or "the current user", url.database or url.username
    known = {
        _NOT_THERE: f"No PostgreSQL server answers at {server}. Is it running, does it listen on "
        "that address and port, and does no firewall stand between?",
        ("no pg_hba.conf entry", "Ident authentication", "Peer authentication"): "The server does "
        f"not let user {user} in from this machine: add a line for it to the server's pg_hba.conf. "
        "If it asks for encryption, end the address with ?sslmode=require.",
        ("password authentication failed", "no password supplied", "fe_sendauth"): "The server "
        f"refused the user name ({user}) or the password. Check both in WERKVLOER_DATABASE_URL; "
        "special characters of a password are written with %: @ as %40, / as %2F.",
        (
            f'database "{name}" does not exist',
        ): f"There is no database {name} on {server}. Make it there with: "
        f"createdb --owner={user} --encoding=UTF8 {name}",
        (
            "permission denied",
        ): f"User {user} may not use the database {name}. Let an administrator "
        f'run: GRANT CONNECT ON DATABASE "{name}" TO "{user}";',
        (
            f'role "{user}" does not exist',
        ): f"There is no user {user} on {server}. Make it there with: createuser --pwprompt {user}",
        ("too many", "remaining connection slots"): "The server has no connection left: raise its "
        "max_connections, or stop a program that uses it.",
        ("starting up", "shutting down", "recovery mode"): "The server is starting or stopping. "
        "Try again in a minute.",
        ("certificate", "SSL"): "The server and this machine do not agree on encryption: see "
        "sslmode and sslrootcert in docs/postgresql.md.",
    }
    for signs, told in known.items():
        if any(sign in said for sign in signs):
            return told
    return f"The PostgreSQL server at {server} can't be used. It says: {_last_line(said, url)}"


def _last_line(said: str, url: URL) -> str:
    line = said.strip().splitlines()[-1] if said.strip() else "nothing"
    return line.replace(str(url.password), "***") if url.password else line


def check(version: int, encoding: str, url: URL) -> None:
    """Make sure that Werkvloer runs on a server.

    Args:
        version: the server's, as 150004.
        encoding: of the database.

    Raises:
        DatabaseUnavailable: it does not.
    """
    if version // 10_000 < OLDEST:
        raise DatabaseUnavailable(
            f"The server runs PostgreSQL {version // 10_000}; Werkvloer needs {OLDEST} or newer. "
            "Upgrade the server, or use another one."
        )
    if encoding != "UTF8":
        raise DatabaseUnavailable(
            f"The database {url.database} has the encoding {encoding}, which can't hold every "
            f"name. Make it anew with: createdb --encoding=UTF8 --template=template0 {url.database}"
        )


def no_rights(url: URL) -> str:
    """What to do when the user may not make or change the tables."""
    return (
        f"User {url.username} may not make or change tables in the database {url.database}. "
        f'Let an administrator run: ALTER DATABASE "{url.database}" OWNER TO "{url.username}"; '
        f'or, in that database: GRANT CREATE, USAGE ON SCHEMA public TO "{url.username}";'
    )


def connect(url: URL) -> Any:
    """An ADBC connection of a child process, in a transaction.

    Raises:
        DatabaseUnavailable: it can't be reached.
    """
    from adbc_driver_manager import Error
    from adbc_driver_postgresql import dbapi

    try:
        connection = dbapi.connect(words(url))
    except Error as error:
        raise DatabaseUnavailable(why_not(str(error), url)) from None
    with connection.cursor() as cursor:
        for setting in SESSION:
            cursor.execute(setting)
        # From 14 on a server notices at once that the child was killed, also while it computes.
        if int(connection.adbc_get_info()["vendor_version"]) >= 140_000:
            cursor.execute("SET client_connection_check_interval = '1s'")
    connection.commit()
    return connection
