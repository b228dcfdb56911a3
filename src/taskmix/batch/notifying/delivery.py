"""Deliver something over a network that may be down: a time limit, and a few tries."""

import time
from collections.abc import Callable, Sequence
from threading import Thread

#: Seconds before the second and the third try.
WAITS = (2.0, 8.0)
#: Longest that a server's own wish for a pause is heeded.
_LONGEST_PAUSE = 60.0


class UndeliveredError(Exception):
    """It was not delivered; the text says why, without anything that may be secret.

    Parameters
    ----------
    again : bool
        Whether another try may help.
    pause : float
        Seconds that the other side asked to wait before it.
    """

    def __init__(self, why: str, *, again: bool = False, pause: float = 0.0) -> None:
        super().__init__(why)
        self.again = again
        self.pause = pause


def deliver(
    send: Callable[[], None],
    *,
    limit: float,
    waits: Sequence[float] = WAITS,
    sleep: Callable[[float], None] = time.sleep,
) -> str | None:
    """Try to send, and again where that may help; say why it did not succeed.

    Parameters
    ----------
    send : callable
        Raises `UndeliveredError` where it fails.
    limit : float
        Seconds for one try, from looking up the server's name to its answer.
    waits : sequence of float
        Seconds before each further try.

    Returns
    -------
    str or None
        None where it was delivered.
    """
    for wait in (*waits, None):
        try:
            _within(limit, send)
        except UndeliveredError as error:
            if not error.again:
                return str(error)
            if wait is None:
                return f"{error}; tried {len(waits) + 1} times" if waits else str(error)
            sleep(max(wait, min(error.pause, _LONGEST_PAUSE)))
        else:
            return None
    raise AssertionError("the last try returns")


def _within(limit: float, send: Callable[[], None]) -> None:
    """Send in a thread that is left behind when the time is over.

    A socket's own time limit starts anew with each byte, and looking up a name has none.
    """
    raised: list[BaseException] = []

    def run() -> None:
        try:
            send()
        except BaseException as error:  # noqa: BLE001 - handed over to the caller's thread
            raised.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(limit)
    if thread.is_alive():
        # Not tried again: it may well have arrived.
        raise UndeliveredError(f"no answer within {limit:g} s")
    if raised:
        raise raised[0]
