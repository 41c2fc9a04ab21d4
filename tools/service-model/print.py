"""Prints what botocore's models say of both services' operations, as the emulator reads it (service-model.json).

`shapes`: what a value must be, by the model's name of it. `members`: the shape of each member of an input, by structure;
of a list or map also those of its keys and items. `errors`: what each operation may answer.
"""

import json
import re

import botocore.session

CONSTRAINTS = ('min', 'max', 'pattern', 'enum')
# Allows everything.
ANYTHING = r'[\s\S]*'

shapes, members, errors = {}, {}, {}


def in_javascript(pattern):
    """The pattern for the whole value; without escapes that JavaScript's u flag forbids."""
    pattern = pattern.replace(r'\u10000-\u10FFFF', r'\u{10000}-\u{10FFFF}')
    pattern = pattern if pattern.startswith('^') else f'^{pattern}$'
    return re.sub(r'\\([.:@_])(?=[^\[\]]*\])', r'\1', pattern)


def name_of(shape):
    """The shape's name if it constrains its value, which it notes; else None."""
    constraints = {name: value for name, value in shape.metadata.items() if name in CONSTRAINTS}
    if constraints.get('pattern') == ANYTHING:
        del constraints['pattern']
    if 'pattern' in constraints:
        constraints['pattern'] = in_javascript(constraints['pattern'])
    if not constraints:
        return None
    shapes[shape.name] = constraints
    return shape.name


def chain(shape):
    """The names of a member's shape, of the items in it, and so on; structures have members of their own."""
    if shape.type_name == 'list':
        return [name_of(shape), *chain(shape.member)]
    if shape.type_name == 'map':
        return [name_of(shape), name_of(shape.key), *chain(shape.value)]
    return [name_of(shape)]


def visit(shape):
    if shape.type_name == 'list':
        visit(shape.member)
    elif shape.type_name == 'map':
        visit(shape.value)
    elif shape.type_name == 'structure' and shape.name not in members:
        structure = members[shape.name] = {}
        for name, member in shape.members.items():
            names = chain(member)
            while names and names[-1] is None:
                names.pop()
            if names:
                structure[name] = names
            visit(member)


session = botocore.session.get_session()
for service in ('chime-sdk-messaging', 'chime-sdk-identity'):
    model = session.get_service_model(service)
    for name in model.operation_names:
        operation = model.operation_model(name)
        # Both services have the tag operations, which differ in nothing that is printed here but their errors.
        modelled = {shape.name.removesuffix('Exception') for shape in operation.error_shapes}
        errors[name] = sorted(modelled.union(errors.get(name, [])))
        if operation.input_shape:
            visit(operation.input_shape)

model = {
    'shapes': shapes,
    'members': {name: structure for name, structure in members.items() if structure},
    'errors': errors,
}
print('{')
for index, (section, entries) in enumerate(model.items()):
    print(f'  {json.dumps(section)}: {{')
    rows = [f'    {json.dumps(name)}: {json.dumps(entries[name], ensure_ascii=True)}' for name in sorted(entries)]
    print(',\n'.join(rows))
    print('  }' if index == len(model) - 1 else '  },')
print('}')
