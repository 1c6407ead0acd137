"""The frame of every page: one file, nothing requested, everything escaped."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Any

from tamis.errors import ConfigError

if TYPE_CHECKING:
    from jinja2 import Environment


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


def render(template: str, **values: Any) -> str:
    """Return the page made from *template*, with a policy that allows its own style sheet and nothing else."""
    style = environment().get_template("style.css").render()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return environment().get_template(template).render(style=style, policy=policy, **values)


def visible(text: object) -> str:
    """Return *text* with what a page would hide (controls, lone surrogates, bidi overrides) made visible."""
    return str(text).translate(_VISIBLE)


_VISIBLE = {
    **{code: chr(0x2400 + code) for code in range(32) if code not in (9, 10, 13)},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **{
        code: f"\u27e8U+{code:04X}\u27e9"
        for code in (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x7F)
    },
}
