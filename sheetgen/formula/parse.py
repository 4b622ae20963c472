"""KPI expressions as text: numbers, names, `+ - * / ^ ( )` and four functions, read by a Pratt parser.

Everything that a reader or an engine could take two ways (`-a^2`, `a^b^c`) is refused rather than guessed.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sheetgen.clause import Clause
from sheetgen.errors import ExpressionError
from sheetgen.fields import MEASURES, PLANNED_BUDGET
from sheetgen.formula.tree import Binary, Call, Field, Negate, Node, Number

FIELD_KEYS: Final = (*(field.key for field in MEASURES), PLANNED_BUDGET.key)
"""The fields that an expression can use."""

FUNCTION_ARITY: Final = {"min": 2, "max": 2, "abs": 1, "round": 2}
"""The functions that an expression can use, with their number of arguments."""

MAX_LENGTH: Final = 500
MAX_DEPTH: Final = 30
MAX_DIGITS: Final = 15

FUNCTIONS_ALLOWED: Final = "min(a, b), max(a, b), abs(x), round(x, 2)"
ALLOWED: Final = Clause(
    "Allowed: fields, other KPIs, numbers, + - * / ^ ( ), {functions}.", functions=FUNCTIONS_ALLOWED
)

_TOKEN: Final = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)|(?P<name>[^\W\d]\w*)|(?P<sign>[-+*/^(),])")
_BINDING: Final = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
_LOOKALIKES: Final = dict(zip("×·÷:−–—;[]", "**//---,()", strict=True))


def parse_expression(text: str, source: str, names: Collection[str] = FIELD_KEYS) -> Node:
    """The tree of a KPI expression whose `Field` nodes are keys out of `names`.

    `source` says where the text stands, for the message. Raises `ExpressionError`.
    """
    if not text.strip():
        problem = Clause("the expression is empty. {allowed}", allowed=ALLOWED)
        raise pointing_error(text, source, 0, problem)
    if len(text) > MAX_LENGTH:
        long = "the expression has {count} characters, more than {most}. Split it into several KPIs."
        problem = Clause(long, count=len(text), most=MAX_LENGTH)
        raise pointing_error(text[:MAX_LENGTH], source, MAX_LENGTH, problem)
    return _Parser(text, source, names).parse()


def pointing_error(text: str, source: str, position: int, problem: Clause) -> ExpressionError:
    """An `ExpressionError` with a caret under the 0-based `position` of the expression."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    pointer = " " * sum(_width(char) for char in shown[:position]) + "^"
    return ExpressionError(source=source, problem=problem, expression=shown, pointer=pointer, position=position)


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int


