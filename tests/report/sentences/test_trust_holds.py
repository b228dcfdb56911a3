"""No sentence on how fresh, how sure and how private a page is contradicts what it is made of."""

import re
from dataclasses import replace
from math import isnan
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from taskmix.disclosure import ReleasePlan
from taskmix.report import facts, trust, words
from taskmix.report.completeness import Stale

pytestmark = pytest.mark.xdist_group("sentences")

TOO_FEW = "fewer people than the minimum"
CHANGED = "its data changed since it was published"
NAMES = ("Support", "Operations", "Data Platform", "toggl", "jira")


def unread(text):
    return [f"unread: {text}"]


def made_of(sim):
    """Return what these sentences are told, made once a period: a log, a plan, the day it is."""
    if "told" not in sim.__dict__:
        rng = np.random.default_rng(int(sim.rng.integers(2**32)))
        scope = _dated(rng, sim.scope)
        sim.told = SimpleNamespace(
            scope=scope, stale=_stale(rng, scope), log=_log(rng, scope), plan=_plan(rng, scope),
            settings=SimpleNamespace(workspace=SimpleNamespace(personal=sim.personal)),
            n_people=int(rng.choice([1, 12, 1234])), parts=_parts(rng),
            merged=bool(rng.random() < 0.5),
        )  # fmt: skip
    return sim.told


def _dated(rng, scope):
    """Set a page's day: in its period or after it, with data to that day or long before."""
    today = scope.last_day + pd.Timedelta(days=int(rng.choice([-400, -60, -10, -1, 0, 1, 6, 40])))
    through = min(today, scope.last_day) - pd.Timedelta(days=int(rng.choice([0, 1, 2, 3, 9, 30])))
    return replace(scope, today=today, data_through=through)


def _stale(rng, scope):
    return [
        Stale(str(rng.choice(["source", "team"])), name, day, int(rng.choice([6, 25, 1040])))
        for name in NAMES[: rng.choice([0, 0, 1, 3, 4, 5])]
        for day in [scope.first_day + pd.Timedelta(days=int(rng.integers(60)))]
    ]


def _log(rng, scope):
    n_tasks = int(rng.choice([1, 100, 812, 1_240_000]))
    n_refused = int(n_tasks * rng.choice([0, 0.01, 0.011, 0.4]))
    newest, models = int(rng.integers(2, 40)), pd.DataFrame()
    version = newest if rng.random() < 0.7 else int(rng.integers(1, newest))
    if rng.random() < 0.8:
        accuracy = float(rng.choice([np.nan, 0.0, 1.0, *rng.random(3)]))
        models = pd.DataFrame({"at": [1, 2], "held_out_accuracy": [0.5, accuracy],
                               "n_held_out": [3, int(rng.choice([1, 4321]))],
                               "cold_start": [False, bool(rng.random() < 0.2)]})  # fmt: skip
    counted = SimpleNamespace(fetchall=lambda: [(n_tasks,)])
    tables = {"quarantine": range(n_refused), "models": models}
    return SimpleNamespace(
        read=lambda name, columns=None: tables[name], tasks=SimpleNamespace(
            aggregate=lambda _: counted), n_tasks=n_tasks, n_refused=n_refused, models=models,
        last_date=scope.data_through, version=version, newest=newest, is_old=version != newest,
    )  # fmt: skip


def _plan(rng, scope):
    withheld = str(rng.choice(["", "", "", TOO_FEW, CHANGED]))
    suppressed = [
        {"period": str(rng.choice([scope.period, scope.before])), "department": None,
         "team": None if rng.random() < 0.1 else str(rng.choice(NAMES)),
         "outcome": str(rng.choice(["merged", "hidden"])), "reason": TOO_FEW}
        for _ in range(rng.choice([0, 1, 2, 6]))
    ]  # fmt: skip
    for period in (scope.period, scope.before):
        own = [entry for entry in suppressed if entry["team"] and entry["period"] == period]
        merged = [entry for entry in own if entry["outcome"] == "merged"]
        if len(merged) == 1:
            merged[0]["outcome"] = "hidden"  # no team is shown together with none
    least = int(rng.choice([5, 10, 1200]))
    return ReleasePlan(least, frozenset(), frozenset(), suppressed, not withheld, withheld=withheld)


def _parts(rng):
    parts = rng.dirichlet([0.6, 2, rng.choice([0.3, 3])])
    return np.array([1.0, 0.0, 0.0]) if rng.random() < 0.1 else parts


