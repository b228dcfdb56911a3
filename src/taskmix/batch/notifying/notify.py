"""Tell the people named in ``[notify]`` that a batch has ended."""

from collections.abc import Sequence

from taskmix.batch.notifying import mail, message, webhook
from taskmix.batch.notifying.delivery import WAITS, deliver
from taskmix.batch.summary import BatchSummary
from taskmix.settings import Settings

_LIMIT = 20.0


def notify(
    settings: Settings,
    summary: BatchSummary,
    *,
    limit: float = _LIMIT,
    waits: Sequence[float] = WAITS,
) -> list[str]:
    """Post to the webhook and send the mail that ``[notify]`` asks for.

    A message that does not get through fails nothing: the reports are made.

    Parameters
    ----------
    summary : BatchSummary
        What the batch did. No error's text and no person's name leaves with a message.
    limit : float
        Seconds for one try.
    waits : sequence of float
        Seconds before each further try, where another try may help.

    Returns
    -------
    list of str
        What did not get through, and why; without the webhook's address and the password.
    """
    told = settings.notify
    if told.when == "failed" and not summary.failed:
        return []
    remarks = []
    if told.webhook is not None:
        url = told.webhook.get_secret_value()
        content = message.payload(settings, summary)
        why = deliver(lambda: webhook.post(url, content, limit=limit), limit=limit, waits=waits)
        if why:
            remarks.append(f"the webhook at {webhook.host_of(url)} was not told: {why}")
    if told.mail_to:
        written = mail.compose(
            told,
            subject=message.subject(settings, summary),
            text=message.text(settings, summary),
        )
        why = deliver(lambda: mail.send(told, written, limit=limit), limit=limit, waits=waits)
        if why:
            remarks.append(f"the mail through {told.smtp_host} did not reach everybody: {why}")
    return remarks
