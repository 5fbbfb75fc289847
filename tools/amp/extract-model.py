"""Writes sandbox/amp/control-plane-model.json: what botocore publishes about the operations that the definition function calls.

    python3 -m venv venv && venv/bin/pip install botocore && venv/bin/python tools/amp/extract-model.py
"""
import json
import os

import botocore
import botocore.session

OPERATIONS = [
    'CreateAlertManagerDefinition', 'PutAlertManagerDefinition', 'DescribeAlertManagerDefinition', 'DeleteAlertManagerDefinition',
]
TARGET = os.path.join(os.path.dirname(__file__), '..', '..', 'sandbox', 'amp', 'control-plane-model.json')


def describe(shape):
    """A shape as type, limits, and members."""
    result = {'type': shape.type_name}
    for limit in ('min', 'max', 'pattern'):
        if limit in shape.metadata:
            result[limit] = shape.metadata[limit]
    if getattr(shape, 'enum', None):
        result['enum'] = list(shape.enum)
    if shape.type_name == 'list':
        result['member'] = describe(shape.member)
    if shape.type_name == 'structure':
        result['required'] = list(shape.required_members)
        result['members'] = {name: describe(member) for name, member in shape.members.items()}
        for name, member in shape.members.items():
            if 'location' in member.serialization:
                result['members'][name]['location'] = member.serialization['location']
                result['members'][name]['locationName'] = member.serialization.get('name', name)
    return result


def main():
    model = botocore.session.get_session().get_service_model('amp')
    operations = {}
    errors = {}
    for name in OPERATIONS:
        operation = model.operation_model(name)
        operations[name] = {
            'method': operation.http['method'],
            'uri': operation.http['requestUri'],
            'status': operation.http['responseCode'],
            'input': describe(operation.input_shape),
            'output': describe(operation.output_shape) if operation.output_shape else None,
            'errors': sorted(shape.name for shape in operation.error_shapes),
        }
        for shape in operation.error_shapes:
            errors[shape.name] = {'status': shape.metadata['error']['httpStatusCode'], **describe(shape)}
    table = {
        'source': f'botocore {botocore.__version__}, data/amp/2020-08-01/service-2.json',
        'signingName': model.signing_name,
        'operations': operations,
        'errors': dict(sorted(errors.items())),
    }
    with open(TARGET, 'w', encoding='utf-8') as file:
        json.dump(table, file, indent=1)
        file.write('\n')


main()
