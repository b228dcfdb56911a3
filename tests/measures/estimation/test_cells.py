"""The estimator on tasks few enough to be computed by hand."""

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.estimation import arrange, estimate_cell, weigh_answers
from taskmix.measures.estimation.cells import NOT_DRAWN


def cell_of(people, drawn, *, tuning=0.8, min_audited=2):
    """Estimate the one cell of two frames."""
    ((_, sums, asked),) = arrange(people, weigh_answers(drawn, people), by=["period"])
    return estimate_cell(sums, asked, tuning=tuning, min_audited=min_audited)


@pytest.fixture
def people(make_people):
    # A = (.7, .3, 0, 0): six hours halved, four hours of execution.
    return make_people(("ana", 6.0, (0.5, 0.5)), ("bo", 4.0, (1.0,)))


@pytest.fixture
def drawn(make_drawn):
    # d h = 5 each, so w = 1/2; ȳ = (.5, .5), f̄ = (.75, .25).
    return make_drawn(
        ("ana", 2.0, 0.4, "execution", (0.5, 0.5)), ("bo", 1.0, 0.2, "judgment", (1.0,))
    )


def test_the_share_is_the_audit_plus_lambda_times_what_the_model_adds(people, drawn):
    cell = cell_of(people, drawn)
    # ȳ + λ(A − f̄) = .5 + .8 (.7 − .75), .5 + .8 (.3 − .25)
    assert cell.share == pytest.approx([0.46, 0.54, 0, 0])
    assert cell.model == pytest.approx([0.7, 0.3, 0, 0])
    assert cell.rectifier == pytest.approx([0.5 - 0.75, 0.5 - 0.25, 0, 0])


def test_the_descriptive_variance_is_that_of_the_weighted_residuals(people, drawn):
    # e = y − λ f is .6 and −.8 for execution, its mean −.1, so z = ±.5 · .7
    assert cell_of(people, drawn).variance == pytest.approx([2 / 1 * 2 * 0.35**2] * 2 + [0, 0])


def test_the_inferential_variance_adds_up_by_person_what_model_and_audit_contribute(people, drawn):
    cell = cell_of(people, drawn)
    # λ/H Σ h (f − A) + z: .08 (3 − 6·.7) + .35 and .08 (4 − 4·.7) − .35
    assert cell.influence[:, 0] == pytest.approx([0.254, -0.254])
    assert cell.variance_people[0] == pytest.approx(2 / 1 * 2 * 0.254**2)
    assert cell.df_people == 1


def test_with_lambda_0_it_is_the_mean_weighted_by_hours_over_pi(people, make_drawn):
    drawn = make_drawn(
        ("ana", 2.0, 0.5, "execution", (0.5, 0.5)), ("bo", 1.0, 0.5, "judgment", (1.0,)),
        ("bo", 3.0, 0.75, "creative", (1.0,)),
    )  # fmt: skip
    assert cell_of(people, drawn, tuning=0.0).share == pytest.approx([0.4, 0.2, 0.4, 0])


def test_with_lambda_1_and_a_right_model_it_is_the_models_share_without_variance(
    make_people, make_drawn
):
    people = make_people(("ana", 6.0, (1.0,)), ("bo", 4.0, (0.0, 1.0)))
    drawn = make_drawn(
        ("ana", 2.0, 0.4, "execution", (1.0,)), ("bo", 1.0, 0.2, "judgment", (0.0, 1.0))
    )
    cell = cell_of(people, drawn, tuning=1.0)
    assert cell.share == pytest.approx([0.6, 0.4, 0, 0])
    assert cell.variance == pytest.approx(np.zeros(4))


def test_certain_tasks_count_as_themselves_and_add_no_variance(make_people, make_drawn):
    # Eight of ten hours were taken with certainty and are judgment, whatever the model thought.
    people = make_people(("ana", 8.0, (1.0,)), ("bo", 2.0, (0.5, 0.5)))
    drawn = make_drawn(
        ("ana", 8.0, 1.0, "judgment", (1.0,)), ("bo", 0.5, 0.5, "execution", (0.5, 0.5)),
        ("bo", 0.5, 0.5, "judgment", (0.5, 0.5)),
    )  # fmt: skip
    cell = cell_of(people, drawn)
    assert cell.share == pytest.approx([0.1, 0.9, 0, 0])
    # Two tasks of w = .1 around their own mean: z = ±.1 · .5
    assert cell.variance[:2] == pytest.approx([2 / 1 * 2 * 0.05**2] * 2)
    assert cell.df == 1


def test_where_everything_was_audited_the_share_is_exact(make_people, make_drawn):
    people = make_people(("ana", 3.0, (1.0,)), ("bo", 1.0, (1.0,)))
    drawn = make_drawn(("ana", 3.0, 1.0, "creative", (1.0,)), ("bo", 1.0, 1.0, "execution", (1.0,)))
    cell = cell_of(people, drawn)
    assert cell.share == pytest.approx([0.25, 0, 0.75, 0])
    assert cell.variance == pytest.approx(np.zeros(4))
    assert cell.df == np.inf


