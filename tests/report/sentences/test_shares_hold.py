"""No sentence about shares, and on who executes, contradicts its frame."""

# Each return reads one form that a sentence may have.
# ruff: noqa: PLR0911

import re
from math import isnan

import numpy as np
import pytest

from taskmix.report import auditwords, meaningwords, sharewords, shiftwords, words

pytestmark = pytest.mark.xdist_group("sentences")

WHO = r"(?P<who>your hours|people’s hours|the team’s hours|.+?’s? hours)"
NO_HOURS = "no hours of known length were logged"


def shares_now(sim, r):
    return column(r.now(sim, "shares"), "share")


def column(rows, name):
    return {key: row[name] for key, row in rows.items()}


def known_of(values):
    return {key: value for key, value in values.items() if not isnan(value)}


def is_unknown(sim, r, *, audited=True):
    """Most hours are unsure, and no audit says what they are."""
    unsure = r.now(sim, "basis")[sim.scope.period]["unsure"]
    has_audit = any(row["audited"] for row in r.now(sim, "shares").values())
    return unsure > 0.5 and not (audited and has_audit)


def wrong_owner(who, sim):
    team = sim.scope.team
    owners = {"your hours"} if sim.personal else {"people’s hours"} if team is None else {
        f"{team}’s hours", f"{team}’ hours", "the team’s hours"}  # fmt: skip
    return [] if who in owners else [f"whose: {who}"]


def unread(text):
    return [f"unread: {text}"]


def read_mix_headline(text, sim, r):
    problems = ["too long"] if len(text.split()) > 20 else []
    share = known_of(shares_now(sim, r))
    if not share:
        return problems + ([] if text == f"No hours of known length were logged in {sim.when}."
                           else unread(text))  # fmt: skip
    if is_unknown(sim, r):
        found = re.fullmatch(
            rf"What kind of work ({r.PERCENT}) of {WHO} in {sim.when} went to is not known\.", text
        )
        good = found and r.is_share(found[1], r.now(sim, "basis")[sim.scope.period]["unsure"])
        return problems + (wrong_owner(found["who"], sim) if good else unread(text))
    found = re.fullmatch(
        rf"(.+?) (takes|each take) about ({r.PERCENT}) of {WHO} in {sim.when}"
        rf"(?:; (\w+) comes next with ({r.PERCENT}))?\.", text,
    )  # fmt: skip
    if not found:
        return problems + unread(text)
    first, verb, percent, who, second, then = found.groups()
    first = [name.lower() for name in r.names_in(first)]
    if not set(first) <= share.keys():
        return ["named"]
    rest = {name: value for name, value in share.items() if name not in first}
    problems += wrong_owner(who, sim)
    problems += [] if all(r.is_share(percent, share[name]) for name in first) else ["most: number"]
    # Nothing else is as much, as it is written.
    most = min(share[name] for name in first)
    problems += ["most"] if any(v > most or r.is_share(percent, v) for v in rest.values()) else []
    problems += [] if (verb == "takes") == (len(first) == 1) else ["takes"]
    if second:
        good = second in rest and r.is_share(then, rest[second])
        good = good and all(rest[n] < rest[second] or n == second for n in rest)
        problems += [] if good else ["second"]
    return problems


def read_change(text, sim, r):
    """Read what changed of a page's own rows, with intervals or without."""
    own, before = r.now(sim, "shares"), sim.scope.before
    if known_of(column(own, "change_low")):
        return read_audited_change(text, sim, r)
    reason = f"{before} was not audited alike" if any(column(own, "audited").values()) else (
        "the shares are not audited")  # fmt: skip
    return read_plain_change(text, column(own, "change"), sim, r, reason=reason)


