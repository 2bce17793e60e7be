package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// addFile reads a TOML file. Values may be written in TOML's own types: a
// number or a list of numbers is as good as the text of it.
func (s settings) addFile(path string) error {
	if path == "" {
		return nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return refuse("--config %q cannot be read: %v; allowed: the path of a TOML file", path, plainPathError(err))
	}
	var tree map[string]any
	if err := toml.Unmarshal(content, &tree); err != nil {
		var mistake *toml.DecodeError
		if errors.As(err, &mistake) {
			row, _ := mistake.Position()
			return refuse("%s: line %d is not TOML (%s); config.example.toml shows the form", path, row, strings.TrimPrefix(mistake.Error(), "toml: "))
		}
		return refuse("%s is not TOML: %v; config.example.toml shows the form", path, err)
	}
	return s.addTree(path, "", tree)
}

func (s settings) addTree(path, prefix string, tree map[string]any) error {
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		full := prefix + name
		if branch, ok := tree[name].(map[string]any); ok && isTable(full) {
			if err := s.addTree(path, full+".", branch); err != nil {
				return err
			}
			continue
		}
		if _, known := s[full]; !known {
			return refuse("%s: unknown key %q; allowed: %s", path, full, strings.Join(keyNames(), ", "))
		}
		text, err := plainText(tree[name])
		if err != nil {
			return refuse("%s: %s %v; allowed: %s", path, full, err, keyNamed(full).allowed)
		}
		if text != "" {
			s[full] = written{text, path}
		}
	}
	return nil
}

// addEnvironment reads REMBUK_A_B as a.b. An empty variable is as good as none,
// since service managers and containers like to pass empty ones.
func (s settings) addEnvironment(environment []string) error {
	byVariable := map[string]string{}
	for _, key := range keys() {
		byVariable[key.variable()] = key.name
	}
	for _, entry := range environment {
		variable, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(variable, "REMBUK_") {
			continue
		}
		name, known := byVariable[variable]
		if !known {
			return refuse("unknown variable %s; allowed: %s", variable, strings.Join(variableNames(), ", "))
		}
		if value != "" {
			s[name] = written{value, "the environment"}
		}
	}
	return nil
}

// addFlags reads the pairs of --set. An empty value is the key's default again.
func (s settings) addFlags(pairs []string) error {
	for _, pair := range pairs {
		name, value, found := strings.Cut(pair, "=")
		if _, known := s[name]; !known || !found {
			return refuse("--set %q is not allowed; allowed: KEY=VALUE with one of %s", name, strings.Join(keyNames(), ", "))
		}
		if name == "telegram.token" {
			return refuse("--set telegram.token is not allowed, everybody on the machine could read it; allowed: the file or REMBUK_TELEGRAM_TOKEN")
		}
		if value == "" {
			value = keyNamed(name).usual
		}
		s[name] = written{value, "--set"}
	}
	return nil
}

func plainText(value any) (string, error) {
	switch value := value.(type) {
	case string:
		return value, nil
	case int64, float64, bool:
		return fmt.Sprint(value), nil
	case []any:
		parts := make([]string, len(value))
		for i, part := range value {
			text, err := plainText(part)
			if err != nil {
				return "", err
			}
			parts[i] = text
		}
		return strings.Join(parts, ","), nil
	case map[string]any:
		return "", errors.New("is a table")
	default:
		return "", errors.New("is a date, write it as text")
	}
}

func isTable(name string) bool {
	return slices.ContainsFunc(keys(), func(k key) bool { return strings.HasPrefix(k.name, name+".") })
}

func keyNamed(name string) key {
	all := keys()
	return all[slices.IndexFunc(all, func(k key) bool { return k.name == name })]
}

func keyNames() []string {
	var names []string
	for _, key := range keys() {
		names = append(names, key.name)
	}
	return names
}

func variableNames() []string {
	var names []string
	for _, key := range keys() {
		names = append(names, key.variable())
	}
	return names
}

// plainPathError leaves of a system call's failure only what went wrong, where
// the message names the path already.
func plainPathError(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
