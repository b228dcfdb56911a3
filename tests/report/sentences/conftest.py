"""Simulated periods, straight in the measures' schemas, and how a sentence is read back.

Nothing here asks the code under test how it rounds: a written number is taken for the range of
values for which it is right.
"""

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from taskmix.measures import Scope
from taskmix.report.completeness import Stale
from taskmix.taxonomy import CATEGORIES, LABELS

QUARTERS = [f"{year}-Q{quarter}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4)]
TEAMS = (None, None, "Support", "Operations", "Data Platform and Search Engineering")
#: How far a share walks from one period to the next: not at all, unseen, little, much.
STEPS = (0.0, 2e-5, 4e-4, 0.004, 0.05)


def simulate(seed):
    """Return the frames of one page's period with those before it."""
    rng = np.random.default_rng(seed)
    scope, stale = _scope(rng)
    sim = SimpleNamespace(
        rng=rng, scope=scope, stale=stale, personal=scope.team is None and rng.random() < 0.1
    )
    sim.short = "" if scope.complete else f"{scope.period} is not complete"
    if stale and not sim.short:
        sim.short = "some data are missing"
    sim.when = scope.period if scope.complete else f"{scope.period} so far"
    shown = [p for p in scope.history if p == scope.period or rng.random() < 0.85]
    # Where each period's one before stands among those shown; -1 where it does not.
    before = [shown.index(name) if name in shown else -1 for name in
              (QUARTERS[QUARTERS.index(period) - 1] for period in shown)]  # fmt: skip
    sim.shares, model = _shares(rng, shown, before)
    sim.people_work = _frame(shown, "category", CATEGORIES[1:], share=model[:, 1:],
                             change=_change(model, before)[:, 1:])  # fmt: skip
    sim.basis, sim.hours = _basis(rng, shown, model)
    sim.performers, parts = _performers(rng, shown)
    sim.parts = _frame(shown, "performer", ("ai", "both", "human"), share=parts,
                       change=_change(parts, before))  # fmt: skip
    now = model[-1]
    gaps = np.diff(np.sort(np.concatenate([now, parts[-1]])))
    #: Whether no two of its figures are so near that exchanging them would still be true.
    sim.distinct = bool(gaps.min() > 0.02) and before[-1] >= 0
    return sim


def now(sim, name):
    """Return the rows of the page's own period, by what they are of."""
    cache = sim.__dict__.setdefault("cache", {})
    if name not in cache:
        frame = getattr(sim, name)
        rows = rows_of(frame[frame["period"] == sim.scope.period])
        keys = ("category", "performer", "label", "period")
        cache[name] = {next(row[key] for key in keys if key in row): row for row in rows}
    return cache[name]


def records(frames, name):
    """Return the rows of one of some frames, read once: every sentence about it is held to them."""
    rows = frames.__dict__.setdefault("rows", {})
    if name not in rows:
        rows[name] = rows_of(getattr(frames, name))
    return rows[name]


def rows_of(frame):
    """Return a frame's rows as dicts; ``to_dict`` takes many times as long for a few rows."""
    values = zip(*(frame[name].tolist() for name in frame), strict=True)
    return [dict(zip(frame.columns, row, strict=True)) for row in values]


def _frame(shown, key, names, **values):
    return pd.DataFrame({
        "period": np.repeat(np.array(shown, dtype=object), len(names)),
        key: np.tile(np.array(names, dtype=object), len(shown)),
        **{name: np.ravel(numbers) for name, numbers in values.items()},
    })  # fmt: skip


def _change(numbers, before):
    earlier = np.where(np.array(before)[:, None] >= 0, numbers[before], np.nan)
    return numbers - earlier


def _scope(rng):
    at = int(rng.integers(4, len(QUARTERS)))
    period, n = QUARTERS[at], int(rng.choice([1, 2, 4, 8]))
    history = tuple(QUARTERS[max(0, at - n + 1) : at + 1])
    team = TEAMS[rng.integers(len(TEAMS))]
    today = None
    if rng.random() < 0.2:
        today = pd.Period(period.replace("-", "")).start_time + pd.Timedelta(days=40)
    stale = []
    if rng.random() < 0.15:
        stale = [Stale("source", "toggl", pd.Timestamp("2026-01-02"), 9)]
    scope = Scope(period, QUARTERS[at - 1], team, "quarter", history, today, today)
    return scope, stale


def mix(rng):
    """Return four shares: any, even ones, one that is all, or some that tie."""
    kind = rng.random()
    if kind < 0.1:
        return rng.permutation([1.0, 0.0, 0.0, 0.0])
    if kind < 0.2:
        return rng.permutation([0.3, 0.3, 0.2, 0.2])
    if kind < 0.25:
        return np.full(4, 0.25)
    return rng.dirichlet(rng.choice([0.3, 1.0, 5.0]) * np.ones(4))


def walk(rng, n):
    """Return `n` mixes, each a step from the one before."""
    mixes, step = [mix(rng)], rng.choice(STEPS)
    for _ in range(n - 1):
        moved = np.clip(mixes[-1] + rng.normal(0, step, 4) if step else mixes[-1], 0, None)
        mixes.append(moved / moved.sum())
    return np.array(mixes)


def _shares(rng, shown, before):
    style, n = rng.choice(["none", "none", "all", "all", "now", "lent"]), len(shown)
    model = walk(rng, n)
    model[rng.random(n) < 0.05] = np.nan
    audited = np.full(n, style in ("all", "lent"))
    audited[-1] |= style == "now"
    audited &= ~np.isnan(model[:, 0])
    truth = np.clip(model + rng.normal(0, rng.choice(STEPS), model.shape), 0, None)
    share = np.where(audited[:, None], truth / truth.sum(axis=1, keepdims=True), model)
    half = rng.choice([2e-4, 0.004, 0.03]) * np.ones_like(share)
    half[~audited] = np.nan
    # Where the audited tasks do not differ, nothing tells how far the others do.
    half[(rng.random(share.shape) < 0.04) & (rng.random() < 0.5)] = np.nan
    # Compared by the audit where both periods have one, by the model where one has not.
    both = audited & audited[before] & (np.array(before) >= 0) & (style != "lent")
    change = np.where(both[:, None], _change(share, before), _change(model, before))
    reach = np.abs(change) * rng.uniform(0.05, 2, change.shape) + rng.choice([0, 1e-5, 0.002])
    reach[~both] = np.nan
    is_lent, is_audited = style == "lent" and audited[-1], audited[-1]
    n_drawn = 400 if is_audited else int(rng.choice([0, 30, 400]))
    n_answered = int(rng.integers(*((1, 20) if is_lent else (20, 401) if is_audited else (0, 20))))
    n_answered = min(n_answered, n_drawn)
    table = _frame(
        shown, "category", CATEGORIES, share=share, model=model, change=change,
        low=np.clip(share - half, 0, 1), high=np.clip(share + half, 0, 1),
        change_low=change - reach, change_high=change + reach, audited=np.repeat(audited, 4),
        estimator=np.repeat(np.where(audited, "composite" if is_lent else "audit", "model"), 4),
    )  # fmt: skip
    table["n_drawn"], table["n_answered"] = n_drawn, n_answered
    table["n_people"] = int(rng.integers(1, 90))
    table["response"] = n_answered / n_drawn if n_drawn else np.nan
    table["labels_needed"] = 20 - n_answered if n_drawn else 400
    table["why_not"] = "" if is_audited else "the log has changed since"
    return table, model


def _basis(rng, shown, model):
    parts = rng.dirichlet([0.6, 2, rng.choice([0.3, 3])], len(shown))
    nothing = np.isnan(model[:, 0])
    parts[nothing] = np.nan
    total = np.where(nothing, 0.0, rng.choice([0.4, 1.0, 57.3, 1234.6, 98765.4]))[:, None]
    unsure = np.nan_to_num(parts[:, 2:])
    split = np.hstack([rng.dirichlet(np.ones(4), len(shown)) * (1 - unsure), unsure]) * total
    columns = dict(zip(("tagged", "sorted", "unsure"), parts.T, strict=True))
    return pd.DataFrame({"period": shown, **columns}), _frame(shown, "label", LABELS, hours=split)


def _performers(rng, shown):
    rows, parts = [], walk(rng, len(shown))[:, :3]
    for place, period in enumerate(shown):
        known, sum_ = float(rng.choice([np.nan, 0, 1, *rng.random(3), 0.998])), parts[place].sum()
        known = 0.0 if known > 0 and not sum_ else known
        counts = rng.integers(1, 900, 4)
        counts[3] = 0 if known == 1 else counts[3]
        counts[: 3 if known == 0 else 4 if np.isnan(known) else 0] = 0
        parts[place] = parts[place] / sum_ if known > 0 else np.nan
        rows.append((period, *counts, *parts[place], known))
    counts = [f"n_{name}" for name in ("ai", "both", "human", "unknown")]
    return pd.DataFrame(rows, columns=["period", *counts, "ai", "both", "human", "known"]), parts


# --- reading -------------------------------------------------------------------------------------

PERCENT = r"(?:under 1%|over 99%|\d+(?:\.\d+)?%)"
NUMBER = r"\d[\d,]*(?:\.\d+)?"
CHANGE = rf"(?:no change|nothing to compare with|{NUMBER} points? (?:up|down))"
STANDS = rf"(?:level with|{NUMBER} points? (?:above|below))"
SPAN = rf"(?:{NUMBER} to {NUMBER} (?:up|down)|{NUMBER} down to {NUMBER} up)"


def is_share(text, value):
    """Tell whether a written percentage is right of a share (0–1)."""
    if text == "under 1%":
        return 0 < value < 0.005
    if text == "over 99%":
        return 0.995 <= value < 1
    if not re.fullmatch(r"\d+(?:\.\d+)?%", text) or np.isnan(value):
        return False
    decimals = len(text.removesuffix("%").partition(".")[2])
    return abs(float(text[:-1]) - 100 * value) <= 0.5 * 10**-decimals + 1e-9


def is_size(text, value, *, decimals=1):
    """Tell whether a written size is right of a number, told to so many decimals at least."""
    number = float(text.replace(",", "").replace("−", "-"))
    if number == 0:
        return abs(value) < 0.5 * 10**-decimals
    own = max(decimals, len(text.partition(".")[2]))
    if abs(value) < 0.5 * 10**-decimals:
        # One significant digit, where so many decimals would read as nothing.
        return bool(value) and abs(number / value - 1) < 0.5
    return abs(number - value) <= 0.5 * 10**-own + 1e-9


def is_change(text, change, *, words=("up", "down"), none="no change"):
    """Tell whether a written change, in points, is right of a change of a share."""
    if text == "nothing to compare with":
        return bool(np.isnan(change))
    if text == none:
        return abs(change) < 0.0005 + 1e-12
    found = re.fullmatch(rf"({NUMBER}) (points?) ({'|'.join(words)})", text)
    if not found or np.isnan(change):
        return False
    size, unit, word = found.groups()
    right_way = word == (words[0] if change > 0 else words[1])
    return right_way and is_size(size, abs(100 * change)) and (unit == "point") == (size == "1")


def is_span(text, low, high):
    """Tell whether a written interval of a change is right, and on which side of 0 it lies."""
    numbers = re.findall(NUMBER, text)
    up = re.fullmatch(rf"{NUMBER} to {NUMBER} up", text)
    down = re.fullmatch(rf"{NUMBER} to {NUMBER} down", text)
    if up or down:
        ends = (low, high) if up else (-high, -low)
        return ends[0] >= 0 and all(is_size(n, 100 * e) for n, e in zip(numbers, ends, strict=True))
    return low < 0 < high and is_size(numbers[0], -100 * low) and is_size(numbers[1], 100 * high)


def names_in(text):
    """Take a list of a sentence apart."""
    return re.split(r", | and ", text)


#: What no sentence may hold: what is no number, a wrong plural, a sign of nothing, a gap.
_MALFORMED = re.compile(
    r"\bnan\b|\binf\b|\bNone\b(?! of)|[-−]0(?:\.0+)?(?![\d.])(?!-)|  | [,.;]|\.\.|no data of"
    r"|(?<![\d.,])1 (?:points|people|teams|months|hours|tasks|labels|periods|reports)\b"
    r"|(?<![\d.])(?!1 )[\d.]+ (?:point|team|month|task)\b"
)


def malformed(text):
    """Return what no sentence may hold."""
    return [f"malformed: {found!r} in {text!r}" for found in _MALFORMED.findall(text)]


SWAPS = [("up", "down"), ("above", "below"), ("more", "less"), ("more", "fewer"), ("rose", "fell"),
         ("fewer", "more"), ("less", "more"), ("not sure", "sure"), ("no change", "9 points up"),
         ("jumped", "fell"), ("each take", "takes"), ("is not", "is")]  # fmt: skip


def planted(text, rng):
    """Yield the same text with one number, one direction or one category changed."""
    numbers = list(re.finditer(r"\d+(?:\.\d+)?", text))
    if numbers:
        found = numbers[rng.integers(len(numbers))]
        decimals = len(found[0].partition(".")[2])
        yield f"{text[: found.start()]}{float(found[0]) + 3:.{decimals}f}{text[found.end() :]}"
    for one, other in SWAPS:
        pair = {one: other, other: one}
        found = list(re.finditer(rf"\b(?:{re.escape(one)}|{re.escape(other)})\b", text))
        if found:
            at = found[rng.integers(len(found))]
            yield text[: at.start()] + pair[at[0]] + text[at.end() :]
    for place, name in enumerate(CATEGORIES):
        if re.search(rf"\b{name}\b", text):
            yield re.sub(rf"\b{name}\b", CATEGORIES[(place + 1) % 4], text, count=1)
            break


@pytest.fixture(autouse=True)
def light_text():
    """Let Python keep the text of frames, not Arrow.

    Of frames of a few rows the latter takes a third longer; what is said of them is the same.
    """
    with pd.option_context("mode.string_storage", "python"):
        yield


@pytest.fixture(scope="session")
def periods():
    """Five hundred simulated periods."""
    with pd.option_context("mode.string_storage", "python"):
        return [simulate(seed) for seed in range(500)]


def contradictions(periods, say, read):
    """Return what `read` finds wrong in what `say` says, each with the seed of its period."""
    return [
        f"{seed}: {problem}"
        for seed, sim in enumerate(periods)
        for text in say(sim)
        for problem in [*malformed(text), *read(text, sim, READING)]
    ]


def uncaught(periods, say, read):
    """Plant contradictions in what `say` says; return how many there were, and those not found."""
    n, missed = 0, []
    for sim in [sim for sim in periods if sim.distinct][:15]:
        for text in say(sim):
            for wrong in planted(text, np.random.default_rng(n)):
                n += 1
                if wrong != text and not [*malformed(wrong), *read(wrong, sim, READING)]:
                    missed.append(f"{text!r} read as {wrong!r}")
    return n, missed


READING = SimpleNamespace(**{
    name: value for name, value in globals().items()
    if not name.startswith("_") and (callable(value) or name.isupper())
})  # fmt: skip


@pytest.fixture(scope="session")
def reading():
    """The functions above, for tests: a module beside a conftest cannot be imported."""
    return READING
