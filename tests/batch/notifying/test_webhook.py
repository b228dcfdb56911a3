"""One POST to a real server: what arrives, what is tried again, and what is not."""

import base64
import json
import socket
from contextlib import closing

import pytest

from taskmix.batch.notifying import notify

TOKEN = "T0pS3cretT0kenOfTheHook"
WAITS = (0.0, 0.0)


def test_what_is_posted_is_text_for_chats_and_fields_for_programs(web, settings, summary):
    peer = web(200)
    told = settings(webhook=peer.url, site_url="https://reports.example.org/")
    assert notify(told, summary) == []
    (post,) = peer.posts
    assert post["path"] == f"/hooks/{TOKEN}"
    assert post["headers"]["Content-Type"] == "application/json; charset=utf-8"
    said = json.loads(post["body"])
    assert said.pop("text").splitlines() == [
        "Atlas Labs, 2026-Q3: 1 of 4 reports failed",
        "People spent 41% of their hours on execution.",
        "4 planned, 1 up to date, 2 made, 1 failed",
        "Failed; the page from before stays, where there is one:",
        "- 4_ai_shift, R&amp;D &lt;all&gt;, 2026-Q3",
        "https://reports.example.org/",
    ]
    assert said == {
        "organisation": "Atlas Labs",
        "period": "2026-Q3",
        "headline": "People spent 41% of their hours on execution.",
        "planned": 4,
        "skipped": 1,
        "succeeded": 2,
        "failed": 1,
        "seconds": 12,
        "failed_reports": [{"notebook": "4_ai_shift", "team": "R&D <all>", "period": "2026-Q3"}],
        "url": "https://reports.example.org/",
    }


def test_user_and_password_of_an_address_are_sent_as_such(web, settings, summary):
    peer = web(200)
    told = settings(webhook=peer.url.replace("//", "//mix:p%40ss@"))
    assert notify(told, summary) == []
    signed = peer.posts[0]["headers"]["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(signed) == b"mix:p@ss"
    assert peer.posts[0]["headers"]["Host"] == peer.url.split("/")[2]


def test_what_failed_for_a_moment_is_tried_again(web, settings, summary):
    peer = web(500, 503, 200)
    assert notify(settings(webhook=peer.url), summary, waits=WAITS) == []
    assert len(peer.posts) == 3


def test_a_server_that_stays_broken_is_a_remark_after_three_tries(web, settings, summary):
    peer = web(500)
    assert notify(settings(webhook=peer.url), summary, waits=WAITS) == [
        "the webhook at 127.0.0.1 was not told: it answered 500 (Internal Server Error); "
        "tried 3 times"
    ]
    assert len(peer.posts) == 3


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
def test_a_no_is_not_asked_again(web, settings, summary, code):
    peer = web(code, 200)
    (remark,) = notify(settings(webhook=peer.url), summary, waits=WAITS)
    assert remark.startswith(f"the webhook at 127.0.0.1 was not told: it answered {code} (")
    assert len(peer.posts) == 1


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(web, settings, summary, code):
    other = web(200)
    peer = web(code, headers={"Location": other.url})
    (remark,) = notify(settings(webhook=peer.url), summary, waits=WAITS)
    assert f"it answered {code}: moved; set the webhook to its new address" in remark
    assert (len(peer.posts), other.posts) == (1, [])


def test_a_server_that_never_answers_is_left_after_the_time_limit(web, settings, summary):
    peer = web("silence")
    (remark,) = notify(settings(webhook=peer.url), summary, limit=0.3, waits=WAITS)
    assert "was not told: no answer" in remark
    # It may have arrived: not again.
    assert len(peer.posts) == 1


def test_a_connection_that_breaks_is_tried_again(web, settings, summary):
    peer = web("hang up", 200)
    assert notify(settings(webhook=peer.url), summary, waits=WAITS) == []
    assert len(peer.posts) == 2


def test_nobody_listening_is_a_remark_without_the_address(settings, summary):
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://user:{TOKEN}@127.0.0.1:{port}/hooks/{TOKEN}"
    (remark,) = notify(settings(webhook=url), summary, waits=WAITS)
    assert remark == (
        "the webhook at 127.0.0.1 was not told: cannot be reached (Connection refused); "
        "tried 3 times"
    )


def test_no_error_and_no_secret_is_ever_sent_or_told(web, settings, summary):
    peer = web(404)
    told = notify(settings(webhook=peer.url, smtp_password="hunter2!"), summary, waits=WAITS)
    assert TOKEN not in str(told)
    sent = peer.posts[0]["body"].decode() + str(peer.posts[0]["headers"])
    for secret in ("Ana", "Fire", "Error", "hunter2", TOKEN):
        assert secret not in sent
