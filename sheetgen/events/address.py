"""Addresses of databases: an engine, where its data are, and never a password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from sheetgen.clause import Clause
from sheetgen.errors import OptionError, PasswordError

Input = Path | str
"""What a report is made of: a file, folder or pattern as a path, a database as the text of its address."""

DATABASE_SUFFIXES = {".duckdb": "duckdb", ".ddb": "duckdb", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite"}


class Engine(Enum):
    """What runs the rollup, by the name that begins an address."""

    DUCKDB = "duckdb"
    SQLITE = "sqlite"
    POSTGRES = "postgres"
    BIGQUERY = "bigquery"
    SNOWFLAKE = "snowflake"
    SPARK = "spark"

    @property
    def label(self) -> str:
        """The engine as its makers write it."""
        return LABELS[self]

    @property
    def is_file(self) -> bool:
        """Whether its database is a file."""
        return self in (Engine.DUCKDB, Engine.SQLITE)


LABELS = {
    Engine.DUCKDB: "DuckDB",
    Engine.SQLITE: "SQLite",
    Engine.POSTGRES: "PostgreSQL",
    Engine.BIGQUERY: "BigQuery",
    Engine.SNOWFLAKE: "Snowflake",
    Engine.SPARK: "Spark",
}
SCHEMES = {engine.value: engine for engine in Engine} | {"postgresql": Engine.POSTGRES}

TABLE = "table"
OPTIONS: Mapping[Engine, tuple[str, ...]] = {
    Engine.DUCKDB: (TABLE,),
    Engine.SQLITE: (TABLE,),
    Engine.POSTGRES: (TABLE, "service", "sslmode"),
    Engine.BIGQUERY: (TABLE, "location"),
    Engine.SNOWFLAKE: (TABLE, "role", "warehouse"),
    Engine.SPARK: (TABLE, "master", "path"),
}
"""What may stand behind the question mark: nothing secret."""

CREDENTIALS: Mapping[Engine, Clause] = {
    Engine.DUCKDB: Clause("the file needs none"),
    Engine.SQLITE: Clause("the file needs none"),
    Engine.POSTGRES: Clause("PGPASSWORD, ~/.pgpass or a service of ~/.pg_service.conf"),
    Engine.BIGQUERY: Clause("gcloud auth application-default login, or GOOGLE_APPLICATION_CREDENTIALS"),
    Engine.SNOWFLAKE: Clause("a connection of ~/.snowflake/connections.toml, whose name comes after snowflake://"),
    Engine.SPARK: Clause("spark-defaults.conf, or the environment of the cluster"),
}
"""Where each engine looks for credentials by itself."""


@dataclass(frozen=True)
class Address:
    """Where a database is: `host` is a server, project, connection or master, `path` a file or what is on the host."""

    engine: Engine
    host: str = ""
    port: int | None = None
    user: str = ""
    path: str = ""
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str) -> str | None:
        """What the address says of an option, None where it does not."""
        return dict(self.options).get(name) or None

    @property
    def file(self) -> Path:
        """The database file: from here, or from the root where there is none here."""
        near, far = Path(self.path), Path(f"/{self.path}")
        return near if near.exists() or not far.exists() else far

    @property
    def shown(self) -> str:
        """The address as reports and messages show it: without the user."""
        if self.engine.is_file:
            return self.file.name
        place = f"{self.engine.value}://{self.host}"
        return f"{place}/{self.path}" if self.path else place


def is_address(given: Input) -> bool:
    """Whether an input is a database: by `://` in it, or by the ending of a database file."""
    return "://" in given if isinstance(given, str) else given.suffix.lower() in DATABASE_SUFFIXES


def parse_address(given: Input) -> Address:
    """The database that an input names.

    Raises `OptionError` for an engine, port or option that is not known, `PasswordError` for a password.
    """
    if isinstance(given, Path):
        return Address(SCHEMES[DATABASE_SUFFIXES[given.suffix.lower()]], path=str(given))
    scheme = given.partition("://")[0].lower()
    if scheme not in SCHEMES:
        allowed = ", ".join(f"{name}://" for name in SCHEMES)
        raise OptionError(option="INPUT", found=f"{scheme}://", allowed=allowed)
    engine = SCHEMES[scheme]
    try:
        parts = urlsplit(given)
        port, is_secret = parts.port, parts.password is not None
    except ValueError:
        # What stands in the place of a port may be a part of a password: it is not shown.
        raise OptionError(option=f"{scheme}://", found=":…", allowed=Clause("HOST:PORT with a number")) from None
    if is_secret:
        raise PasswordError(engine=engine.value, place=CREDENTIALS[engine])
    options = _options(engine, parts.query)
    if engine.is_file:
        # Three slashes are what most tools take for a file beside us, four for one from the root.
        return Address(engine, path=unquote(f"{parts.netloc}{parts.path}".removeprefix("/")), options=options)
    user, _, host = parts.netloc.rpartition("@")
    host = host if port is None else host.rpartition(":")[0]
    return Address(engine, host, port, unquote(user), unquote(parts.path.strip("/")), options)


def _options(engine: Engine, query: str) -> tuple[tuple[str, str], ...]:
    options = tuple(parse_qsl(query, keep_blank_values=True))
    for name, _ in options:
        # The value is not shown: it may be what should not have been typed.
        if name not in OPTIONS[engine]:
            raise OptionError(option=f"{engine.value}://", found=name, allowed=", ".join(OPTIONS[engine]))
    return options
