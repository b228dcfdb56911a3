"""What is drawn and chosen, and what comes of the answers."""

import numpy as np
import pandas as pd
import pytest

from taskmix.errors import SortingError
from taskmix.sorting import PROBABILITIES
from taskmix.sorting.queue import (
    audit_answers,
    draw_queue,
    newest_audit,
    response_rates,
    tags_before_draw,
    training_tags,
)
from taskmix.taxonomy import CATEGORIES

KINDS = ["audit", "relabel", "margin", "suspicious"]


def period_tasks(n: int = 600, *, tagged: float = 0.3, seed: int = 0) -> pd.DataFrame:
    """Tasks of twenty people: some tagged, all sorted, titles of a few kinds that repeat."""
    rng = np.random.default_rng(seed)
    p = rng.dirichlet([0.6] * 4, size=n)
    verbs = rng.choice(["review", "draft", "call", "post", "plan"], n)
    things = rng.choice(["invoice", "logo", "board", "wiki"], n)
    numbers = rng.integers(20, size=n)
    titles = [f"{v} {t} {k}" for v, t, k in zip(verbs, things, numbers, strict=True)]
    frame = pd.DataFrame(p, columns=PROBABILITIES)
    return frame.assign(
        task_id=[f"t{k:04d}" for k in range(n)],
        person=[f"p{k}" for k in rng.integers(20, size=n)],
        title=titles,
        hours=rng.lognormal(0, 1, size=n),
        tag=pd.Series(
            np.where(rng.random(n) < tagged, rng.choice(CATEGORIES, n), None), dtype="str"
        ),
        part=0,
    )


@pytest.fixture(scope="module")
def tasks() -> pd.DataFrame:
    return period_tasks()


@pytest.fixture(scope="module")
def drawn(tasks) -> pd.DataFrame:
    suspicious = tasks.loc[tasks["tag"].notna(), "task_id"].tolist()
    return draw_queue(tasks, n=80, seed=4, suspicious=suspicious)


def by_kind(drawn: pd.DataFrame) -> dict[str, int]:
    return drawn["kind"].value_counts().reindex(KINDS, fill_value=0).to_dict()


def test_the_audit_has_its_size_and_learning_half_of_it(drawn):
    assert by_kind(drawn) == {"audit": 70, "relabel": 10, "margin": 30, "suspicious": 10}
    assert drawn["task_id"].is_unique


def test_between_a_tenth_and_three_twentieths_are_tagged_again(tasks):
    for n in (20, 80, 200):
        counts = by_kind(draw_queue(tasks, n=n, seed=0))
        assert 0.1 <= counts["relabel"] / n <= 0.15
        assert counts["audit"] + counts["relabel"] == n


def test_the_strata_are_what_they_say(tasks, drawn):
    tag = drawn["task_id"].map(tasks.set_index("task_id")["tag"])
    assert tag.notna().groupby(drawn["kind"]).agg(["min", "max"]).to_dict("index") == {
        "audit": {"min": False, "max": False}, "margin": {"min": False, "max": False},
        "relabel": {"min": True, "max": True}, "suspicious": {"min": True, "max": True},
    }  # fmt: skip


def test_probabilities_are_recorded_for_the_audit_alone(tasks, drawn):
    audit = drawn[drawn["kind"].isin(["audit", "relabel"])]
    assert audit["pi"].between(0, 1).all()
    assert drawn.loc[~drawn["kind"].isin(["audit", "relabel"]), "pi"].isna().all()
    for kind, stratum in audit.groupby("kind"):
        frame = tasks[tasks["tag"].isna() == (kind == "audit")]
        assert set(stratum["frame_tasks"]) == {len(frame)}
        assert stratum["frame_hours"].iloc[0] == pytest.approx(frame["hours"].sum())
        assert (stratum["hours"] / stratum["pi"]).sum() == pytest.approx(frame["hours"].sum())


def test_the_same_seed_draws_the_same_whatever_the_order(tasks, drawn):
    suspicious = tasks.loc[tasks["tag"].notna(), "task_id"].tolist()
    shuffled = tasks.sample(frac=1, random_state=1)
    before = shuffled.copy()
    again = draw_queue(shuffled, n=80, seed=4, suspicious=suspicious)
    pd.testing.assert_frame_equal(again, drawn)
    pd.testing.assert_frame_equal(shuffled, before)
    other = draw_queue(tasks, n=80, seed=5, suspicious=suspicious)
    assert set(other["task_id"]) != set(drawn["task_id"])