def day(moment, *, padded=False, year=True):
    number = f"{moment.day:02d}" if padded else str(moment.day)
    return f"{number} {moment:%b}{f' {moment.year}' if year else ''}"


def weekdays(after, end):
    """How many Mondays to Fridays lie after a day, up to another."""
    # A day's number since 1 Jan of year 1, which was a Monday.
    return sum((n - 1) % 7 < 5 for n in range(after.toordinal() + 1, end.toordinal() + 1))


def plural(n, one, many):
    return f"{n:,} {one if n == 1 else many}"


# --- freshness -----------------------------------------------------------------------------------


def say_freshness(sim):
    told = made_of(sim)
    items = facts.freshness_items(
        told.log, scope=told.scope, plan=told.plan, stale=told.stale, shares=sim.shares
    )
    return ["; ".join(f"{state} – {text}" for text, state in items)]


def read_freshness(text, sim, r):
    """Read every line, in its order: one that is missing is a mistake too."""
    told, lines = made_of(sim), text.split("; ")
    log, scope = told.log, told.scope
    expected = [
        *as_of(scope), *stopped(told.stale, complete=is_complete(scope)),
        f"{'ok' if log.n_refused <= 0.01 * log.n_tasks else 'amber'} – {log.n_tasks:,} rows in the "
        f"log, {log.n_refused:,} refused",
        f"amber – Made from version {log.version} of the table, an older one" if log.is_old else
        f"ok – Table version {log.version}",
        *([f"the newest is {log.newest}"] if log.is_old else []),
    ]  # fmt: skip
    problems = [f"{line} for {right}" for line, right in zip(lines, expected, strict=False)
                if line != right]  # fmt: skip
    own = r.now(sim, "shares")["execution"]
    left = lines[len(expected) :]
    if not left:
        return [*problems, "missing"]
    problems += [] if is_audit(left[0], own, r) else [left[0]]
    after = []
    if len(log.models) and log.models["cold_start"].iloc[-1]:
        after.append("amber – Sorted by cue words alone: nobody has tagged a task")
    if told.plan.withheld:
        after.append(f"amber – Not for publication: {because(told.plan)}")
    return problems + ([] if left[1:] == after else [f"{left[1:]} for {after}"])


def is_complete(scope):
    return scope.today > scope.last_day and not weekdays(scope.data_through, scope.last_day)


def as_of(scope):
    through, end, today = scope.data_through, scope.last_day, scope.today
    over, complete = today > end, is_complete(scope)
    behind = not complete and (over or weekdays(through, today) > 5)
    found = [f"{'amber' if behind else 'ok'} – Data through {day(through, padded=True)}"]
    if complete:
        return found
    if over:
        n = (end - through).days
        return [*found, f"amber – Not complete: data end on {day(through)}, "
                f"{plural(n, 'day', 'days')} before the period’s end"]  # fmt: skip
    year = end.year != today.year
    said = (f"amber – Not complete: the quarter ends on {day(end, year=year)}, today is "
            f"{day(today, year=year)}")  # fmt: skip
    return [*found, f"{said}, and data end on {day(through)}" if behind else said]


def stopped(stale, *, complete):
    end = "the period’s end" if complete else "the end of the data"
    told = [
        f"red – {one.kind.capitalize()} {one.name}: nothing after {day(one.last_day)}, "
        f"{one.working_days:,} working days before {end}"
        for one in stale[:3]
    ]
    more = len(stale) - 3
    if more <= 0:
        return told
    groups = "source or team" if more == 1 else "sources or teams"
    return [*told, f"red – {more} more {groups} stopped early"]


def is_audit(line, own, r):
    if not own["audited"]:
        return line == "amber – Not audited: shares without intervals"
    found = re.fullmatch(rf"(ok|amber) – ({r.NUMBER}) (tasks?) audited, (.+) of those drawn", line)
    if not found:
        return False
    state, n, noun, response = found.groups()
    good = n == f"{own['n_answered']:,}" and (noun == "task") == (n == "1")
    good = good and (state == "ok") == (own["response"] >= 0.5)
    return good and (response == "100%" if own["response"] == 1 else
                     r.is_share(response, own["response"]))  # fmt: skip


def because(plan):
    return f"fewer than {plan.min_people:,} people" if plan.withheld == TOO_FEW else plan.withheld


# --- how sure ------------------------------------------------------------------------------------


def say_trust(sim):
    told = made_of(sim)
    own = sim.shares[sim.shares["period"] == sim.scope.period]
    items = facts.trust_items(told.log, shares=own)
    return [str(trust.confidence(*told.parts)), *(f"{term}: {said}" for term, said in items)]


