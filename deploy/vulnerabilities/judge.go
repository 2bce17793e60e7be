package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

// vulnerability is one that was found.
type vulnerability struct {
	id, summary, module, has, mended string
	called                           bool // by the code itself; else it only lies in what is required
}

// read reads what govulncheck said: descriptions, and findings, of which one vulnerability has many.
func read(said []byte) ([]vulnerability, error) {
	summaries, found := map[string]string{}, map[string]*vulnerability{}
	lines := json.NewDecoder(bytes.NewReader(said))
	for {
		var message struct {
			OSV *struct {
				ID, Summary string
			}
			Finding *struct {
				OSV   string
				Fixed string `json:"fixed_version"`
				Trace []struct{ Module, Version, Function string }
			}
		}
		if err := lines.Decode(&message); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("read what govulncheck said: %w", err)
		}
		if message.OSV != nil {
			summaries[message.OSV.ID] = message.OSV.Summary
		}
		if f := message.Finding; f != nil && len(f.Trace) > 0 {
			one := found[f.OSV]
			if one == nil {
				one = &vulnerability{id: f.OSV, module: f.Trace[0].Module, has: f.Trace[0].Version, mended: f.Fixed}
				found[f.OSV] = one
			}
			one.called = one.called || f.Trace[0].Function != ""
		}
	}
	var list []vulnerability
	for _, id := range slices.Sorted(maps.Keys(found)) {
		found[id].summary = summaries[id]
		list = append(list, *found[id])
	}
	return list, nil
}

// judgement says of each vulnerability why it may stay, or that it may not.
type judgement struct {
	list   []vulnerability
	reason []string // empty: it may not
}

func judge(found []vulnerability, built string, explained map[string]string) judgement {
	j := judgement{list: found, reason: make([]string, len(found))}
	for i, one := range found {
		switch {
		case explained[one.id] != "":
			j.reason[i] = explained[one.id]
		case !one.called:
			j.reason[i] = "not called"
		case one.module == "stdlib" && one.mended != "" && version.Compare(built, "go"+strings.TrimPrefix(one.mended, "v")) >= 0:
			j.reason[i] = "mended in the Go that the program is built with"
		}
	}
	return j
}

// print writes one line each, and tells whether all may stay.
func (j judgement) print(out io.Writer) bool {
	open := 0
	for i, one := range j.list {
		verdict := j.reason[i]
		if verdict == "" {
			open++
			verdict = "NOT mended: upgrade, or explain"
		}
		fmt.Fprintf(out, "%-14s %s %s, mended in %s: %s\n%14s %s\n", one.id, one.module, one.has, orNowhere(one.mended), one.summary, "", verdict)
	}
	fmt.Fprintf(out, "%d found, %d neither mended nor explained\n", len(j.list), open)
	return open == 0
}

func orNowhere(mended string) string {
	if mended == "" {
		return "no version"
	}
	return mended
}

var toolchain = regexp.MustCompile(`(?m)\bGOTOOLCHAIN=(go[0-9.]+)\+auto\b|^FROM golang:([0-9.]+)\b`)

// builtWith is the Go that each of the files names for building: the same in all.
func builtWith(files ...string) (built string, err error) {
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		named := toolchain.FindStringSubmatch(string(text))
		if named == nil {
			return "", fmt.Errorf("%s does not say with which Go it builds", file)
		}
		this := named[1]
		if this == "" {
			this = "go" + named[2]
		}
		if built != "" && this != built {
			return "", fmt.Errorf("%s builds with %s, %s with %s", files[0], built, file, this)
		}
		built = this
	}
	return built, nil
}

// readExplained reads lines of an id and the reason for which it may stay. Lines
// that begin with # are remarks.
func readExplained(file string) (map[string]string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	explained := map[string]string{}
	for line := range strings.Lines(string(text)) {
		id, reason, _ := strings.Cut(strings.TrimSpace(line), " ")
		if id == "" || strings.HasPrefix(id, "#") {
			continue
		}
		if reason == "" {
			return nil, fmt.Errorf("%s: %s has no reason", file, id)
		}
		explained[id] = reason
	}
	return explained, nil
}
