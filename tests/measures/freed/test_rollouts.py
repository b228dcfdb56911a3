"""When AI came to a team is the first of two months in which it took part."""

import pandas as pd
import pytest

from taskmix.measures.freed import roll_outs

MONTHS = [f"2026-{month:02d}" for month in range(1, 7)]


def monthly(touched, *, known=1.0, team="red"):
    """Cells of a team with 100 execution tasks a month, of which AI took part in so many."""
    rows = []
    for month, number in zip(MONTHS, touched, strict=True):
        seen = {"ai": number * 0.4, "both": number * 0.6, "human": 100 - number}
        units = {**{who: n * known for who, n in seen.items()}, "unknown": 100 * (1 - known)}
        rows += [(month, team, who, "execution", n, n) for who, n in units.items()]
    columns = ["period", "team", "performer", "label", "n_units", "expected_execution_units"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype(dict.fromkeys(columns[:4], "str")).assign(
        n_units=frame["n_units"].round().astype("int64")
    )


@pytest.mark.parametrize(
    ("touched", "roll_out"),
    [
        ([0, 0, 4, 6, 20, 60], "2026-04"),
        ([0, 9, 0, 0, 6, 8], "2026-05"),
        ([0, 0, 0, 0, 0, 30], "2026-06"),
        ([50, 50, 50, 50, 50, 50], "2026-01"),
        ([0, 6, 0, 6, 0, 0], None),
        ([0, 4, 4, 4, 4, 4], None),
    ],
)
def test_a_lone_month_is_no_roll_out_but_the_last(touched, roll_out):
    row = roll_outs(monthly(touched)).iloc[0]
    assert row["status"] == ("with AI" if roll_out else "without AI")
    assert (None if pd.isna(row["roll_out"]) else row["roll_out"]) == roll_out


def test_where_few_performers_are_known_nothing_is_said_of_the_team():
    cells = pd.concat(
        [monthly([0, 0, 50, 50, 50, 50], known=0.4), monthly([0] * 6, known=0.6, team="blue")]
    )
    table = roll_outs(cells).set_index("team")
    assert table["status"].to_dict() == {"blue": "without AI", "red": "not known"}
    assert table["roll_out"].isna().all()


def test_a_team_without_execution_is_not_known():
    assert roll_outs(monthly([0] * 6).assign(expected_execution_units=0.0)).empty
