"""A batch in counts that always add up, and the headline that may leave."""

import json

from taskmix.batch.summary import BatchSummary, ReportOutcome, published_headline
from taskmix.settings import Settings


def test_the_object_has_counts_that_add_up():
    statuses = ("succeeded", "succeeded", "failed", "skipped")
    reports = tuple(ReportOutcome("3_task_mix", None, "2026-Q3", s, 1.0) for s in statuses)
    said = json.loads(json.dumps(BatchSummary("2026-Q3", "Up.", 12.3456, reports).as_dict()))
    counts = {key: said[key] for key in ("planned", "skipped", "succeeded", "failed")}
    assert counts == {"planned": 4, "skipped": 1, "succeeded": 2, "failed": 1}
    assert (said["period"], said["headline"], said["seconds"]) == ("2026-Q3", "Up.", 12.346)
    assert said["reports"][3] == {
        "notebook": "3_task_mix", "team": None, "period": "2026-Q3", "status": "skipped",
        "seconds": 1.0, "why": "",
    }  # fmt: skip


def write_record(root, folder, **facts):
    place = root / "2026-Q3" / folder
    place.mkdir(parents=True, exist_ok=True)
    (place / "3_task_mix.html").write_text("page")
    record = {
        "notebook": "3_task_mix", "period": "2026-Q3", "team": None, "status": "ok",
        "html": f"2026-Q3/{folder}/3_task_mix.html", "headline": "Less execution.", **facts,
    }  # fmt: skip
    (place / "3_task_mix.json").write_text(json.dumps(record))


def test_the_headline_is_the_published_one_of_all_teams(tmp_path):
    settings = Settings(project=tmp_path)
    assert published_headline(settings, "2026-Q3") is None
    write_record(settings.reports, "team-red", team="red", headline="Red alone.")
    assert published_headline(settings, "2026-Q3") is None
    write_record(settings.reports, "organisation")
    assert published_headline(settings, "2026-Q3") == "Less execution."
    assert published_headline(settings, "2026-Q2") is None


def test_no_headline_leaves_of_a_page_that_may_not_be_published_or_is_not_there(tmp_path):
    settings = Settings(project=tmp_path)
    write_record(settings.reports, "organisation", publishable=False)
    assert published_headline(settings, "2026-Q3") is None
    write_record(settings.reports, "organisation")
    (settings.reports / "2026-Q3" / "organisation" / "3_task_mix.html").unlink()
    assert published_headline(settings, "2026-Q3") is None
