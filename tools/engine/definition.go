package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/prometheus/alertmanager/config"
	"github.com/prometheus/alertmanager/template"
	yaml2 "gopkg.in/yaml.v2"
)

// AMP's quotas, which are Cortex's alertmanager_max_config_size_bytes and alertmanager_max_templates_count.
const (
	maxDefinitionBytes = 1_000_000
	maxTemplates       = 100
)

type userConfig struct {
	TemplateFiles      map[string]string `yaml:"template_files"`
	AlertmanagerConfig string            `yaml:"alertmanager_config"`
}

// checkConfig is `amtool check-config` for a file without template files.
func checkConfig(text string) error {
	directory, err := os.MkdirTemp("", "engine")
	if err != nil {
		return err
	}
	defer os.RemoveAll(directory)
	file := filepath.Join(directory, "alertmanager.yml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return err
	}
	c, err := config.LoadFile(file)
	if err != nil {
		return err
	}
	_, err = template.FromGlobs(c.Templates)
	return err
}

func checkDefinition(text string) error {
	_, _, err := loadDefinition(text)
	return err
}

// loadDefinition does what Cortex does when a definition is uploaded: size, YAML, configuration, files, templates.
func loadDefinition(text string) (*config.Config, *template.Template, error) {
	if len(text) > maxDefinitionBytes {
		return nil, nil, fmt.Errorf("Alertmanager configuration is too big, limit: %d bytes", maxDefinitionBytes)
	}
	var u userConfig
	if err := yaml2.Unmarshal([]byte(text), &u); err != nil {
		return nil, nil, err
	}
	if u.AlertmanagerConfig == "" {
		return nil, nil, fmt.Errorf("configuration provided is empty")
	}
	c, err := config.Load(u.AlertmanagerConfig)
	if err != nil {
		return nil, nil, err
	}
	if err := refuseFiles(reflect.ValueOf(c)); err != nil {
		return nil, nil, err
	}
	if len(u.TemplateFiles) > maxTemplates {
		return nil, nil, fmt.Errorf("too many templates in the configuration: %d (limit: %d)", len(u.TemplateFiles), maxTemplates)
	}
	t, err := loadTemplates(u.TemplateFiles, c.Templates)
	return c, t, err
}

// loadTemplates writes the files as Cortex does and loads those that are listed.
func loadTemplates(files map[string]string, listed []string) (*template.Template, error) {
	directory, err := os.MkdirTemp("", "engine")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(directory)
	for name, body := range files {
		if filepath.Base(name) != name {
			return nil, fmt.Errorf("the template name %q must not have a path", name)
		}
		if err := os.WriteFile(filepath.Join(directory, name), []byte(body), 0o600); err != nil {
			return nil, err
		}
	}
	globs := make([]string, len(listed))
	for i, name := range listed {
		if filepath.Base(name) != name {
			return nil, fmt.Errorf("the template name %q must not have a path", name)
		}
		globs[i] = filepath.Join(directory, name)
	}
	return template.FromGlobs(globs)
}

// refuseFiles finds what Cortex refuses in a tenant's configuration: any reference to a file of the server.
func refuseFiles(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return refuseFiles(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if err := refuseFiles(v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if err := refuseFiles(v.MapIndex(key)); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if !field.IsExported() {
				continue
			}
			value := v.Field(i)
			if strings.HasSuffix(field.Name, "File") && value.Kind() == reflect.String && value.String() != "" {
				return fmt.Errorf("setting %s is not allowed", field.Name)
			}
			if err := refuseFiles(value); err != nil {
				return err
			}
		}
	}
	return nil
}
