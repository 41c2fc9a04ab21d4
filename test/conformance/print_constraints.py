"""Prints what botocore's models say of the input members of both services, as JSON.

{ "<structure>.<member>": [ <rules of the member>, <of its items or keys>, ... ] } and the required members of each
structure, for every operation.
"""

import json

import botocore.session

RULES = ('min', 'max', 'pattern', 'enum')
rules, required = {}, {}


def rule(shape):
    return {name: value for name, value in shape.metadata.items() if name in RULES}


def visit(structure, operation):
    required[structure.name] = sorted(structure.required_members)
    for name, shape in structure.members.items():
        key = f'{structure.name}.{name}'
        entry = rules.setdefault(key, {'operations': [], 'rules': chain(shape)})
        entry['operations'].append(operation)
        descend(shape, operation)


def chain(shape):
    """The rules of a member, of the items in it, and so on; structures have their own entries."""
    if shape.type_name == 'list':
        return [rule(shape), *chain(shape.member)]
    if shape.type_name == 'map':
        return [rule(shape), rule(shape.key), *chain(shape.value)]
    return [rule(shape)]


def descend(shape, operation):
    if shape.type_name == 'structure':
        visit(shape, operation)
    elif shape.type_name == 'list':
        descend(shape.member, operation)
    elif shape.type_name == 'map':
        descend(shape.value, operation)


session = botocore.session.get_session()
for service in ('chime-sdk-messaging', 'chime-sdk-identity'):
    model = session.get_service_model(service)
    for operation in model.operation_names:
        shape = model.operation_model(operation).input_shape
        if shape:
            visit(shape, operation)

print(json.dumps({'rules': rules, 'required': required}))
