"""Whom a batch tells that it has ended: ``[notify]``. Secrets come from the environment alone."""

import re
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from taskmix.settings.mapping import Table

SmtpSecurity = Literal["starttls", "tls", "none"]

_PORTS: dict[SmtpSecurity, int] = {"starttls": 587, "tls": 465, "none": 25}
#: One address, without a display name; nothing that could end a header's line.
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\x00-\x1f\x7f]+@[^\s@<>,;:\"()\[\]\x00-\x1f\x7f]+")
_UNWRITABLE = re.compile(r"[\x00-\x20\x7f-\U0010ffff]")
#: What chat services put into a webhook's path as its password.
_TOKEN = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_.~%+-]{16,}")


class Notify(Table):
    """``[notify]``: whom a batch tells that it has ended.

    Attributes
    ----------
    webhook : pydantic.SecretStr, optional
        Where one HTTP POST goes. An address that holds a secret stands in
        ``TASKMIX_NOTIFY__WEBHOOK``, never in the file.
    mail_to : list of str
        Who gets a mail; nobody by default.
    mail_from : str, optional
        The mail's sender; needed for mail.
    smtp_host, smtp_port : str and int, optional
        The mail server; the port follows from `smtp_security` where it is not said.
    smtp_security : {"starttls", "tls", "none"}
        How the connection is made safe; ``none`` is for a server on the same machine.
    smtp_user : str, optional
        Who signs in, where the server asks for it.
    smtp_password : pydantic.SecretStr, optional
        Only from ``TASKMIX_NOTIFY__SMTP_PASSWORD``.
    site_url : str, optional
        Where ``reports/`` is served: the link in a message.
    when : {"always", "failed"}
        After every batch, or only where a report failed.
    """

    webhook: SecretStr | None = None
    mail_to: list[str] = Field(default_factory=list)
    mail_from: str | None = None
    smtp_host: str | None = None
    smtp_port: int | None = Field(default=None, ge=1, le=65535)
    smtp_security: SmtpSecurity = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    site_url: str | None = None
    when: Literal["always", "failed"] = "always"

    @field_validator("webhook")
    @classmethod
    def _webhook_address(cls, webhook: SecretStr | None) -> SecretStr | None:
        if webhook is not None:
            _check_url(webhook.get_secret_value())
        return webhook

    @field_validator("site_url")
    @classmethod
    def _site_address(cls, url: str | None) -> str | None:
        if url is not None and (_check_url(url).username or urlsplit(url).password):
            raise ValueError("a link in a message holds no user or password; leave them out")
        return url

    @field_validator("mail_to", "mail_from")
    @classmethod
    def _addresses(cls, value: list[str] | str | None) -> list[str] | str | None:
        for address in [value] if isinstance(value, str) else value or ():
            if not _ADDRESS.fullmatch(address):
                raise ValueError("is no mail address; write one such as reports@example.org")
        return value

    @field_validator("smtp_host")
    @classmethod
    def _host(cls, host: str | None) -> str | None:
        if host is not None and (not host or _UNWRITABLE.search(host) or set(host) & set("/:@")):
            raise ValueError("is no name of a server; write one such as smtp.example.org")
        return host

    @model_validator(mode="after")
    def _enough(self) -> "Notify":
        missing = [name for name in ("mail_from", "smtp_host") if getattr(self, name) is None]
        if self.mail_to and missing:
            raise ValueError(f"mail_to needs {' and '.join(missing)} too")
        if self.smtp_user and self.smtp_security == "none":
            raise ValueError(
                "smtp_user with smtp_security = 'none' would send the password in the clear; "
                "write 'starttls' or 'tls'"
            )
        return self

    @property
    def port(self) -> int:
        """The mail server's port: as set, or the usual one of `smtp_security`."""
        return self.smtp_port or _PORTS[self.smtp_security]

    @property
    def tells_anybody(self) -> bool:
        """Whether there is anybody to tell."""
        return self.webhook is not None or bool(self.mail_to)


def secrets_in_file(tables: Mapping[str, Any]) -> list[str]:
    """Name the settings of the file that hold a secret; the file is copied and shared.

    Examples
    --------
    >>> secrets_in_file({"notify": {"webhook": "https://chat.example.org/hooks/tasks"}})
    []
    >>> secrets_in_file({"notify": {"webhook": "https://chat.example.org/hooks/x1y2z3x1y2z3x1y2"}})
    ['webhook']
    """
    table = tables.get("notify")
    if not isinstance(table, Mapping):
        return []
    # Whatever its spelling: a misspelt password is one too.
    named = [key for key in table if "pass" in key.casefold() or "secret" in key.casefold()]
    webhook = table.get("webhook")
    return [*named, "webhook"] if isinstance(webhook, str) and _holds_secret(webhook) else named


def _holds_secret(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    in_path = any(_TOKEN.fullmatch(part) for part in parts.path.split("/"))
    return bool(in_path or parts.query or parts.username or parts.password)


def _check_url(url: str) -> SplitResult:
    """Check an address without saying it: it may hold a secret."""
    wrong = "is no address of the web; write one such as https://example.org/taskmix"
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise ValueError(wrong) from None
    if not known or _UNWRITABLE.search(url):
        raise ValueError(wrong)
    return parts
