"""No sentence on AI's hours, targets, wishes, conditions and paths contradicts its frame."""

# Each return reads one form that a sentence may have.
# ruff: noqa: PLR0911

import re
from math import isnan
from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.markers import CATALOGUE, MARKERS
from taskmix.report import machinewords, markerwords, pathwords, targetwords, wishwords
from taskmix.taxonomy import CATEGORIES, LABELS

pytestmark = pytest.mark.xdist_group("sentences")

WHY_NOT = "not enough data: has 3 months, needs 8"
FEW = "too few people answered"


def unread(text):
    return [f"unread: {text}"]


def frames(sim):
    """Return the frames of the sentences read here, made once a period."""
    if "conditions" not in sim.__dict__:
        rng = np.random.default_rng(int(sim.rng.integers(2**32)))
        mixes = rng.dirichlet(np.ones(4), 3)
        mixes[1] = mixes[0] + rng.choice([0.003, 0.2]) * (mixes[1] - mixes[0])
        sim.conditions = SimpleNamespace(
            by_hours=_by_hours(rng, sim), modes=_modes(rng, sim), by_share=_by_share(mixes, sim),
            targets=_targets(rng, sim), wished=_wished(rng, sim), markers=_markers(rng, sim),
            path=_path(rng, mixes[:2]), marker=int(rng.integers(len(CATALOGUE))),
        )  # fmt: skip
    return sim.conditions


def _by_hours(rng, sim):
    parts = rng.dirichlet([1, 1, 1])
    row = {"period": sim.scope.period, "n_ai": rng.choice([0.7, 1.0, 812.3]), "ai": parts[0],
           "both": parts[1], "known": rng.choice([1.0, rng.random()]), "why_not": "",
           "own_team": rng.choice([np.nan, 1.0, rng.random()]),
           "with_hours": rng.choice([np.nan, 1.0, 0.7])}  # fmt: skip
    fate = rng.random()
    if fate < 0.2:
        row |= {"ai": np.nan, "both": np.nan, "why_not": WHY_NOT if fate < 0.1 else ""}
    return pd.DataFrame([row])


def _modes(rng, sim):
    part = rng.choice([0.5, 0.503, 0.995, rng.random(), rng.random()])
    n_known = int(rng.integers(30, 2000))
    row = {"period": sim.scope.period, "automation": part, "augmentation": 1 - part,
           "n_known": n_known, "n_with_ai": n_known + int(rng.choice([0, 300])),
           "why_not": ""}  # fmt: skip
    row["known"] = n_known / row["n_with_ai"]
    fate = rng.random()
    if fate < 0.1:
        row |= {"automation": np.nan, "augmentation": np.nan, "why_not": WHY_NOT}
    return pd.DataFrame([row])[: 0 if fate > 0.95 else 1]


def _by_share(mixes, sim):
    rows = [(sim.scope.period, share, category, value)
            for share, mix in zip((1.0, 0.5), mixes, strict=False)
            for category, value in zip(CATEGORIES, mix, strict=True)]  # fmt: skip
    return pd.DataFrame(rows, columns=["period", "both_human_share", "category", "share"])


