"""Tries, waits and the time limit."""

from threading import Event

import pytest

from taskmix.batch.notifying.delivery import UndeliveredError, deliver


def failing(*errors: UndeliveredError):
    left = list(errors)

    def send() -> None:
        if left:
            raise left.pop(0)

    return send


def test_waits_grow_and_a_wish_for_a_pause_is_heeded_within_reason():
    slept: list[float] = []
    send = failing(
        UndeliveredError("busy", again=True),
        UndeliveredError("busy", again=True, pause=30),
        UndeliveredError("busy", again=True, pause=86400),
    )
    assert deliver(send, limit=9, waits=(1, 2, 3), sleep=slept.append) is None
    assert slept == [1, 30, 60]


def test_the_last_try_says_how_often_it_was_tried():
    send = failing(*[UndeliveredError("down", again=True)] * 9)
    assert deliver(send, limit=9, waits=(0, 0)) == "down; tried 3 times"


def test_what_no_try_can_mend_is_said_at_once():
    assert deliver(failing(UndeliveredError("no")), limit=9, waits=(99,)) == "no"


def test_a_try_that_does_not_end_is_left_behind():
    never = Event()
    assert deliver(lambda: never.wait(5), limit=0.05) == "no answer within 0.05 s"
    never.set()


def test_a_defect_keeps_its_own_error():
    with pytest.raises(ZeroDivisionError, match="by zero"):
        deliver(lambda: print(1 / 0), limit=9)
