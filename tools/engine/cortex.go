//go:build !newest

package main

import (
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

// Cortex keeps the former name of a function that Prometheus 3 renamed and made experimental.
func init() {
	holtWinters := *parser.Functions["double_exponential_smoothing"]
	holtWinters.Name = "holt_winters"
	holtWinters.Experimental = false
	parser.Functions["holt_winters"] = &holtWinters
}

func parseRules(text []byte, scheme model.ValidationScheme) (*rulefmt.RuleGroups, []error) {
	return rulefmt.Parse(text, false, scheme)
}
