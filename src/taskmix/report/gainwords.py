"""What more tags would bring, in words."""

import pandas as pd

from taskmix.language import number, tr
from taskmix.sorting.evaluation import (
    ALL_TASKS,
    EXTRA,
    NEW_TITLES,
    Evaluation,
)

_FULL_SCALE = 100
#: A gain of macro-F1 below this, at either end of its interval, is none.
_NEXT_TO_NOTHING = 0.001


def main_view(found: Evaluation) -> str:
    """Return the view of the headline: new titles, or all tasks where no title is new."""
    return NEW_TITLES if NEW_TITLES in set(found.methods["view"]) else ALL_TASKS


def learning_title(found: Evaluation) -> str:
    """Title the learning curve."""
    curve = found.learning.curve
    own = curve[curve["view"] == main_view(found)].dropna(subset=["mean"])
    if own.empty:
        return tr("There is nothing to learn from yet")
    first, last = own.iloc[0], own.iloc[-1]
    return tr(
        "Macro-F1 goes from {first} with {few} tags to {last} with {many}",
        first=number(first["mean"], 2, grouped=False),
        few=number(first["n_tags"]),
        last=number(last["mean"], 2, grouped=False),
        many=number(last["n_tags"]),
    )


def gain_sentence(found: Evaluation) -> str:
    """Say what a hundred more tags would bring."""
    gain = found.learning.gain
    own = gain[gain["view"] == main_view(found)] if len(gain) else gain
    if own.empty or pd.isna(own["gain"].iloc[0]):
        return tr(
            "What {extra} more tags would bring cannot be told yet: there are too few.", extra=EXTRA
        )
    row = own.iloc[0]
    view = tr(main_view(found))
    about = tr(
        "{extra} more tags would bring about {gain} points of macro-F1",
        extra=EXTRA,
        gain=signed_points(row["gain"]),
    )
    if pd.isna(row["low"]):
        values = {"about": about, "view": view}
        if found.clustered_by == "person":
            return tr(
                "{about} on {view}; the newest stretch has too few people to say how sure that is.",
                **values,
            )
        return tr(
            "{about} on {view}; the newest stretch has too few weeks to say how sure that is.",
            **values,
        )
    if max(abs(row["low"]), abs(row["high"])) < _NEXT_TO_NOTHING:
        return tr(
            "{extra} more tags would bring next to nothing: less than {least} "
            "of macro-F1 on {view}.",
            extra=EXTRA,
            least=points_of(_NEXT_TO_NOTHING),
            view=view,
        )
    between = tr(
        "between {low} and {high}", low=signed_points(row["low"]), high=signed_points(row["high"])
    )
    if row["low"] <= 0 <= row["high"]:
        return tr(
            "Whether {extra} more tags would bring anything cannot be told: about {gain} "
            "points of macro-F1 on {view}, {between}.",
            extra=EXTRA,
            gain=signed_points(row["gain"]),
            view=view,
            between=between,
        )
    return tr("{about} on {view} ({between}).", about=about, view=view, between=between)


def points_of(share: float) -> str:
    """Write a share in points."""
    return tr("{size} points", size=number(_FULL_SCALE * share, 1, grouped=False))


def signed_points(share: float) -> str:
    """Write a change in points, with its sign; of nothing none is written."""
    written = f"{_FULL_SCALE * share:+.1f}"
    size = number(abs(_FULL_SCALE * share), 1, grouped=False)
    if written in {"+0.0", "-0.0"}:
        return size
    return f"{'−' if written.startswith('-') else '+'}{size}"
