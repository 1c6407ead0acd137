"""The frame of every page: one file, nothing requested, everything escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from tamis.errors import ConfigError

if TYPE_CHECKING:
    from jinja2 import Environment


#: What every page of tamis says in its first lines.
_GENERATOR: Final = b'<meta name="generator" content="tamis">'


@cache
def environment() -> Environment:
    """Return the templates. Raises ConfigError where Jinja2 is not installed."""
    try:
        from jinja2 import Environment
        from jinja2 import PackageLoader
        from jinja2 import StrictUndefined
    except ImportError as error:
        raise ConfigError("pages need Jinja2: pip install 'tamis[report]'") from error
    made = Environment(
        loader=PackageLoader("tamis.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["visible"] = visible
    return made


def style(switches: int = 0) -> str:
    """Return the style sheet, with the rules for so many switches."""
    return environment().get_template("style.css").render(switches=switches)


def render(template: str, *, switches: int = 0, **values: Any) -> str:
    """Return the page made from *template*, with a policy that allows its own style sheet and nothing else."""
    sheet = style(switches)
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return environment().get_template(template).render(style=sheet, policy=policy, **values)


def check_target(path: Path) -> None:
    """Raise ConfigError where *path* is a file that is no page of tamis: it would be lost."""
    try:
        with path.open("rb") as file:
            start = file.read(200)
    except OSError:  # it is not there, or `write` says why not
        return
    if start and _GENERATOR not in start:
        raise ConfigError(f"{path} is there and is no page of tamis: choose another name for the page, or remove it")


def write(page: str, path: Path) -> None:
    """Write *page* to *path*, whose folder is made where it is missing; only another page is replaced.

    Raises ConfigError where that cannot be.
    """
    check_target(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8", errors="replace")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}") from error


def visible(text: object) -> str:
    """Return *text* with what a page would hide (controls, lone surrogates, bidi overrides) made visible."""
    return _HIDDEN.sub(_shown, str(text))


_HIDDEN: Final = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 32:
        return chr(0x2400 + code)  # the picture of a control
    return "\ufffd" if 0xD800 <= code < 0xE000 else f"\u27e8U+{code:04X}\u27e9"
