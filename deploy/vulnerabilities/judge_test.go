package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const said = `{"config": {"protocol_version": "v1.0.0"}}
{"osv": {"id": "GO-1", "summary": "called"}}
{"osv": {"id": "GO-2", "summary": "required"}}
{"finding": {"osv": "GO-1", "fixed_version": "v1.26.9", "trace": [{"module": "stdlib", "version": "v1.26.8"}]}}
{"finding": {"osv": "GO-1", "fixed_version": "v1.26.9", "trace": [{"module": "stdlib", "version": "v1.26.8", "function": "Do"}, {"module": "m", "function": "main"}]}}
{"finding": {"osv": "GO-2", "trace": [{"module": "example.org/m", "version": "v1.0.0"}]}}
`

func TestJudge(t *testing.T) {
	found, err := read([]byte(said))
	if err != nil || len(found) != 2 || !found[0].called || found[1].called || found[0].summary != "called" {
		t.Fatalf("%+v %v", found, err)
	}
	cases := []struct {
		name, built string
		explained   map[string]string
		reasons     []string
		good        bool
	}{
		{"built with the older Go", "go1.26.8", nil, []string{"", "not called"}, false},
		{"built with the one that mends", "go1.26.9", nil, []string{"mended in the Go that the program is built with", "not called"}, true},
		{"built with a later one", "go1.26.10", nil, []string{"mended in the Go that the program is built with", "not called"}, true},
		{"explained", "go1.26.8", map[string]string{"GO-1": "never on"}, []string{"never on", "not called"}, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			judged := judge(found, c.built, c.explained)
			if diff := cmp.Diff(c.reasons, judged.reason); diff != "" {
				t.Error(diff)
			}
			var out strings.Builder
			if judged.print(&out) != c.good || strings.Contains(out.String(), "NOT mended") == c.good {
				t.Errorf("printed:\n%s", out.String())
			}
		})
	}
	if _, err := read([]byte(`{"osv": `)); err == nil {
		t.Error("half a message was read")
	}
}

func TestBuiltWith(t *testing.T) {
	file := func(text string) string {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	makefile, image := file("static:\n\tGOTOOLCHAIN=go1.26.10+auto go build\n"), file("# x\nFROM golang:1.26.10 AS build\n")
	if built, err := builtWith(makefile, image); err != nil || built != "go1.26.10" {
		t.Errorf("%q %v", built, err)
	}
	for _, other := range []string{file("FROM golang:1.26.9\n"), file("FROM scratch\n"), filepath.Join(t.TempDir(), "nowhere")} {
		if built, err := builtWith(makefile, other); err == nil {
			t.Errorf("%s was taken for built with %s", other, built)
		}
	}
	if _, err := builtWith("../../Makefile", "../../Dockerfile"); err != nil {
		t.Error(err)
	}
}

func TestReadExplained(t *testing.T) {
	if _, err := readExplained("explained.txt"); err != nil {
		t.Error(err)
	}
	path := filepath.Join(t.TempDir(), "explained.txt")
	for text, want := range map[string]map[string]string{
		"# remark\n\nGO-1 it is never on\n": {"GO-1": "it is never on"},
		"GO-1\n":                            nil,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		explained, err := readExplained(path)
		if (err != nil) != (want == nil) || !cmp.Equal(explained, want) {
			t.Errorf("%q: %v %v", text, explained, err)
		}
	}
}
