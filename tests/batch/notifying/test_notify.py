"""Who is told, and when; what a message holds."""

from dataclasses import replace

from taskmix.batch.notifying import message, notify
from taskmix.batch.summary import ReportOutcome


def test_nobody_named_nobody_told(settings, summary):
    assert notify(settings(), summary) == []


def test_when_failed_a_batch_without_failures_is_silent(web, settings, summary):
    peer = web(200)
    well = replace(summary, reports=summary.reports[:3])
    told = settings(webhook=peer.url, when="failed")
    assert notify(told, well) == []
    assert peer.posts == []
    assert notify(told, summary) == []
    assert len(peer.posts) == 1


def test_webhook_and_mail_are_told_each_whatever_becomes_of_the_other(web, smtp, settings, summary):
    hook, post = web(404), smtp()
    told = settings(
        webhook=hook.url, mail_to=["a@example.org"], mail_from="b@example.org",
        smtp_host="localhost", smtp_port=post.port, smtp_security="none",
    )  # fmt: skip
    (remark,) = notify(told, summary)
    assert remark.startswith("the webhook at ")
    assert len(post.mails) == 1


def test_many_failures_are_counted_in_the_text_and_all_in_the_fields(settings, summary):
    reports = tuple(
        ReportOutcome("3_task_mix", f"Team {n:03d}", "2026-Q3", "failed") for n in range(30)
    )
    said = message.payload(settings(), replace(summary, reports=reports))
    lines = said["text"].splitlines()
    assert lines[0].endswith("2026-Q3: 30 of 30 reports failed")
    assert [line for line in lines if line.startswith("- ")][-2:] == [
        "- 3_task_mix, Team 019, 2026-Q3",
        "- and 10 more",
    ]
    assert len(said["failed_reports"]) == 30


def test_all_well_is_said_as_that(settings, summary):
    well = replace(summary, reports=summary.reports[:3], headline=None)
    assert message.text(settings(), well).splitlines() == [
        "Atlas Labs, 2026-Q3: 3 reports are there",
        "3 planned, 1 up to date, 2 made, 0 failed",
    ]


def test_a_name_is_one_harmless_line(settings, summary):
    odd = ReportOutcome("3_task_mix", "@channel\n<!here> \u202e" + "x" * 500, "2026-Q3", "failed")
    said = message.payload(settings(), replace(summary, reports=(odd,)))
    assert len(said["text"].splitlines()) == len(message.text(settings(), summary).splitlines())
    for mark in ("@channel", "<!here>", "\u202e", "x" * 120):
        assert mark not in said["text"]


def test_a_link_arrives_as_it_is(settings, summary):
    url = "https://reports.example.org/@taskmix/?a=1&b=2"
    said = message.payload(settings(site_url=url), summary)
    # What chat services read as the link itself.
    assert said["text"].splitlines()[-1] == url.replace("&", "&amp;")
    assert said["url"] == url