def read_trust(text, sim, r):
    told, own = made_of(sim), r.now(sim, "shares")["execution"]
    term, _, said = text.partition(": ")
    if term == "Sorter against tags it had not seen":
        return [] if is_held_out(said, told.log.models, r) else unread(text)
    if term == "Audited":
        found = re.fullmatch(rf"yes: ({r.NUMBER}) blind (labels?) of ({r.NUMBER} \w+)", said)
        if not own["audited"] or not found:
            none = "no: the shares are the model’s own"
            return [] if said == none and not own["audited"] else unread(text)
        good = found[1] == f"{own['n_answered']:,}" and (found[2] == "label") == (found[1] == "1")
        good = good and found[3] == plural(own["n_people"], "person", "people")
        return [] if good else ["audited"]
    if text == "Not for: evaluating individuals":
        return []
    found = re.fullmatch(
        r"(\d+)% of hours tagged by people, (\d+)% sorted by the model, (\d+)% left unsure and "
        r"counted as such\.", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    whole = [int(number) for number in found.groups()]
    near = all(abs(n - 100 * part) < 1 for n, part in zip(whole, told.parts, strict=True))
    return [] if near and sum(whole) == 100 else ["parts of the hours"]


def is_held_out(said, models, r):
    if models.empty:
        return said == "not known: nothing was sorted"
    accuracy, n = models[["held_out_accuracy", "n_held_out"]].iloc[-1]
    if isnan(accuracy):
        return said == "not known: too few tags to hold some back"
    found = re.fullmatch(r"(.+%) agree, on (.+) tagged tasks \(no random sample\)", said)
    return bool(found) and r.is_share(found[1], accuracy) and found[2] == f"{n:,.0f}"


# --- privacy -------------------------------------------------------------------------------------


def say_privacy(sim):
    told = made_of(sim)
    note = words.teams_note(told.plan, scope=told.scope, merged=told.merged)
    return [
        facts.privacy_sentence(told.settings, told.plan),
        *([f"Teams: {note}"] if note else []),
        f"Base: {words.base(told.n_people, scope=told.scope, personal=sim.personal)}",
    ]


def read_privacy(text, sim, r):
    told = made_of(sim)
    plan, scope = told.plan, told.scope
    if text.startswith("Teams: "):
        return [] if text[7:] == teams_told(plan, scope, merged=told.merged) else unread(text)
    when = scope.period if is_complete(scope) else f"{scope.period} so far"
    if text.startswith("Base: "):
        of = "your own log, " if sim.personal else (
            f"{plural(told.n_people, 'person', 'people')} in ")  # fmt: skip
        return [] if text[6:] == of + when else unread(text)
    if sim.personal:
        right = ("A personal workspace: this page shows one person’s own log and hides no small "
                 "group. It is not for evaluating individuals.")  # fmt: skip
    elif plan.withheld:
        right = (f"Not for publication: {because(plan)}. Keep this page among those who may see "
                 "the log. It is not for evaluating individuals.")  # fmt: skip
    else:
        n = len({entry["team"] for entry in plan.suppressed} - {None})
        also = f" {n} team{' is' if n == 1 else 's are'} not shown by name in every period."
        right = (f"This page is not for evaluating individuals. Groups of fewer than "
                 f"{plan.min_people} people are shown together or not at all, and so is a group by "
                 f"which a small one could be found.{also if n else ''}")  # fmt: skip
    return [] if text == right else unread(text)


def teams_told(plan, scope, *, merged):
    own = [entry for entry in plan.suppressed if entry["period"] == scope.period and entry["team"]]
    together = sum(entry["outcome"] == "merged" for entry in own) if merged else 0
    hidden = len(own) - together
    parts = [f"{together} teams are shown together"] if together else []
    if hidden:
        parts.append(f"{hidden} small team{' is' if hidden == 1 else 's are'} not shown")
    return ", ".join(parts)


SENTENCES = {
    "freshness": (say_freshness, read_freshness),
    "how sure": (say_trust, read_trust),
    "privacy": (say_privacy, read_privacy),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_no_sentence_contradicts_what_it_is_made_of(name, periods, reading):
    say, read = SENTENCES[name]
    assert reading.contradictions(periods, say, read) == []


@pytest.mark.parametrize("name", SENTENCES)
def test_a_planted_contradiction_is_found(name, periods, reading):
    """Negative control of the test above."""
    say, read = SENTENCES[name]
    n, missed = reading.uncaught(periods, say, read)
    assert n > 20
    assert missed == []
