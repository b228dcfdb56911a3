"""Where does human effort go when AI takes over execution.

In a notebook::

    import taskmix as tm
    settings = tm.load_settings()
    log = tm.open_log(settings.processed)

Everything here is imported when it is first used, so that ``taskmix --help`` is quick.
"""

from importlib import import_module
from typing import Any

#: Public name → the room it lives in.
_ROOMS = {
    **dict.fromkeys(["load_settings", "find_project"], "taskmix.settings"),
    **dict.fromkeys(["speak"], "taskmix.language"),
    **dict.fromkeys(["read_roster"], "taskmix.identity"),
    **dict.fromkeys(["open_log", "read_table", "table_version"], "taskmix.store"),
    **dict.fromkeys(
        [
            "ai_by_month", "ai_modes", "basis_of_labels", "certainty", "changes", "check_sorted",
            "check_targets", "choose_baseline", "choose_scope", "choose_weeks", "completeness",
            "composition_path", "counts_in_all", "coverage", "effort_by_basis", "entries_by_month",
            "execution_by_performer", "execution_hours", "execution_moves", "expected_hours",
            "files_read", "find_shifts", "first_refusals", "freed_effect", "freed_hours", "gaps",
            "headcount", "hours_by_label", "how_fresh", "human_durations", "left_out",
            "log_completeness", "mix_moves", "months_of", "noticed", "of_scope", "overlaps",
            "overlaps_by_team", "performer_shares", "person_weeks", "refusals_by_reason",
            "roll_outs", "rollup", "rollup_people", "sensitivity", "shares", "shift_lines",
            "sorted_titles", "surest_titles", "team_months", "team_weeks", "unsure_titles",
            "wanted_against_actual", "wishes", "years_of",
        ],
        "taskmix.measures",
    ),
    **dict.fromkeys(
        ["held_by_source", "own_log", "own_refusals", "own_tasks", "tags_given", "tasks_by_label"],
        "taskmix.measures.own",
    ),
    **dict.fromkeys(
        ["marker_catalogue", "markers", "markers_in_scope", "places_of"],
        "taskmix.measures.markers",
    ),
    **dict.fromkeys(["check_team_may_be_shown", "plan_for", "suppress"], "taskmix.disclosure"),
    **dict.fromkeys(["load_codebook"], "taskmix.taxonomy"),
    **dict.fromkeys(["TaskSorter"], "taskmix.sorting"),
    **dict.fromkeys(["make_report", "sort_log"], "taskmix.batch"),
    **dict.fromkeys(["make_analyst_page"], "taskmix.batch.analyst"),
    **dict.fromkeys(
        ["audit_size", "audited_shares", "audited_teams"], "taskmix.measures.estimation"
    ),
    **dict.fromkeys(["read_audits"], "taskmix.batch.audited"),
    **dict.fromkeys(["evaluate_sorter"], "taskmix.batch.evaluate"),
    **dict.fromkeys(["explain_task", "why_not_explained"], "taskmix.batch.explain"),
    **dict.fromkeys(["open_tagging", "tagging_figures"], "taskmix.tagging"),
}  # fmt: skip
_MODULES = ("charts", "report", "taxonomy")

__all__ = [*_ROOMS, *_MODULES]  # noqa: PLE0604 - names, listed by room above


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    if name in _MODULES:
        return import_module(f"taskmix.{name}")
    raise AttributeError(f"module 'taskmix' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
