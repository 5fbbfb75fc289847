// Reads configurations as collectors do: exporter and authentication with the types of the OpenTelemetry Collector's own components, which
// also resolve the credentials, and Grafana Alloy's with its parser.
//
//	go run . otel < collector.yml
//	go run . alloy < config.alloy
//
// Prints what is wrong; nothing if the configuration is valid.
package main

import (
	"fmt"
	"io"
	"log"
	"os"

	"github.com/grafana/alloy/syntax/parser"
	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/prometheusremotewriteexporter"
	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/sigv4authextension"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"gopkg.in/yaml.v3"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	switch os.Args[1] {
	case "alloy":
		if _, err := parser.ParseFile("config.alloy", text); err != nil {
			fmt.Println(err)
		}
	case "otel":
		checkComponents(text)
	}
}

func checkComponents(text []byte) {
	var document map[string]any
	if err := yaml.Unmarshal(text, &document); err != nil {
		log.Fatal(err)
	}
	configuration := confmap.NewFromStringMap(document)
	components := map[string]component.Config{
		"exporters::prometheusremotewrite": prometheusremotewriteexporter.NewFactory().CreateDefaultConfig(),
		"extensions::sigv4auth":            sigv4authextension.NewFactory().CreateDefaultConfig(),
	}
	for path, target := range components {
		part, err := configuration.Sub(path)
		if err == nil {
			err = part.Unmarshal(target)
		}
		if err == nil {
			err = confmap.Validate(target)
		}
		if err != nil {
			fmt.Printf("%s: %v\n", path, err)
		}
	}
}
