"""What [notify] lacks, and whether anybody answers, against real sockets."""

import socket
from contextlib import closing

import pytest

from taskmix.batch.doctor.messages import messages, reachable
from taskmix.settings import Settings

TOKEN = "T0pS3cretT0kenOfTheHook"
MAIL = {"mail_to": ["lead@example.org"], "mail_from": "mix@example.org", "smtp_host": "127.0.0.1"}


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return lambda **notify: Settings(project=tmp_path, notify=notify)


@pytest.fixture
def listening():
    """A server that takes connections and says nothing."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


@pytest.fixture
def nobody():
    """A port that nobody listens at."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        yield free.getsockname()[1]


def test_complete_settings_are_said_to_be(told):
    assert messages(told()).found == "nobody is told when a batch has ended ([notify])"
    complete = told(**MAIL, webhook="https://x.org/a", site_url="https://x.org")
    assert (messages(complete).state, messages(complete).found) == (
        "ok", "a batch tells by webhook and mail",
    )  # fmt: skip


def test_what_is_missing_is_a_warning(told):
    found = messages(told(**MAIL, smtp_user="mix", site_url="https://x.org"))
    assert found.state == "warning"
    assert "TASKMIX_NOTIFY__SMTP_PASSWORD" in found.todo
    found = messages(told(webhook="https://x.org/a"))
    assert found.found == "[notify] has no site_url, so its messages hold no link"


def test_whoever_answers_is_named_without_what_is_secret(told, listening):
    found = reachable(told(webhook=f"http://127.0.0.1:{listening}/hooks/{TOKEN}"))
    assert (found.state, found.found) == ("ok", "answered: the webhook's server 127.0.0.1")
    assert reachable(told()).found == "nobody is to be told"


def test_whoever_does_not_answer_is_a_fault(told, nobody):
    found = reachable(told(webhook=f"http://127.0.0.1:{nobody}/{TOKEN}", **MAIL, smtp_port=nobody))
    assert found.state == "fault"
    assert found.found == (
        "the webhook's server 127.0.0.1: cannot be reached (Connection refused); "
        "the mail server 127.0.0.1: cannot be reached (Connection refused)"
    )


def test_a_mail_server_that_says_nothing_is_a_fault_after_the_limit(told, listening):
    found = reachable(told(**MAIL, smtp_port=listening), limit=0.3)
    assert found.state == "fault"
    assert found.found.startswith("the mail server 127.0.0.1: no answer")
