"""Every English text that a language file can translate: read from the code and templates, or asked for by reports."""

from __future__ import annotations

import ast
import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import sheetgen
from sheetgen.analysis.benchmark import Standing
from sheetgen.fields import FIELDS_BY_KEY
from sheetgen.inputs import load_settings
from sheetgen.kpis import load_kpis
from sheetgen.language import Language
from sheetgen.ledger import Severity
from sheetgen.pull import remarks as remarks_on_edits
from sheetgen.sources import remarks
from sheetgen.templates import list_templates, read_template

PACKAGE = Path(sheetgen.__file__).parent
SPEAKERS = {"say", "language", "progress", "Clause"}
"""What takes an English text as its first argument."""

SYSTEM_ERRORS = (errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.ENOSPC, errno.EROFS, errno.ENAMETOOLONG)
"""What a system commonly refuses with."""


@dataclass(frozen=True)
class Recorder(Language):
    """A language without translations that remembers each text it was asked for."""

    asked: set[str] = field(default_factory=set)

    def __call__(self, english: str, **facts: object) -> str:
        self.asked.add(english)
        return super().__call__(english, **facts)


def texts_in_templates() -> set[str]:
    """The texts of the shipped templates that reports show."""
    found = set(chain.from_iterable((kpi.header, kpi.description) for kpi in load_kpis()))
    found |= {kpi.benchmark.source for kpi in load_kpis() if kpi.benchmark}
    found |= set(chain.from_iterable((setting.label, setting.note) for setting in load_settings()))
    for name in list_templates("reports"):
        found |= {tab["title"] for tab in read_template("reports", name)["tab"]}
    return found - {""}


def texts_in_definitions() -> set[str]:
    """Headers of fields, sentences of the ledger, words of standing, and what the system says when it refuses."""
    found = {known.header for known in FIELDS_BY_KEY.values()} | {severity.value for severity in Severity}
    for module in (remarks, remarks_on_edits):
        found |= {remark.sentence for remark in vars(module).values() if isinstance(remark, remarks.Remark)}
    found |= set(chain.from_iterable((standing.value, standing.brief) for standing in Standing)) - {""}
    return found | {os.strerror(code) for code in SYSTEM_ERRORS}


def texts_in_code() -> set[str]:
    """The texts in the package's code that are handed to a speaker, as far as reading the code tells."""
    return set(chain.from_iterable(_Module(tree).texts() for tree in _modules())) - {""}


def constants() -> set[str]:
    """Every text constant of the package and of the shipped templates, whatever it is for."""
    nodes = chain.from_iterable(ast.walk(tree) for tree in _modules())
    written = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return written | texts_in_templates() | texts_in_definitions()


def _modules() -> Iterator[ast.Module]:
    for path in PACKAGE.rglob("*.py"):
        if "templates" not in path.parts:
            yield ast.parse(path.read_text(encoding="utf-8"))


class _Module:
    """A module's calls of speakers, and what the names in their first arguments stand for."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.constants = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]

    def texts(self) -> Iterator[str]:
        functions = (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))
        for place in (*self.constants, *functions):
            nodes = list(ast.walk(place))
            reader = _Reader([*self.constants, *nodes])
            for node in nodes:
                if isinstance(node, ast.Call) and node.args and _called(node) in SPEAKERS:
                    yield from reader.values(node.args[0])


@dataclass(frozen=True)
class _Reader:
    """What expressions can be, by the assignments and loops among the nodes; names lead on `depth` times."""

    nodes: list[ast.AST]
    depth: int = 4

    def values(self, node: ast.expr) -> Iterator[str]:
        """The texts that an expression can be."""
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp():
                yield from chain(self.values(node.body), self.values(node.orelse))
            case ast.Name():
                yield from chain.from_iterable(map(self.deeper.values, self.bound(node.id)))
            case ast.Subscript():
                yield from chain.from_iterable(map(self.values, self.members(node.value)))

    @property
    def deeper(self) -> _Reader:
        return replace(self, depth=self.depth - 1)

    def bound(self, name: str) -> Iterator[ast.expr]:
        """What a name is assigned, or takes from a written-out list in a loop."""
        for node in self.nodes if self.depth else ():
            match node:
                case ast.Assign(targets=[target], value=value):
                    yield from _matched(target, value, name)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    yield from _matched(target, value, name)
                case ast.For() | ast.comprehension() if name in _names(node.target):
                    for member in self.deeper.members(node.iter):
                        yield from _matched(node.target, member, name)

    def members(self, node: ast.expr) -> Iterator[ast.expr]:
        """What a written-out list or dictionary holds, also by its name, numbered, unpacked or as pairs."""
        match node:
            case ast.Tuple() | ast.List():
                for member in node.elts:
                    yield from self.members(member.value) if isinstance(member, ast.Starred) else (member,)
            case ast.Dict():
                yield from node.values
            case ast.Name():
                yield from chain.from_iterable(map(self.deeper.members, self.bound(node.id)))
            case ast.Call(func=ast.Name(id="enumerate")):
                yield from (_pair(None, member) for member in self.members(node.args[0]))
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="items")):
                for found in self.bound(name):
                    yield from map(_pair, found.keys, found.values) if isinstance(found, ast.Dict) else ()


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _names(target: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def _pair(first: ast.expr | None, second: ast.expr) -> ast.expr:
    return ast.Tuple([first or ast.Constant(0), second])


def _matched(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    """The part of a value that goes to a name in an assignment's target."""
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple | ast.List):
        for part, member in zip(target.elts, value.elts, strict=False):
            yield from _matched(part, member, name)
