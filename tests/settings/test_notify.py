"""Whom a batch tells: typed, and no secret in the file, in an error or on a screen."""

import os

import pytest

from taskmix.errors import SettingsError
from taskmix.settings import load_settings

TOKEN = "B0123456789abcdefSECRET"
MAIL = 'mail_to = ["lead@example.org"]\nmail_from = "mix@example.org"\nsmtp_host = "mx"\n'


@pytest.fixture(autouse=True)
def _without_variables(monkeypatch):
    for name in [name for name in os.environ if name.startswith("TASKMIX_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def load(tmp_path):
    def write(text: str):
        (tmp_path / "taskmix.toml").write_text(text)
        return load_settings(tmp_path)

    return write


def test_nobody_is_told_and_everything_is_kept_by_default(load):
    settings = load("")
    assert not settings.notify.tells_anybody
    assert settings.notify.when == "always"
    assert settings.retention.keep is None


def test_periods_to_keep_are_counted_from_one(load):
    assert load("[retention]\nkeep = 24\n").retention.keep == 24
    with pytest.raises(SettingsError, match=r"retention.keep: Input should be greater than or eq"):
        load("[retention]\nkeep = 0\n")
    with pytest.raises(SettingsError, match=r"retention.days: unknown setting \(found 7\)"):
        load("[retention]\ndays = 7\n")


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_follows_from_the_security(load, security, port):
    assert load(f"[notify]\nsmtp_security = '{security}'\n").notify.port == port
    assert load(f"[notify]\nsmtp_port = 2525\nsmtp_security = '{security}'\n").notify.port == 2525


def test_secrets_come_from_the_environment_and_are_never_shown(load, monkeypatch):
    monkeypatch.setenv("TASKMIX_NOTIFY__WEBHOOK", f"https://chat.example.org/hooks/{TOKEN}")
    monkeypatch.setenv("TASKMIX_NOTIFY__SMTP_PASSWORD", TOKEN)
    settings = load(f"[notify]\n{MAIL}smtp_user = 'mix'\n")
    assert settings.notify.webhook.get_secret_value().endswith(TOKEN)
    assert settings.notify.smtp_password.get_secret_value() == TOKEN
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert TOKEN not in shown


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"smtp_password = '{TOKEN}'", "smtp_password"),
        (f"smtp_pasword = '{TOKEN}'\npassword = '{TOKEN}'", "password"),
        (f"webhook = 'https://chat.example.org/hooks/{TOKEN}'", "webhook"),
        (f"webhook = 'https://me:{TOKEN}@chat.example.org/'", "webhook"),
        (f"webhook = 'https://chat.example.org/?key={TOKEN}'", "webhook"),
    ],
)
def test_a_secret_in_the_file_is_refused_unsaid(load, text, key):
    with pytest.raises(SettingsError, match=rf"notify.{key} holds a secret.*take it out") as error:
        load(f"[notify]\n{text}\n")
    assert TOKEN not in str(error.value)


def test_a_webhook_without_a_secret_may_stand_in_the_file(load):
    settings = load("[notify]\nwebhook = 'http://127.0.0.1:8080/taskmix-batches'\n")
    assert settings.notify.tells_anybody


FAULTS = {
    "misspelt": (f"smtp_pasword = '{TOKEN}'", r"notify.smtp_pasword: unknown setting; check its"),
    "no address": (f"webhook = 'ftp://{TOKEN}'", r"notify.webhook: is no address of the web"),
    "unfinished": (f"webhook = 'https://[{TOKEN}'", r"notify.webhook: is no address of the web"),
    "line end": (f'site_url = "https://x.org/{TOKEN}\\nBcc: a"', r"notify.site_url: is no addre"),
    "user in link": (f"site_url = 'https://{TOKEN}@x.org'", r"site_url: a link .* holds no user"),
    "header": (f'mail_from = "{TOKEN}@x.org\\nBcc: a@b.org"', r"notify.mail_from: is no mail add"),
    "display name": (f"mail_to = ['Lead <{TOKEN}@x.org>']", r"notify.mail_to: is no mail address"),
    "server": (f"smtp_host = 'smtp://{TOKEN}'", r"notify.smtp_host: is no name of a server"),
    "who sends": ("mail_to = ['a@x.org']", r"notify: mail_to needs mail_from and smtp_host too"),
    "in the clear": ("smtp_user = 'a'\nsmtp_security = 'none'", r"would send the password in the"),
    "when": ("when = 'never'", r"notify.when: Input should be 'always' or 'failed'"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_says_what_is_wrong_and_not_what_was_found(what, load):
    text, sentence = FAULTS[what]
    with pytest.raises(SettingsError, match=sentence) as error:
        load(f"[notify]\n{text}\n")
    assert TOKEN not in str(error.value)
    # A notebook shows the whole chain of an error.
    assert TOKEN not in str(error.value.__cause__)


def test_a_wrong_variable_is_not_quoted_either(load, monkeypatch):
    monkeypatch.setenv("TASKMIX_NOTIFY__WEBHOOK", f"chat.example.org/{TOKEN}")
    with pytest.raises(SettingsError, match=r"_WEBHOOK: notify.webhook: is no address") as error:
        load("")
    assert TOKEN not in str(error.value)
