"""A channel flow's processor in Python: decides about a message, and answers whatever happens.

`decide` is yours. All around it sees to it that each message gets an answer, for without one it stays PENDING for 48 hours:
what happens to a decision that fails, takes too long or can't be sent says ON_ERROR. Only the type and the place of an error are
logged, never its text, which may quote the message.
"""
import json
import os
import random
import threading
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

# "deny" because an unmoderated message is worse than a lost one; "allow" where decide only improves messages.
ON_ERROR = os.environ.get("ON_ERROR", "deny")

# Sent along with every delivered message, so that it survives an answer that does not name it.
KEPT = ("Content", "Metadata", "ContentType", "SubChannelId", "MessageAttributes", "PushNotification")
ANSWERED = ("ForbiddenException", "ConflictException", "BadRequestException", "NotFoundException")
ANSWER_SECONDS = 2

# One attempt a call: boto3 would not try again what this service throttles, nor knows it how much time there is.
messaging = boto3.client(
    "chime-sdk-messaging",
    config=Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1}),
)


def decide(message):
    """Returns {} to deliver the message as it is, other members to replace its own, or None to deny it."""
    content = message["Content"]
    if "forbidden" in content:
        return None
    return {"Content": content.replace("555-0100", "***")}


def handler(event, context):
    # boto3 would invent a callback id. Raising would only bring the same event again.
    if not answerable(event):
        return log(level="ERROR", error="NotAChannelMessage")
    callback_id, message = event["CallbackId"], event["ChannelMessage"]

    failure = {}
    try:
        answer = in_time(lambda: answer_to(message), context)
    except BaseException as error:  # pylint: disable=broad-except
        # SystemExit too: a library that gives up must not leave a message behind.
        answer, failure = on_error(message), described(error, message)
    outcome = send(callback_id, message, answer, context)
    for instead in (on_error(message), denial(message)):
        # Either there is an answer already, and these are refused as well, or the decision can't be sent.
        if outcome != "REFUSED":
            break
        outcome = send(callback_id, message, instead, context)
        if outcome == "ANSWERED":
            answer, failure = instead, failure or {"error": "DecisionRefused"}
    log(
        level="ERROR" if failure else "INFO",
        messageId=message["MessageId"],
        decision="deny" if "DeleteResource" in answer else "deliver",
        answer="ANSWERED" if outcome == "ANSWERED" else "ALREADY_ANSWERED",
        **failure,
    )


def answerable(event):
    if not isinstance(event, dict) or event.get("EventType") != "CHANNEL_MESSAGE_EVENT":
        return False
    message = event.get("ChannelMessage")
    if not isinstance(message, dict):
        return False
    return all(isinstance(name, str) and name for name in (event.get("CallbackId"), message.get("MessageId"), message.get("ChannelArn")))


def answer_to(message):
    """What decide says, as plain JSON on both sides: what it returns may be code of its own, and what it gets is a copy."""
    replacement = decide(json.loads(json.dumps(message)))
    return json.loads(json.dumps(denial(message) if replacement is None else delivery(message, replacement)))


def in_time(work, context):
    """What the work returns or raises, unless it takes so long that no time would be left for the answer."""
    result = {}

    def run():
        try:
            result["returned"] = work()
        except BaseException as error:  # pylint: disable=broad-except
            result["raised"] = error

    # A daemon: work that never ends must not keep the process.
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    remaining = context.get_remaining_time_in_millis() / 1000
    thread.join(remaining - min(ANSWER_SECONDS, remaining / 2))
    if "raised" in result:
        raise result["raised"]
    if "returned" not in result:
        raise TimeoutError
    return result["returned"]


def described(error, message):
    """What may be logged of an error, also of one that raises others when it is looked at."""
    try:
        return type_and_place(error, message)
    except BaseException:  # pylint: disable=broad-except
        return {"error": "Exception"}


def type_and_place(error, message):
    """Type and place, unless they are texts of the message: both may be made up at run time."""
    place, trace = "", error.__traceback__
    while trace:
        place, trace = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}", trace.tb_next
    texts = [text for text in (message.get("Content"), message.get("Metadata")) if isinstance(text, str)]
    # A shorter text stands in code by chance.
    texts = [text for text in texts if len(text) >= 4]
    name = type(error).__name__
    if any(name in text or text in name for text in texts) or not name.isidentifier():
        name = "Exception"
    return {"error": name, "at": None if any(text in place for text in texts) else place}


def on_error(message):
    return kept(message) if ON_ERROR == "allow" else denial(message)


def kept(message):
    body = {name: message[name] for name in KEPT if message.get(name) is not None}
    return {"ChannelMessage": {"MessageId": message["MessageId"], **body}}


def delivery(message, replacement):
    if not isinstance(replacement, dict):
        raise TypeError("decide must return None or a dictionary")
    if not set(replacement) <= set(KEPT):
        raise ValueError("the members to replace must be some of " + ", ".join(KEPT))
    answer = kept(message)
    answer["ChannelMessage"].update(replacement)
    if "Content" in replacement and not 1 <= len(replacement["Content"].encode()) <= 4096:
        raise ValueError("the content must have 1 to 4096 bytes")
    if len(replacement.get("Metadata", "")) > 1024:
        raise ValueError("the metadata must have at most 1024 characters")
    return answer


def denial(message):
    return {"ChannelMessage": {"MessageId": message["MessageId"]}, "DeleteResource": True}


def send(callback_id, message, answer, context):
    """Sends the answer until the service has one; when time is over it raises, so that Lambda delivers the event again."""
    pause = 0.05
    while True:
        try:
            messaging.channel_flow_callback(CallbackId=callback_id, ChannelArn=message["ChannelArn"], **answer)
            return "ANSWERED"
        except ClientError as refusal:
            code, status = refusal.response["Error"]["Code"], refusal.response["ResponseMetadata"]["HTTPStatusCode"]
            denied = "is not authorized to perform" in refusal.response["Error"]["Message"]
            if code in ANSWERED and not denied:
                return "REFUSED" if status == 400 and "DeleteResource" not in answer else "ALREADY_ANSWERED"
            passing = status == 429 or status >= 500
        except (HTTPClientError, NoConnection) as broken:
            code, passing = type(broken).__name__, True
        except Exception as refusal:  # pylint: disable=broad-except
            # boto3 does not even send it, as one with a member of another type, and quotes what it does not take.
            if "DeleteResource" not in answer:
                return "REFUSED"
            code, passing = type(refusal).__name__, False
        if not passing or context.get_remaining_time_in_millis() < 1000 * pause + 200:
            # Without the service's text, which quotes what it refuses; nor shown as its cause.
            raise RuntimeError(f"message {message['MessageId']} has no answer yet: {code}") from None
        time.sleep(pause * random.uniform(0.5, 1))
        pause = min(2 * pause, 2)


def log(**line):
    print(json.dumps({name: value for name, value in line.items() if value is not None}), flush=True)
