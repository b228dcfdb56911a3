"""The test bench: a simulated organisation's log as the store holds it, with the truth beside it.

`make_bench` gives a `Bench`. Every truth in it follows from the parameters that the log was drawn
from; no code of the measures had a part in it.

Frames of a `Bench`
-------------------
``tasks``
    One row is one logged entry: exactly the columns and dtypes of the store's table ``tasks``
    (`taskmix.schema.TaskLog`, then ``month``, ``first_day``, ``last_day`` …), by start. So
    ``rollup(bench.tasks, bench.sorted_by_truth(), frequency="quarter")`` works as it is.
    ``person`` looks like a pseudonym and is the same in every frame.
``truth``
    One row a row of ``tasks``, in the same order: ``task_id``, ``person``, ``team``, ``month``
    (``2026-09``), ``category``, ``performer`` (human, both, ai: never unknown), ``oversight``,
    ``ai_mode`` (missing: none), ``hours`` (never missing), ``part``, ``parent_id``.
``roster``
    As ``people.csv``, all text: one row a person and stay in a team (``person``, ``aliases``,
    ``team``, ``department``, ``from``, ``to``, ``weekly_hours``, ``time_zone``).
``declared``
    One row a person: ``person``, ``day_starts`` and ``day_ends`` (minutes after local midnight,
    Monday to Friday), ``weekly_hours``, ``time_zone``, ``rounds_starts`` (all starts at :00 or
    :30).
``parameters``
    The frames below.
``options``
    What `make_bench` was called with.

Frames of ``bench.parameters``
------------------------------
``teams``, one row a team
    ``team``, ``department``, ``n_people``; ``never`` (takes to AI); ``midpoint`` (month number
    from 0, may lie between months; missing: never), ``midpoint_month``, ``width`` (scale of the
    logistic curve in months: 10–90% takes 4.39 times as long), ``ceiling`` (0–1);
    ``releasable`` (part of execution's hours that full adoption releases); ``to_judgment``,
    ``to_creative``, ``to_connective``, ``to_oversight``, ``to_left`` (parts of the released
    hours, sum to 1; ``to_left``: work that is not done any more; ``to_connective`` is below 0
    where ``connection_falls``); ``base_execution`` … (shares before AI).
``effort``, one row a team and month
    ``adoption`` = ceiling / (1 + exp((midpoint − month number) / width));
    ``ai_share``, ``both_share`` (of all units of execution: done by AI alone, with AI; exactly
    in proportion to adoption, so the S-curve of either has the team's midpoint and width);
    ``drift`` (part of own titles from new words); hours of a full week (five days) of a
    full-time person: ``total``, ``execution``, ``judgment``, ``creative``, ``connective``
    (each without oversight) and ``oversight``, which sum to ``total``; ``released`` (execution
    without AI minus with it) and ``to_judgment`` … ``to_left`` in hours, which sum to it;
    ``full_weeks`` (days logged / 5: hours of the log / full_weeks is comparable to the
    columns above), ``n_people`` (who logged).
``mix``, one row a team, month and category
    ``share`` (0–1 of human hours; overseeing AI counted in its category), ``hours_per_week``
    (of a full week), ``expected_hours`` (times ``full_weeks``), ``expected_logged_hours`` (what
    of them has hours in the log: missing hours, and a change of completeness, taken off).
``markers``, one row a team
    What its markers must rank by: ``task_hours``, ``stickiness``, ``short_gaps``,
    ``block_hours`` (depth), ``changes_per_hour`` (fragmentation), ``new_projects`` (a person and
    month; exploration), ``n_projects`` and ``breadth`` (Hill number of project × category),
    ``connective_share``, ``judgment_share``, ``creative_share`` (before AI; by month in
    ``mix``), ``oversight_share`` and ``guiding`` (in the last month: of all hours, of hours that
    AI touched), ``company`` (how often others take part), ``across`` (of any team),
    ``outside_share`` (of hours in the evening), ``weekend_share``, ``start_sd`` (minutes),
    ``rounding`` (part of people).
``completeness``, one row a month
    ``execution`` … : the part of that category's hours that the log holds.
``reorganisation``, one row a category
    ``month``, ``n_moved`` people, ``between``: by how much moving them changed the mix of the
    whole (0 where there was none), at the teams' mixes before AI.

What is hard about it
---------------------
People tag judgment and creative work more readily, less in busy weeks, and err (`TAG_CONFUSION`).
9% of people's tasks lack the performer, 1% the hours. People differ (Dirichlet about the team's
mix). Busy weeks hold more execution, long tasks more creative work. Some people round their
starts, in one or more teams nearly all. Evening work runs over midnight (``part``). New words
come with AI. See docs/test-bench.md.
"""

from taskmix.synth.bench._logged import STILL_LOGGED, TAG_CONFUSION
from taskmix.synth.bench._make import Bench, Options, make_bench
from taskmix.synth.bench._parameters import BenchParameters

__all__ = [
    "STILL_LOGGED",
    "TAG_CONFUSION",
    "Bench",
    "BenchParameters",
    "Options",
    "make_bench",
]