def test_what_is_learned_beside_it_does_not_change_the_audit(tasks, drawn):
    plain = draw_queue(tasks.assign(**dict.fromkeys(PROBABILITIES, float("nan"))), n=80, seed=4)
    assert by_kind(plain) == {"audit": 70, "relabel": 10, "margin": 0, "suspicious": 0}
    audit = drawn[drawn["kind"].isin(["audit", "relabel"])]
    assert set(audit["task_id"]) == set(plain["task_id"])


def test_the_order_tells_nothing_of_the_kind(tasks):
    places: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for seed in range(12):
        drawn = draw_queue(tasks, n=80, seed=seed)
        assert drawn["position"].tolist() == list(range(len(drawn)))
        for kind, own in drawn.groupby("kind"):
            places[str(kind)] += (own["position"] / len(drawn)).tolist()
    for kind in ("audit", "relabel", "margin"):
        # The mean of m uniform places lies within 4 / √(12 m) of the middle.
        assert abs(np.mean(places[kind]) - 0.5) < 4 / np.sqrt(12 * len(places[kind]))


def test_close_calls_are_close_and_each_of_another_kind(tasks):
    drawn = draw_queue(tasks, n=40, seed=0)
    chosen = tasks[tasks["task_id"].isin(drawn.loc[drawn["kind"] == "margin", "task_id"])]
    assert len(chosen) == 20
    assert chosen["title"].is_unique
    assert chosen["title"].str.split().str[:2].str.join(" ").nunique() >= 12
    p = np.sort(chosen[list(PROBABILITIES)].to_numpy(), axis=1)
    every = np.sort(tasks.loc[tasks["tag"].isna(), list(PROBABILITIES)].to_numpy(), axis=1)
    assert (p[:, -1] - p[:, -2]).mean() < 0.5 * (every[:, -1] - every[:, -2]).mean()


def test_one_unclear_kind_does_not_fill_the_sheet():
    # Sixty titles like "weekly sync 17" are the closest calls of all; ten others are less close.
    unclear = period_tasks(60, tagged=0).assign(
        title=[f"weekly sync {k}" for k in range(60)],
        p_execution=0.5, p_judgment=0.5, p_creative=0.0, p_connective=0.0,
    )  # fmt: skip
    others = period_tasks(10, tagged=0, seed=1).assign(
        title=[f"{a}{a} {a}x" for a in "bcdfghjklm"],
        p_execution=0.6, p_judgment=0.4, p_creative=0.0, p_connective=0.0,
        task_id=[f"o{k}" for k in range(10)],
    )  # fmt: skip
    unclear["hours"] = float("nan")
    others["hours"] = float("nan")
    with_hours = period_tasks(4, tagged=0, seed=2).assign(
        task_id=list("wxyz"), p_execution=1.0, p_judgment=0.0, p_creative=0.0, p_connective=0.0
    )
    tasks = pd.concat([unclear, others, with_hours], ignore_index=True)
    drawn = draw_queue(tasks, n=24, seed=0)
    chosen = drawn.loc[drawn["kind"] == "margin", "task_id"]
    assert len(chosen) <= 12
    assert chosen.str.startswith("o").sum() >= 5


def test_titles_without_a_word_are_one_kind():
    tasks = period_tasks(40, tagged=0).assign(title=[chr(0x1F600 + k) for k in range(40)])
    assert by_kind(draw_queue(tasks, n=8, seed=0))["margin"] == 1


def test_later_days_of_an_entry_are_audited_but_not_learned_from(tasks):
    drawn = draw_queue(tasks.assign(part=1), n=80, seed=0)
    assert by_kind(drawn) == {"audit": 70, "relabel": 10, "margin": 0, "suspicious": 0}


def test_without_tags_the_whole_audit_is_of_untagged_tasks():
    assert by_kind(draw_queue(period_tasks(tagged=0), n=40, seed=0)) == {
        "audit": 40, "relabel": 0, "margin": 20, "suspicious": 0}  # fmt: skip


def test_a_log_that_is_tagged_throughout_is_only_tagged_again():
    counts = by_kind(draw_queue(period_tasks(tagged=1.1), n=40, seed=0))
    assert counts == {"audit": 0, "relabel": 5, "margin": 0, "suspicious": 0}


def test_a_small_period_is_drawn_whole():
    counts = by_kind(draw_queue(period_tasks(12, tagged=0), n=400, seed=0))
    assert counts["audit"] == 12


def test_no_hours_no_audit(tasks):
    with pytest.raises(SortingError, match="no task of the period has human hours"):
        draw_queue(tasks.assign(hours=float("nan")), n=10, seed=0)
    with pytest.raises(SortingError, match="n is 0; an audit needs at least one"):
        draw_queue(tasks, n=0, seed=0)