class _Parser:
    def __init__(self, text: str, source: str, names: Collection[str]) -> None:
        self._text = text
        self._source = source
        self._names = names
        self._tokens = self._tokenize()
        self._next = 0
        self._depth = 0

    def parse(self) -> Node:
        tree = self._expression()
        left_over = self._here
        if left_over.text == ")":
            problem = Clause("this ) closes nothing. Remove it, or add the ( it belongs to.")
            raise self._error(left_over.position, problem)
        if left_over.kind != "end":
            text = "{found!r} follows a finished term. Put one of + - * / between them."
            problem = Clause(text, found=left_over.text)
            raise self._error(left_over.position, problem)
        return tree

    def _tokenize(self) -> tuple[_Token, ...]:
        tokens = []
        position = 0
        while position < len(self._text):
            if self._text[position].isspace():
                position += 1
                continue
            found = _TOKEN.match(self._text, position)
            if found is None:
                raise self._illegal(position)
            tokens.append(_Token(found.lastgroup or "", found.group(), position))
            position = found.end()
        return (*tokens, _Token("end", "", len(self._text.rstrip())))

    @property
    def _here(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._here
        self._next += token.kind != "end"
        return token

    def _expression(self, floor: int = 0) -> Node:
        left = self._operand()
        while (binding := _BINDING.get(self._here.text, 0)) > floor:
            operator = self._take()
            if operator.text == "^":
                left = Binary("^", left, self._exponent())
                continue
            start = self._here.position
            right = self._expression(binding)
            if operator.text == "/" and right == Number(0.0):
                problem = Clause("a division by 0 is always blank. Divide by a field, or by another number.")
                raise self._error(start, problem)
            left = Binary(operator.text, left, right)
        return left

    def _operand(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            deep = "more than {count} levels of nesting. Split the expression into several KPIs."
            raise self._error(self._here.position, Clause(deep, count=MAX_DEPTH))
        token = self._take()
        match token:
            case _Token("number"):
                tree: Node = self._number(token)
            case _Token("name") if self._here.text == "(":
                tree = self._call(token)
            case _Token("name"):
                tree = self._field(token)
            case _Token("sign", "("):
                tree = self._expression()
                self._close(token)
            case _Token("sign", "-"):
                tree = self._negated()
            case _:
                raise self._missing(token)
        self._depth -= 1
        return tree

    def _negated(self) -> Node:
        operand = self._operand()
        if self._here.text == "^":
            problem = Clause("a minus before a power reads two ways. Write -(a^2) or (-a)^2.")
            raise self._error(self._here.position, problem)
        return Negate(operand)

    def _exponent(self) -> Node:
        token = self._take()
        if token.kind != "number" or not re.fullmatch("[2-9]", token.text):
            problem = Clause("^ takes a whole number from 2 to 9. For anything else multiply or divide.")
            raise self._error(token.position, problem)
        if self._here.text == "^":
            problem = Clause("a power of a power reads two ways. Write (a^2)^3, or a^6.")
            raise self._error(self._here.position, problem)
        return Number(float(token.text))

    def _number(self, token: _Token) -> Number:
        if len(token.text.replace(".", "").strip("0")) > MAX_DIGITS or len(token.text.partition(".")[0]) > MAX_DIGITS:
            long = "{number} has more digits than the {count} that spreadsheets keep. Write fewer."
            raise self._error(token.position, Clause(long, number=token.text, count=MAX_DIGITS))
        return Number(float(token.text))

    def _field(self, token: _Token) -> Field:
        if token.text not in self._names:
            nothing = Clause("there is no field or KPI {found!r}.", found=token.text)
            raise self._unknown(token, nothing, self._names, ", ".join(self._names))
        return Field(token.text, token.position)

    def _call(self, token: _Token) -> Call:
        if token.text not in FUNCTION_ARITY:
            nothing = Clause("there is no function {found!r}.", found=token.text)
            raise self._unknown(token, nothing, FUNCTION_ARITY, FUNCTIONS_ALLOWED)
        opening = self._take()
        starts = [self._here.position]
        args = [] if self._here.text == ")" else [self._expression()]
        while self._here.text == ",":
            self._take()
            starts.append(self._here.position)
            args.append(self._expression())
        self._close(opening)
        wanted = FUNCTION_ARITY[token.text]
        if len(args) != wanted:
            text = "{function} takes {wanted} and not {count} arguments. Allowed: {allowed}."
            facts = {"function": token.text, "wanted": wanted, "count": len(args), "allowed": FUNCTIONS_ALLOWED}
            raise self._error(token.position, Clause(text, **facts))
        if token.text == "round":
            self._require_digits(args[1], starts[1])
        return Call(token.text.upper(), tuple(args))

    def _require_digits(self, digits: Node, position: int) -> None:
        literal = digits.operand if isinstance(digits, Negate) else digits
        if not (isinstance(literal, Number) and literal.value in range(10)):
            problem = Clause("round takes its digits as a whole number from -9 to 9, such as round(x, 2).")
            raise self._error(position, problem)

    def _close(self, opening: _Token) -> None:
        if self._here.text == ")":
            self._take()
            return
        if self._here.kind == "end":
            raise self._error(opening.position, Clause("this ( is never closed. Add the ) it belongs to."))
        text = "{found!r} is not expected here. Put an operator before it, or close the ( with )."
        raise self._error(self._here.position, Clause(text, found=self._here.text))

    def _missing(self, token: _Token) -> ExpressionError:
        if token.kind == "end":
            problem = Clause("the expression ends too early: a field, a KPI, a number or ( is missing.")
        else:
            text = "{found!r} is not expected here: a field, a KPI, a number or ( is missing."
            problem = Clause(text, found=token.text)
        return self._error(token.position, problem)

    def _unknown(self, token: _Token, nothing: Clause, known: Collection[str], allowed: str) -> ExpressionError:
        near = difflib.get_close_matches(token.text.lower(), known, n=1)
        if near:
            text = "{nothing} Did you mean {near}? Allowed: {allowed}."
            problem = Clause(text, nothing=nothing, near=near[0], allowed=allowed)
        else:
            problem = Clause("{nothing} Allowed: {allowed}.", nothing=nothing, allowed=allowed)
        return self._error(token.position, problem)

    def _illegal(self, position: int) -> ExpressionError:
        char = self._text[position]
        if char in _LOOKALIKES:
            text = "{found!r} is not allowed. Write {instead} instead."
            return self._error(position, Clause(text, found=char, instead=_LOOKALIKES[char]))
        if char == "%":
            return self._error(position, Clause("'%' is not allowed. Write 0.05 for 5%."))
        return self._error(position, Clause("{found!r} is not allowed. {allowed}", found=char, allowed=ALLOWED))

    def _error(self, position: int, problem: Clause) -> ExpressionError:
        return pointing_error(self._text, self._source, position, problem)
