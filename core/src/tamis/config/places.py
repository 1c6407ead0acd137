"""Reads YAML into nodes that know their places, within bounds, and says where it is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Mapping
from typing import Any
from typing import Final

import yaml

from tamis.config.nodes import Body
from tamis.config.nodes import MappingNode
from tamis.config.nodes import Node
from tamis.config.nodes import Place
from tamis.config.nodes import ScalarNode
from tamis.config.nodes import SequenceNode
from tamis.config.nodes import Source
from tamis.config.nodes import shown
from tamis.config.syntax import explain
from tamis.errors import Mistake

#: Bounds of one file, far above what a pipeline needs.
MAX_CHARACTERS: Final = 250_000
MAX_DEPTH: Final = 40
MAX_NODES: Final = 5_000

_VARIABLE: Final = re.compile(r"(\$?)\$\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?\})?")


class Composer:
    """Reads one text; `mistakes` gathers what is wrong in it."""

    def __init__(self, source: Source, env: Mapping[str, str], names: Collection[str] = ()) -> None:
        self.mistakes: list[Mistake] = []
        #: Two steps were read as one, for the '-' between them is missing.
        self.joined = False
        self._source = source
        self._env = env
        self._names = names
        self._anchors: dict[str, Node | None] = {}
        self._sizes: dict[int, int] = {}
        self._total = 0
        self._loader: Any = None

    def compose(self) -> Node | None:
        """Return the one document of the text; None where it is empty or cannot be read (then there is a mistake)."""
        if len(self._source.text) > MAX_CHARACTERS:
            place = self._source.place(0)
            self.mistakes.append(
                place.mistake(f"the file has over {MAX_CHARACTERS:,} characters: too long for a pipeline")
            )
            return None
        try:
            return self._document()
        except _RefusedError as refused:
            self.mistakes.append(refused.mistake)
        except _TooDeepError:
            place = self._source.place(self._loader.index)
            self.mistakes.append(place.mistake(f"nested deeper than {MAX_DEPTH}"))
        except yaml.YAMLError as error:
            self.mistakes.append(explain(error, self._source, self._names))
        except (ValueError, OverflowError):  # an escape such as "\UFFFFFFFF" stands for no character
            index = self._loader.index if self._loader else 0
            self.mistakes.append(self._source.place(index).mistake("an escape stands for no character"))
        return None

    def _document(self) -> Node | None:
        self._loader = _Loader(self._source.text)
        self._next()  # the start of the stream
        if isinstance(self._loader.peek_event(), yaml.StreamEndEvent):
            return None
        self._next()  # the start of the document
        node = self._node(self._next(), 1)
        self._next()  # the end of the document
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refuse("a second document starts here: one pipeline a file", after)
        return node

    def _next(self) -> Any:
        return self._loader.get_event()

    def _place(self, event: Any) -> Place:
        return self._source.place(event.start_mark.index)

    def _refuse(self, message: str, event: Any) -> _RefusedError:
        return _RefusedError(self._place(event).mistake(message))

    def _node(self, event: Any, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._refuse(f"nested deeper than {MAX_DEPTH}", event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.tag is not None:
            raise self._refuse(
                f"tags such as {shown(event.tag)} are refused: quote a value that starts with '!'", event
            )
        if event.anchor is not None:
            if event.anchor in self._anchors:
                raise self._refuse(f"the anchor '&{event.anchor}' is given twice", event)
            self._anchors[event.anchor] = None
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node, size = self._scalar(event), 1
        elif isinstance(event, yaml.SequenceStartEvent):
            node, size = self._sequence(event, depth)
        else:
            node, size = self._mapping(event, depth)
        self._sizes[id(node)] = size
        self._total += 1
        self._bound(max(size, self._total), event)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _alias(self, event: Any) -> Node:
        node = self._anchors.get(event.anchor)
        if node is None:
            inside = event.anchor in self._anchors
            why = "stands inside what it names" if inside else "names nothing: no '&' with this name before it"
            raise self._refuse(f"the alias '*{event.anchor}' {why}", event)
        return node

    def _sequence(self, start: Any, depth: int) -> tuple[Node, int]:
        node = SequenceNode(self._place(start))
        size = 1
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            item = self._node(event, depth + 1)
            node.items.append(item)
            size += self._sizes[id(item)]
            self._bound(size, event)
        return node, size

    def _bound(self, size: int, event: Any) -> None:
        if size > MAX_NODES:
            raise self._refuse(f"over {MAX_NODES:,} values, aliases written out: too many for a pipeline", event)

    def _mapping(self, start: Any, depth: int) -> tuple[Node, int]:
        node = MappingNode(self._place(start))
        size, joined = 1, False
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, ScalarNode):
                raise self._refuse("a key should be a word, found a list or a mapping", event)
            value = self._node(self._next(), depth + 1)
            size += 1 + self._sizes[id(value)]
            self._bound(size, event)
            if key.plain and key.text == "<<":
                self.mistakes.append(key.place.mistake("'<<' does not merge in YAML 1.2: use `extends`, or an alias"))
            elif key.text in node.entries:
                joined |= self._twice(node.entries[key.text][0], key, joined)
            else:
                node.entries[key.text] = (key, value)
        return node, size

    def _twice(self, first: ScalarNode, key: ScalarNode, joined: bool) -> bool:
        """Report the second *key*; return whether it starts a step whose '-' is missing."""
        starts_step = key.text == "use"
        cure = ": is a '- ' missing before it?" if starts_step else ""
        if not joined:
            message = f"key {shown(key.text)} is given twice, first in line {first.place.line}{cure}"
            self.mistakes.append(key.place.mistake(message))
        self.joined |= starts_step
        return starts_step

    def _scalar(self, event: Any) -> ScalarNode:
        place, text = self._place(event), event.value
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise self._refuse("half of a surrogate pair is no character", event)
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):  # the text begins below the line with the sign
            start = self._source.text.find("\n", start, end) + 1 or end
        elif event.style is not None:
            start, end = start + 1, end - 1
        node = ScalarNode(place, text, event.style is None, Body(self._source, start, end))
        if "${" in text:
            self._substitute(node)
        return node

    def _substitute(self, node: ScalarNode) -> None:
        """Put the values of environment variables in place of `${NAME}` and `${NAME:-default}`."""

        def put(found: re.Match[str]) -> str:
            escaped, name, default = found.groups()
            if escaped:
                return found.group()[1:]
            if name is None:
                problem = (
                    f"'{found.string[found.start() : found.start() + 12]}' should be ${{NAME}} or ${{NAME:-default}}"
                )
                return self._unset(node, f"{problem}; write $${{ for a plain ${{", found)
            value = self._env.get(name)
            if not value and default is not None:
                value = default
            if value is None:
                return self._unset(
                    node, f"the environment variable '{name}' is not set: set it, or write ${{{name}:-default}}", found
                )
            return value

        changed = _VARIABLE.sub(put, node.text)
        if changed != node.text:
            node.text, node.body = changed, None

    def _unset(self, node: ScalarNode, message: str, found: re.Match[str]) -> str:
        self.mistakes.append(node.place_of(found.start()).mistake(message))
        node.broken = True
        return found.group()


class _RefusedError(Exception):
    """Ends the reading of a text at its first mistake that makes the rest unreadable."""

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake
        super().__init__(mistake)


class _TooDeepError(Exception):
    """The scanner met more open brackets than a node may be deep."""


class _Loader(yaml.SafeLoader):
    """PyYAML's, which would read a thousand brackets ahead, slower with each, before the first one is known."""

    def fetch_flow_collection_start(self, TokenClass: Any) -> None:  # noqa: N803 - PyYAML's own name
        if self.flow_level > MAX_DEPTH:
            raise _TooDeepError
        super().fetch_flow_collection_start(TokenClass)
