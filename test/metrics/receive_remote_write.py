"""Checks requests of `remote_write` and AWS STS: the signature with botocore, and the samples. One JSON request per line in, one answer out."""
import json
import sys

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials

# KEY=SECRET of each identity.
SECRETS = dict(argument.split('=', 1) for argument in sys.argv[1:])


def check_signature(given):
    """Computes the signature that the request must have, from the headers that it says are signed."""
    headers = {name.lower(): value for name, value in given['headers'].items()}
    authorization = headers.get('authorization', '').replace('AWS4-HMAC-SHA256', '')
    fields = dict(part.strip().split('=', 1) for part in authorization.split(',') if '=' in part)
    scope = fields.get('Credential', '').split('/')
    key, _, region, service, _ = scope if len(scope) == 5 else [''] * 5
    signed = HTTPHeaders()
    for name in fields.get('SignedHeaders', '').split(';'):
        signed[name] = headers.get(name, '')
    request = AWSRequest(method=given['method'], url=given['url'], data=bytes.fromhex(given['body']), headers=dict(signed))
    request.context['timestamp'] = headers.get('x-amz-date', '')
    auth = SigV4Auth(Credentials(key, SECRETS.get(key, 'unknown')), service, region)
    auth.headers_to_sign = lambda _: signed
    expected = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    return {'valid': expected == fields.get('Signature'), 'region': region, 'service': service, 'key': key}


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7f) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def decode_snappy(data):
    """Snappy's block format."""
    size, at = varint(data, 0)
    output = bytearray()
    while at < len(data):
        tag = data[at]
        at += 1
        if tag & 3 == 0:
            length = tag >> 2
            if length >= 60:
                extra = length - 59
                length = int.from_bytes(data[at:at + extra], 'little')
                at += extra
            output += data[at:at + length + 1]
            at += length + 1
            continue
        if tag & 3 == 1:
            length, offset, extra = ((tag >> 2) & 7) + 4, (tag >> 5) << 8 | data[at], 1
        else:
            extra = 2 if tag & 3 == 2 else 4
            length, offset = (tag >> 2) + 1, int.from_bytes(data[at:at + extra], 'little')
        at += extra
        for _ in range(length):
            output.append(output[-offset])
    assert len(output) == size
    return bytes(output)


def fields_of(message):
    """The fields of a Protocol Buffers message: number, and bytes for those that have a length."""
    at = 0
    while at < len(message):
        key, at = varint(message, at)
        content = b''
        if key & 7 == 0:
            _, at = varint(message, at)
        elif key & 7 == 2:
            length, at = varint(message, at)
            content = message[at:at + length]
            at += length
        else:
            at += 8 if key & 7 == 1 else 4
        yield key >> 3, content


def series_of(body):
    """The time series of a `prometheus.WriteRequest`."""
    for number, series in fields_of(decode_snappy(body)):
        if number == 1:
            fields = list(fields_of(series))
            labels = [[part.decode() for _, part in fields_of(content)] for field, content in fields if field == 1]
            yield {'labels': dict(labels), 'samples': sum(1 for field, _ in fields if field == 2)}


for line in sys.stdin:
    request_line = json.loads(line)
    body_bytes = bytes.fromhex(request_line['body'])
    is_write = request_line['headers'].get('content-encoding') == 'snappy'
    print(json.dumps({**check_signature(request_line), 'series': list(series_of(body_bytes)) if is_write else []}), flush=True)
