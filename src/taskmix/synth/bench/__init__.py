"""The test bench: a simulated organisation's log as the store holds it, with the truth beside it.

`make_bench` gives a `Bench`. Every truth in it follows from the parameters that the log was drawn
from; no code of the measures had a part in it. docs/test-bench.md tells how it is drawn.

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
    ``ai_mode`` (missing: none), ``hours`` (never missing), ``busy`` (the workload of the
    person's week: 0.8–1.2, usually 1), ``part``, ``parent_id``.
``roster``
    As ``people.csv``, all text: one row a person and stay in a team (``person``, ``aliases``,
    ``team``, ``department``, ``from``, ``to``, ``weekly_hours``, ``time_zone``, ``day_starts``,
    ``day_ends``, ``work_days``). Its ``person`` is the log's.
``parameters``
    The frames below.
``options``
    What `make_bench` was called with.

Frames of ``bench.parameters``
------------------------------
``teams``, one row a team
    ``team``, ``department``, ``n_people`` (at first); ``never`` (takes to AI); ``midpoint``
    (month number from 0, may lie between months; missing: never), ``midpoint_month`` (the
    nearest), ``width`` (scale of the logistic curve in months: 10–90% takes 4.39 times as
    long), ``ceiling`` (0–1), ``rollout_month`` (a twentieth of the way up; on paper in a
    placebo); ``releasable`` (part of execution's hours that full adoption releases);
    ``to_judgment``, ``to_creative``, ``to_connective``, ``to_oversight``, ``to_left`` (parts of
    the released hours, sum to 1; ``to_left``: hours not worked any more; ``to_connective`` is
    below 0 where ``connection_falls``); ``base_execution`` … (shares before AI).
``people``, one row a person
    ``person``, ``first_team``, ``weekly_hours``, ``rounds_starts`` (all starts at :00 or :30),
    ``reorganised`` (changed teams in the reorganisation).
``effort``, one row a team and month
    - ``adoption`` = ceiling / (1 + exp((midpoint − month number) / width));
    - ``ai_share``, ``both_share``: of all units of execution those done by AI alone, and by
      people with AI. Exactly in proportion to adoption, so the curve of either, and of their
      sum, has the team's midpoint and width;
    - ``drift``: part of a category's own titles that come from new words;
    - hours of a full week (five days) of one person: ``total``, and ``execution``, ``judgment``,
      ``creative``, ``connective`` (each without oversight) and ``oversight``, which sum to it;
      ``released`` (of execution by AI) and ``to_judgment`` … ``to_left``, which sum to that;
    - of these hours, ``touched`` (AI has a part in them, overseeing it included) and
      ``creative_with_ai``;
    - ``full_weeks`` (days logged / 5) and ``n_people`` (who logged);
    - ``given_execution`` … ``given_oversight``: hours to be expected of the very people and days
      in the log, each person's own bent included. Over ``full_weeks`` they scatter about the
      five columns above as people do; the log's true hours scatter about them as tasks do.
``mix``, one row a team, month and category
    ``share`` (0–1 of human hours; overseeing AI counted in its category), ``hours_per_week``
    (of a full week), ``expected_hours`` (times ``full_weeks``), ``given_hours`` (of these
    people), ``given_logged_hours`` (what of them has hours in the log: missing hours, and a
    change of completeness, taken off).
``markers``, one row a team
    The conditions that are the same in every month; what a marker must rank by over some months
    tells `expected_markers`. ``tasks_a_day``, ``stickiness``, ``short_gaps`` and what follows from
    them, ``depth`` (0–1) and ``changes_per_hour`` (fragmentation); ``new_projects`` (a person and
    month) and ``n_projects``; ``company`` (how often others take part, times a usual team's),
    ``across`` (chance that one of them is of any team); ``outside_share`` (of hours outside
    declared ones, weekends among them), ``weekend_share``; ``start_sd`` (minutes), and what
    follows for plain days of the last month: ``day_span`` (hours, of a person's usual day) and
    ``start_spread`` (minutes, evenings and rounded starts included); ``rounding`` (part of
    people).
``completeness``, one row a month
    ``execution`` … : the part of that category's hours that the log holds.
``reorganisation``, one row a category
    ``month``, ``n_moved`` people, ``between``: by how much moving them changed the mix of the
    whole (0 where there was none), at the teams' mixes before AI.
"""

from taskmix.synth.bench._audit import TAGGERS, audit_answers
from taskmix.synth.bench._confused import (
    DRIFTED_ERRORS,
    ERRORS,
    PRIOR,
    confusion_matrix,
)
from taskmix.synth.bench._expected import expected_markers
from taskmix.synth.bench._logged import (
    MISSING_HOURS,
    STILL_LOGGED,
    TAG_CONFUSION,
    TAG_READINESS,
    TAGGED,
    UNKNOWN_PERFORMER,
)
from taskmix.synth.bench._make import Bench, make_bench
from taskmix.synth.bench._options import Options
from taskmix.synth.bench._parameters import BenchParameters
from taskmix.synth.bench._teams import FULL_WEEK

__all__ = [
    "DRIFTED_ERRORS",
    "ERRORS",
    "FULL_WEEK",
    "MISSING_HOURS",
    "PRIOR",
    "STILL_LOGGED",
    "TAGGED",
    "TAGGERS",
    "TAG_CONFUSION",
    "TAG_READINESS",
    "UNKNOWN_PERFORMER",
    "Bench",
    "BenchParameters",
    "Options",
    "audit_answers",
    "confusion_matrix",
    "expected_markers",
    "make_bench",
]
