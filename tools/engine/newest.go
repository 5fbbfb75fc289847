//go:build newest

package main

import (
	"log/slog"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

func parseRules(text []byte, scheme model.ValidationScheme) (*rulefmt.RuleGroups, []error) {
	return rulefmt.Parse(text, false, scheme, parser.NewParser(parser.Options{}), slog.New(slog.DiscardHandler))
}
