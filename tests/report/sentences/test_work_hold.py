"""No sentence on what moved the mix, on freed hours and on when AI came contradicts its frame."""

import re
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from taskmix.measures import COMPONENTS, DESTINATIONS, LEFT_WORK, RELEASED
from taskmix.report import freedwords, movewords, whenwords
from taskmix.taxonomy import CATEGORIES

pytestmark = pytest.mark.xdist_group("sentences")

WHY_NOT = "not enough data: has 3 months, needs 8"
HOURS = r"−?\d+\.\d+"
NAMES = {"judgment": "judgment", "creative": "creative work", "connective": "connective work",
         "oversight": "overseeing AI", "unsure": "what could not be sorted"}  # fmt: skip
FACTORS = {
    "tasks": ("there are fewer tasks", "there are more tasks"),
    "human_share": ("people take part in fewer of them", "people take part in more of them"),
    "hours_per_task": ("a task takes people less time", "a task takes people more time"),
}
REASONS = {"within": "teams’ own work changed", "came": "teams came", "went": "teams went",
           "between": "hours went from some teams to others"}  # fmt: skip
FIGURE = "AI’s part of execution"


def unread(text):
    return [f"unread: {text}"]


def hours_of(text):
    return text.replace("−", "-")


def frames(sim):
    """Return the frames of the sentences read here, made once a period."""
    if "work" not in sim.__dict__:
        rng = np.random.default_rng(int(sim.rng.integers(2**32)))
        sim.work = SimpleNamespace(
            moves=_moves(rng, sim), factors=_factors(rng, sim), freed=_freed(rng, sim),
            effect=_effect(rng, sim), shift=_shift(rng),
            shifts=pd.concat([_shift(rng) for _ in range(rng.integers(1, 5))]),
        )  # fmt: skip
    return sim.work


def _moves(rng, sim):
    scale = rng.choice([0.0, 0.001, 0.02, 0.1])
    parts = rng.normal(0, scale, (4, 4)) * rng.choice([0.05, 1, 1], 4)
    gone = rng.integers(0, 3, 2) * (rng.random() < 0.5)
    parts[:, 2:] *= gone > 0
    parts[0] -= parts.sum(axis=0)
    if rng.random() < 0.05:
        parts[:] = np.nan
    return pd.DataFrame(parts, columns=list(COMPONENTS)).assign(
        period=sim.scope.period, against=sim.scope.before, category=list(CATEGORIES),
        change=parts.sum(axis=1), n_came=gone[0], n_went=gone[1],
    )  # fmt: skip


def _factors(rng, sim):
    hours = rng.normal(0, rng.choice([0.01, 0.4, 3]), 3) * rng.choice([0.02, 1, 1], 3)
    why_not = WHY_NOT if rng.random() < 0.1 else ""
    return pd.DataFrame({"factor": list(FACTORS), "hours": np.nan if why_not else hours,
                         "against": sim.scope.before, "why_not": why_not})  # fmt: skip


def _account(rng):
    gone = rng.normal(0, rng.choice([0.005, 0.3, 2]), len(DESTINATIONS))
    hours = np.array([gone.sum(), *gone])
    half = np.abs(hours) * rng.uniform(0.02, 2, len(hours)) + rng.choice([0, 0.001, 0.1])
    return pd.DataFrame({"part": [RELEASED, *DESTINATIONS], "hours": hours,
                         "low": hours - half, "high": hours + half})  # fmt: skip


def _freed(rng, sim):
    table = _account(rng).assign(against=sim.scope.before, no_interval="", why_not="")
    fate = rng.random()
    if fate < 0.1:
        table[["hours", "low", "high"]], table["why_not"] = np.nan, WHY_NOT
    elif fate < 0.4:
        table[["low", "high"]], table["no_interval"] = np.nan, "people tagged too few"
    return table


def _effect(rng, sim):
    table = _account(rng).assign(
        n_with=int(rng.integers(5, 30)), n_without=int(rng.integers(8, 30)),
        n_before=int(rng.integers(4, 9)), tagged=rng.choice([0.2, 0.97, 1.0]), why_not="",
    )  # fmt: skip
    if rng.random() < 0.15:
        table[["hours", "low", "high"]], table["why_not"] = np.nan, WHY_NOT
    return table


