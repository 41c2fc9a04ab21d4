"""Prints the required members of every input of both services, as botocore's models have them."""

import json

import botocore.session

session = botocore.session.get_session()
required = {}
for service in ('chime-sdk-messaging', 'chime-sdk-identity'):
    model = session.get_service_model(service)
    for name in model.operation_names:
        shape = model.operation_model(name).input_shape
        if shape:
            required[shape.name] = sorted(shape.required_members)
print(json.dumps(required))
