"""Calls CreateChannelFlow so many times, and prints what boto3 makes of the errors that it gets."""

import json
import sys

import boto3
from botocore.exceptions import ClientError

messaging = boto3.client('chime-sdk-messaging')
seen = []
for _ in range(int(sys.argv[1])):
    try:
        messaging.create_channel_flow(
            AppInstanceArn='arn:aws:chime:us-east-1:000000000000:app-instance/any',
            Name='any',
            Processors=[{
                'Name': 'any',
                'ExecutionOrder': 1,
                'FallbackAction': 'ABORT',
                'Configuration': {'Lambda': {'ResourceArn': 'arn:aws:lambda:us-east-1:000000000000:function:f', 'InvocationType': 'ASYNC'}},
            }],
        )
    except ClientError as error:
        response = error.response
        seen.append([type(error).__name__, response['Error']['Code'], response['ResponseMetadata']['HTTPStatusCode']])
print(json.dumps(seen))