def _shift(rng):
    kind = rng.choice(["too few", "steady", "sudden", "gradual", "unclear"])
    shifted = kind in ("sudden", "gradual", "unclear")
    has_curve = shifted and rng.random() < 0.8
    before, after = np.clip(rng.normal(0.3, 0.3, 2), -0.02, 1.02)
    after = before + rng.choice([0.003, 0.0003]) if rng.random() < 0.2 else after
    step = rng.normal(0, 0.2) * rng.choice([0.02, 1])
    day, error = pd.Timestamp("2025-03-17") + pd.Timedelta(days=int(rng.integers(300))), None
    error = rng.choice([0.2, 0.45, 2.0])
    reach = pd.Timedelta(days=30.4 * error)
    width = rng.uniform(0.4, 12)
    known = {"before": before, "after": after, "width": width, "width_low": width / 2,
             "width_high": width * 2, "midpoint_error": error}  # fmt: skip
    days = {"midpoint": day, "midpoint_low": day - reach, "midpoint_high": day + reach}
    return pd.DataFrame([{
        "kind": kind, "n_months": int(rng.integers(8, 30)), "p": rng.choice([0.03, 0.004, 0.0]),
        "smallest_step": rng.choice([0.1, 0.0101, 0.003]), "step": step if shifted else np.nan,
        "step_se": rng.choice([0.01, 0.0002]) if shifted else np.nan,
        "step_month": "2025-04" if shifted else "",
        **{name: value if has_curve else np.nan for name, value in known.items()},
        **{name: value if has_curve else pd.NaT for name, value in days.items()},
        "why_not": WHY_NOT if kind == "too few" else "" if has_curve else "the curve is too flat",
    }])  # fmt: skip


# --- what moved the mix --------------------------------------------------------------------------


def aside(sim):
    return f"; {sim.short}" if sim.short else ""


def why(parts, reasons, text, *, flat):
    """Read the reason for a change: one thing that is two thirds of all that moved, its way."""
    parts = {name: float(value) for name, value in parts.items()}
    total, moved = sum(parts.values()), sum(map(abs, parts.values()))
    chief = [n for n, v in parts.items() if v * total > 0 and abs(v) >= 2 / 3 * moved - 1e-12]
    if text == ", for more than one reason":
        return not chief
    said = {n: reasons[n] if flat else reasons[n][parts[n] > 0] for n in parts}
    return bool(chief) and text == f", mostly because {said[chief[0]]}"


def say_moves(sim):
    work, told = frames(sim), {"scope": sim.scope, "stale": sim.stale}
    return [
        f"Title: {movewords.moves_title(work.moves, **told)}",
        f"Sentence: {movewords.moves_sentence(work.moves, scope=sim.scope)}",
        f"Hours: {movewords.execution_title(work.factors, **told)}",
        f"Factors: {movewords.execution_takeaway(work.factors)}",
    ]


def read_moves(text, sim, r):
    label, _, text = text.partition(": ")
    own = {"Title": read_moves_title, "Sentence": read_moves_sentence, "Hours": read_hours,
           "Factors": read_factors}  # fmt: skip
    return own[label](text, sim, r) if label in own else unread(text)


def read_moves_title(text, sim, r):
    rows = {row["category"]: row for row in r.records(frames(sim), "moves")}
    period, against = sim.scope.period, sim.scope.before
    if np.isnan(rows["execution"]["change"]):
        none = f"What moved the mix cannot be told: there are no sorted hours in {against} or "
        return [] if text == f"{none}{period}" else unread(text)
    largest = max(abs(row["change"]) for row in rows.values())
    if text == f"The estimated mix is about what it was in {against}{aside(sim)}":
        return [] if largest < 0.005 else ["moved"]
    found = re.fullmatch(
        rf"The estimate for (\w+) is ({r.CHANGE}) on {against}(, .+?){re.escape(aside(sim))}", text
    )
    if not found or found[1] not in rows:
        return unread(text)
    row = rows[found[1]]
    good = r.is_change(found[2], row["change"]) and abs(row["change"]) >= largest - 1e-12
    good = good and why({n: row[n] for n in COMPONENTS}, REASONS, found[3], flat=True)
    return [] if good else ["moved"]


