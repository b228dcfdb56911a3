"""What an attacker can tell, beside sums worked out by hand."""

import numpy as np
import pytest

from taskmix.disclosure.attacker import EVERY, IN_ALL, Attacker
from taskmix.disclosure.nodes import Node, Tree

MONTHS = ("2026-07", "2026-08")


@pytest.fixture
def attack():
    """Two teams and two months: a is 40 and 10 hours, b 60 and 5; what is published is given."""

    def made(*published):
        nodes = {
            Node("organisation", "", m): np.array([2 * n, 2 * n + 1]) for n, m in enumerate(MONTHS)
        }
        nodes |= {Node("team", t, m): np.array([2 * n + i])
                  for n, m in enumerate(MONTHS) for i, t in enumerate("ab")}  # fmt: skip
        nodes |= {Node("team", t, "2026-Q3"): np.array([i, 2 + i]) for i, t in enumerate("ab")}
        nodes |= {Node("organisation", "", "2026-Q3"): np.arange(4)}
        values = np.array([[40.0], [60.0], [10.0], [5.0]])
        return Attacker(Tree(nodes), values, published)

    return made


ORGANISATION = [Node("organisation", "", m) for m in (*MONTHS, "2026-Q3")]
FIRST = (np.array([0]), np.array([0]))


def test_of_two_hidden_teams_nothing_but_their_sum_is_known(attack):
    ((low, high),) = attack(*ORGANISATION).bounds([FIRST])
    assert (low[0], high[0]) == pytest.approx((0, 100))
    assert attack(*ORGANISATION).are_safe([(Node("team", "a", MONTHS[0]), EVERY)]) == [True]


def test_what_is_published_beside_it_gives_a_team_away(attack):
    attacker = attack(*ORGANISATION, Node("team", "b", MONTHS[0]))
    ((low, high),) = attacker.bounds([FIRST])
    assert (low[0], high[0]) == pytest.approx((40, 40))
    assert attacker.are_safe([(Node("team", "a", MONTHS[0]), EVERY)]) == [False]


def test_quarters_bound_their_months(attack):
    # a has 50 in the quarter, and both teams have 15 in August: a has 35 or more in July.
    attacker = attack(*ORGANISATION, Node("team", "a", "2026-Q3"))
    ((low, high),) = attacker.bounds([FIRST])
    assert (low[0], high[0]) == pytest.approx((35, 50))
    assert attacker.are_safe([(Node("team", "a", MONTHS[0]), EVERY)]) == [False]


def test_without_any_sum_there_is_no_end(attack):
    ((low, high),) = attack().bounds([FIRST])
    assert (low[0], high[0]) == (0, np.inf)


def test_only_the_columns_that_are_asked_count(attack):
    attacker = attack(*ORGANISATION, Node("team", "b", MONTHS[0]))
    wide = Attacker(
        attacker.tree, np.hstack([attacker.values, np.zeros((4, 1))]), attacker.published
    )
    assert wide.are_safe([(Node("team", "a", MONTHS[0]), IN_ALL)]) == [True]


def test_a_count_is_told_where_less_than_one_is_open(attack):
    # 40% of two people is room in hours; of people it is none.
    attacker = attack(*ORGANISATION)
    values = np.array([[2.0, 2.0], [0.8, 0.8], [1.0, 1.0], [5.0, 5.0]])
    asked = [(Node("team", "a", MONTHS[0]), EVERY)]
    assert Attacker(attacker.tree, values, ORGANISATION).are_safe(asked) == [True]
    assert Attacker(attacker.tree, values, ORGANISATION, (1,)).are_safe(asked) == [False]


def test_what_follows_from_others_is_no_equation(attack):
    named = [equation.node for equation in attack(*ORGANISATION).equations]
    assert named == [Node("organisation", "", m) for m in MONTHS]