def _targets(rng, sim):
    rows = []
    audited, lost = rng.random() < 0.5, rng.random() < 0.05
    for category in CATEGORIES[: rng.integers(0, 5)]:
        low = round(rng.random() * 0.6, 2)
        high = low + rng.choice([0.0, 0.1])
        share = np.clip(rng.choice([low, high]) + rng.choice([0, 0.003, 0.0062, 0.2, -0.02]), 0, 1)
        half = rng.choice([0.001, 0.05]) if audited else 0.0
        gap = share - np.clip(share, low, high)
        stands = "inside" if abs(gap) <= 0.005 else "below" if share + half < low else (
            "above" if share - half > high else "not sure")  # fmt: skip
        rows.append({"period": sim.scope.period, "category": category, "share": share, "gap": gap,
                     "wanted_low": low, "wanted_high": high, "stands": stands,
                     "audited": audited})  # fmt: skip
    columns = ["period", "category", "share", "gap", "wanted_low", "wanted_high", "stands",
               "audited"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    if lost:
        table["share"], table["gap"], table["stands"] = np.nan, np.nan, np.nan
    return table


def _wished(rng, sim):
    rows = []
    for label in LABELS[: rng.integers(0, 6)]:
        wanted = float(label == "creative") if rng.random() < 0.1 else rng.random()
        row = {"period": sim.scope.period, "label": label, "wanted": wanted,
               "n_answers": float(rng.integers(1, 400)), "n_people": float(rng.integers(1, 40)),
               "with_ai": rng.choice([np.nan, rng.random()]),
               "n_known": float(rng.integers(1, 400)), "why_not": ""}  # fmt: skip
        if rng.random() < 0.3:
            row |= dict.fromkeys(["wanted", "n_answers", "n_people", "with_ai", "n_known"], np.nan)
            row["why_not"] = FEW
        rows.append(row)
    return pd.DataFrame(rows, columns=["period", "label", "wanted", "n_answers", "n_people",
                                       "with_ai", "n_known", "why_not"])  # fmt: skip


def _markers(rng, sim):
    rows = []
    for fact in CATALOGUE:
        scale = 1 if fact.unit == "share" else rng.choice([0.5, 4, 60])
        value, change = rng.random() * scale, rng.normal(0, 0.1) * scale * rng.choice([0.002, 1])
        half = abs(change) * rng.uniform(0.05, 2) if rng.random() < 0.7 else np.nan
        none = rng.random()
        if none < 0.1:
            value = change = half = np.nan
        elif none < 0.2:
            change = half = np.nan
        rows.append({"period": sim.scope.period, "marker": fact.name, "value": value,
                     "low": value - half, "high": value + half, "change": change,
                     "change_low": change - half, "change_high": change + half,
                     "why_not": WHY_NOT if none < 0.1 else None})  # fmt: skip
    return pd.DataFrame(rows)


def _path(rng, mixes):
    points = [0.0, np.abs(mixes[1] - mixes[0]).sum() / 2]
    moved = [0.0, rng.choice([np.nan, 0.73])]
    table = pd.DataFrame(mixes, columns=list(CATEGORIES)).assign(
        period=["2024-Q3", "2026-Q3"], points=points, moved=moved, audited=rng.random() < 0.5,
        why_not=["", "creative may be below 1% in 2024-Q3"],
    )  # fmt: skip
    short = rng.random() < 0.1
    return table[:1].assign(why_not=WHY_NOT) if short else table


# --- AI's part by hours --------------------------------------------------------------------------


def say_machine(sim):
    own, scope = frames(sim), sim.scope
    return [
        f"Hours: {machinewords.hours_title(own.by_hours, scope=scope)}",
        f"Hours: {machinewords.hours_sentence(own.by_hours, scope=scope)}",
        f"Modes: {machinewords.modes_title(own.modes, scope=scope)}",
        f"Modes: {machinewords.modes_sentence(own.modes, scope=scope)}",
        f"Counted: {machinewords.sensitivity_title(own.by_share, scope=scope)}",
        f"Counted: {machinewords.sensitivity_sentence(own.by_share, scope=scope)}",
    ]


def read_machine(text, sim, r):
    label, _, text = text.partition(": ")
    own = {"Hours": read_by_hours, "Modes": read_modes, "Counted": read_counted}
    return own[label](text, sim, r) if label in own else unread(text)


def read_by_hours(text, sim, r):
    row = r.records(frames(sim), "by_hours")[0]
    if row["why_not"] or isnan(row["ai"]):
        none = f"AI’s part of execution by hours cannot be told: {WHY_NOT}" if row["why_not"] else (
            "Who carries out execution is not recorded")  # fmt: skip
        return [] if text.removesuffix(".") == none else unread(text)
    found = re.fullmatch(
        rf"By hours, AI alone carries ({r.PERCENT}) of execution, as modelled", text
    )
    if found:
        return [] if r.is_share(found[1], row["ai"]) else ["ai"]
    found = re.fullmatch(
        rf"If AI’s ({r.NUMBER}) execution (tasks?) had taken as long as such tasks took people "
        rf"before, it would carry ({r.PERCENT}) of the hours alone and take part in ({r.PERCENT}), "
        rf"in {sim.when}\.(?: ({r.PERCENT}) of them count at their own team’s median, the others "
        r"at that of all teams\.)? It is modelled: nobody spent or saved these hours\. The "
        rf"performer is known of ({r.PERCENT}) of the hours\.(?: Only ({r.PERCENT}) of people’s "
        r"execution tasks have hours, so people’s part is too small here\.)?", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    n, noun, ai, both, own, known, timed = found.groups()
    pairs = [(ai, row["ai"]), (both, row["both"]), (known, row["known"])]
    pairs += [(own, row["own_team"])] if own else []
    pairs += [(timed, row["with_hours"])] if timed else []
    good = all(r.is_share(*pair) for pair in pairs) and r.is_size(n, row["n_ai"], decimals=0)
    good = good and (noun == "task") == (n == "1")
    good = good and bool(own) == (not isnan(row["own_team"]) and row["own_team"] < 1)
    return [] if good and bool(timed) == (row["with_hours"] <= 0.95) else ["hours"]


def read_modes(text, sim, r):
    rows = r.records(frames(sim), "modes")
    none = "The log has no task that AI took part in"
    if rows and rows[0]["why_not"]:
        none = f"How people work with AI cannot be told: {WHY_NOT}"
    if not rows or rows[0]["why_not"]:
        return [] if text.removesuffix(".") == none else unread(text)
    row = rows[0]
    if text == "People hand tasks over to AI as often as they work on them with it":
        return [] if r.is_share("50%", row["automation"]) else ["as often"]
    found = re.fullmatch(
        rf"({r.PERCENT}) of the tasks with a known mode people (hand over to AI|work on together "
        r"with AI)", text,
    )  # fmt: skip
    if found:
        part = row["automation"] if found[2] == "hand over to AI" else row["augmentation"]
        good = r.is_share(found[1], part) and part > 0.5 and not r.is_share("50%", part)
        return [] if good else ["modes"]
    found = re.fullmatch(
        rf"Of ({r.NUMBER}) tasks whose mode is known, ({r.PERCENT}) were handed over "
        rf"\(automation\) and ({r.PERCENT}) worked on with AI \(augmentation\); that is "
        rf"({r.PERCENT}) of the ({r.NUMBER}) tasks that AI took part in\.", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    shares = zip(found.groups()[1:4], ("automation", "augmentation", "known"), strict=True)
    good = all(r.is_share(said, row[name]) for said, name in shares)
    counts = (found[1], found[5]) == (f"{row['n_known']:,}", f"{row['n_with_ai']:,}")
    return [] if good and counts else ["modes"]


def read_counted(text, sim, r):
    whole, half = (dict(zip(CATEGORIES, values, strict=True)) for values in
                   frames(sim).by_share["share"].to_numpy().reshape(2, 4))  # fmt: skip
    apart = {name: abs(whole[name] - half[name]) for name in CATEGORIES}
    if text == "Counting work done with AI whole or in part changes no share by half a point":
        return [] if max(apart.values()) < 0.005 else ["half a point"]
    found = re.fullmatch(
        rf"Counting work done with AI in part moves (\w+) by ({r.NUMBER}) points at most", text
    )
    if found:
        most = max(apart.values())
        good = found[1] in apart and apart[found[1]] == most and most >= 0.005
        return [] if good and r.is_size(found[2], 100 * most) else ["most"]
    found = re.fullmatch(
        rf"In {sim.when}, with 100% of joint work’s hours counted as human: (.+); with 50% of "
        r"joint work’s hours counted as human: (.+)\.", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    for said, mix in zip(found.groups(), (whole, half), strict=True):
        parts = [part.split(" ", 1) for part in said.split(", ")]
        if [name for name, _ in parts] != list(CATEGORIES):
            return ["listed"]
        if not all(r.is_share(percent, mix[name]) for name, percent in parts):
            return ["shares"]
    return []


# --- targets and wishes --------------------------------------------------------------------------


def say_targets(sim):
    own, scope = frames(sim).targets, sim.scope
    return [targetwords.targets_title(own, scope=scope),
            targetwords.targets_sentence(own, scope=scope)]  # fmt: skip


def read_targets(text, sim, r):
    rows = {row["category"]: row for row in r.records(frames(sim), "targets")}
    plain = text.removesuffix(".")
    if not rows:
        none = "No target mix is set; [targets] in taskmix.toml sets one"
        return [] if plain == none else unread(text)
    if all(isnan(row["share"]) for row in rows.values()):
        none = f"No hours of known length were logged in {sim.when}"
        return [] if plain == none else unread(text)
    stands = {name: row["stands"] for name, row in rows.items()}
    off = {n: abs(rows[n]["gap"]) for n, s in stands.items() if s in ("below", "above")}
    unsure = "not sure" in stands.values()
    if text == "It is not sure that any share is away from its target":
        return [] if not off and unsure else ["not sure"]
    if text == "Every share with a target is where it was wanted":
        return [] if not off and not unsure else ["wanted"]
    found = re.fullmatch(
        rf"(\w+) is ({r.NUMBER}) (points?) (below|above) what was wanted(, as estimated)?", text
    )
    if found:
        name = found[1].lower()
        if name not in off:
            return ["named"]
        good = off[name] == max(off.values()) and stands[name] == found[4]
        good = good and r.is_size(found[2], 100 * off[name], decimals=0)
        good = good and (found[3] == "point") == (found[2] == "1")
        return [] if good and bool(found[5]) != rows[name]["audited"] else ["off"]
    found = re.fullmatch(
        rf"In {sim.when}: (.+?)\.( The shares are not audited, so the distances are estimates "
        r"without an interval\.)? A target is a wish, not a grade\.", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    problems = [] if bool(found[2]) != all(row["audited"] for row in rows.values()) else ["audit"]
    items = found[1].split("; ")
    problems += [] if len(items) == len(rows) else ["listed"]
    for item, (name, row) in zip(items, rows.items(), strict=False):
        told = re.fullmatch(
            rf"{name} ({r.PERCENT}), wanted ({r.PERCENT})(?: to ({r.PERCENT}))? \((.+)\)", item
        )
        if not told:
            return unread(item)
        share, low, high, said = told.groups()
        good = said == row["stands"] and r.is_share(share, row["share"])
        good = good and r.is_share(low, row["wanted_low"])
        good = good and (high is not None) == (row["wanted_high"] > row["wanted_low"])
        good = good and (high is None or r.is_share(high, row["wanted_high"]))
        # What is away from what was wanted is not written as the same.
        away = {"below": low, "above": high or low}.get(said)
        problems += [] if good and share != away else [item]
    return problems


def kind(label):
    return "what could not be sorted" if label == "unsure" else label


def say_wishes(sim):
    own, scope = frames(sim).wished, sim.scope
    return [
        wishwords.wishes_title(own, scope=scope),
        wishwords.wishes_sentence(own, scope=scope),
        wishwords.wishes_finding(own, scope=scope),
    ]


def read_wishes(text, sim, r):
    rows = {kind(row["label"]): row for row in r.records(frames(sim), "wished")}
    known = {name: row for name, row in rows.items() if not isnan(row["wanted"])}
    if not known:
        none = FEW if rows else "the log says it of no task"
        said = f"What people want automated cannot be told: {none}"
        return [] if text.removesuffix(".") == said else unread(text)
    most = max(row["wanted"] for row in known.values())
    found = re.fullmatch(
        rf"Of (.+) people want ({r.PERCENT}) of the answered tasks automated", text
    )
    if found:
        good = found[1] in known and known[found[1]]["wanted"] == most
        return [] if good and r.is_share(found[2], most) else ["most"]
    found = re.fullmatch(rf"In {sim.when}, of (.+)\. Who answered is no random sample\.", text)
    if found:
        told = read_wish(found[1], known, r)
        return [] if told and known[told]["wanted"] == most else unread(text)
    found = re.fullmatch(
        rf"In {sim.when}: (.+?)\.(?: Of (.+) nothing is said: too few answered\.)? Who answered is "
        r"no random sample of people or tasks\.", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    left = r.names_in(found[2]) if found[2] else []
    told = [read_wish(item, known, r) for item in found[1].split("; ")]
    good = told == list(known) and left == [name for name in rows if name not in known]
    return [] if good else ["listed"]


def read_wish(text, known, r):
    """Return of what a wish is told, where it is told rightly."""
    found = re.fullmatch(
        rf"(.+?) ({r.PERCENT}) of ({r.NUMBER}) answered (tasks?) \(({r.NUMBER}) (person|people)\) "
        rf"are wanted automated, (?:who does them is not known|AI takes part in ({r.PERCENT}) of "
        rf"the ({r.NUMBER}) whose performer is known)", text,
    )  # fmt: skip
    if not found or found[1] not in known:
        return ""
    row = known[found[1]]
    good = r.is_share(found[2], row["wanted"])
    good = good and found[3] == f"{row['n_answers']:,.0f}" and found[5] == f"{row['n_people']:,.0f}"
    good = good and (found[4] == "task") == (row["n_answers"] == 1)
    good = good and (found[6] == "person") == (row["n_people"] == 1)
    if isnan(row["with_ai"]):
        good = good and found[7] is None
    else:
        good = good and found[7] and r.is_share(found[7], row["with_ai"])
        good = good and found[8] == f"{row['n_known']:,.0f}"
    return found[1] if good else ""


# --- conditions and paths ------------------------------------------------------------------------


def say_markers(sim):
    own, told = frames(sim).markers, {"scope": sim.scope, "stale": sim.stale}
    # Two of them a period, and so each in many periods.
    at = frames(sim).marker
    some = (CATALOGUE[at], CATALOGUE[(at + 7) % len(CATALOGUE)])
    return [
        *(f"{fact.name}| {markerwords.marker_title(own, fact.name, **told)}" for fact in some),
        *(f"Finding| {label}: {said}"
          for label, said in markerwords.marker_findings(own, **told)),
    ]  # fmt: skip


def amount(text, size, fact, r):
    """Tell whether a written amount of a marker is right: in points, or in its own unit."""
    if fact.unit == "share":
        found = re.fullmatch(rf"({r.NUMBER}) (points?)", text)
        good = found and r.is_size(found[1], 100 * size)
        return bool(good) and (found[2] == "point") == (found[1] == "1")
    unit = "" if fact.unit == "distance, 0–1" else f" {re.escape(fact.unit)}"
    found = re.fullmatch(rf"({r.NUMBER}){unit}", text)
    digits = 0 if size >= 20 else 1 if size >= 1 else 2
    return bool(found) and r.is_size(found[1], size, decimals=digits)


def value(text, size, fact, r):
    number, _, of = text.partition(" " + fact.of)
    if of:
        return False
    if fact.unit == "share":
        return r.is_share(number, size)
    digits = 0 if size >= 20 else 1 if size >= 1 else 2
    return bool(re.fullmatch(r.NUMBER, number)) and r.is_size(number, size, decimals=digits)


def read_markers(text, sim, r):
    name, _, text = text.partition("| ")
    rows = {row["marker"]: row for row in r.records(frames(sim), "markers")}
    if name == "Finding":
        return read_marker_finding(text, rows, sim, r)
    if name not in rows:
        return unread(text)
    fact, row, before = MARKERS[name], rows[name], sim.scope.before
    if isnan(row["value"]):
        return [] if text == f"{fact.title} cannot be told" else unread(text)
    head, tail = f"{fact.title}: ", text.partition(f" in {sim.when}")[2]
    stands = text.removeprefix(head).partition(f" in {sim.when}")[0]
    problems = [] if text.startswith(head) and value(stands, row["value"], fact, r) else ["value"]
    if sim.short:
        return problems + ([] if tail == f"; {sim.short}" else unread(text))
    if isnan(row["change"]):
        return problems + ([] if tail == "" else unread(text))
    if tail == f", no clear change since {before}":
        return problems + ([] if row["change_low"] <= 0 <= row["change_high"] else ["clear"])
    found = re.fullmatch(rf", (.+) (more|less) than in {before}(, not audited)?", tail)
    if not found:
        return problems + unread(text)
    good = amount(found[1], abs(row["change"]), fact, r)
    good = good and (found[2] == "more") == (row["change"] > 0)
    good = good and bool(found[3]) == isnan(row["change_low"])
    clear = isnan(row["change_low"]) or not row["change_low"] <= 0 <= row["change_high"]
    return problems + ([] if good and clear else ["change"])


def clear_markers(rows):
    """Name the markers whose interval, widened for all of them, is without 0; clearest first."""
    known = {n: row for n, row in rows.items() if not isnan(row["change_low"])}
    wide = (
        NormalDist().inv_cdf(1 - 0.025 / len(known)) / NormalDist().inv_cdf(0.975) if known else 1
    )
    ratio = {n: 2 * abs(row["change"]) / (row["change_high"] - row["change_low"])
             for n, row in known.items()}  # fmt: skip
    return len(known), sorted((n for n in ratio if ratio[n] > wide), key=ratio.get, reverse=True)


def read_marker_finding(text, rows, sim, r):
    label, _, said = text.partition(": ")
    before = sim.scope.before
    n_known, clear = clear_markers(rows)
    by_title = {MARKERS[name].title: name for name in clear[:3]}
    if label == "Conditions":
        lead = f"{sim.short[:1].upper()}{sim.short[1:]}"
        short = f"{lead}, so that no condition is compared with {before}."
        none = f"None of {n_known} conditions changed since {before} by more than one of so many " \
               "does by chance."  # fmt: skip
        unknown = f"No condition can be compared with {before}: not enough data in one of the " \
                  "two, or no interval is earned."  # fmt: skip
        right = short if sim.short else unknown if not n_known else none
        return [] if said == right and (sim.short or not clear) else unread(text)
    if sim.short or label not in by_title:
        return ["not clear"]
    fact, row = MARKERS[by_title[label]], rows[by_title[label]]
    other = MARKERS[fact.counterweight]
    found = re.fullmatch(
        rf"(.+?), ([\d.]+(?: [^,]+?)?) (more|less) than in {before} \(95%: (.+?) to (.+?)\)\. Read "
        rf"it beside {re.escape(other.title.lower())}: {re.escape(fact.beside)}\. "
        rf"{re.escape(other.title)}: (.+)\.", said,
    )  # fmt: skip
    if not found:
        return unread(text)
    ends = sorted(abs(row[name]) for name in ("change_low", "change_high"))
    good = value(found[1][:1].lower() + found[1][1:], row["value"], fact, r)
    good = good or value(found[1], row["value"], fact, r)
    good = good and amount(found[2], abs(row["change"]), fact, r)
    good = good and (found[3] == "more") == (row["change"] > 0)
    good = good and all(
        amount(t, e, fact, r) for t, e in zip(found.groups()[3:5], ends, strict=True)
    )
    beside = rows[other.name]
    same = found[6] == WHY_NOT if isnan(beside["value"]) else (
        value(found[6], beside["value"], other, r))  # fmt: skip
    return [] if good and same else [text]


def say_path(sim):
    own = frames(sim).path
    return [pathwords.path_title(own), pathwords.path_sentence(own)]


def read_path(text, sim, r):
    path = r.records(frames(sim), "path")
    if len(path) < 2:
        none = f"There is no path yet: {WHY_NOT}"
        return [] if text.removesuffix(".") == none else unread(text)
    first, last = path
    moved = {name: last[name] - first[name] for name in CATEGORIES}
    if text == "The mix of 2026-Q3 is about that of 2024-Q3":
        return [] if last["points"] < 0.01 else ["about"]
    found = re.fullmatch(rf"Since 2024-Q3 (\w+) is ({r.CHANGE}), as estimated", text)
    if found:
        if found[1] not in moved or last["points"] < 0.01:
            return ["named"]
        most = abs(moved[found[1]]) == max(map(abs, moved.values()))
        return [] if most and r.is_change(found[2], moved[found[1]]) else ["moved"]
    found = re.fullmatch(
        rf"From 2024-Q3 to 2026-Q3: (.+?)\. (Under 1%|{r.PERCENT}) of the hours went elsewhere\. "
        r"(The distance by ratios is not told: creative may be below 1% in 2024-Q3\.|By ratios the "
        r"mixes are 0\.73 apart \(Aitchison distance; 0\.98: one share doubled while another "
        r"halved\)\.)( Not all of it is audited\.)? It is the role’s path; people joined and "
        r"left\.",
        text,
    )
    if not found:
        return unread(text)
    good = r.is_share(found[2].lower(), last["points"])
    good = good and found[3].startswith("The distance") == isnan(last["moved"])
    good = good and bool(found[4]) != all(row["audited"] for row in path)
    parts = [
        re.fullmatch(rf"(\w+) ({r.PERCENT}) to ({r.PERCENT})", p) for p in found[1].split("; ")
    ]
    if None in parts or [part[1] for part in parts] != list(CATEGORIES):
        return ["listed"]
    good = good and all(r.is_share(part[2], first[part[1]]) and r.is_share(part[3], last[part[1]])
                        for part in parts)  # fmt: skip
    return [] if good else ["path"]


#: What is said, and how it is read.
SENTENCES = {
    "AI's part by hours": (say_machine, read_machine),
    "targets": (say_targets, read_targets),
    "wishes": (say_wishes, read_wishes),
    "conditions": (say_markers, read_markers),
    "a role's path": (say_path, read_path),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_no_sentence_contradicts_its_table(name, periods, reading):
    say, read = SENTENCES[name]
    assert reading.contradictions(periods, say, read) == []


@pytest.mark.parametrize("name", SENTENCES)
def test_a_planted_contradiction_is_found(name, periods, reading):
    """Negative control of the test above."""
    say, read = SENTENCES[name]
    n, missed = reading.uncaught(periods, say, read)
    assert n > 20
    assert missed == []
