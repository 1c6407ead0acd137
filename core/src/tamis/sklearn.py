"""A pipeline as a scikit-learn transformer; needs the extra `tamis[learn]`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any
from typing import Self

from sklearn.base import BaseEstimator
from sklearn.base import TransformerMixin

from tamis import api
from tamis.errors import ConfigError
from tamis.errors import suggest
from tamis.pipeline import Pipeline


class Cleaner(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Text in, text out: what a tamis pipeline leaves of each text.

    The settings of its steps are parameters, named `<step id>__<setting>`, so that a search can go over them:

        GridSearchCV(make_pipeline(Cleaner("news.yaml"), TfidfVectorizer(), LogisticRegression()),
                     {"cleaner__boilerplate__title": ["keep", "cut"]})
    """

    def __init__(self, pipeline: str = "default", settings: Mapping[str, Any] | None = None) -> None:
        """Take the path of a YAML file (or "default"), and *settings* by `<step id>__<setting>` that override it."""
        self.pipeline = pipeline
        self.settings = settings

    def _made(self) -> Pipeline:
        given = (self.settings or {}).items()
        sets = [f"{key.replace('__', '.', 1)}={json.dumps(value, default=_number)}" for key, value in given]
        return api.load(self.pipeline, sets=sets)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters; with *deep* the settings of the steps too."""
        params: dict[str, Any] = {"pipeline": self.pipeline, "settings": self.settings}
        if deep:
            for use in self._made().uses:
                settings = use.step.model_dump(mode="json", by_alias=True)
                params |= {f"{use.id}__{name}": value for name, value in settings.items()}
        return params

    def set_params(self, **params: Any) -> Self:
        """Set parameters, those of steps by `<step id>__<setting>`; raises ConfigError for an unknown one."""
        changed = Cleaner(params.pop("pipeline", self.pipeline), params.pop("settings", self.settings))
        unknown = [name for name in params if "__" not in name]
        if unknown:
            cure = suggest(unknown[0], changed.get_params())
            raise ConfigError(f"no parameter '{unknown[0]}'{cure}; steps have STEP__SETTING")
        if params:
            changed.settings = {**(changed.settings or {}), **params}
            changed._made()  # raises where a setting is wrong; then nothing is changed
        self.pipeline, self.settings = changed.pipeline, changed.settings
        return self

    def fit(self, X: Iterable[str], y: object = None) -> Self:  # noqa: ARG002, N803
        """Return the cleaner itself: there is nothing to learn."""
        self._made()
        return self

    def transform(self, X: Iterable[str]) -> list[str]:  # noqa: N803
        """Return what the pipeline leaves of each text of *X*, also of one that it would drop: rows stay rows.

        Raises StepError where a step fails.
        """
        if isinstance(X, str):
            raise TypeError("X should be a list of texts, found one str; likely cure: [text]")
        made = self._made()
        return [made(text).text for text in X]

    def __sklearn_is_fitted__(self) -> bool:
        return True


def _number(value: Any) -> Any:
    """Return a number of numpy's, as a search gives them, as a plain one."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"a setting should be JSON, found {type(value).__name__} ({value!r:.40})")
