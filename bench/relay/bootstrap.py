"""What AWS Lambda's Python runtime does around a handler: the counterpart of sandbox/lambda/bootstrap.cjs."""
import http.client
import importlib
import json
import os
import sys

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
PREFIX = "/2018-06-01/runtime/invocation"

# AWS's runtime writes each line at once.
# @see https://github.com/aws/aws-lambda-python-runtime-interface-client/blob/main/awslambdaric/bootstrap.py
sys.stdout.reconfigure(line_buffering=True)

module, _, name = os.environ["_HANDLER"].rpartition(".")
sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
handler = getattr(importlib.import_module(module), name)
connection = http.client.HTTPConnection(API)
while True:
    connection.request("GET", f"{PREFIX}/next")
    response = connection.getresponse()
    event = json.loads(response.read())
    request_id = response.headers["lambda-runtime-aws-request-id"]
    result = handler(event, None)
    connection.request("POST", f"{PREFIX}/{request_id}/response", body=json.dumps(result))
    connection.getresponse().read()
