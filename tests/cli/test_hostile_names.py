"""Team names and titles that attack the page, the file system and the reader's eyes."""

from itertools import product
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hostile")]

TEAMS = ("<script>alert(1)</script>", "../../etc", "x" * 300, "\u202edlrow olleh", "plain")
TITLES = (
    "<img src=x onerror=alert(2)>",
    "{{ 7 * 7 }}",
    "=HYPERLINK(1)",
    "\u202egnp.exe",
    "y" * 300,
)


@pytest.fixture(scope="module")
def workspace(taskmix, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "w"
    assert taskmix("init", folder, "--name", "<b>Evil</b> & Söhne").code == 0
    with (folder / "taskmix.toml").open("a") as settings:
        settings.write(
            "\n[mapping]\n[mapping.columns]\n"
            + "\n".join(
                f'{name} = "{name}"' for name in ("person", "team", "title", "hours", "tag")
            )
            + '\nstarted_at = "day"\n'
        )
    rows = ["person,team,title,hours,tag,day"]
    for number, team in enumerate(TEAMS):
        for person in range(12):
            title = TITLES[person % len(TITLES)]
            # One of each kind in each team and month: a kind that only one of them had would give
            # that month away, and the team would not be shown.
            tag = ("execution", "judgment", "creative", "connective")[person // 3]
            rows.append(f'p{number}-{person},"{team}","{title}",2,{tag},2026-0{7 + person % 3}-03')
    (folder / "data" / "raw" / "log.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    counted = taskmix("ingest", "--project", folder, "--json")
    assert counted.code == 0, counted.err
    assert counted.json["accepted"] == 60
    assert taskmix("sort", "--project", folder).code == 0
    return folder


@pytest.mark.parametrize("team", [None, *TEAMS])
def test_they_are_harmless_text(taskmix, workspace, visit, probes, team):
    outside = sorted(workspace.parent.iterdir())
    words = [] if team is None else ["--team", team]
    # The pages of a report say names in the same ways; one name is tried on all of them.
    words += [] if team == TEAMS[0] else ["--notebook", "3_task_mix"]
    made = taskmix("report", "--period", "2026-Q3", *words, "--project", workspace, "--json")
    assert made.code == 0, made.err
    assert len(made.json["pages"]) == (3 if team == TEAMS[0] else 1)
    pages = [Path(page["html"]).resolve() for page in made.json["pages"]]
    assert all(page.is_relative_to(workspace / "reports" / "2026-Q3") for page in pages)
    assert made.json["total_hours"] == (120.0 if team is None else 24.0)
    for page, width in product(pages, (390, 1180)):
        seen = visit(page.as_uri(), width=width)
        assert set(probes.states_unfolded(seen.page)) == {"drawn"}
        assert seen.dialogs == []
        assert seen.complaints == []
        assert not seen.page.evaluate(probes.sideways)
        assert seen.page.locator("main img, main script:not([type])").count() == 0
    index = visit((workspace / "reports" / "index.html").as_uri(), width=390)
    assert not index.page.evaluate(probes.sideways)
    assert index.complaints == []
    assert sorted(workspace.parent.iterdir()) == outside