def read_moves_sentence(text, sim, r):
    rows = {row["category"]: row for row in r.records(frames(sim), "moves")}
    period, against = sim.scope.period, sim.scope.before
    if np.isnan(rows["execution"]["change"]):
        none = f"{period} cannot be compared: there are no sorted hours in {against} or {period}."
        return [] if text == none else unread(text)
    largest = max(abs(row["change"]) for row in rows.values())
    if text == f"No category’s estimated share moved by half a point against {against}.":
        return [] if largest < 0.005 else ["moved"]
    found = re.fullmatch(
        rf"Against {against} (\w+) is ({r.CHANGE}): ({r.CHANGE}) within teams(?:,| and) "
        rf"({r.CHANGE}) between them(?: and ({r.CHANGE}) from teams that came or went)?\. It is "
        r"not sure that this is a change: the shares are not audited\.", text,
    )  # fmt: skip
    if not found or found[1] not in rows:
        return unread(text)
    row = rows[found[1]]
    told = zip(found.groups()[1:4], (row["change"], row["within"], row["between"]), strict=True)
    good = all(r.is_change(*pair) for pair in told) and abs(row["change"]) >= largest - 1e-12
    others = bool(row["n_came"] or row["n_went"])
    good = good and bool(found[5]) == others
    return [] if good and (not others or r.is_change(found[5], row["came"] + row["went"])) else [
        "moved"]  # fmt: skip


