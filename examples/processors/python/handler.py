"""A channel flow's processor in Python: decides about a message, and answers whatever happens.

`decide` is yours. All around it sees to it that each message gets an answer, for without one it stays PENDING for 48 hours:
a decision that fails or takes too long becomes a denial, because an unmoderated message is worse than a lost one.
"""
import json
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

# Sent along with every delivered message, so that it survives an answer that does not name it.
KEPT = ("Content", "Metadata", "ContentType", "SubChannelId", "MessageAttributes", "PushNotification")
ANSWERED = ("ForbiddenException", "ConflictException", "BadRequestException", "NotFoundException")
ANSWER_SECONDS = 2

messaging = boto3.client(
    "chime-sdk-messaging",
    config=Config(connect_timeout=1, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 6}),
)


def decide(message):
    """Returns {} to deliver the message as it is, other members to replace its own, or None to deny it."""
    content = message["Content"]
    if "forbidden" in content:
        return None
    return {"Content": content.replace("555-0100", "***")}


def handler(event, context):
    callback_id, message = event.get("CallbackId"), event.get("ChannelMessage")
    # boto3 would invent a callback id. Raising would only bring the same event again.
    if event.get("EventType") != "CHANNEL_MESSAGE_EVENT" or not callback_id or not message:
        return log(level="ERROR", error="NotAChannelMessage")

    error = None
    try:
        replacement = in_time(lambda: decide(dict(message)), context)
        answer = denial(message) if replacement is None else delivery(message, replacement)
    except Exception as failure:  # pylint: disable=broad-except
        # Its text may quote the message: only its class may be logged.
        answer, error = denial(message), type(failure).__name__
    outcome = send(callback_id, message, answer)
    if outcome == "REFUSED":
        # Either there is an answer already, and this one is refused as well, or the delivery can't be sent.
        outcome = send(callback_id, message, denial(message))
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


def send(callback_id, message, answer):
    """Sends the answer, with boto3's own retries; what else fails is raised, so that Lambda delivers the event again."""
    try:
        messaging.channel_flow_callback(CallbackId=callback_id, ChannelArn=message["ChannelArn"], **answer)
        return "ANSWERED"
    except ClientError as refusal:
        code = refusal.response["Error"]["Code"]
        if code not in ANSWERED or "is not authorized to perform" in refusal.response["Error"]["Message"]:
            # Without the service's text, which quotes what it refuses.
            raise RuntimeError(f"message {message['MessageId']} has no answer yet: {code}") from None
        return "REFUSED" if code == "BadRequestException" and "DeleteResource" not in answer else "ALREADY_ANSWERED"


def log(**line):
    print(json.dumps({name: value for name, value in line.items() if value is not None}), flush=True)
