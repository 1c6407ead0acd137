"""Reads an expression of `when` into nested functions; nothing is ever evaluated as Python.

The expression is parsed, and each node is held against what the language has; columns count code points from 0.
"""

from __future__ import annotations

import ast
import operator
import re
import warnings
from collections.abc import Callable
from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import TypeAlias

from tamis.errors import WhenError
from tamis.errors import suggest

if TYPE_CHECKING:
    from tamis.document import Document

MAX_LENGTH: Final = 2000
MAX_DEPTH: Final = 50
#: Names that are no labels: every document has them.
ALWAYS: Final = ("meta", "text", "title")
CONSTANTS: Final = {"true": True, "false": False, "null": None}

#: What a part of an expression becomes: a function of the document.
Value: TypeAlias = "Callable[[Document], Any]"


def _is_in(item: Any, items: Any) -> bool:
    try:
        return item in items
    except TypeError:  # null holds nothing, a text only texts
        return False


_COMPARE: Final[Mapping[type[ast.cmpop], Callable[[Any, Any], Any]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: _is_in,
    ast.NotIn: lambda item, items: not _is_in(item, items),
}
_QUOTED: Final = re.compile(r"""(\"{3}|'{3}|"|')(?:\\.|(?!\1)[^\\])*\1""")
_TYPICAL: Final = (
    (re.compile(r"&&"), "write `and`, not `&&`"),
    (re.compile(r"\|\|"), "write `or`, not `||`"),
    (re.compile(r"!(?!=)"), "write `not`, not `!`"),
    (re.compile(r"\b(AND|OR|NOT|IN)\b"), "write `and`, `or`, `not`, `in` in lower case"),
    (re.compile(r"(?<![=!<>])=(?!=)"), "write `==` to compare"),
)


def read(source: str) -> tuple[Value, Mapping[str, int]]:
    """Return the function that *source* states, and the labels it reads with their first columns.

    Raises WhenError with the column where *source* is wrong.
    """
    return _Reader(source).read()


class _Reader:
    """Reads one expression, and gathers the labels it names."""

    def __init__(self, source: str) -> None:
        self.source = source
        # Same length, so that columns hold; a line break has no meaning in an expression.
        self.text = re.sub(r"[\n\r\t\f]", " ", source)
        self.places: dict[str, int] = {}

    def read(self) -> tuple[Value, Mapping[str, int]]:
        if not self.text.strip():
            raise WhenError("the expression is empty", 0)
        if len(self.text) > MAX_LENGTH:
            raise WhenError(f"the expression has over {MAX_LENGTH} characters", 0)
        indent = len(self.text) - len(self.text.lstrip())
        if "#" in (bare := self._bare()):  # Python would pass over all that follows, in YAML often on several lines
            raise WhenError("no comment can stand in an expression: write it above", bare.index("#"))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                tree = ast.parse(self.text[indent:], mode="eval")
        except SyntaxError as error:
            raise self._explain(error, indent) from None
        except (ValueError, RecursionError, MemoryError):
            raise WhenError("this cannot be read as an expression", 0) from None
        self._indent = indent
        return self._test(tree.body, 0), self.places

    def _bare(self) -> str:
        """Return the text with `_` for what is quoted."""
        return _QUOTED.sub(lambda quoted: "_" * len(quoted.group()), self.text)

    def _explain(self, error: SyntaxError, indent: int) -> WhenError:
        bare = self._bare()
        for pattern, cure in _TYPICAL:
            if found := pattern.search(bare):
                return WhenError(cure, found.start())
        message = "this is no expression" if error.msg.startswith("invalid syntax") else error.msg
        return WhenError(message, min(len(self.text), indent + max(0, (error.offset or 1) - 1)))

    def _column(self, node: ast.expr) -> int:
        """Return where *node* starts, in code points; `ast` counts bytes of UTF-8."""
        raw = self.text[self._indent :].encode("utf-8", "surrogatepass")[: node.col_offset]
        return self._indent + len(raw.decode("utf-8", "surrogatepass"))

    def _wrong(self, message: str, node: ast.expr) -> WhenError:
        return WhenError(message, self._column(node))

    def _test(self, node: ast.expr, depth: int) -> Value:
        if depth > MAX_DEPTH:
            raise self._wrong(f"nested deeper than {MAX_DEPTH}", node)
        if isinstance(node, ast.BoolOp):
            tests = [self._test(value, depth + 1) for value in node.values]
            whole = all if isinstance(node.op, ast.And) else any
            return lambda doc: whole(test(doc) for test in tests)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            test = self._test(node.operand, depth + 1)
            return lambda doc: not test(doc)
        if isinstance(node, ast.Compare):
            return self._compare(node)
        return self._value(node)

    def _compare(self, node: ast.Compare) -> Value:
        values = [self._value(value) for value in (node.left, *node.comparators)]
        parts = []
        for left, op, right, at in zip(values, node.ops, values[1:], node.comparators, strict=False):
            if type(op) not in _COMPARE:
                raise self._wrong("write `==` or `!=` to compare, not `is`", at)
            parts.append(_pair(left, _COMPARE[type(op)], right))
        if len(parts) == 1:
            return parts[0]
        return lambda doc: all(part(doc) for part in parts)

    def _value(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Subscript):
            return self._item(node)
        if isinstance(node, ast.Call):
            return self._length(node)
        if isinstance(node, ast.BoolOp | ast.Compare) or (
            isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        ):
            raise self._wrong("a value is compared, not the outcome of another test: use `and`, `or`", node)
        return _constant(self._literal(node))

    def _name(self, node: ast.Name) -> Value:
        name = node.id
        if name in CONSTANTS:
            return _constant(CONSTANTS[name])
        if name == "text":
            return lambda doc: doc.text
        if name == "title":
            return lambda doc: doc.title
        if name == "meta":
            return lambda doc: doc.meta
        label = self._label(node)

        def read(doc: Document) -> Any:
            given = doc.labels.get(label)
            return None if given is None else given.value

        return read

    def _label(self, node: ast.Name) -> str:
        self.places.setdefault(node.id, self._column(node))
        return node.id

    def _attribute(self, node: ast.Attribute) -> Value:
        if self._of_meta(node.value):
            return _entry(self._value(node.value), node.attr)
        if not isinstance(node.value, ast.Name) or node.value.id in ("text", "title"):
            raise self._wrong(f"nothing here has a '.{node.attr}': labels have `.score` and `.scores`", node)
        name = node.value.id
        if node.attr not in ("score", "scores"):
            cure = suggest(node.attr, ["score", "scores"]) or suggest(name, ["meta"])
            raise self._wrong(f"a label has `.score` and `.scores`, no '.{node.attr}'{cure}", node)
        label, whole = self._label(node.value), node.attr == "scores"

        def read(doc: Document) -> Any:
            given = doc.labels.get(label)
            return None if given is None else given.scores if whole else given.score

        return read

    def _of_meta(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        return isinstance(node, ast.Name) and node.id == "meta"

    def _item(self, node: ast.Subscript) -> Value:
        scores = isinstance(node.value, ast.Attribute) and node.value.attr == "scores"
        if not scores and not self._of_meta(node.value):
            raise self._wrong('only `meta["name"]` and `label.scores["name"]` are looked into', node)
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        if not isinstance(key, str):
            raise self._wrong('a name in quotes stands between [ and ], as in `topics.scores["energy"]`', node.slice)
        return _entry(self._value(node.value), key)

    def _length(self, node: ast.Call) -> Value:
        if not isinstance(node.func, ast.Name) or node.func.id != "len":
            name = node.func.id if isinstance(node.func, ast.Name) else "()"
            raise self._wrong(f"there is no function '{name}', only `len`{suggest(name, ['len'])}", node)
        if len(node.args) != 1 or node.keywords:
            raise self._wrong("`len` takes one value, as in `len(text)`", node)
        value = self._value(node.args[0])

        def read(doc: Document) -> int | None:
            found = value(doc)
            if found is None:
                return 0
            return len(found) if isinstance(found, str | list | tuple | Mapping) else None

        return read

    def _literal(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, str | bool | int | float)):
            return node.value
        if isinstance(node, ast.Name) and node.id in CONSTANTS:
            return CONSTANTS[node.id]
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            number = self._literal(node.operand)
            if type(number) in (int, float):
                return -number
        if isinstance(node, ast.List | ast.Tuple):
            return [self._literal(item) for item in node.elts]
        if isinstance(node, ast.Name):
            raise self._wrong(f'a list holds texts and numbers; a text is quoted: "{node.id}"', node)
        raise self._wrong("`when` knows labels, meta.x, text, title, comparisons, in, and/or/not and len(...)", node)


def _entry(value: Value, key: str) -> Value:
    def read(doc: Document) -> Any:
        found = value(doc)
        return found.get(key) if isinstance(found, Mapping) else None

    return read


def _pair(left: Value, compare: Callable[[Any, Any], Any], right: Value) -> Value:
    def test(doc: Document) -> bool:
        try:
            return bool(compare(_json(left(doc)), _json(right(doc))))
        except TypeError:  # null or values of different kinds: neither less nor more
            return False

    return test


def _json(value: Any) -> Any:
    """Return *value* with lists for its tuples, as a record has it."""
    return [_json(each) for each in value] if isinstance(value, list | tuple) else value


def _constant(value: object) -> Value:
    return lambda _: value
