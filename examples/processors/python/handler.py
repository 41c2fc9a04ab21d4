"""A channel flow's processor in Python: decides about a message, and answers whatever happens.

`decide` is yours. All around it sees to it that each message gets an answer, for without one it stays PENDING for 48 hours:
a decision that fails or takes too long becomes a denial, because an unmoderated message is worse than a lost one.
"""
import json
import random
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

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
    callback_id, message = event.get("CallbackId"), event.get("ChannelMessage") or {}
    answerable = callback_id and message.get("MessageId") and message.get("ChannelArn")
    # boto3 would invent a callback id. Raising would only bring the same event again.
    if event.get("EventType") != "CHANNEL_MESSAGE_EVENT" or not answerable:
        return log(level="ERROR", error="NotAChannelMessage")

    error = None
    try:
        replacement = in_time(lambda: decide(dict(message)), context)
        answer = denial(message) if replacement is None else delivery(message, replacement)
    except Exception as failure:  # pylint: disable=broad-except
        # Its text may quote the message: only its class may be logged.
        answer, error = denial(message), type(failure).__name__
    outcome = send(callback_id, message, answer, context)
    if outcome == "REFUSED":
        # Either there is an answer already, and this one is refused as well, or the delivery can't be sent.
        outcome = send(callback_id, message, denial(message), context)
        if outcome == "ANSWERED":
            answer, error = denial(message), "DecisionRefused"
    log(
        level="ERROR" if error else "INFO",
        messageId=message["MessageId"],
        decision="deny" if "DeleteResource" in answer else "deliver",
        answer="ANSWERED" if outcome == "ANSWERED" else "ALREADY_ANSWERED",
        error=error,
    )


def in_time(work, context):
    """What the work returns, unless it takes so long that no time would be left for the answer."""
    remaining = context.get_remaining_time_in_millis() / 1000
    executor = ThreadPoolExecutor(max_workers=1)
    try:
        return executor.submit(work).result(timeout=remaining - min(ANSWER_SECONDS, remaining / 2))
    finally:
        executor.shutdown(wait=False)


def delivery(message, replacement):
    kept = {name: message[name] for name in KEPT if message.get(name) is not None}
    body = {"MessageId": message["MessageId"], **kept, **replacement}
    if not 1 <= len(body["Content"].encode()) <= 4096:
        raise ValueError("the content must have 1 to 4096 bytes")
    if len(body.get("Metadata", "")) > 1024:
        raise ValueError("the metadata must have at most 1024 characters")
    return {"ChannelMessage": body}


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
        if not passing or context.get_remaining_time_in_millis() < 1000 * pause + 200:
            # Without the service's text, which quotes what it refuses.
            raise RuntimeError(f"message {message['MessageId']} has no answer yet: {code}")
        time.sleep(pause * random.uniform(0.5, 1))
        pause = min(2 * pause, 2)


def log(**line):
    print(json.dumps({name: value for name, value in line.items() if value is not None}), flush=True)
