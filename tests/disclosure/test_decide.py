"""Hand-made organisations: what is hidden, what is merged, and what has to be hidden beside it."""

import pytest

from taskmix.disclosure import Node, Released, decide
from taskmix.disclosure.cells import Cells
from taskmix.taxonomy import LABELS

MONTH = "2026-07"
TOO_FEW = "fewer people than the minimum"


@pytest.fixture
def staff(make_staff):
    return make_staff.staff


@pytest.fixture
def plan(make_staff):
    def made(*rows, period=MONTH, min_people=10, **options):
        flat = [row for part in rows for row in part]
        return decide(make_staff.sums(flat), period=period, min_people=min_people, **options)

    return made


def reasons(decisions, period=MONTH):
    return {d.node.name: d.reason for d in decisions if d.node.period == period and d.reason}


def test_small_teams_stand_together_where_their_union_is_large_enough(plan, staff, outcomes):
    made = plan(staff("a", 30), staff("b", 12), staff("c", 6), staff("d", 5))
    assert outcomes(made, MONTH) == {"a": "shown", "b": "shown", "c": "merged", "d": "merged"}
    assert {d.shown_as for d in made if d.outcome == "merged"} == {"other teams"}


def test_one_small_team_takes_the_next_smallest_with_it(plan, staff, outcomes):
    made = plan(staff("a", 30), staff("b", 12), staff("c", 4))
    assert outcomes(made, MONTH) == {"a": "shown", "b": "merged", "c": "merged"}
    assert reasons(made) == {"b": "protects a smaller group", "c": TOO_FEW}


def test_small_teams_merge_within_their_department_first(plan, staff, outcomes):
    made = plan(
        staff("a", 30, department="north"), staff("b", 6, department="north"),
        staff("c", 6, department="north"), staff("d", 30, department="south"),
        staff("e", 8, department="south"), staff("f", 8, department="south"),
    )  # fmt: skip
    assert outcomes(made, MONTH, "department") == {"north": "shown", "south": "shown"}
    assert {d.node.name: d.shown_as for d in made if d.outcome == "merged"} == {
        "b": "other teams of north", "c": "other teams of north",
        "e": "other teams of south", "f": "other teams of south",
    }  # fmt: skip


def test_a_team_named_like_the_merged_ones_keeps_its_row_apart(plan, staff):
    made = plan(staff("other teams", 30), staff("c", 6), staff("d", 5))
    assert {d.shown_as for d in made if d.outcome == "merged"} == {"other teams (merged)"}


def test_one_person_with_more_than_half_of_the_hours_hides_a_team(plan, staff, make_staff):
    boss = [(MONTH, "x", "b", "boss", label, 120.0) for label in LABELS]
    made = plan(staff("a", 30), staff("b", 11), boss, staff("c", 12))
    assert reasons(made)["b"] == "one person has more than half of the hours"
    mild = [(MONTH, "x", "b", "boss", label, 110.0) for label in LABELS]
    assert "b" not in reasons(plan(staff("a", 30), staff("b", 11), mild, staff("c", 12)))


def test_a_share_of_all_or_nothing_hides_a_team_but_not_the_organisation(make_staff):
    rows = [(MONTH, "x", team, f"{team}{n}", "judgment", 5.0) for team in "ab" for n in range(12)]
    rows += [(MONTH, "x", "a", f"a{n}", "execution", 5.0) for n in range(12)]
    sums = make_staff.sums(rows)
    for name in ("execution", "judgment", "creative", "connective"):
        # All is tagged: the estimated hours are the tagged ones.
        sums[f"expected_{name}"] = sums["hours"].where(sums["label"] == name, 0.0)
    made = decide(sums, period=MONTH, min_people=10)
    assert reasons(made)["b"] == "a share of exactly 0% or 100%"
    assert [d.outcome for d in made if d.node.kind == "organisation"] == ["shown"]


def test_a_team_that_is_nearly_all_of_the_organisation_is_not_told_apart(plan, staff):
    made = plan(staff("a", 30), staff("c", 4))
    assert reasons(made) == {"a": "a larger group differs from it by too few people", "c": TOO_FEW}


def test_an_organisation_that_is_too_small_is_decided_so(plan, staff):
    assert reasons(plan(staff("a", 8))) == {"": TOO_FEW, "a": TOO_FEW}


def test_a_personal_workspace_shows_everything(plan, staff):
    assert reasons(plan(staff("a", 1), min_people=1)) == {}


