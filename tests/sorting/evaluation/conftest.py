"""A small tagged log of twelve people, in which words decide the category."""

import numpy as np
import pandas as pd
import pytest

#: Words that are no cues of the codebook: only tags tell what they mean.
WORDS = {
    "execution": ["zarn", "belk", "forp"],
    "judgment": ["quill", "mavo", "tresk"],
    "creative": ["ludi", "pern", "oska"],
    "connective": ["himble", "wast", "crun"],
}


@pytest.fixture(scope="session")
def log() -> pd.DataFrame:
    """Three hundred tasks over a hundred days, six in seven of them tagged."""
    rng = np.random.default_rng(4)
    rows = []
    for n in range(300):
        category = str(rng.choice(list(WORDS)))
        word, other = rng.choice(WORDS[category]), rng.choice([w for ws in WORDS.values()
                                                               for w in ws])  # fmt: skip
        title = f"{word} {other}" if rng.random() < 0.7 else f"{word} {other} {rng.integers(900)}"
        rows.append(
            {"task_id": f"t{n:03d}", "title": title, "person": f"p{n % 12:02d}",
             "tag": category if n % 7 else None, "project": f"Site {n % 3}", "source": "test",
             "local_date": pd.Timestamp("2026-05-04") + pd.Timedelta(days=n // 3),
             "performer": "human", "hours": 1.0 + n % 4, "human_hours": 1.0 + n % 4}
        )  # fmt: skip
    text = dict.fromkeys(["task_id", "title", "person", "tag", "project", "source"], "str")
    return pd.DataFrame(rows).astype(text)
