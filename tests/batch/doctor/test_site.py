"""Published pages and their records, when one is there without the other."""

import shutil

from taskmix.batch.doctor.site import site


def test_a_site_in_order_is_counted(settings, publish):
    assert site(settings).found == "nothing is published"
    publish(settings)
    publish(settings, "team-red")
    assert (site(settings).state, site(settings).found) == (
        "ok", "2 published pages are listed and there",
    )  # fmt: skip


def test_an_edition_that_is_not_published_yet_is_not_looked_at(settings, publish):
    publish(settings)
    shutil.copytree(settings.reports / "2026-Q3", settings.reports / ".next-2026-Q3")
    (settings.reports / ".next-2026-Q3" / "organisation" / "3_task_mix.json").write_text("{half")
    assert site(settings).found == "1 published pages are listed and there"


def test_a_record_whose_page_is_missing_is_a_fault(settings, publish):
    publish(settings).with_suffix(".html").unlink()
    found = site(settings)
    assert found.state == "fault"
    assert found.found.endswith("the page is missing: 2026-Q3/organisation/3_task_mix")


def test_a_record_that_cannot_be_read_is_a_fault(settings, publish):
    for text in ("{cut off", "[]", "{}"):
        publish(settings).with_suffix(".json").write_text(text)
        found = site(settings)
        assert found.state == "fault"
        assert found.found == "records that cannot be read: 2026-Q3/organisation/3_task_mix"


def test_a_site_without_an_index_is_a_fault(settings, publish):
    publish(settings)
    (settings.reports / "index.html").unlink()
    assert site(settings).state == "fault"
    assert site(settings).found.startswith("reports/index.html is missing")


def test_a_page_without_a_record_is_a_warning(settings, publish):
    publish(settings).with_suffix(".json").unlink()
    found = site(settings)
    assert found.state == "warning"
    assert found.found.endswith("does not list: 2026-Q3/organisation/3_task_mix.html")


def test_a_report_that_failed_is_a_warning_that_names_it(settings, publish):
    publish(settings)
    publish(settings, "team-red", status="failed", html=None)
    found = site(settings)
    assert found.state == "warning"
    # A record's headline is no title, and is not said all the same.
    assert found.found == "failed in their last run: 2026-Q3/team-red/3_task_mix"
