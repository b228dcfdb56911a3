"""One mail through the standard library's SMTP, over a connection whose certificate is checked."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from taskmix.batch.notifying.delivery import UndeliveredError
from taskmix.batch.notifying.webhook import unreachable
from taskmix.settings import Notify


def compose(notify: Notify, *, subject: str, text: str) -> EmailMessage:
    """Put a mail together."""
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = notify.mail_from
    mail["To"] = ", ".join(notify.mail_to)
    mail["Date"] = formatdate(localtime=True)
    # By default the id would hold this machine's name.
    mail["Message-ID"] = make_msgid(domain=str(notify.mail_from).rpartition("@")[2])
    # So that nobody's absence note answers it.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    return mail


def send(notify: Notify, mail: EmailMessage, *, limit: float) -> None:
    """Send a mail.

    Raises
    ------
    UndeliveredError
        If it was taken for nobody, or for some only.
    """
    with signed_in(notify, limit=limit) as server, _own_words():
        refused = server.send_message(mail)
        if refused:
            raise UndeliveredError(
                f"{len(refused)} of {len(notify.mail_to)} addresses of mail_to were refused"
            )


@contextmanager
def signed_in(notify: Notify, *, limit: float) -> Iterator[smtplib.SMTP]:
    """Connect to the mail server and sign in.

    Raises
    ------
    UndeliveredError
        If it cannot be reached, is not trusted, or refuses user and password.
    """
    with _own_words():
        server = _connect(notify, limit=limit)
    try:
        if notify.smtp_user:
            secret = notify.smtp_password
            if secret is None:
                raise UndeliveredError(
                    "smtp_user needs a password; set TASKMIX_NOTIFY__SMTP_PASSWORD"
                )
            with _own_words():
                server.login(notify.smtp_user, secret.get_secret_value())
        yield server
    finally:
        server.close()


def _connect(notify: Notify, *, limit: float) -> smtplib.SMTP:
    host, context = str(notify.smtp_host), ssl.create_default_context()
    if notify.smtp_security == "tls":
        return smtplib.SMTP_SSL(host, notify.port, timeout=limit, context=context)
    server = smtplib.SMTP(host, notify.port, timeout=limit)
    if notify.smtp_security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


@contextmanager
def _own_words() -> Iterator[None]:
    """Say a failure in words of our own: a server's may quote addresses, or what it was sent."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise UndeliveredError(
            f"it refuses smtp_user and its password ({error.smtp_code})"
        ) from None
    except smtplib.SMTPNotSupportedError:
        raise UndeliveredError(
            "it lacks what is asked of it: STARTTLS, a way to sign in, or letters beyond ASCII"
        ) from None
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _ in error.recipients.values()}
        raise UndeliveredError(
            f"it refuses all addresses of mail_to ({_joined(codes)})",
            again=all(400 <= code < 500 for code in codes),
        ) from None
    except smtplib.SMTPResponseException as error:
        again = 400 <= error.smtp_code < 500
        raise UndeliveredError(f"it answered {error.smtp_code}", again=again) from None
    except smtplib.SMTPException as error:
        raise UndeliveredError(f"it broke off ({type(error).__name__})", again=True) from None
    except UnicodeError:
        # Its text would quote what cannot be sent, be it the password.
        raise UndeliveredError(
            "smtp_host, smtp_user or its password holds letters that cannot be sent"
        ) from None
    except OSError as error:
        raise unreachable(error) from None


def _joined(codes: set[int]) -> str:
    return ", ".join(str(code) for code in sorted(codes))
