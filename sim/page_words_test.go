package sim

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	wordList  = regexp.MustCompile(`(?m)\b(id|en): \{`)
	oneWord   = regexp.MustCompile(`\b([a-z][a-z0-9_]*): "((?:[^"\\]|\\.)*)"`)
	usedWords = []*regexp.Regexp{
		regexp.MustCompile(`\bword\("([a-z0-9_]+)"\)`), regexp.MustCompile(`\bword\("([a-z0-9_]+)",`), regexp.MustCompile(`data-word="([a-z0-9_]+)"`)}
	refusals = []*regexp.Regexp{
		regexp.MustCompile(`refuse\(w, [\w.]+, "([a-z_]+)"\)`), regexp.MustCompile(`hinder\("([a-z_]+)"`)}
)

// pageFiles are the page's files of a kind by their names.
func pageFiles(t *testing.T, pattern string) map[string]string {
	t.Helper()
	names, err := fs.Glob(webFiles, pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %v, %v", pattern, names, err)
	}
	contents := map[string]string{}
	for _, name := range names {
		content, err := webFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		contents[name] = string(content)
	}
	return contents
}

// wordsIn reads the words of both languages that a module has.
func wordsIn(module string) map[string]map[string]string {
	found := map[string]map[string]string{"id": {}, "en": {}}
	for _, place := range wordList.FindAllStringSubmatchIndex(module, -1) {
		words := found[module[place[2]:place[3]]]
		for _, word := range oneWord.FindAllStringSubmatch(untilClosed(module[place[1]:]), -1) {
			words[word[1]] = word[2]
		}
	}
	return found
}

// untilClosed gives what stands before the brace that closes the block; braces within strings do not count.
func untilClosed(text string) string {
	inString := false
	for at := range len(text) {
		switch {
		case text[at] == '"' && text[at-1] != '\\':
			inString = !inString
		case text[at] == '}' && !inString:
			return text[:at]
		}
	}
	return text
}

func TestThePageSaysEverythingInBothLanguages(t *testing.T) {
	count := 0
	for name, module := range pageFiles(t, "web/*.js") {
		words := wordsIn(module)
		count += len(words["id"])
		for _, row := range []struct{ has, lacks string }{{"id", "en"}, {"en", "id"}} {
			for key, text := range words[row.has] {
				if _, there := words[row.lacks][key]; !there {
					t.Errorf("%s: %q is there in %s only", name, key, row.has)
				}
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s: %q says nothing in %s", name, key, row.has)
				}
				if strings.Count(text, "{}") != strings.Count(words[row.lacks][key], "{}") {
					t.Errorf("%s: %q names something in one language only", name, key)
				}
			}
		}
	}
	if count < 80 {
		t.Errorf("found %d words only", count)
	}
}

func TestThePageHasEveryWordItUses(t *testing.T) {
	known := map[string]bool{}
	used := map[string]string{}
	sources := pageFiles(t, "web/*.js")
	for _, module := range sources {
		for word := range wordsIn(module)["id"] {
			known[word] = true
		}
	}
	maps.Copy(sources, pageFiles(t, "web/*.html"))
	collect(used, sources, usedWords)
	collect(used, goFiles(t), refusals)
	if len(used) < 60 || used["copied"] == "" || used["no_such_button"] == "" {
		t.Fatalf("found too few words in use: %v", used)
	}
	for _, word := range slices.Sorted(maps.Keys(used)) {
		if !known[word] {
			t.Errorf("%s uses %q, which the page does not say", used[word], word)
		}
	}
}

func collect(used, sources map[string]string, patterns []*regexp.Regexp) {
	for name, source := range sources {
		for _, pattern := range patterns {
			for _, found := range pattern.FindAllStringSubmatch(source, -1) {
				used[found[1]] = name
			}
		}
	}
}

// goFiles are this package's sources without its tests.
func goFiles(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]string{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources[name] = string(source)
	}
	return sources
}

// People are addressed in the page's own words as little as possible, and never by "kamu".
func TestThePageIsPolite(t *testing.T) {
	rude := regexp.MustCompile(`(?i)\b(kamu|anda|ditolak|gagal|error|terlambat|wajib segera)\b`)
	for name, module := range pageFiles(t, "web/*.js") {
		for key, text := range wordsIn(module)["id"] {
			if rude.MatchString(text) {
				t.Errorf("%s: %s says %q", name, key, text)
			}
		}
	}
}