def read_hours(text, sim, r):
    table = frames(sim).factors
    parts = dict(zip(table["factor"], table["hours"], strict=True))
    total, against = sum(parts.values()), sim.scope.before
    if np.isnan(total):
        none = f"What moved execution’s hours cannot be told: {WHY_NOT}"
        return [] if text == none else unread(text)
    same = f"Execution takes about as many hours a person-week as in {against}{aside(sim)}"
    if text == same:
        return [] if abs(total) < 0.05 else ["moved"]
    found = re.fullmatch(
        rf"The estimate for execution is ({HOURS}) hours a person-week (above|below) {against}"
        rf"(, .+?){re.escape(aside(sim))}", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    good = r.is_size(found[1], abs(total)) and (found[2] == "above") == (total > 0)
    return [] if good and why(parts, FACTORS, found[3], flat=False) else ["hours"]


def read_factors(text, sim, r):
    table = frames(sim).factors
    parts = dict(zip(table["factor"], table["hours"], strict=True))
    if np.isnan(table["hours"]).all():
        return [] if text == f"Not told: {WHY_NOT}." else unread(text)
    told = {name: value for name, value in parts.items() if abs(value) >= 0.05}
    if not told:
        return [] if text == "No factor moved execution’s hours." else unread(text)
    items = re.findall(r"(?:^|; )(.+?) \(([+−]\d+\.\d)\ hours\)", text.removesuffix("."))
    if len(items) != len(told) or not text.endswith("."):
        return unread(text)
    problems = []
    for (said, hours), (name, value) in zip(items, told.items(), strict=True):
        way = FACTORS[name][value > 0]
        good = said in (way, way[:1].upper() + way[1:])
        good = good and r.is_size(hours_of(hours).replace("+", ""), value)
        problems += [] if good else [f"{said} {hours}"]
    return problems


# --- freed hours ---------------------------------------------------------------------------------


def say_freed(sim):
    work = frames(sim)
    return [
        f"Title: {freedwords.freed_title(work.freed, scope=sim.scope, stale=sim.stale)}",
        f"Account: {freedwords.freed_sentence(work.freed)}",
        f"Effect: {freedwords.effect_title(work.effect)}",
        f"Shown: {freedwords.effect_sentence(work.effect)}",
    ]


def read_freed(text, sim, r):
    label, _, text = text.partition(": ")
    own = {"Title": read_freed_title, "Account": read_account, "Effect": read_effect,
           "Shown": read_shown}  # fmt: skip
    return own[label](text, sim, r) if label in own else unread(text)


def parts_of(rows):
    return {row["part"]: row for row in rows}


def read_lead(text, hours, against, r, *, noun):
    """Read how many hours less execution takes, as many only where it is none to speak of."""
    who = "(?:E|As logged, e)xecution takes"
    if re.fullmatch(rf"{who} as many hours a person-week as in {against}", text):
        return [] if abs(hours) < 0.05 else ["as many"]
    found = re.fullmatch(
        rf"{who} ({HOURS}) hours a person-week ({noun}|more) than in "
        rf"{against}", text,
    )  # fmt: skip
    good = found and r.is_size(found[1], abs(hours)) and (found[2] == "more") == (hours < 0)
    return [] if good and abs(hours) >= 0.05 else unread(text)


def read_freed_title(text, sim, r):
    row = parts_of(r.records(frames(sim), "freed"))[RELEASED]
    if row["why_not"]:
        return [] if text == f"Freed hours cannot be told: {WHY_NOT}" else unread(text)
    tail = aside(sim)
    if not text.endswith(tail):
        return unread(text)
    lead = text.removesuffix(tail)
    return read_lead(lead, row["hours"], sim.scope.before, r, noun="less")


def read_destinations(text, r):
    """Take apart what is said of destinations: part, hours (more is above 0)."""
    forms = {f"more for {name}": (part, 1) for part, name in NAMES.items()}
    forms |= {f"fewer for {name}": (part, -1) for part, name in NAMES.items()}
    forms |= {"left work": (LEFT_WORK, 1), "more are logged in all": (LEFT_WORK, -1)}
    told = []
    for item in r.names_in(text):
        number, _, form = item.partition(" ")
        if form not in forms or not re.fullmatch(HOURS, number):
            return None
        part, sign = forms[form]
        told.append((part, sign, number))
    return told


def read_account(text, sim, r):
    rows = parts_of(r.records(frames(sim), "freed"))
    released = rows[RELEASED]
    if released["why_not"]:
        return [] if text == f"Freed hours cannot be told: {WHY_NOT}." else unread(text)
    end = " This is an account of what was logged, not AI’s effect."
    lead, *others = re.split(r"(?<=[A-Za-z0-9])\. ", text.removesuffix(end).removesuffix("."))
    problems = [] if text.endswith(end) else unread(text)
    problems += read_lead(lead, released["hours"], sim.scope.before, r, noun="fewer")
    sure, others = (others[-1], others[:-1]) if others else ("", [])
    problems += read_sureness(sure, released, r)
    told = [read_destinations(text, r) for text in others]
    if None in told:
        return unread(text)
    told = [item for group in told for item in group]
    worth = {part for part in DESTINATIONS if abs(rows[part]["hours"]) >= 0.05}
    problems += [] if {part for part, _, _ in told} == worth else ["destinations"]
    for part, sign, number in told:
        problems += [] if r.is_size(number, sign * rows[part]["hours"]) else [f"{part} {number}"]
    for (_, sign, one), (_, other, two) in pairwise(told):
        problems += ["order"] if sign == other and float(one) < float(two) else []
    return problems


def read_sureness(text, row, r):
    low, high = row["low"], row["high"]
    if text == "It is not sure that this is a change: there is no interval":
        return [] if row["no_interval"] else ["interval"]
    if row["no_interval"]:
        return unread(text)
    found = re.fullmatch(
        rf"By its interval the difference is at most ({r.NUMBER}) either way", text
    )
    if found:
        good = abs(row["hours"]) < 0.05 and r.is_size(found[1], max(abs(low), abs(high)))
        return [] if good else ["at most"]
    if abs(row["hours"]) < 0.05:
        return unread(text)
    if text == "The interval of what was released holds 0, so it may be chance":
        return [] if low <= 0 <= high else ["holds 0"]
    found = re.fullmatch(rf"What was released lies between ({HOURS}) and ({HOURS})", text)
    good = found and not low <= 0 <= high
    good = good and r.is_size(hours_of(found[1]), low) and r.is_size(hours_of(found[2]), high)
    return [] if good else unread(text)


def read_effect(text, sim, r):
    row = parts_of(r.records(frames(sim), "effect"))[RELEASED]
    low, high = row["low"], row["high"]
    if row["why_not"]:
        none = f"Whether AI itself freed hours cannot be told: {WHY_NOT}"
        return [] if text == none else unread(text)
    work = "execution" if row["tagged"] >= 0.95 else "what is labelled execution"
    numbers = [hours_of(number) for number in re.findall(HOURS, text)]
    some = rf"{HOURS} hours a person-week"
    forms = {
        rf"Where teams have AI, {work} takes {some} more \({HOURS} to {HOURS}\) than without": (
            high < 0, (-row["hours"], -high, -low)),
        rf"Where teams have AI, it freed {some} \({HOURS} to {HOURS}\) of {work}": (
            low > 0, (row["hours"], low, high)),
        rf"It is not shown that AI freed hours of {work}: {some} \({HOURS} to {HOURS}\)": (
            low <= 0 <= high, (row["hours"], low, high)),
    }  # fmt: skip
    for form, (holds, values) in forms.items():
        if re.fullmatch(form, text):
            good = holds and all(r.is_size(n, v) for n, v in zip(numbers, values, strict=True))
            return [] if good else ["effect"]
    return unread(text)


def read_shown(text, sim, r):
    rows = parts_of(r.records(frames(sim), "effect"))
    row = rows[RELEASED]
    if row["why_not"]:
        none = "An account of what was logged needs none of this."
        title = f"Whether AI itself freed hours cannot be told: {WHY_NOT}"
        return [] if text == f"{title}. {none}" else unread(text)
    found = re.fullmatch(
        r"(.+?)\. (Shown beyond chance: (?P<shown>.+?)|No single destination is shown beyond "
        r"chance)\. (\d+) teams with AI stand against (\d+) without, each with at least (\d+) "
        rf"months before it came\.(?: People tagged ({r.PERCENT}) of these hours: the rest is by "
        r"the sorter’s sure labels, whose mistakes are in no interval, so what was really freed "
        r"can be more or less\.)?", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    problems = read_effect(found[1], sim, r)
    counts = [int(found[n]) for n in (4, 5, 6)]
    problems += [] if counts == [row["n_with"], row["n_without"], row["n_before"]] else ["teams"]
    tagged = found[7]
    good = r.is_share(tagged, row["tagged"]) if tagged else row["tagged"] >= 0.95
    problems += [] if good and (tagged is None or row["tagged"] < 0.95) else ["tagged"]
    sure = {p for p in DESTINATIONS if rows[p]["low"] > 0 or rows[p]["high"] < 0}
    told = read_destinations(found["shown"], r) if found["shown"] else []
    if told is None:
        return unread(text)
    problems += [] if {part for part, _, _ in told} == sure else ["shown"]
    for part, sign, number in told:
        problems += [] if r.is_size(number, sign * rows[part]["hours"]) else [f"{part} {number}"]
    return problems


# --- when AI came --------------------------------------------------------------------------------


def say_when(sim):
    work = frames(sim)
    return [
        f"Title: {whenwords.shift_title(work.shift)}",
        f"Sentence: {whenwords.shift_sentence(work.shift)}",
        f"Teams: {whenwords.shifts_title(work.shifts)}",
        f"Note: {whenwords.shifts_note(work.shifts)}",
    ]


def read_when(text, sim, r):
    label, _, text = text.partition(": ")
    own = {"Title": read_shift_title, "Sentence": read_shift, "Teams": read_teams,
           "Note": read_note}  # fmt: skip
    return own[label](text, sim, r) if label in own else unread(text)


def about(row):
    return f"about {row['midpoint']:{'%-d %B %Y' if row['midpoint_error'] <= 0.5 else '%B %Y'}}"


def is_step(text, step, r):
    found = re.fullmatch(rf"({r.NUMBER}) (points?)", text)
    good = found and r.is_size(found[1], abs(100 * step), decimals=0)
    return bool(good) and (found[2] == "point") == (found[1] == "1")


def read_shift_title(text, sim, r):
    row = r.records(frames(sim), "shift")[0]
    kind, has_day = row["kind"], not pd.isna(row["midpoint"])
    fast = " gradually" if kind == "gradual" else ""
    fixed = {
        f"When {FIGURE} shifted cannot be told: {WHY_NOT}": kind == "too few",
        f"{FIGURE} shows no shift beyond a steady trend": kind == "steady",
        f"{FIGURE} shifted; when it was half-way is not known": not has_day,
        f"{FIGURE} moved{fast}; it was half-way {about(row) if has_day else ''}": has_day,
    }
    if text in fixed:
        is_shift = kind in ("gradual", "unclear")
        holds = fixed[text] and (is_shift or kind in ("too few", "steady"))
        return [] if holds else ["kind"]
    found = re.fullmatch(rf"{FIGURE} (jumped|fell) by (.+) in April 2025", text)
    good = found and kind == "sudden" and is_step(found[2], row["step"], r)
    return [] if good and (found[1] == "jumped") == (row["step"] > 0) else unread(text)


def read_shift(text, sim, r):
    row = r.records(frames(sim), "shift")[0]
    kind, has_day = row["kind"], not pd.isna(row["midpoint"])
    if kind == "too few":
        return [] if text == f"When {FIGURE} shifted cannot be told: {WHY_NOT}." else unread(text)
    if kind == "steady":
        found = re.fullmatch(
            rf"In (\d+) months {FIGURE} shows no shift beyond a steady trend\. A step of (.+) "
            r"would have been found 8 times of 10; a smaller one may be there\.", text,
        )  # fmt: skip
        good = found and int(found[1]) == row["n_months"]
        return [] if good and is_step(found[2], row["smallest_step"], r) else unread(text)
    chance = "in less than 1% of cases" if row["p"] < 0.01 else f"in {100 * row['p']:.0f}% of cases"
    tail = f" A steady series would look as shifted {chance}."
    problems = [] if text.endswith(tail) else unread(text)
    text = text.removesuffix(tail)
    if kind == "sudden":
        found = re.match(
            rf"{FIGURE} (rose|fell) by (.+?) \(standard error ({r.NUMBER})\) at once in April "
            r"2025\. ",
            text,
        )
        good = found and is_step(found[2], row["step"], r)
        good = good and r.is_size(found[3], 100 * row["step_se"])
        if not good or (found[1] == "rose") != (row["step"] > 0):
            return unread(text)
        text = text[found.end() :]
    if not has_day:
        none = f"{FIGURE} shifted, but the curve is too flat: the day it was half-way is not told."
        return problems + ([] if text == none else unread(text))
    found = re.fullmatch(
        rf"{FIGURE} went from ({r.PERCENT}) to ({r.PERCENT}) and was half-way "
        rf"{re.escape(about(row))} \(95%: (.+?) to (.+?)\)\. The way from a tenth to nine tenths "
        r"took (\d+) (months?) \((\d+) to (\d+)\)\.( Whether it went at once or slowly cannot be "
        r"told\.)?", text,
    )  # fmt: skip
    if not found:
        return problems + unread(text)
    before, after = np.clip([row["before"], row["after"]], 0, 1)
    good = r.is_share(found[1], before) and r.is_share(found[2], after)
    good = good and (found[1] != found[2] or abs(before - after) < 1e-6)
    ends = [f"{row[name]:%-d %b %Y}" for name in ("midpoint_low", "midpoint_high")]
    good = good and [found[3], found[4]] == ends
    widths = zip((found[5], found[7], found[8]), ("width", "width_low", "width_high"), strict=True)
    good = good and all(abs(int(n) - row[name]) <= 0.5 for n, name in widths)
    good = good and (found[6] == "month") == (found[5] == "1")
    return problems + ([] if good and bool(found[9]) == (kind == "unclear") else ["curve"])


def read_teams(text, sim, r):
    known = frames(sim).shifts.dropna(subset=["midpoint"])["midpoint"]
    if known.empty:
        none = "When AI came is not known of any team that is shown"
        return [] if text == none else unread(text)
    first, last = f"{known.min():%B %Y}", f"{known.max():%B %Y}"
    several = f"between {first} and {last}" if first != last else f"in {first}"
    said = f"One team is known to have been half-way in {first}" if len(known) == 1 else (
        f"{len(known)} teams were half-way {several}")  # fmt: skip
    return [] if text == said else unread(text)


def read_note(text, sim, r):
    table = frames(sim).shifts
    missing = table[table["midpoint"].isna()]["kind"]
    counts = {"with no shift": (missing == "steady").sum(),
              "with too few months": (missing == "too few").sum(),
              "whose midpoint is not known": (missing.isin(["sudden", "gradual", "unclear"])).sum(),
              }  # fmt: skip
    told = {form: int(n) for n, form in re.findall(r"(\d+) teams? (wi.+?|whose.+?)(?:;|$)", text)}
    problems = [] if told == {form: n for form, n in counts.items() if n} else ["counts"]
    looked = int((table["kind"] != "too few").sum())
    found = re.search(r"[oO]f (\d+) steady teams (fewer than 1|about \d+) would look shifted by "
                      r"chance$", text)  # fmt: skip
    if bool(found) != (looked > 1):
        return [*problems, "chance"]
    if found:
        expected = 0.05 * looked
        few = found[2] == "fewer than 1"
        good = int(found[1]) == looked and (expected < 1 if few else
                                            abs(int(found[2][6:]) - expected) <= 0.5)  # fmt: skip
        problems += [] if good else ["chance"]
    return problems


#: What is said, and how it is read.
SENTENCES = {
    "what moved the mix": (say_moves, read_moves),
    "freed hours": (say_freed, read_freed),
    "when AI came": (say_when, read_when),
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
    assert n > 40
    assert missed == []