def draws_of(**periods: str) -> pd.DataFrame:
    """Draws in the order given; each of a task for the audit, one to tag again and one to learn."""
    rows = [
        {"draw_id": draw, "period": period, "task_id": f"{draw}-{kind}", "kind": kind,
         "pi": 0.5 if kind != "margin" else float("nan"), "hours": 2.0, "frame_tasks": 9,
         "frame_hours": 20.0, "at": pd.Timestamp("2026-10-01", tz="UTC") + pd.Timedelta(days=day)}
        for day, (draw, period) in enumerate(periods.items())
        for kind in ("audit", "relabel", "margin")
    ]  # fmt: skip
    return pd.DataFrame(rows)


def tags_of(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Tags in the order given: draw, kind, tagger, category."""
    return pd.DataFrame(
        [
            {"tag_id": f"g{n}", "task_id": f"{draw}-{kind}", "tagger": tagger,
             "category": category, "origin": "queue" if kind == "margin" else "audit",
             "sheet": draw,
             "at": pd.Timestamp("2026-10-01 12:00", tz="UTC") + pd.Timedelta(minutes=n)}
            for n, (draw, kind, tagger, category) in enumerate(rows)
        ]
    )  # fmt: skip


DRAWS = draws_of(june="2026-Q2", sept="2026-09", autumn="2026-Q3")
TAGS = tags_of(
    ("june", "audit", "", "creative"), ("june", "margin", "", "creative"),
    ("sept", "audit", "", "judgment"), ("autumn", "relabel", "", "judgment"),
    ("autumn", "margin", "", "judgment"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("period", "trains"),
    [
        ("2026-Q2", ["june-margin", "autumn-margin"]),
        ("2026-Q3", ["june-audit", "june-margin", "autumn-margin"]),
        (None, ["june-audit", "june-margin", "autumn-margin"]),
        # September lies in the quarter, so its audit is no earlier than the quarter.
        ("2026-09", ["june-audit", "june-margin", "autumn-margin"]),
        ("2026-Q4", ["june-audit", "june-margin", "sept-audit", "autumn-relabel", "autumn-margin"]),
    ],
)
def test_audits_train_from_the_next_period_on(period, trains):
    assert training_tags(TAGS, DRAWS, period=period)["task_id"].tolist() == trains


def test_an_audit_whose_draw_is_lost_trains_nothing():
    kept = training_tags(TAGS, DRAWS.iloc[:0], period="2030")
    assert set(kept["origin"]) == {"queue"}
    pd.testing.assert_frame_equal(kept, training_tags(TAGS, DRAWS.iloc[:0]))


def test_the_last_audit_of_a_period_counts():
    draws = pd.concat([DRAWS, draws_of(a="x", b="x", c="x", redrawn="2026-Q3").iloc[-3:]])
    assert newest_audit(draws, period="2026-Q3") == "redrawn"
    assert newest_audit(draws, period="2026-09") == "sept"
    assert newest_audit(draws) == "redrawn"
    assert newest_audit(draws, period="2025") is None


def test_answers_come_with_their_probability_and_the_blind_majority():
    tags = tags_of(
        ("june", "audit", "p-1", "creative"), ("june", "audit", "p-2", "judgment"),
        ("june", "audit", "p-2", "creative"), ("sept", "audit", "p-1", "creative"),
    )  # fmt: skip
    answers = audit_answers(DRAWS, tags, draw_id="june").set_index("task_id")
    assert answers.index.tolist() == ["june-audit", "june-relabel"]
    assert answers.loc["june-audit", ["kind", "pi", "tag", "n_taggers"]].tolist() == [
        "audit", 0.5, "creative", 2]  # fmt: skip
    assert pd.isna(answers.loc["june-relabel", "tag"])
    tied = audit_answers(DRAWS, tags.iloc[:2], draw_id="june").set_index("task_id")
    assert pd.isna(tied.loc["june-audit", "tag"])
    rates = response_rates(answers.reset_index()).set_index("kind")
    assert rates["rate"].to_dict() == {"audit": 1.0, "relabel": 0.0}


def test_what_was_tagged_before_a_draw_is_found():
    # Tags of 1 October noon; autumn was drawn on the 3rd, june on the 1st at midnight.
    assert len(tags_before_draw(TAGS, DRAWS, draw_id="autumn")) == len(TAGS)
    assert tags_before_draw(TAGS, DRAWS, draw_id="june").empty
