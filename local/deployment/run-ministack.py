"""Runs ministack for as long as whoever started it holds the other end of standard input.

So nothing is left behind even when the starter is killed without a chance to clean up.
"""
import os
import signal
import sys
import threading

from ministack.app import main


def end_with_starter():
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)


threading.Thread(target=end_with_starter, daemon=True).start()
main()