def read_plain_change(text, change, sim, r, *, reason="the shares are not audited"):
    before, known = sim.scope.before, known_of(change)
    if not known:
        none = f"There is no period before {sim.scope.period} to compare with."
        return [] if text == none else unread(text)
    largest = max(map(abs, known.values()))
    if sim.short:
        lead = "As logged" if sim.scope.complete else "So far"
        head = rf"{_upper(sim.short)}, so this is no rise and no fall yet\. {lead}, "
        same = re.fullmatch(rf"{head}the estimated mix is that of {before}\.", text)
        if same:
            return [] if largest < 0.0005 + 1e-12 else ["no difference"]
        found = re.fullmatch(
            rf"{head}(.+?) stands ({r.STANDS})(?: and (.+?) ({r.STANDS}))? {before}\.", text
        )
        form = {"words": ("above", "below"), "none": "level with"}
    else:
        if text == f"The estimated mix is what it was in {before}.":
            return [] if largest < 0.0005 + 1e-12 else ["no change"]
        found = re.fullmatch(
            rf"Against {before}, (.+?) is ({r.CHANGE})(?: and (.+?) is ({r.CHANGE}))?\. It is not "
            rf"sure that this is a change: {reason}\.", text,
        )  # fmt: skip
        form = {}
    if not found:
        return unread(text)
    first, moved, second, then = found.groups()
    told = [first, *([second] if second else [])]
    if not set(told) <= known.keys() or len(set(told)) < len(told):
        return ["named"]
    left = max((abs(value) for name, value in known.items() if name not in told), default=0.0)
    problems = [] if r.is_change(moved, known[first], **form) else ["first"]
    problems += ["empty change"] if moved == "no change" or then == "no change" else []
    problems += [] if abs(known[first]) >= largest - 1e-12 else ["largest"]
    if second:
        problems += [] if r.is_change(then, known[second], **form) else ["second"]
        problems += [] if abs(known[second]) >= left - 1e-12 else ["second largest"]
    elif left >= 0.0005 + 1e-12:
        problems.append("one left out")
    return problems


def read_audited_change(text, sim, r):
    own, before = r.now(sim, "shares"), sim.scope.before
    change = column(own, "change")
    largest = max(map(abs, known_of(change).values()))
    if sim.short:
        found = re.fullmatch(
            rf"{_upper(sim.short)}, so this is no rise and no fall yet\. As audited, (\w+) stands "
            rf"({r.STANDS}) {before} \(({r.SPAN})\)\.", text,
        )  # fmt: skip
        form = {"words": ("above", "below"), "none": "level with"}
    else:
        found = re.fullmatch(
            rf"Against {before} no change is sure: the largest, (\w+) ({r.CHANGE}), has an "
            rf"interval of ({r.SPAN})\.", text,
        )  # fmt: skip
        form = {}
    sure = [c for c, row in own.items() if row["change_low"] > 0 or row["change_high"] < 0]
    if found:
        name, moved, span = found.groups()
        good = name in own and r.is_change(moved, change[name], **form)
        good = good and r.is_span(span, own[name]["change_low"], own[name]["change_high"])
        good = good and abs(change[name]) >= largest - 1e-12
        return [] if good and (sim.short or not sure) else ["largest"]
    found = re.fullmatch(
        rf"Against {before}, (.+), in 95% intervals\.(?: Of (.+) it is not sure that (it|they) "
        r"changed\.)?", text,
    )  # fmt: skip
    if sim.short or not found:
        return unread(text)
    items = re.findall(rf"(\w+) is ({r.CHANGE}) \(({r.SPAN})\)", found[1])
    others = r.names_in(found[2]) if found[2] else []
    problems = [] if sorted(name for name, _, _ in items) == sorted(sure) else ["sure ones"]
    problems += [] if sorted(others) == sorted(own.keys() - set(sure)) else ["unsure ones"]
    problems += [] if not others or (found[3] == "it") == (len(others) == 1) else ["it"]
    for name, moved, span in items:
        if name not in own:
            return ["named"]
        ends = own[name]["change_low"], own[name]["change_high"]
        good = moved != "no change" and r.is_change(moved, change[name]) and r.is_span(span, *ends)
        problems += [] if good else [f"{name} {moved} {span}"]
    return problems


