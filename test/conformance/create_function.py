"""Creates a Lambda function at an endpoint: its name, and the file that is its code."""

import io
import sys
import zipfile

import boto3

endpoint, name, code, chime_endpoint = sys.argv[1:]
archive = io.BytesIO()
with zipfile.ZipFile(archive, 'w') as file:
    file.write(code, 'index.mjs')
function = boto3.client('lambda', endpoint_url=endpoint).create_function(
    FunctionName=name,
    Runtime='nodejs22.x',
    Handler='index.handler',
    Role='arn:aws:iam::000000000000:role/any',
    Code={'ZipFile': archive.getvalue()},
    Environment={'Variables': {'AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING': chime_endpoint}},
    Timeout=30,
)
print(function['FunctionArn'])
