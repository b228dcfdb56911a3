"""No title or note of a chart of teams contradicts the rows of its teams."""

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from taskmix.report import pathwords, sharewords, targetwords, words
from taskmix.taxonomy import CATEGORIES

pytestmark = pytest.mark.xdist_group("sentences")

WHY_NOT = "not enough data: has 1 year, needs 2"
HOW = {"audit": ("by its own audit", "by their own audit"),
       "composite": ("by its own and all teams’ together", "by theirs and all teams’ together"),
       "model": ("by the sorter alone", "by the sorter alone")}  # fmt: skip


def unread(text):
    return [f"unread: {text}"]


def teams(sim):
    """Return the frames of a page's teams, made once a period."""
    if "teams" not in sim.__dict__:
        rng = np.random.default_rng(int(sim.rng.integers(2**32)))
        n = int(rng.choice([0, 1, 2, 3, 9]))
        sim.teams = SimpleNamespace(
            shares=_shares(rng, n), targets=_targets(rng, n, sim), paths=_paths(rng, n),
            category=str(rng.choice(CATEGORIES[:2])),
            hidden=str(rng.choice(["", "3 small teams are not shown"])),
        )  # fmt: skip
    return sim.teams


def _shares(rng, n):
    share = rng.choice([0.0, 0.003, 0.4, 0.42, 0.998, 1.0, np.nan, *rng.random(3)], n)
    share = np.full(n, 0.4) if rng.random() < 0.1 else share
    estimator = rng.choice(list(HOW) if rng.random() < 0.6 else ["model"], n)
    return pd.DataFrame({"share": share.astype(float), "estimator": estimator.astype(object)})


def _targets(rng, n, sim):
    stands = rng.choice(["inside", "below", "above", "not sure"], n).tolist()
    share = rng.choice([0.4, np.nan], n).tolist()
    return pd.DataFrame({
        "period": [sim.scope.before] * n + [sim.scope.period] * n, "category": "execution",
        "share": [0.4] * n + share, "stands": ["inside"] * n + stands,
    })  # fmt: skip


def _paths(rng, n):
    rows = []
    for team in range(n):
        last = float(rng.choice([0.0, 0.003, 0.2, *rng.random(2)]))
        points = [0.0] if rng.random() < 0.4 else [0.0, 0.9, last]
        rows += [(f"T{team}", f"{2024 + at}", moved, WHY_NOT if len(points) == 1 else "")
                 for at, moved in enumerate(points)]  # fmt: skip
    rows.sort(key=lambda row: row[-1], reverse=True)
    return pd.DataFrame(rows, columns=["team", "period", "points", "why_not"])


def say_teams(sim):
    own = teams(sim)
    note = sharewords.teams_note(own.shares, hidden=own.hidden)
    target = targetwords.teams_targets_title(own.targets, category=own.category, scope=sim.scope)
    return [
        f"Shares: {words.teams_title(own.shares)}",
        *([f"Note: {note}"] if note else []),
        f"Targets: {target}",
        f"Paths: {pathwords.paths_title(own.paths)}",
    ]


def read_teams(text, sim, r):
    label, _, text = text.partition(": ")
    own = {"Shares": read_shares, "Note": read_note, "Targets": read_targets, "Paths": read_paths}
    return own[label](text, sim, r) if label in own else unread(text)


def read_shares(text, sim, r):
    known = teams(sim).shares["share"].dropna().tolist()
    if len(known) < 2:
        none = "One team" if known else "No team"
        return [] if text == f"{none} is large enough to be shown" else unread(text)
    found = re.fullmatch(
        rf"Execution takes (?:about ({r.PERCENT}) of each|from ({r.PERCENT}) to ({r.PERCENT}) of a)"
        r" team’s hours", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    about, least, most = found.groups()
    if about:
        return [] if all(is_part(about, share, r) for share in known) else ["about"]
    return [] if is_part(least, min(known), r) and is_part(most, max(known), r) else ["range"]


def is_part(text, share, r):
    return text == f"{share:.0%}" if share in (0, 1) else r.is_share(text, share)


def read_note(text, sim, r):
    own = teams(sim)
    parts = text.split("; ")
    if own.hidden and parts.pop() != own.hidden:
        return ["hidden"]
    counts = own.shares["estimator"].value_counts()
    if not set(counts.index) - {"model"}:
        return [] if not parts else unread(text)
    told = {HOW[name][int(counts[name] > 1)]: counts[name] for name in HOW if name in counts}
    right = [f"{n} {how}" for how, n in told.items()]
    if parts[:1] != ["Lines: 95% intervals"] or len(parts) != 2:
        return unread(text)
    said = re.split(r", | and (?=\d)", parts[1])
    return [] if said == right else unread(text)


def read_targets(text, sim, r):
    own = teams(sim)
    now = [row for row in r.records(own, "targets") if row["period"] == sim.scope.period]
    now = [row for row in now if row["category"] == own.category and row["share"] == row["share"]]
    inside = sum(row["stands"] == "inside" for row in now)
    if not now:
        none = f"No team that is shown has a target for {own.category}"
        return [] if text == none else unread(text)
    noun = "team" if len(now) == 1 else "teams"
    verb = "has" if inside == 1 or len(now) == 1 else "have"
    right = f"{inside} of {len(now)} {noun} {verb} the share of {own.category} that was wanted"
    return [] if text == right else unread(text)


def read_paths(text, sim, r):
    last = {}
    for row in sorted(r.records(teams(sim), "paths"), key=lambda row: row["period"]):
        last.setdefault(row["team"], []).append(row["points"])
    moved = [points[-1] for points in last.values() if len(points) > 1]
    if not moved:
        why = WHY_NOT if last else "not enough data: has 0 periods, needs 2"
        return [] if text == f"No team that is shown has a path yet: {why}" else unread(text)
    found = re.fullmatch(
        rf"(One team|{r.NUMBER} teams) moved ({r.PERCENT})(?: to ({r.PERCENT}))? of (its|their) "
        r"hours from one kind of work to another", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    who, least, most, whose = found.groups()
    alone = len(moved) == 1
    good = who == ("One team" if alone else f"{len(moved)} teams") and alone == (whose == "its")
    return [] if good and is_part(least, min(moved), r) and is_part(
        most or least, max(moved), r) else ["moved"]  # fmt: skip


def test_no_sentence_contradicts_its_teams(periods, reading):
    assert reading.contradictions(periods, say_teams, read_teams) == []


def test_a_planted_contradiction_is_found(periods, reading):
    """Negative control of the test above."""
    n, missed = reading.uncaught(periods, say_teams, read_teams)
    assert n > 20
    assert missed == []
