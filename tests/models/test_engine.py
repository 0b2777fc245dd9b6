"""The address of the database: what it may be, how it is reached, and what is said when not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from models import engine, postgresql
from models.engine import DatabaseUnavailable, UnsupportedDatabase
from tests.postgres import PASSWORD, USER, Server
from tests.serving import free_port

ROOT = Path(__file__).parents[2]
SECRET = "s3cret"


def use(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("WERKVLOER_DATABASE_URL", url)


@pytest.mark.parametrize(
    "written", ["postgres://", "postgresql://", "postgresql+psycopg://", "postgresql+psycopg2://"]
)
def test_every_way_to_write_postgresql_is_one(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, f"{written}me:{SECRET}@db/w?sslmode=require")
    assert engine.is_postgresql()
    assert str(engine.address()) == "postgresql+psycopg://me:***@db/w?sslmode=require"


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://me:{SECRET}@db/w",
        f"me:{SECRET}",
        f"postgresql://me:{SECRET}@rest@db/w",
        "sqlite://",
    ],
)
def test_what_is_no_address_is_not_repeated(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, url)
    with pytest.raises(UnsupportedDatabase, match="WERKVLOER_DATABASE_URL is not an address") as no:
        engine.engine()
    assert SECRET not in str(no.value)


def test_a_password_of_any_characters_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, "postgresql://me:a%27b%5Cc%20d@db:5433/w?sslmode=require")
    assert postgresql.words(engine.address()) == (
        "connect_timeout='10' application_name='werkvloer' host='db' dbname='w' user='me' "
        "password='a\\'b\\\\c d' port='5433' sslmode='require'"
    )


def test_an_old_server_or_another_encoding_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, "postgresql://me@db/w")
    with pytest.raises(DatabaseUnavailable, match="runs PostgreSQL 12; Werkvloer needs 13"):
        postgresql.check(120_017, "UTF8", engine.address())
    with pytest.raises(DatabaseUnavailable, match=r"SQL_ASCII.*--encoding=UTF8"):
        postgresql.check(130_000, "SQL_ASCII", engine.address())
    postgresql.check(130_000, "UTF8", engine.address())


def test_nobody_at_that_address(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    use(monkeypatch, f"postgresql://me:{SECRET}@127.0.0.1:{port}/w")
    told = f"No PostgreSQL server answers at 127.0.0.1:{port}"
    with pytest.raises(DatabaseUnavailable, match=told) as no:
        engine.upgrade()
    assert SECRET not in str(no.value)
    with pytest.raises(DatabaseUnavailable, match=told), engine.adbc():
        pass


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("user", "password", "name", "told"),
    [
        (USER, "wrong-word", "postgres", r"refused the user name \(werkvloer\) or the password"),
        ("nobody", "wrong-word", "postgres", r"refused the user name \(nobody\) or the password"),
        (USER, None, "absent", r"no database absent .* createdb --owner=werkvloer"),
    ],
)
def test_a_server_that_lets_nobody_in(
    user: str,
    password: str | None,
    name: str,
    told: str,
    postgres_server: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = postgres_server.url(name)
    if password is not None:
        url = f"postgresql://{user}:{password}@127.0.0.1:{postgres_server.port}/{name}"
    use(monkeypatch, url)
    with pytest.raises(DatabaseUnavailable, match=told) as no:
        engine.upgrade()
    assert "wrong-word" not in str(no.value)
    assert PASSWORD not in str(no.value)
    with pytest.raises(DatabaseUnavailable, match=told), engine.adbc():
        pass


@pytest.mark.postgres
def test_a_user_without_rights_is_told_which(
    postgres_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres_server.database() as name:
        postgres_server.command("ALTER DATABASE {} OWNER TO postgres", name)
        postgres_server.command("REVOKE CREATE ON SCHEMA public FROM PUBLIC", database=name)
        use(monkeypatch, postgres_server.url(name))
        with pytest.raises(DatabaseUnavailable, match=f'ALTER DATABASE "{name}" OWNER TO'):
            engine.upgrade()
        engine.engine().dispose()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL:  permission denied for database "w"', "GRANT CONNECT ON DATABASE"),
        ('FATAL:  role "me" does not exist', "createuser --pwprompt me"),
        ('FATAL:  no pg_hba.conf entry for host "1.2.3.4", no encryption', "sslmode=require"),
        ("FATAL:  sorry, too many clients already", "max_connections"),
        ("FATAL:  the database system is starting up", "Try again in a minute"),
        ('root certificate file "x" does not exist', "sslrootcert"),
        (f"something new about {SECRET}", "It says: something new about ***"),
        ("", "It says: nothing"),
    ],
)
def test_every_refusal_says_what_to_do(
    said: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, f"postgresql://me:{SECRET}@db/w")
    words = postgresql.why_not(said, engine.address())
    assert told in words
    assert SECRET not in words


@pytest.mark.postgres
def test_the_terminal_says_it_in_one_line(
    postgres_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, postgres_server.url("absent"))
    done = subprocess.run(
        [sys.executable, "manage.py", "upgrade"],
        cwd=ROOT,
        env={**os.environ, "WERKVLOER_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("There is no database absent")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.postgres
def test_two_that_start_at_once_upgrade_once(postgres_server: Server, tmp_path: Path) -> None:
    with postgres_server.database() as name:
        environment = {
            **os.environ,
            "WERKVLOER_DATA": str(tmp_path),
            "WERKVLOER_DATABASE_URL": postgres_server.url(name),
        }
        starting = [
            subprocess.Popen(
                [sys.executable, "-c", "from models.engine import upgrade; upgrade()"],
                cwd=ROOT,
                env=environment,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(3)
        ]
        assert [process.communicate()[1] for process in starting] == ["", "", ""]


@pytest.mark.postgres
def test_a_server_that_was_restarted_is_found_again(
    postgres_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres_server.database() as name:
        use(monkeypatch, postgres_server.url(name))
        with engine.engine().connect() as connection:
            first = connection.scalar(text("SELECT pg_backend_pid()"))
        with postgres_server.superuser() as superuser:
            superuser.execute("SELECT pg_terminate_backend(%s, 10000)", (first,))
        with engine.engine().connect() as connection:
            assert connection.scalar(text("SELECT pg_backend_pid()")) != first
        engine.engine().dispose()
