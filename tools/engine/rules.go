package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/url"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/template"
	yaml3 "gopkg.in/yaml.v3"
)

// checkRules is `promtool check rules`.
func checkRules(text string) error {
	_, errs := parseRules([]byte(text), model.UTF8Validation)
	return errors.Join(errs...)
}

// checkNamespace is what Cortex's ruler checks: names in the classic syntax unless it is started with the UTF-8 scheme,
// no group without rules, and that a group survives being written and read again.
func checkNamespace(text string) error {
	groups, errs := parseRules([]byte(text), nameValidation)
	if groups == nil {
		return errors.Join(errs...)
	}
	for _, group := range groups.Groups {
		if len(group.Rules) == 0 {
			errs = append(errs, fmt.Errorf("invalid rules config: rule group '%s' has no rules", group.Name))
		}
		written, err := yaml3.Marshal(group)
		if err == nil {
			err = yaml3.Unmarshal(written, &rulefmt.RuleGroup{})
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("unable to decode rule group: %w", err))
		}
	}
	return errors.Join(errs...)
}

var nameValidation = model.LegacyValidation

func setNameValidation(mode string) {
	if mode == "utf8" {
		nameValidation = model.UTF8Validation
	}
}

// What an alerting rule puts in front of each of its templates.
var definitions = strings.Join([]string{
	"{{$labels := .Labels}}", "{{$externalLabels := .ExternalLabels}}", "{{$externalURL := .ExternalURL}}", "{{$value := .Value}}",
}, "")

var ruleSamples = []any{
	template.AlertTemplateData(map[string]string{"alertname": "A", "instance": "db-1:9100", "job": "node", "severity": "warning", "a": "1", "x": "2"},
		map[string]string{"region": "eu"}, "https://prometheus.example.com", promql.Sample{F: 42.5}),
	template.AlertTemplateData(map[string]string{}, map[string]string{}, "", promql.Sample{F: 0}),
	template.AlertTemplateData(map[string]string{"instance": "db-1"}, map[string]string{}, "", promql.Sample{F: math.NaN()}),
}

// executeRuleTemplate expands one label or annotation as Prometheus does when the alert fires.
func executeRuleTemplate(r request) answer {
	var result answer
	failures := make([]byte, len(ruleSamples))
	for i, data := range ruleSamples {
		failures[i] = '0'
		// Two series for every query but `none`.
		query := func(_ context.Context, text string, _ time.Time) (promql.Vector, error) {
			if text == "none" {
				return nil, nil
			}
			return promql.Vector{
				{F: 1, Metric: labels.FromStrings("__name__", "up", "instance", "db-1:9100", "job", "node")},
				{F: 0, Metric: labels.FromStrings("__name__", "up", "instance", "db-2:9100", "job", "node")},
			}, nil
		}
		expander := template.NewTemplateExpander(context.Background(), definitions+r.Text, "__alert_A", data,
			model.Time(1764000000000), query, &url.URL{Scheme: "https", Host: "prometheus.example.com"}, nil)
		printed, err := expander.Expand()
		if err != nil {
			failures[i] = '1'
			if result.Error == "" {
				result.Error = err.Error()
			}
		}
		result.Printed = append(result.Printed, printed)
	}
	result.Failures = string(failures)
	return result
}
