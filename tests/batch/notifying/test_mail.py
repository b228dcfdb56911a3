"""One mail to a real server, in the clear, over STARTTLS and over TLS."""

import base64
import email
from email.policy import default

import pytest

from taskmix.batch.notifying import notify

WAITS = (0.0, 0.0)
PASSWORD = "hunter2-and-more"


@pytest.fixture
def told(settings):
    def make(peer, *, security: str = "none", **more):
        return settings(
            mail_to=["lead@example.org", "ops@example.org"], mail_from="mix@example.org",
            smtp_host="localhost", smtp_port=peer.port, smtp_security=security, **more,
        )  # fmt: skip

    return make


@pytest.fixture
def trusted(monkeypatch, certificate):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def test_a_mail_says_what_the_webhook_says(smtp, told, summary):
    peer = smtp()
    assert notify(told(peer, site_url="https://reports.example.org/"), summary) == []
    mail = email.message_from_string(peer.mails[0], policy=default)
    assert mail["Subject"] == "Atlas Labs, 2026-Q3: 1 of 4 reports failed"
    assert mail["To"] == "lead@example.org, ops@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@example.org>")
    assert mail.get_content().splitlines() == [
        "Atlas Labs, 2026-Q3: 1 of 4 reports failed",
        "People spent 41% of their hours on execution.",
        "4 planned, 1 up to date, 2 made, 1 failed",
        "Failed; the page from before stays, where there is one:",
        "- 4_ai_shift, R&D <all>, 2026-Q3",
        "https://reports.example.org/",
    ]
    for private in ("Ana", "Fire", "Error"):
        assert private not in peer.mails[0]


def test_a_name_cannot_add_a_header(smtp, settings, told, summary):
    peer = smtp()
    odd = told(peer).model_copy(
        update={"workspace": settings(name="Atlas\r\nBcc: all@example.org").workspace}
    )
    assert notify(odd, summary) == []
    mail = email.message_from_string(peer.mails[0], policy=default)
    assert "Bcc" not in mail
    assert mail["Subject"].startswith("Atlas Bcc: all@example.org, 2026-Q3")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_trusted_server_gets_user_and_password_in_secret(smtp, told, summary, trusted, security):
    peer = smtp(tls=security)
    settings = told(peer, security=security, smtp_user="mix", smtp_password=PASSWORD)
    assert notify(settings, summary, waits=WAITS) == []
    (signed,) = [line for line in peer.heard if line.startswith("AUTH")]
    assert base64.b64decode(signed.split()[-1]) == b"\0mix\0" + PASSWORD.encode()
    assert len(peer.mails) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_nobody_vouches_for_gets_nothing(smtp, told, summary, security):
    peer = smtp(tls=security)
    settings = told(peer, security=security, smtp_user="mix", smtp_password=PASSWORD)
    (remark,) = notify(settings, summary, waits=WAITS)
    assert remark.startswith(
        "the mail through localhost did not reach everybody: its certificate is not trusted ("
    )
    assert not [line for line in peer.heard if line.startswith(("AUTH", "MAIL"))]
    assert peer.mails == []


def test_a_server_without_starttls_gets_nothing(smtp, told, summary):
    peer = smtp()
    (remark,) = notify(told(peer, security="starttls"), summary, waits=WAITS)
    assert "it lacks what is asked of it: STARTTLS" in remark
    assert peer.mails == []


def test_a_refused_password_is_neither_told_nor_tried_again(smtp, told, summary, trusted):
    peer = smtp(tls="starttls", replies={"AUTH": [f"535 wrong: {PASSWORD}"]})
    settings = told(peer, security="starttls", smtp_user="mix", smtp_password=PASSWORD)
    assert notify(settings, summary, waits=WAITS) == [
        "the mail through localhost did not reach everybody: it refuses smtp_user and its "
        "password (535)"
    ]
    assert len([line for line in peer.heard if line.startswith("AUTH")]) == 1


def test_a_missing_password_is_a_remark_that_says_where_it_belongs(smtp, told, summary, trusted):
    peer = smtp(tls="starttls")
    (remark,) = notify(told(peer, security="starttls", smtp_user="mix"), summary, waits=WAITS)
    assert remark.endswith("smtp_user needs a password; set TASKMIX_NOTIFY__SMTP_PASSWORD")


def test_a_password_that_cannot_be_sent_is_not_quoted(smtp, told, summary, trusted):
    peer = smtp(tls="starttls")
    settings = told(peer, security="starttls", smtp_user="mix", smtp_password="pässwort")
    (remark,) = notify(settings, summary, waits=WAITS)
    assert remark.endswith("smtp_host, smtp_user or its password holds letters that cannot be sent")


def test_an_answer_for_now_is_tried_again(smtp, told, summary):
    peer = smtp(replies={"MAIL": ["451 come back later"]})
    assert notify(told(peer), summary, waits=WAITS) == []
    assert len(peer.mails) == 1


def test_refused_addresses_are_counted_not_named(smtp, told, summary):
    peer = smtp(replies={"RCPT": ["550 no such user lead@example.org"]})
    assert notify(told(peer), summary, waits=WAITS) == [
        "the mail through localhost did not reach everybody: 1 of 2 addresses of mail_to were "
        "refused"
    ]
    assert len(peer.mails) == 1
    peer = smtp(replies={"RCPT": ["550 no such user"] * 2})
    (remark,) = notify(told(peer), summary, waits=WAITS)
    assert remark.endswith("it refuses all addresses of mail_to (550)")
    assert peer.mails == []


def test_a_server_that_says_nothing_is_left_after_the_time_limit(smtp, told, summary):
    (remark,) = notify(told(smtp(silent=True)), summary, limit=0.3, waits=WAITS)
    assert "no answer" in remark