def read_performers(text, sim, r):
    row = r.now(sim, "performers")[sim.scope.period]
    total = sum(row[f"n_{name}"] for name in ("ai", "both", "human", "unknown"))
    if total == 0:
        none = f"No task of {sim.scope.period} is tagged or surely sorted as execution."
        return [] if text == none else unread(text)
    found = re.fullmatch(
        rf"Nothing in the log says who carried out the ({r.NUMBER}) execution tasks, so AI’s part "
        r"of them is not known\.", text,
    )  # fmt: skip
    if found:
        return [] if isnan(row["ai"]) and found[1] == f"{total:,}" else ["total"]
    found = re.fullmatch(
        rf"AI did about ({r.PERCENT}) of the execution tasks alone and ({r.PERCENT}) together with "
        rf"people, among those whose performer is known: ({r.PERCENT}) of them\.", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    told = zip(found.groups(), (row["ai"], row["both"], row["known"]), strict=True)
    return [] if all(r.is_share(*pair) for pair in told) else ["parts"]


def read_trust(text, sim, r):
    row = r.now(sim, "basis")[sim.scope.period]
    if isnan(row["tagged"]):
        return [] if text == "No hours of known length, so nothing to sort." else unread(text)
    found = re.fullmatch(
        r"People tagged (\d+)% of the hours, the sorter was sure of (\d+)%, and (\d+)% stay "
        r"unsure\. (.+)", text,
    )  # fmt: skip
    if not found:
        return unread(text)
    whole = [int(number) for number in found.groups()[:3]]
    near = all(abs(n - 100 * row[name]) < 1 for n, name in
               zip(whole, ("tagged", "sorted", "unsure"), strict=True))  # fmt: skip
    problems = [] if near and sum(whole) == 100 else ["parts of the hours"]
    return problems + read_audit(found[4], sim, r)


def read_audit(text, sim, r):
    own = r.now(sim, "shares")
    row = own["execution"]
    first = "About 400 tasks labelled blind would earn intervals of ±3 points."
    if not row["audited"]:
        if not row["n_drawn"]:
            return [] if text == first else unread(text)
        found = re.fullmatch(
            r"The audit earns no interval(?: yet)?: the log has changed since"
            r"(?: \((\d+) more blind labels?\)| *)(?:\. Draw another: `taskmix queue draw`)?\.",
            text,
        )  # fmt: skip
        missing = 20 - row["n_answered"]
        good = found and (found[1] is None or int(found[1]) == missing)
        return [] if good else unread(text)
    half = known_of({name: 50 * (row["high"] - row["low"]) for name, row in own.items()}).values()
    size = rf"±{r.NUMBER}(?: to ±{r.NUMBER})? points?|unknown width"
    found = re.fullmatch(
        rf"Of this team ({r.NUMBER}) tasks? (?:was|were) labelled blind, fewer than the 20 that an "
        rf"interval of its own takes; the intervals lean on all teams’ audit: ({size})\.", text,
    )  # fmt: skip
    lent = row["estimator"] == "composite"
    if found:
        good = lent and int(found[1]) == row["n_answered"]
    else:
        found = re.fullmatch(
            rf"Of ({r.NUMBER}) tasks drawn at random ({r.NUMBER}) \(({r.PERCENT})\) were labelled "
            rf"blind; they correct the sorter and earn 95% intervals of ({size})\.", text,
        )  # fmt: skip
        good = found and not lent and int(found[1]) == row["n_drawn"]
        good = good and int(found[2]) == row["n_answered"]
        good = good and r.is_share(found[3], row["n_answered"] / row["n_drawn"])
    if not good:
        return unread(text)
    told = re.findall(r.NUMBER, found.groups()[-1])
    ends = [min(half), max(half)][-len(told) :] if told else []
    return [] if all(r.is_size(n, e, decimals=0) for n, e in zip(told, ends, strict=True)) else [
        "half-widths"]  # fmt: skip


def _upper(text):
    return text[:1].upper() + text[1:]


def read_findings(text, sim, r):
    label, _, sentence = text.partition(": ")
    own = {"What changed": read_change, "Who executes": read_performers, "How sure": read_trust}
    return own[label](sentence, sim, r) if label in own else unread(text)


def say_findings(sim):
    found = words.mix_findings(
        sim.shares, sim.performers, sim.basis, scope=sim.scope, stale=sim.stale
    )
    return [f"{label}: {sentence}" for label, sentence in found]


def read_note(text, row, sim, r):
    before, change = sim.scope.before, row["change"]
    lack = "not complete" if not sim.scope.complete else "some data are missing"
    if row["audited"]:
        head, _, text = text.partition("; ")
        problems = read_interval(head, row, r)
        if isnan(change):
            return problems + ([] if text == "nothing to compare with" else unread(text))
        if isnan(row["change_low"]):
            return problems + ([] if text == f"{before} was not audited alike" else unread(text))
        tail = f", {lack}"
    else:
        problems, tail = [], f"; {lack}, not audited"
        if isnan(change):
            return [] if text == "nothing to compare with; not audited" else unread(text)
    if sim.short:
        so_far = "" if row["audited"] or sim.scope.complete else " so far"
        found = re.fullmatch(rf"({r.STANDS}) {before}{so_far}{tail}", text)
        form = {"words": ("above", "below"), "none": "level with"}
        good = found and r.is_change(found[1], change, **form)
        return problems + ([] if good else unread(text))
    if row["audited"] and text == f"→ no sure change on {before}":
        return problems + (["sure"] if row["change_low"] > 0 or row["change_high"] < 0 else [])
    found = re.fullmatch(
        rf"([↑↓→]) ({r.CHANGE}) on {before}{'' if row['audited'] else '; not audited'}", text
    )
    if not found:
        return problems + unread(text)
    arrow = "→" if found[2] == "no change" else "↑" if change > 0 else "↓"
    problems += [] if arrow == found[1] and r.is_change(found[2], change) else ["moved"]
    unsure = row["audited"] and (row["change_low"] <= 0 <= row["change_high"] or arrow == "→")
    return problems + (["not sure"] if unsure else [])


def read_interval(text, row, r):
    if isnan(row["low"]):
        return [] if text == "no interval" else unread(text)
    ends = [f"{number}%" for number in re.findall(r"\d+", text)]
    ends = ends * 2 if text.startswith("about ") else ends
    form = re.fullmatch(r"about \d+%|\d+–\d+%", text)
    good = form and r.is_share(ends[0], row["low"]) and r.is_share(ends[1], row["high"])
    return [] if good else [f"interval {text}"]


def say_tiles(sim):
    tiles = words.mix_tiles(sim.shares, sim.performers, scope=sim.scope, stale=sim.stale)
    sim.lines = {tile.label: tile.sparkline for tile in tiles}
    return [f"{tile.label}: {tile.value_text}: {tile.note}" for tile in tiles]


def read_tiles(text, sim, r):
    label, value, note = text.split(": ", 2)
    if label == "AI’s part of execution":
        share = r.now(sim, "performers")[sim.scope.period]["ai"]
        said = "of tasks; the log does not say" if isnan(share) else (
            "of tasks whose performer is known")  # fmt: skip
        problems, line = [] if note == said else unread(note), sim.performers["ai"]
    elif label not in sim.lines or label.lower() not in r.now(sim, "shares"):
        return ["label"]
    else:
        row = r.now(sim, "shares")[label.lower()]
        share, problems = row["share"], read_note(note, row, sim, r)
        column = "share" if sim.shares["audited"].all() else "model"
        line = sim.shares[sim.shares["category"] == label.lower()][column]
    problems += [] if (value == "no data" if isnan(share) else r.is_share(value, share)) else [
        "value"]  # fmt: skip
    drawn = sim.lines[label]
    known = line.notna().sum() > 1
    same = drawn is not None and np.array_equal(
        np.array(drawn, dtype=float), line.to_numpy(), equal_nan=True
    )
    return problems + ([] if same == known else ["line"])


def say_titles(sim):
    scope, stale = sim.scope, sim.stale
    return [words.trend_title(sim.shares, sim.basis, scope=scope, stale=stale)]


def read_trend(text, sim, r):
    if is_unknown(sim, r):
        return [] if text == "A first guess at where human effort goes" else unread(text)
    column = "share" if sim.shares["audited"].all() else "model"
    table = sim.shares.pivot(index="period", columns="category", values=column).dropna(how="all")
    table = table.drop(index=sim.scope.period, errors="ignore") if sim.short else table
    aside = f"; {sim.short}" if sim.short else ""
    if len(table) < 2:
        return [] if text == f"Where human effort goes{aside}" else unread(text)
    first, last, moved = table.index[0], table.index[-1], table.iloc[-1] - table.iloc[0]
    is_now = last == sim.scope.period
    mix = "The estimated mix" if is_now else f"The estimated mix of {last}"
    if text == f"{mix} is about what it was in {first}{aside}":
        return [] if moved.abs().max() < 0.02 else ["moved"]
    between = f"Since {first}" if is_now else f"From {first} to {last}"
    found = re.fullmatch(
        rf"{between} the estimate for (\w+) is ({r.CHANGE})(?:, for (\w+) ({r.CHANGE}))?{aside}",
        text,
    )
    if not found or moved.abs().max() < 0.02:
        return unread(text)
    one, change, other, then = found.groups()
    told = [(one, change), *([(other, then)] if other else [])]
    if not {name for name, _ in told} <= set(moved.index):
        return ["named"]
    good = all(said != "no change" and r.is_change(said, moved[name]) for name, said in told)
    ends = {moved.min(), moved.max()} == {moved[name] for name, _ in told} or len(told) == 1
    largest = max(abs(moved[name]) for name, _ in told) >= moved.abs().max() - 1e-12
    return [] if good and ends and largest else ["moved"]


def say_audited(sim):
    own = sim.shares[sim.shares["period"] == sim.scope.period]
    item, _ = auditwords.audit_item(sim.shares, scope=sim.scope)
    return [sharewords.audited_title(own), sharewords.audited_takeaway(own), item,
            auditwords.audited_fact(own)]  # fmt: skip


def read_audited(text, sim, r):
    own = r.now(sim, "shares")
    known, row = {c: rows for c, rows in own.items() if not isnan(rows["low"])}, own["execution"]
    if text in ("No share has an interval", "No share has an interval."):
        return ["interval"] if known else []
    if text in ("Not audited: shares without intervals", "no: the shares are the model’s own"):
        return ["audited"] if row["audited"] else []
    found = re.fullmatch(r"(\w+) takes (.+) of hours, corrected by an audit", text)
    if found:
        name = found[1].lower()
        good = name in known and all(known[name]["share"] >= k["share"] for k in known.values())
        return read_interval(found[2], known[name], r) if good else ["largest"]
    found = re.fullmatch(r"With 95% intervals: (.+) of human hours\.", text)
    if found:
        items = re.findall(
            rf"(\w+) (about \d+%|\d+–\d+%) \(the sorter alone says ({r.PERCENT})\)", found[1]
        )
        if [name for name, _, _ in items] != list(known):
            return ["listed"]
        return [problem for name, span, model in items for problem in
                [*read_interval(span, known[name], r),
                 *([] if r.is_share(model, known[name]["model"]) else ["model"])]]  # fmt: skip
    found = re.fullmatch(rf"({r.NUMBER}) tasks? audited, ({r.PERCENT}) of those drawn", text)
    if found:
        good = int(found[1]) == row["n_answered"]
        return [] if good and r.is_share(found[2], row["response"]) else ["audit"]
    found = re.fullmatch(rf"yes: ({r.NUMBER}) blind labels? of ({r.NUMBER}) (person|people)", text)
    if not found:
        return unread(text)
    good = (int(found[1]), int(found[2])) == (row["n_answered"], row["n_people"])
    return [] if good and (found[3] == "person") == (row["n_people"] == 1) else ["audit"]


def say_hours(sim):
    return [words.hours_title(sim.hours, scope=sim.scope)]


def read_hours(text, sim, r):
    hours = column(r.now(sim, "hours"), "hours")
    total = sum(hours.values())
    so_far = "" if sim.scope.complete else " so far"
    if text == f"No hours of known length were logged{so_far}":
        return [] if total == 0 else ["none"]
    found = re.fullmatch(
        rf"(Less than 1|{r.NUMBER}) (hour was|hours were) logged{so_far}; ({r.PERCENT}) "
        "could not be sorted surely", text,
    )  # fmt: skip
    if not found or total == 0:
        return unread(text)
    size, noun, unsure = found.groups()
    good = total < 1 if size == "Less than 1" else r.is_size(size, total, decimals=0)
    good = good and (noun == "hour was") == (size in ("1", "Less than 1"))
    return [] if good and r.is_share(unsure, hours["unsure"] / total) else ["hours"]


def say_takeaways(sim):
    return [words.mix_takeaway(sim.shares, scope=sim.scope),
            words.mix_takeaway(sim.people_work, scope=sim.scope)]  # fmt: skip


def read_takeaway(text, sim, r):
    frames = [known_of(column(r.now(sim, name), "share")) for name in ("shares", "people_work")]
    if text == f"In {sim.when} {NO_HOURS}.":
        return ["none"] if all(frames) else []
    found = re.fullmatch(rf"In {sim.when}: (.+) of human hours\.", text)
    parts = [part.split(" ", 1) for part in found[1].split(", ")] if found else []
    for frame in frames:
        if parts and [name for name, _ in parts] == list(frame):
            return [f"{n} {p}" for n, p in parts if not r.is_share(p, frame[n])]
    return unread(text)


def say_shift(sim):
    scope, stale = sim.scope, sim.stale
    found = shiftwords.shift_findings(sim.parts, sim.performers, scope=scope, stale=stale)
    tiles = shiftwords.shift_tiles(sim.parts, scope=scope, stale=stale)
    return [
        f"Headline: {shiftwords.shift_headline(sim.parts, sim.performers, scope=scope)}",
        *(f"{label}: {sentence}" for label, sentence in found),
        *(f"Tile {tile.label}: {tile.value_text}: {tile.note}" for tile in tiles),
        f"Parts: {shiftwords.parts_title(sim.parts, scope=scope, stale=stale)}",
        f"Takeaway: {shiftwords.parts_takeaway(sim.parts, scope=scope)}",
        f"Known: {shiftwords.known_title(sim.performers, scope=scope)}",
        f"Known: {words.performer_title(sim.performers, scope=scope)}",
    ]


PARTS = {"AI’s own part": "ai", "the part done together": "both", "people’s own part": "human"}
TILES = {"AI alone": "ai", "Together": "both", "People alone": "human"}


def read_shift(text, sim, r):
    label, _, text = text.partition(": ")
    own, row = r.now(sim, "parts"), r.now(sim, "performers")[sim.scope.period]
    if label.startswith("Tile "):
        value, note = text.split(": ", 1)
        if label[5:] not in TILES:
            return unread(text)
        part = {**own[TILES[label[5:]]], "audited": False}
        share = part["share"]
        good = value == "no data" if isnan(share) else r.is_share(value, share)
        return read_note(note, part, sim, r) + ([] if good else ["value"])
    if label == "Who executes":
        return read_performers(text, sim, r)
    if label == "What changed":
        change = {name: own[performer]["change"] for name, performer in PARTS.items()}
        return read_plain_change(text, change, sim, r)
    if label == "Parts":
        return read_parts_title(text, sim, r)
    if label not in ("Headline", "How sure", "Takeaway", "Known"):
        return unread(text)
    return read_known(label, text, column(own, "share"), row, sim, r)


def read_parts_title(text, sim, r):
    ai = sim.parts[sim.parts["performer"] == "ai"].dropna(subset=["share"])
    ai = ai[ai["period"] != sim.scope.period] if sim.short else ai
    aside = f"; {sim.short}" if sim.short else ""
    if len(ai) < 2:
        return [] if text == f"Who carries out execution{aside}" else unread(text)
    first, last = ai.iloc[0], ai.iloc[-1]
    moved = last["share"] - first["share"]
    between = f"Since {first['period']}" if last["period"] == sim.scope.period else (
        f"From {first['period']} to {last['period']}")  # fmt: skip
    if text == f"{between} AI’s own part of execution did not change{aside}":
        return [] if r.is_change("no change", moved) else ["moved"]
    found = re.fullmatch(rf"{between} AI’s own part of execution is ({r.CHANGE}){aside}", text)
    good = found and found[1] != "no change" and r.is_change(found[1], moved)
    return [] if good else unread(text)


def read_known(label, text, share, row, sim, r):
    """Read what is said of who executes and of how much that is known."""
    problems = ["too long"] if label == "Headline" and len(text.split()) > 20 else []
    known = row["known"]
    p, none = r.PERCENT, isnan(known)
    fixed = {
        f"There are no execution tasks to tell of in {sim.when}.": none,
        "There are no execution tasks to tell of.": none,
        "There are no execution tasks to tell of": none,
        f"The log does not say who carried out the execution tasks of {sim.when}.": known == 0,
        "Who carries out execution is not recorded": known == 0,
        f"In {sim.when} nothing is known of who carried out the execution tasks.": (
            not known_of(share)),
    }  # fmt: skip
    if text in fixed:
        return problems + ([] if fixed[text] else ["known"])
    among = "" if known == 1 else " of known performer"
    whose = "" if known == 1 else " whose performer is known"
    human, ai, both, told = (f"(?P<{name}>{p})" for name in ("human", "ai", "both", "known"))
    forms = [
        rf"People alone carry out (?:about )?{human} of execution tasks{among} in {sim.when}, "
        rf"AI {ai}(?:, both {both})?\.",
        rf"In {sim.when}: AI’s own part {ai}, the part done together {both}, people’s own part "
        rf"{human} of the execution tasks whose performer is known\.",
        rf"AI alone carries out {ai} of the execution tasks{whose}",
        rf"Of {told} of the execution tasks the log says who carried them out",
        rf"The log says of {told} of the execution tasks who carried them out; of "
        r"(?P<n>[\d,]+) counted ones? it does not\. What is execution is estimated, not audited\.",
    ]
    found = next((m for form in forms if (m := re.fullmatch(form, text))), None)
    if found is None:
        return problems + unread(text)
    values = {"human": share["human"], "ai": share["ai"], "both": share["both"], "known": known}
    for name, said in found.groupdict().items():
        if said is None:
            continue
        good = said == f"{row['n_unknown']:,}" if name == "n" else r.is_share(said, values[name])
        problems += [] if good else [name]
    return problems


def say_meaning(sim):
    scope = sim.scope
    head = meaningwords.meaning_headline(
        sim.people_work, sim.basis, scope=scope, personal=sim.personal
    )
    found = meaningwords.meaning_findings(sim.people_work, sim.basis, scope=scope, stale=sim.stale)
    tiles = meaningwords.meaning_tiles(sim.people_work, scope=scope, stale=sim.stale)
    return [f"Headline: {head}", f"What changed: {found[0][1]}",
            *(f"Tile {t.label.lower()}: {t.value_text}: {t.note}" for t in tiles)]  # fmt: skip


def read_meaning(text, sim, r):
    label, _, text = text.partition(": ")
    own = r.now(sim, "people_work")
    if label == "What changed":
        return read_plain_change(text, column(own, "change"), sim, r)
    if label.startswith("Tile "):
        if label[5:] not in own:
            return ["label"]
        value, note = text.split(": ", 1)
        row = {**own[label[5:]], "audited": False}
        good = value == "no data" if isnan(row["share"]) else r.is_share(value, row["share"])
        return read_note(note, row, sim, r) + ([] if good else ["value"])
    if label != "Headline":
        return unread(text)
    problems, share = ["too long"] if len(text.split()) > 20 else [], column(own, "share")
    if not known_of(share):
        none = f"No hours of known length were logged in {sim.when}."
        return problems + ([] if text == none else unread(text))
    found = re.fullmatch(
        rf"What kind of work most of {WHO} in {sim.when} went to is not known\.", text
    )
    if found or is_unknown(sim, r, audited=False):
        good = found and is_unknown(sim, r, audited=False)
        return problems + (wrong_owner(found["who"], sim) if good else unread(text))
    found = re.fullmatch(
        rf"Work other than execution takes about ({r.PERCENT}) of {WHO}(?: in {sim.when})?"
        rf"(?:: (\w+) ({r.PERCENT}), (\w+) ({r.PERCENT}) and (\w+) ({r.PERCENT})(, rounded)?)?\.",
        text,
    )  # fmt: skip
    if not found:
        return problems + unread(text)
    total, who, *parts, rounded = found.groups()
    problems += wrong_owner(who, sim)
    problems += [] if r.is_share(total, min(sum(share.values()), 1)) else ["total"]
    if parts[0]:
        told = list(zip(parts[::2], parts[1::2], strict=True))
        good = [name for name, _ in told] == list(share)
        good = good and all(r.is_share(said, share[name]) for name, said in told)
        problems += [] if good else ["parts"]
        sums = sum(int(re.sub(r"under 1%|over 99%|%", "", p) or 0) for p in parts[1::2])
        # Where a part is under 1% its sum can be read either way.
        plain = all(re.fullmatch(r"\d+%", percent) for percent in [total, *parts[1::2]])
        problems += ["adds up"] if plain and (f"{sums}%" == total) == bool(rounded) else []
    return problems


def say_headline(sim):
    return [words.mix_headline(sim.shares, sim.basis, scope=sim.scope, personal=sim.personal)]


#: What is said, and how it is read.
SENTENCES = {
    "headline of the mix": (say_headline, read_mix_headline),
    "findings of the mix": (say_findings, read_findings),
    "tiles of the mix": (say_tiles, read_tiles),
    "trend": (say_titles, read_trend),
    "audit": (say_audited, read_audited),
    "hours": (say_hours, read_hours),
    "takeaways": (say_takeaways, read_takeaway),
    "who executes": (say_shift, read_shift),
    "meaningful work": (say_meaning, read_meaning),
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
    assert n >= 10
    assert missed == []
