// Command engine reads configurations, definitions, templates, and rules with the libraries that Amazon Managed Service for
// Prometheus (AMP) is built on, and reports what they refuse.
//
// Standard input has one JSON request per line, standard output one JSON answer per line, in the same order. The only
// argument is the parser of matchers: classic, utf8, or fallback (Alertmanager's default).
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	_ "time/tzdata"

	"github.com/prometheus/alertmanager/featurecontrol"
	"github.com/prometheus/alertmanager/matcher/compat"
)

type request struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
	// Template files by name, for a template.
	Files map[string]string `json:"files"`
}

type answer struct {
	// What is refused; empty if the input is accepted.
	Error string `json:"error,omitempty"`
	// For what is executed: one character per sample, 1 where it fails.
	Failures string `json:"failures,omitempty"`
	// What it prints for each sample.
	Printed []string `json:"printed,omitempty"`
}

var kinds = map[string]func(request) answer{
	"config":        func(r request) answer { return refusal(checkConfig(r.Text)) },
	"definition":    func(r request) answer { return refusal(checkDefinition(r.Text)) },
	"notify":        notify,
	"template":      executeTemplate,
	"rules":         func(r request) answer { return refusal(checkRules(r.Text)) },
	"namespace":     func(r request) answer { return refusal(checkNamespace(r.Text)) },
	"rule-template": executeRuleTemplate,
}

var modes = map[string]string{
	"classic":  featurecontrol.FeatureClassicMode,
	"utf8":     featurecontrol.FeatureUTF8StrictMode,
	"fallback": "",
}

func main() {
	if len(os.Args) != 2 {
		fail("usage: engine classic|utf8|fallback")
	}
	mode, known := modes[os.Args[1]]
	if !known {
		fail("unknown mode " + os.Args[1])
	}
	setMode(os.Args[1], mode)
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 64<<20)
	output := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(output)
	for input.Scan() {
		var r request
		if err := json.Unmarshal(input.Bytes(), &r); err != nil {
			fail(err.Error())
		}
		check, known := kinds[r.Kind]
		if !known {
			fail("unknown kind " + r.Kind)
		}
		if err := encoder.Encode(withoutPanic(check, r)); err != nil {
			fail(err.Error())
		}
	}
	if err := input.Err(); err != nil {
		fail(err.Error())
	}
	if err := output.Flush(); err != nil {
		fail(err.Error())
	}
}

func setMode(name, feature string) {
	logger := slog.New(slog.DiscardHandler)
	flags, err := featurecontrol.NewFlags(logger, feature)
	if err != nil {
		fail(err.Error())
	}
	compat.InitFromFlags(logger, flags)
	setNameValidation(name)
}

// The loaders panic on some inputs, which counts as a refusal: the program that calls them would crash.
func withoutPanic(check func(request) answer, r request) (result answer) {
	defer func() {
		if p := recover(); p != nil {
			result = answer{Error: fmt.Sprintf("panic: %v", p)}
		}
	}()
	return check(r)
}

func refusal(err error) answer {
	if err == nil {
		return answer{}
	}
	return answer{Error: err.Error()}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(2)
}
