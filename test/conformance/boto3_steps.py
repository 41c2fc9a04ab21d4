"""Takes the steps of a scenario, as JSON, and prints the answers that boto3 got, and the members that botocore's model knows."""

import datetime
import json
import os
import re
import sys
import time
import urllib.request

import boto3
from botocore import xform_name

clients = {name: boto3.client(f'chime-sdk-{name}') for name in ('identity', 'messaging')}
answers, results, members = {}, [], {}


def look_up(match):
    """The member of an earlier answer that stands in double braces."""
    name, *path = match[1].split('.')
    value = answers[name]
    for key in path:
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def resolve(value):
    if isinstance(value, dict):
        if list(value) == ['date']:
            return datetime.datetime.fromisoformat(value['date'].replace('Z', '+00:00'))
        return {key: resolve(item) for key, item in value.items()}
    if isinstance(value, list):
        return [resolve(item) for item in value]
    return re.sub(r'\{\{(.+?)\}\}', look_up, value) if isinstance(value, str) else value


def plain(value):
    """JSON has no dates."""
    return value.astimezone(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.%f')[:-3] + 'Z'


def local_state():
    while True:
        with urllib.request.urlopen(os.environ['AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING'] + '/_local/state') as response:
            state = json.load(response)
        if not any(callback['processor']['Name'] == 'gone' for callback in state['pendingCallbacks']):
            return state
        time.sleep(0.01)


def model_members(shape, path, found):
    """The path of every member of an answer that has no members of its own."""
    if shape is not None and shape.type_name == 'structure':
        for name, member in shape.members.items():
            model_members(member, f'{path}.{name}' if path else name, found)
    elif shape is not None and shape.type_name == 'list':
        model_members(shape.member, path, found)
    elif shape is not None and shape.type_name == 'map':
        model_members(shape.value, path, found)
    elif shape is not None:
        found.append(path)
    return found


for step in json.loads(sys.argv[1]):
    operation = step['operation']
    name = step.get('name', operation)
    if operation == 'local-state':
        answers[name] = local_state()
        continue
    client = clients[step.get('service', 'messaging')]
    answer = getattr(client, xform_name(operation))(**resolve(step['input']))
    status = answer.pop('ResponseMetadata')['HTTPStatusCode']
    answers[name] = answer
    results.append({'name': name, 'status': status, 'output': answer})
    members[operation] = sorted(model_members(client.meta.service_model.operation_model(operation).output_shape, '', []))

print(json.dumps({'results': results, 'members': members}, default=plain))
