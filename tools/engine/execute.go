package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/prometheus/alertmanager/template"
)

var builtIn = func() *template.Template {
	t, err := template.FromGlobs(nil)
	if err != nil {
		fail(err.Error())
	}
	return t
}()

// executeTemplate executes one field with every sample, with the template files beside it.
func executeTemplate(r request) answer {
	t := builtIn
	if len(r.Files) > 0 {
		var err error
		names := make([]string, 0, len(r.Files))
		for name := range r.Files {
			names = append(names, name)
		}
		slices.Sort(names)
		if t, err = loadTemplates(r.Files, names); err != nil {
			return refusal(err)
		}
	}
	return executeAll(t, []string{r.Text})
}

// notify executes every field of every integration of a definition with every sample.
func notify(r request) answer {
	c, t, err := loadDefinition(r.Text)
	if err != nil {
		return refusal(err)
	}
	var fields []string
	for _, receiver := range c.Receivers {
		for _, sns := range receiver.SNSConfigs {
			fields = append(fields, sns.TopicARN, sns.TargetARN, sns.PhoneNumber, sns.Subject, sns.Message)
			for name, value := range sns.Attributes {
				fields = append(fields, name, value)
			}
		}
	}
	slices.Sort(fields)
	return executeAll(t, slices.Compact(fields))
}

func executeAll(t *template.Template, fields []string) answer {
	var result answer
	var failures strings.Builder
	for _, data := range samples {
		failed := false
		for _, field := range fields {
			printed, err := execute(t, field, data)
			if err != nil && result.Error == "" {
				result.Error = err.Error()
			}
			failed = failed || err != nil
			if len(fields) == 1 {
				result.Printed = append(result.Printed, printed)
			}
		}
		if failed {
			failures.WriteByte('1')
		} else {
			failures.WriteByte('0')
		}
	}
	result.Failures = failures.String()
	return result
}

// A function that panics, such as reReplaceAll with an invalid expression, is an error to Go's template package; what
// panics beyond that would end the process.
func execute(t *template.Template, field string, data *template.Data) (printed string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return t.ExecuteTextString(field, data)
}
