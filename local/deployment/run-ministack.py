"""Runs ministack for as long as whoever started it holds the other end of standard input.

So nothing is left behind even when the starter is killed without a chance to clean up.
"""
import os
import signal
import sys
import threading
from functools import partial

from ministack.app import main
from ministack.core import lambda_runtime
from ministack.services import eventbridge, lambda_svc


def end_with_starter():
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)


# Events of AWS services are AWS's own to put, and the emulator, which stands in for one, has to.
eventbridge._put_events = partial(eventbridge._put_events, allow_aws_source=True)

account_credentials = lambda_runtime.execution_credentials


def role_credentials(function):
    """Credentials whose token names the role, since all functions share the account's key: the emulator notes who calls."""
    account, role = function["Role"].split(":")[4], function["Role"].rsplit("/", 1)[-1]
    session = f"arn:aws:sts::{account}:assumed-role/{role}/{function['FunctionName']}"
    return {**account_credentials(function), "AWS_SESSION_TOKEN": session}


lambda_runtime.execution_credentials = lambda_svc.execution_credentials = role_credentials

threading.Thread(target=end_with_starter, daemon=True).start()
main()