def test_a_month_of_few_people_takes_another_month_of_the_quarter_with_it(plan, staff, outcomes):
    rows = [staff("a", 12, month=m) for m in ("2026-07", "2026-08")]
    rows += [staff("a", 6, month="2026-09")]
    rows += [staff(t, 20, month=m) for t in "bc" for m in ("2026-07", "2026-08", "2026-09")]
    made = plan(*rows, period="2026-Q3")
    shown = {m: outcomes(made, m)["a"] for m in ("2026-Q3", "2026-07", "2026-08", "2026-09")}
    # Else the quarter less two months would be the third.
    assert shown["2026-Q3"] == "shown"
    assert [shown[m] for m in ("2026-07", "2026-08", "2026-09")].count("shown") < 2
    assert shown["2026-09"] != "shown"
    # In each such month another team is hidden too, or it would be the organisation less others.
    for month in ("2026-07", "2026-08", "2026-09"):
        if shown[month] != "shown":
            assert list(outcomes(made, month).values()).count("shown") < 2


def test_a_team_whose_number_of_people_could_be_told_takes_another_with_it(plan, staff, outcomes):
    # Nine of ten people are in b, whose hours nobody can tell from those of d: but their number.
    teams = [staff("a", 30), staff("b", 9, hours=1.0), staff("c", 12, hours=2.0)]
    made = plan(*teams, staff("d", 1, hours=8.0))
    assert outcomes(made, MONTH) == {"a": "shown", "b": "merged", "c": "merged", "d": "merged"}
    # Two and eight people hide each other.
    made = plan(*teams[::2], staff("b", 8, hours=1.0), staff("d", 2, hours=3.9))
    assert outcomes(made, MONTH) == {"a": "shown", "b": "merged", "c": "shown", "d": "merged"}


def test_the_order_of_rows_changes_nothing(make_staff, make_simulated):
    sums = make_simulated(5, teams=6)
    made = decide(sums, period="2026-Q4", min_people=10)
    assert decide(sums[::-1], period="2026-Q4", min_people=10) == made


def released_by(decisions, version=3):
    return [Released(d.node, version, d.content) for d in decisions if d.outcome == "shown"]


def test_what_did_not_change_is_published_again(plan, staff):
    rows = [staff("a", 30), staff("b", 12), staff("c", 6), staff("d", 5)]
    first = plan(*rows)

    def never(_):
        raise AssertionError("nothing changed")

    assert plan(*rows, released=released_by(first), earlier=never) == first


def test_late_hours_of_a_few_people_keep_a_period_from_being_published_again(
    plan, staff, make_staff
):
    rows = [staff("a", 30), staff("b", 12)]
    first = plan(*rows)
    cells = Cells.of(make_staff.sums([row for part in rows for row in part]))
    nodes = cells.nodes([MONTH], departments=False)

    def earlier(entry):
        return cells.people(nodes[entry.node])

    late = [(MONTH, "x", "b", "b-3", "judgment", 7.0)]
    made = plan(*rows, late, released=released_by(first), earlier=earlier)
    changed = "its data changed since it was published"
    assert reasons(made) == {"": changed, "b": changed}
    # Ten people late are a group of their own.
    many = [(MONTH, "x", "b", f"b-{n}", "judgment", 7.0) for n in range(10)]
    assert reasons(plan(*rows, many, released=released_by(first), earlier=earlier)) == {}


def test_where_the_old_version_is_gone_the_members_tell(plan, staff):
    rows = [staff("a", 30), staff("b", 12)]
    first = plan(*rows)
    members = {d.node: frozenset(d.members) for d in first}
    joined = plan(
        *rows, staff("b", 1, first=12), released=released_by(first),
        earlier=lambda entry: members[entry.node],
    )  # fmt: skip
    assert reasons(joined) == dict.fromkeys(["", "b"], "its data changed since it was published")


def test_a_period_of_somebody_forgotten_is_not_published_without_them(plan, staff):
    rows = [staff("a", 30), staff("b", 13)]
    first = plan(*rows)
    # Another mark stands in the place of who was forgotten; their rows are gone.
    members = {
        d.node: frozenset("mark" if one == "b-12" else one for one in d.members) for d in first
    }
    without = plan(
        staff("a", 30), staff("b", 12), released=released_by(first),
        earlier=lambda entry: members[entry.node],
    )  # fmt: skip
    assert reasons(without) == dict.fromkeys(["", "b"], "its data changed since it was published")


def test_what_was_published_is_never_hidden_for_others_and_is_in_the_programme(
    plan, staff, make_staff
):
    teams = [staff("a", 30), staff("b", 12), staff("c", 4)]
    assert reasons(plan(*teams))["b"] == "protects a smaller group"
    cells = Cells.of(make_staff.sums([row for part in teams for row in part]))
    out = Node("team", "b", MONTH)
    content = cells.content(cells.nodes([MONTH], departments=False)[out])
    # Team b is out, so that a has to protect c.
    assert set(reasons(plan(*teams, released=[Released(out, 1, content)]))) == {"a", "c"}
