package main

import (
	"time"

	"github.com/prometheus/alertmanager/template"
)

const externalURL = "https://aps-workspaces.example.com/workspaces/ws-1/alertmanager"

type kv = template.KV

// samples are the notifications that every template is executed with: one alert and several, firing, resolved, and mixed,
// with all that a template could want and with almost nothing.
var samples = []*template.Data{
	notification(group{"alertname": "DiskFull"}, firing(full("db-1", "critical"), described("db-1"))),
	notification(group{"alertname": "DiskFull"}, resolved(full("db-1", "critical"), described("db-1"))),
	notification(group{"alertname": "DiskFull", "severity": "warning"},
		firing(full("db-1", "warning"), described("db-1")), firing(full("db-2", "warning"), described("db-2")),
		firing(full("db-3", "warning"), described("db-3"))),
	notification(group{"alertname": "DiskFull"},
		firing(full("db-1", "critical"), described("db-1")), resolved(full("db-2", "warning"), described("db-2"))),
	notification(group{}, firing(kv{"alertname": "A"}, kv{})),
	notification(group{}, resolved(kv{"alertname": "A"}, kv{}), resolved(kv{"alertname": "B"}, kv{})),
	notification(group{}, firing(kv{}, kv{}), firing(kv{"alertname": "A", "severity": "none"}, kv{"summary": ""})),
	notification(group{"alertname": "Q\"uote"},
		firing(kv{"alertname": "Q\"uote", "a": "5", "x": "{{ .Status }}", "severity": "über\n<b>"}, kv{"summary": "\\ % 100%d", "link": "ftp://x y"})),
}

type group = kv

type alertOf struct {
	status              string
	labels, annotations kv
}

func full(instance, severity string) kv {
	return kv{
		"alertname": "DiskFull", "instance": instance, "severity": severity, "job": "node", "cluster": "eu-1", "namespace": "prod",
		"team": "storage", "service": "db", "a": "1", "x": "2",
	}
}

func described(instance string) kv {
	return kv{
		"summary": "The disk of " + instance + " is full", "description": "90% used", "message": "m", "title": "t",
		"runbook_url": "https://runbooks.example.com/disk", "dashboard_url": "https://grafana.example.com/d/1",
	}
}

func firing(labels, annotations kv) alertOf   { return alertOf{"firing", labels, annotations} }
func resolved(labels, annotations kv) alertOf { return alertOf{"resolved", labels, annotations} }

// notification does what Alertmanager's Template.Data does, whose arguments differ between versions.
func notification(groupLabels group, alerts ...alertOf) *template.Data {
	start := time.Date(2026, 11, 25, 3, 0, 0, 123456789, time.UTC)
	data := &template.Data{
		Receiver: "pager", Status: "resolved", GroupLabels: groupLabels, ExternalURL: externalURL,
		CommonLabels: common(alerts, func(a alertOf) kv { return a.labels }), CommonAnnotations: common(alerts, func(a alertOf) kv { return a.annotations }),
	}
	for _, a := range alerts {
		one := template.Alert{
			Status: a.status, Labels: a.labels, Annotations: a.annotations, StartsAt: start,
			GeneratorURL: "https://prometheus.example.com/graph?g0.expr=up", Fingerprint: "0123456789abcdef",
		}
		if a.status == "resolved" {
			one.EndsAt = start.Add(time.Hour)
		} else {
			data.Status = "firing"
		}
		data.Alerts = append(data.Alerts, one)
	}
	return data
}

func common(alerts []alertOf, of func(alertOf) kv) kv {
	result := kv{}
	for name, value := range of(alerts[0]) {
		everywhere := true
		for _, a := range alerts[1:] {
			everywhere = everywhere && of(a)[name] == value
		}
		if everywhere {
			result[name] = value
		}
	}
	return result
}
