"""Posts events with Sysdig's own client: reads them from standard input, and prints whether each was accepted."""

import json
import sys

from sdcclient.monitor import EventsClientV2

client = EventsClientV2(token=sys.argv[2], sdc_url=sys.argv[1])
for event in json.load(sys.stdin):
    accepted, answer = client.post_event(
        event["name"], event.get("description"), event.get("severity"), event.get("scope"), event.get("tags"))
    print(json.dumps([accepted, answer]))