def test_certain_tasks_that_were_not_all_answered_vary_by_what_is_missing(make_people, make_drawn):
    people = make_people(("ana", 8.0, (1.0,)))
    drawn = make_drawn(
        ("ana", 2.0, 1.0, "judgment", (1.0,)), ("ana", 2.0, 1.0, "execution", (1.0,)),
        ("ana", 4.0, 1.0, None, (1.0,)),
    )  # fmt: skip
    cell = cell_of(people, drawn, tuning=0.0)
    assert cell.share == pytest.approx([0.5, 0.5, 0, 0])
    # Half of the hours answered: n/(n−1) (1 − rate) Σ z² with z = ±1/4
    assert cell.variance[0] == pytest.approx(2 / 1 * 0.5 * 2 * 0.25**2)


def test_tags_are_a_stratum_whose_hours_weigh_as_many_as_they_are(people, drawn, make_people):
    tagged = make_people(("ana", 10.0, (0.0, 1.0)), is_tagged=True)
    alone, both = cell_of(people, drawn), cell_of(pd.concat([people, tagged]), drawn)
    assert both.share == pytest.approx([0.23, 0.5 + 0.27, 0, 0])
    assert both.variance == pytest.approx(alone.variance / 4)
    assert both.untagged == 0.5
    # Linearised with the ratio to all hours: the parts of people sum to nothing.
    assert both.influence.sum(axis=0) == pytest.approx(np.zeros(4))


def test_a_blind_second_look_corrects_the_tags(people, drawn, make_people, make_drawn):
    tagged = make_people(("ana", 10.0, (0.0, 1.0)), is_tagged=True)
    says = ["creative"] * 5 + ["judgment"] * 15
    again = make_drawn(*[("ana", 0.5, 0.5, answer, (0.0, 1.0)) for answer in says], is_tagged=True)
    cell = cell_of(pd.concat([people, tagged]), pd.concat([drawn, again]))
    # A quarter of the tags were wrong: of the tagged half an eighth goes to creative.
    assert cell.share == pytest.approx([0.23, 0.27 + 0.375, 0.125, 0])
    # V of the tagged half: 20/19 Σ z², z = (1 − ¼)/20 five times and −¼/20 else, times ½².
    z2 = (5 * 0.75**2 + 15 * 0.25**2) / 400
    assert cell.variance[2] == pytest.approx(20 / 19 * z2 / 4)


def test_few_second_looks_leave_the_tags_as_they_are(people, drawn, make_people, make_drawn):
    tagged = make_people(("ana", 10.0, (0.0, 1.0)), is_tagged=True)
    again = make_drawn(*[("ana", 0.5, 0.5, "creative", (0.0, 1.0))] * 19, is_tagged=True)
    cell = cell_of(pd.concat([people, tagged]), pd.concat([drawn, again]))
    assert cell.share == pytest.approx([0.23, 0.77, 0, 0])
    assert (cell.n_answered, cell.n_audited) == (21, 2)


def test_predictions_that_saw_their_own_tag_are_not_used(people, drawn):
    cell = cell_of(people, drawn.assign(out_of_sample=[True, False]))
    assert cell.tuning == 0.0
    assert cell.share == pytest.approx([0.5, 0.5, 0, 0])
    assert np.isnan(cell.rectifier).all()


def test_tasks_that_were_never_sorted_count_a_quarter_each(make_people, make_drawn):
    people = make_people(("ana", 6.0, (0.5, 0.5)), ("bo", 4.0, ()))
    people = people.assign(hours_unsorted=[0.0, 4.0])
    drawn = make_drawn(
        ("ana", 2.0, 0.4, "execution", (0.5, 0.5)),
        ("bo", 1.0, 0.2, "judgment", (0.25, 0.25, 0.25, 0.25)),
    )
    cell = cell_of(people, drawn)
    assert cell.share.sum() == pytest.approx(1)
    # A = (.4, .4, .1, .1), f̄ = (.375, .375, .125, .125)
    assert cell.share == pytest.approx([0.52, 0.52, -0.02, -0.02])
    # The model's own share, which the page shows without an audit, leaves them out.
    assert cell.model == pytest.approx([0.5, 0.5, 0, 0])


@pytest.mark.parametrize(
    ("n", "why"), [(0, NOT_DRAWN), (1, "not enough data: has 1 audited tasks, needs 2"), (2, "")]
)
def test_a_cell_without_answers_keeps_the_models_share_and_says_why(people, drawn, n, why):
    cell = cell_of(people, drawn[:n])
    assert cell.why_not == why
    assert cell.share == pytest.approx([0.46, 0.54, 0, 0] if n == 2 else [0.7, 0.3, 0, 0])


def test_certain_tasks_alone_do_not_speak_for_the_others(people, make_drawn):
    drawn = make_drawn(
        ("ana", 2.0, 1.0, "execution", (1.0,)), ("ana", 2.0, 1.0, "judgment", (1.0,))
    )
    assert cell_of(people, drawn).why_not == (
        "not enough data: has 0 tasks drawn at random, needs 2"
    )


def test_a_task_of_somebody_without_hours_in_the_cell_is_left_out(people, drawn, make_drawn):
    stranger = make_drawn(("cy", 1.0, 0.2, "creative", (1.0,)))
    cell = cell_of(people, pd.concat([drawn, stranger]))
    assert cell.share[2] == 0
