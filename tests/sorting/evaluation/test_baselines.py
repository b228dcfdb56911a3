"""The rules that the sorter must beat learn from the tags given, and break ties in one way."""

import numpy as np
import pandas as pd
import pytest

from taskmix.sorting.evaluation.baselines import BASELINES, predict_baselines


def frame(*rows):
    columns = ["task_id", "title", "tag", "local_date", "project", "source"]
    table = pd.DataFrame(rows, columns=columns)
    table["local_date"] = pd.to_datetime(table["local_date"])
    return table.astype(dict.fromkeys(["task_id", "title", "tag", "project", "source"], "str"))


LEARNED = frame(
    ("a", "Budget", "judgment", "2026-07-01", "Site", "toggl"),
    ("b", "budget ", "creative", "2026-07-02", "Site", "toggl"),
    ("c", "Sync", "connective", "2026-07-03", "Site", "jira"),
    ("d", "Sync", "connective", "2026-07-03", "Ops", "jira"),
    ("e", "Draw", "creative", "2026-07-03", None, "toggl"),
)


def asked(title="New", tag="judgment", project="Site", source="toggl"):
    return frame(("z", title, tag, "2026-08-01", project, source))


def says(rule, **facts):
    return predict_baselines(LEARNED, asked(**facts))[rule].iloc[0]


def test_of_equally_frequent_tags_the_first_category_counts():
    # creative 2, connective 2: creative comes first
    assert says("majority") == "creative"


@pytest.mark.parametrize(
    ("project", "source", "found"),
    [
        ("Site", "jira", "connective"),  # its own pair
        ("Site", "toggl", "judgment"),  # judgment 1, creative 1
        ("Ops", "toggl", "connective"),  # the pair is new: the project's
        ("Site", "clockify", "judgment"),  # the project's three tags, one each
        ("Lab", "jira", "connective"),  # the project is new: the tool's
        (None, "jira", "connective"),  # no project is no project: the tool's
        ("Lab", "clockify", "creative"),  # both are new: the majority
    ],
)
def test_project_and_tool_fall_back_step_by_step(project, source, found):
    assert says("project_tool", project=project, source=source) == found


def test_a_log_without_projects_has_the_tools_mode():
    found = predict_baselines(LEARNED.drop(columns="project"), asked(source="jira"))
    assert found["project_tool"].iloc[0] == "connective"


def test_the_last_tag_of_a_title_counts_whatever_its_case_and_blanks():
    assert says("last_title", title="BUDGET") == "creative"
    assert says("last_title", title="Budget 2") == "creative"  # new: the majority
    same_day = pd.concat([LEARNED, frame(("f", "Sync", "judgment", "2026-07-03", "Ops", "jira"))])
    assert predict_baselines(same_day, asked(title="sync"))["last_title"].iloc[0] == "judgment"


def test_a_task_without_a_title_has_no_last_title():
    learned = pd.concat([LEARNED, frame(("f", None, "execution", "2026-07-09", "Ops", "jira"))])
    assert predict_baselines(learned, asked(title=None))["last_title"].iloc[0] == "creative"


def test_keyword_rules_know_no_tag():
    other = LEARNED.assign(tag="creative")
    for learned in (LEARNED, other):
        found = predict_baselines(learned, asked(title="Review the contract"))
        assert found["cue_words"].iloc[0] == "judgment"


def test_the_frequency_of_a_tag_is_smoothed_so_that_none_is_impossible():
    # judgment: (1 + 1) / (5 + 4); execution was never tagged: 1 / 9
    assert predict_baselines(LEARNED, asked())["p_tag_by_frequency"].iloc[0] == pytest.approx(2 / 9)
    found = predict_baselines(LEARNED, asked(tag="execution"))
    assert found["p_tag_by_frequency"].iloc[0] == pytest.approx(1 / 9)


def test_the_index_is_that_of_the_tasks_asked_about_and_nothing_is_changed():
    tasks = asked().set_index(np.array([7]))
    before = LEARNED.copy(), tasks.copy()
    found = predict_baselines(LEARNED, tasks)
    assert found.index.tolist() == [7]
    assert list(found.columns) == [*BASELINES, "p_tag_by_frequency"]
    pd.testing.assert_frame_equal(LEARNED, before[0])
    pd.testing.assert_frame_equal(tasks, before[1])
