"""Connections to engines, through Ibis: what a table of events is called, its columns, and answers about it."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.clause import Clause
from sheetgen.errors import MissingExtraError, SheetgenError, UnknownTableError, UnreadableFileError, WarehouseError
from sheetgen.events.address import TABLE, Address, Engine
from sheetgen.events.files import EventFiles

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from ibis.backends import BaseBackend

Connect = Callable[[Address, Path], "BaseBackend"]
"""Connects to an address; the folder is for what the engine must put aside meanwhile."""

EVENTS = "events"
"""What a set of files is called in a query."""

TABLES_SHOWN = 12
MEMORY_LIMIT = "SHEETGEN_MEMORY_LIMIT"
THREADS = "SHEETGEN_THREADS"
"""Environment variables with what DuckDB may use, such as `4GB` and `2`."""

UTC = "UTC"


@dataclass(frozen=True, eq=False)
class EventTable:
    """Events where they are: `cells` is the table as Ibis knows it, `name` how reports call it."""

    name: str
    engine: Engine
    cells: ir.Table
    backend: BaseBackend

    def ask(self, question: ir.Table) -> pa.Table:
        """The answer of the engine.

        Raises `WarehouseError` with what the engine says where it fails.
        """
        with _told(self.name, self.engine):
            return self.backend.to_pyarrow(question)


@contextmanager
def open_database(address: Address, table: str | None = None, query: str | None = None) -> Iterator[EventTable]:
    """The events of a database: a table, the result of a query, or its only table.

    Raises an `InputError` for an engine that is not installed or a table that is not there, `WarehouseError` for what
    the engine refuses.
    """
    wanted = table or address.option(TABLE)
    with _connected(address.shown, address.engine, lambda folder: CONNECT[address.engine](address, folder)) as backend:
        with _told(address.shown, address.engine):
            cells = backend.sql(_one_query(query)) if query else _table(backend, address, wanted)
        name = f"{address.shown} (--query)" if query else f"{address.shown}: {cells.get_name()}"
        if address.engine is Engine.SQLITE:
            # Its columns hold anything, whatever their type says: only the cells tell.
            cells = cells.select(**{column: cells[column].cast("string") for column in cells.columns})
        yield EventTable(name, address.engine, cells, backend)


@contextmanager
def open_files(files: EventFiles, query: str | None = None) -> Iterator[EventTable]:
    """The events of a set of Parquet or CSV files, in an embedded DuckDB; CSV cells are texts.

    Raises an `InputError` without DuckDB or for files that are not alike, `WarehouseError` for what it cannot read.
    """
    with _connected(files.name, Engine.DUCKDB, lambda folder: _duckdb(":memory:", folder, files.zone)) as backend:
        with _told(files.name, Engine.DUCKDB):
            paths = [str(path) for path in files.paths]
            if files.is_parquet:
                cells = backend.read_parquet(paths, table_name=EVENTS, union_by_name=True)
            else:
                cells = backend.read_csv(paths, table_name=EVENTS, union_by_name=True, all_varchar=True)
            cells = backend.sql(_one_query(query)) if query else cells
        yield EventTable(files.name, Engine.DUCKDB, cells, backend)


@contextmanager
def _connected(name: str, engine: Engine, connect: Callable[[Path], BaseBackend]) -> Iterator[BaseBackend]:
    """A connection, closed in the end together with what the engine put aside."""
    with tempfile.TemporaryDirectory(prefix="sheetgen-") as folder, warnings.catch_warnings():
        for library in ("ibis", "duckdb", "pyspark"):
            warnings.filterwarnings("ignore", module=library)
        with _told(name, engine):
            backend = connect(Path(folder))
        try:
            yield backend
        finally:
            backend.disconnect()


@contextmanager
def _told(name: str, engine: Engine) -> Iterator[None]:
    """Say in a sentence what goes wrong in an engine or its driver."""
    try:
        yield
    except SheetgenError:
        raise
    except ImportError as error:
        raise MissingExtraError(engine=engine.value, extra=engine.value) from error
    except Exception as error:
        raise WarehouseError(source=name, engine=engine.value, reason=_first_line(error)) from error


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__).rstrip(".")


def _one_query(query: str) -> str:
    return query.strip().rstrip(";")


def _table(backend: BaseBackend, address: Address, wanted: str | None) -> ir.Table:
    if address.engine is Engine.SPARK and (path := address.option("path")):
        return backend.read_parquet(path)
    if wanted is None:
        return backend.table(_only_table(backend, address))
    from ibis.common.exceptions import TableNotFound

    place, _, name = wanted.rpartition(".")
    try:
        return backend.table(name, database=place or None)
    except TableNotFound as error:
        found = Clause("there is no table {name!r}", name=wanted)
        raise UnknownTableError(source=address.shown, found=found, tables=_shown(backend.list_tables())) from error


def _only_table(backend: BaseBackend, address: Address) -> str:
    tables = backend.list_tables()
    if len(tables) != 1:
        found = Clause("it has {count} tables", count=len(tables))
        raise UnknownTableError(source=address.shown, found=found, tables=_shown(tables))
    return str(tables[0])


def _shown(tables: Sequence[str]) -> str:
    shown = ", ".join(sorted(tables)[:TABLES_SHOWN])
    return f"{shown}, …" if len(tables) > TABLES_SHOWN else shown or "–"


def _duckdb(database: str | Path, folder: Path, zone: str = UTC) -> BaseBackend:
    import ibis

    said = {"memory_limit": os.environ.get(MEMORY_LIMIT, "50%"), "threads": os.environ.get(THREADS)}
    settings = {name: value for name, value in said.items() if value}
    is_file = isinstance(database, Path)
    backend = ibis.duckdb.connect(database, read_only=is_file, temp_directory=str(folder), **settings)
    backend.raw_sql(f"SET TimeZone = '{zone}'")
    backend.raw_sql("SET preserve_insertion_order = false")
    return backend


def _connect_duckdb(address: Address, folder: Path) -> BaseBackend:
    return _duckdb(_existing(address), folder)


def _connect_sqlite(address: Address, _folder: Path) -> BaseBackend:
    import ibis

    backend = ibis.sqlite.connect(_existing(address))
    backend.raw_sql("PRAGMA query_only = ON")
    return backend


def _connect_postgres(address: Address, _folder: Path) -> BaseBackend:
    import ibis

    # What is None is left to the environment, the service file and the password file of PostgreSQL.
    said = {name: address.option(name) for name in ("service", "sslmode")}
    return ibis.postgres.connect(
        host=address.host or None,
        port=address.port,
        user=address.user or None,
        database=address.path or None,
        options=f"-c TimeZone={UTC} -c default_transaction_read_only=on",
        **{name: value for name, value in said.items() if value},
    )


def _connect_bigquery(address: Address, _folder: Path) -> BaseBackend:
    import google.auth
    import ibis

    credentials, _ = google.auth.default(scopes=["https://www.googleapis.com/auth/bigquery"])
    location = address.option("location")
    return ibis.bigquery.connect(address.host, address.path, credentials=credentials, location=location)


def _connect_snowflake(address: Address, _folder: Path) -> BaseBackend:
    import ibis

    database, _, schema = address.path.partition("/")
    said = {
        "connection_name": address.host,
        "database": database,
        "schema": schema,
        "role": address.option("role"),
        "warehouse": address.option("warehouse"),
    }
    named = {name: value for name, value in said.items() if value}
    return ibis.snowflake.connect(create_object_udfs=False, session_parameters={"TIMEZONE": UTC}, **named)


def _connect_spark(address: Address, _folder: Path) -> BaseBackend:
    import ibis
    from pyspark.sql import SparkSession

    master = address.option("master") or (address.host and f"spark://{address.host}:{address.port or 7077}")
    builder = SparkSession.builder.appName("sheetgen").config("spark.sql.session.timeZone", UTC)
    return ibis.pyspark.connect((builder.master(master) if master else builder).getOrCreate())


CONNECT: dict[Engine, Connect] = {
    Engine.DUCKDB: _connect_duckdb,
    Engine.SQLITE: _connect_sqlite,
    Engine.POSTGRES: _connect_postgres,
    Engine.BIGQUERY: _connect_bigquery,
    Engine.SNOWFLAKE: _connect_snowflake,
    Engine.SPARK: _connect_spark,
}


def _existing(address: Address) -> Path:
    if not address.file.is_file():
        raise UnreadableFileError(path=address.file, reason=Clause("there is no such file"))
    return address.file
