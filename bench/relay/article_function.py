"""What the function of AWS's article on this path does, written for the comparison: YAML from SNS in, an event to PagerDuty out."""
import json
import os

import urllib3
import yaml

POOL = urllib3.PoolManager(ca_certs=os.environ["AUTHORITIES"])
URL = os.environ["PAGERDUTY_URL"]


def lambda_handler(event, _context):
    sns = event["Records"][0]["Sns"]
    fields = yaml.safe_load(sns["Message"])
    body = {
        "routing_key": fields.pop("routing_key", None),
        "dedup_key": fields.pop("dedup_key", None),
        "event_action": "resolve" if "[RESOLVED]" in sns["Subject"] else "trigger",
        "payload": {
            "summary": fields.pop("description", None),
            "source": fields.get("client_url"),
            "severity": fields.pop("severity", None),
            "custom_details": fields.pop("details", None),
        },
        "links": fields.pop("links", []),
        **fields,
    }
    response = POOL.request("POST", URL, body=json.dumps(body), headers={"Content-Type": "application/json"})
    print(json.dumps({"status": response.status, "dedup_key": body["dedup_key"]}))
    return {"statusCode": response.status}
