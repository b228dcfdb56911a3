"""``[notify]``: whether it is complete, and, if asked, whether anybody answers."""

import socket
import ssl
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from taskmix.batch.doctor.verdict import Verdict, fault, ok, warning
from taskmix.batch.notifying import mail
from taskmix.batch.notifying.delivery import deliver
from taskmix.batch.notifying.webhook import unreachable
from taskmix.settings import Settings

_LIMIT = 15.0
_PORTS = {"http": 80, "https": 443}


def messages(settings: Settings) -> Verdict:
    """Check that what ``[notify]`` asks for can be done with what it says."""
    told = settings.notify
    if not told.tells_anybody:
        return ok("nobody is told when a batch has ended ([notify])")
    if told.smtp_user and told.smtp_password is None:
        return warning(
            "[notify] smtp_user has no password here",
            todo="set TASKMIX_NOTIFY__SMTP_PASSWORD where the batch runs",
        )
    if not told.site_url:
        return warning(
            "[notify] has no site_url, so its messages hold no link",
            todo="write where reports/ is served",
        )
    ways = [name for name, used in (("webhook", told.webhook), ("mail", told.mail_to)) if used]
    return ok(f"a batch tells by {' and '.join(ways)}")


def reachable(settings: Settings, *, limit: float = _LIMIT) -> Verdict:
    """Knock at the webhook's server and sign in at the mail server; nothing is sent."""
    told, wrong, tried = settings.notify, [], []
    if told.webhook is not None:
        url = told.webhook.get_secret_value()
        tried.append(f"the webhook's server {urlsplit(url).hostname}")
        why = deliver(lambda: _knock(url, limit=limit), limit=limit, waits=())
        wrong += [f"{tried[-1]}: {why}"] if why else []
    if told.mail_to:
        tried.append(f"the mail server {told.smtp_host}")
        why = deliver(lambda: _sign_in(settings, limit=limit), limit=limit, waits=())
        wrong += [f"{tried[-1]}: {why}"] if why else []
    if wrong:
        return fault("; ".join(wrong), todo="correct [notify], or what keeps this machine from it")
    return ok(f"answered: {', '.join(tried)}" if tried else "nobody is to be told")


def _knock(url: str, *, limit: float) -> None:
    parts = urlsplit(url)
    host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
    if parts.scheme in getproxies() and not proxy_bypass(host):
        proxy = urlsplit(getproxies()[parts.scheme])
        host, port = str(proxy.hostname), proxy.port or _PORTS["http"]
    try:
        with socket.create_connection((host, port), timeout=limit) as plain:
            if parts.scheme == "https" and host == parts.hostname:
                with ssl.create_default_context().wrap_socket(plain, server_hostname=host):
                    pass
    except (OSError, UnicodeError) as error:
        raise unreachable(error) from None


def _sign_in(settings: Settings, *, limit: float) -> None:
    with mail.signed_in(settings.notify, limit=limit):
        pass
