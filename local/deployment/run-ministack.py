"""Runs ministack for as long as whoever started it holds the other end of standard input.

So nothing is left behind even when the starter is killed without a chance to clean up.
"""
import os
import signal
import sys
import threading
from functools import partial

from ministack.app import main
from ministack.services import eventbridge


def end_with_starter():
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)


# Events of AWS services are AWS's own to put, and the emulator, which stands in for one, has to.
eventbridge._put_events = partial(eventbridge._put_events, allow_aws_source=True)

threading.Thread(target=end_with_starter, daemon=True).start()
main()
