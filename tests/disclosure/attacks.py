"""What an attacker does with what is published. Nothing here knows how a plan is made.

`Published` holds the hours by label of every group and period that is shown, the merged rows too,
and the people of the former; an attack says for each hidden team and period what execution's share
is, or passes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from taskmix.disclosure import Decision, Node
from taskmix.periods import parse_period
from taskmix.taxonomy import LABELS


def quarter_of(period: str) -> str:
    return period if "Q" in period else f"{period[:4]}-Q{(int(period[5:]) + 2) // 3}"


def periods_with(month: str) -> tuple[str, str]:
    return month, quarter_of(month)


@dataclass(frozen=True)
class Published:
    """``months`` is what nobody but we know: hours by month, department, team and label.

    So are ``staff``, the people of each row of it, and ``hidden``.
    """

    months: pd.DataFrame
    staff: list[set[str]]
    shown: dict[Node, list[int]]
    hidden: dict[Node, list[int]]

    @cached_property
    def values(self) -> np.ndarray:
        return self.months[list(LABELS)].to_numpy()

    @cached_property
    def heads(self) -> np.ndarray:
        """How many people each row of ``months`` has, as a column."""
        return np.array([[float(len(people))] for people in self.staff])

    def rows(self, node: Node) -> list[int]:
        return self.shown[node] if node in self.shown else self.hidden[node]

    def hours(self, node: Node) -> np.ndarray:
        return self.values[self.rows(node)].sum(axis=0)

    def people(self, node: Node) -> int:
        return len(set().union(*(self.staff[row] for row in self.rows(node))))

    def truth(self, node: Node) -> float:
        return share(self.hours(node))

    def parents(self, node: Node) -> list[Node]:
        """Shown groups that a hidden team lies in, the smallest first."""
        rows = set(self.hidden[node])
        around = [n for n, r in self.shown.items() if n.period == node.period and rows <= set(r)]
        return sorted((n for n in around if n.kind != "merged"), key=lambda n: len(self.shown[n]))

    def guess(self, node: Node) -> float:
        """The share of what is shown around it: of its own quarter, else of a larger group."""
        quarter = Node(node.kind, node.name, quarter_of(node.period))
        return share(self.hours(quarter if quarter in self.shown else self.parents(node)[0]))

    def inside(self, node: Node) -> list[Node]:
        """The largest shown groups of the same period that lie in a shown one, without overlap."""
        rows, found, taken = set(self.shown[node]), [], set()
        within = [
            n for n, r in self.shown.items()
            if n.period == node.period and set(r) < rows and n.kind != "merged"
        ]  # fmt: skip
        for n in sorted(within, key=lambda n: -len(self.shown[n])):
            if not taken & set(self.shown[n]):
                found.append(n)
                taken |= set(self.shown[n])
        return found


def share(hours: np.ndarray) -> float:
    return float(hours[0] / hours.sum()) if hours.sum() > 0 else 0.0


def publish(sums: pd.DataFrame, decisions: Iterable[Decision]) -> Published:
    """Publish what a plan shows."""
    return _published(sums, {d.node: d.shown_as if d.outcome == "merged" else d.outcome
                             for d in decisions})  # fmt: skip


def publish_unprotected(
    sums: pd.DataFrame, decisions: Iterable[Decision], k: int = 10
) -> Published:
    """Publish every group of k people, as if nobody could subtract."""
    return _published(sums, {d.node: "shown" if d.n_people >= k else "hidden" for d in decisions})


def _published(sums: pd.DataFrame, how: dict[Node, str]) -> Published:
    keys = ["period", "department", "team"]
    months = sums.pivot_table(index=keys, columns="label", values="hours", aggfunc="sum",
                              fill_value=0.0).reset_index()  # fmt: skip
    rows: dict[Node, list[int]] = {}
    for at, row in enumerate(months.itertuples(index=False)):
        for period in periods_with(row.period):
            groups = [("organisation", ""), ("department", row.department), ("team", row.team)]
            for node in (Node(kind, name, period) for kind, name in groups):
                if node in how:
                    rows.setdefault(node, []).append(at)
    shown = {node: r for node, r in rows.items() if how[node] == "shown"}
    hidden = {n: r for n, r in rows.items() if how[n] != "shown" and n.kind == "team"}
    people = sums.groupby(keys)["person"].agg(set)
    staff = [people[tuple(row)] for row in months[keys].itertuples(index=False)]
    for node in hidden:
        if how[node] != "hidden":
            merged = Node("merged", how[node], node.period)
            shown[merged] = sorted({*shown.get(merged, []), *rows[node]})
    return Published(months, staff, shown, hidden)


def by_programme(published: Published, targets: Iterable[Node]) -> dict[Node, float]:
    """The middle of what a linear programme over everything published leaves open, by label."""
    return {t: share(np.mean(bounds_by_programme(published, t), axis=0)) for t in targets}


def bounds_by_programme(
    published: Published, target: Node, values: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """What a hidden team's hours of each label may be, given everything published.

    Or something else that adds up, by row and column.
    """
    hours = published.values if values is None else values
    nodes, n = list(published.shown), len(published.months)
    left = np.zeros((len(nodes), n))
    for i, node in enumerate(nodes):
        left[i, published.shown[node]] = 1.0
    # Rows that are published as they are need no programme; nor do equations without another.
    told = np.array([hours[published.shown[node]].sum(axis=0) for node in nodes])
    known = (left[left.sum(axis=1) == 1]).any(axis=0)
    told = told - left[:, known] @ hours[known]
    left = left[:, ~known]
    told, left = told[left.any(axis=1)], left[left.any(axis=1)]
    wanted = np.zeros(n)
    wanted[published.hidden[target]] = 1.0
    left, (wanted, fixed) = sparse.csr_array(left), (wanted[~known], wanted[known] @ hours[known])
    low, high = (
        [sign * linprog(sign * wanted, A_eq=left, b_eq=right, bounds=(0, None), method="highs").fun
         for right in told.T]
        for sign in (1, -1)
    )  # fmt: skip
    return fixed + low, fixed + high


def by_nesting(published: Published) -> dict[Node, float]:
    """Whatever of a group is in none of the groups shown inside it is what is hidden in it."""
    return {node: share(remainder(published, node)[0]) for node in published.hidden}


def remainder(published: Published, node: Node) -> tuple[np.ndarray, int]:
    """The smallest group shown around a hidden team less those shown inside: hours, and people."""
    parent = published.parents(node)[0]
    inside = published.inside(parent)
    hours = published.hours(parent) - sum(map(published.hours, inside), np.zeros(len(LABELS)))
    return hours, published.people(parent) - sum(map(published.people, inside))


def by_headcount(published: Published) -> dict[Node, float]:
    """A team's people times what each logs of what is left bounds what it has of any label.

    How many there are in each team the attacker knows from the corridor.
    """
    found = {}
    for node in published.hidden:
        left, n_left = remainder(published, node)
        everything = left.sum()
        own = published.people(node) * everything / n_left
        least, most = max(0.0, left[0] - (everything - own)), min(own, left[0])
        found[node] = float((least + most) / 2 / own) if own else 0.0
    return found


def counted(published: Published, k: int = 10) -> tuple[int, int]:
    """Of how many hidden teams below k people subtracting tells how many they are, and of what."""
    small = [node for node in published.hidden if published.people(node) < k]
    return sum(remainder(published, n)[1] == published.people(n) for n in small), len(small)


def by_time(published: Published) -> dict[Node, float]:
    """A quarter less the months of it that are shown is the month that is not."""
    found = {}
    for node in published.hidden:
        quarter = Node(node.kind, node.name, quarter_of(node.period))
        if quarter in published.shown and quarter != node:
            months = [n for n in published.shown if n[:2] == node[:2] and "Q" not in n.period
                      and quarter_of(n.period) == quarter.period]  # fmt: skip
            left = published.hours(quarter) - sum(
                (published.hours(n) for n in months), np.zeros(len(LABELS))
            )
            found[node] = share(left)
    return found


def by_succession(
    published: Published, sums: pd.DataFrame, k: int = 10
) -> list[tuple[float, float, float]]:
    """One month less the one before is what those logged who came, if few came and nobody went.

    Returns what the attack says, what the group's share says, and the truth, of each such pair.
    """
    people = sums[sums["hours"] > 0].groupby(["team", "period"])["person"].agg(set)
    found = []
    for node in published.shown:
        month = parse_period(node.period) - 1
        before = Node(node.kind, node.name, str(month))
        if node.kind != "team" or "Q" in node.period or before not in published.shown:
            continue
        came = people[node.name, node.period] - people[node.name, before.period]
        went = people[node.name, before.period] - people[node.name, node.period]
        if went or not 1 <= len(came) < k:
            continue
        own = sums[(sums["period"] == node.period) & sums["person"].isin(came)]
        true = own.groupby("label")["hours"].sum().reindex(list(LABELS), fill_value=0).to_numpy()
        left = np.clip(published.hours(node) - published.hours(before), 0, None)
        found.append((share(left), share(published.hours(node)), share(true)))
    return found


def compared(published: Published, told: dict[Node, float]) -> list[tuple[float, float, float]]:
    """Of each team what an attack says, what a guess does, and the truth (0-1)."""
    return [(said, published.guess(node), published.truth(node)) for node, said in told.items()]


def late_hours(before: Published, after: Published) -> list[tuple[np.ndarray, np.ndarray]]:
    """What the shown groups of both pages differ by, where they do, beside what the new one has."""
    both = [n for n in after.shown if n in before.shown and n.kind != "merged"]
    pairs = [(after.hours(node) - before.hours(node), after.hours(node)) for node in both]
    return [(left, whole) for left, whole in pairs if np.abs(left).max() > 1e-6]
