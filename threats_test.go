package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// What docs/threats.md names as shown: a test, or a story.
var (
	testNamed  = regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w+`)
	storyNamed = regexp.MustCompile(`\bstory (\w+)`)
)

// TestThreatsAreShownByWhatIsThere holds the list of threats to tests and stories that
// exist, at least one for each line.
func TestThreatsAreShownByWhatIsThere(t *testing.T) {
	content, err := os.ReadFile("docs/threats.md")
	if err != nil {
		t.Fatal(err)
	}
	tests := testsThatAre(t)
	rows := 0
	for line := range strings.Lines(string(content)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 6 || strings.HasPrefix(cells[1], " Who") || strings.HasPrefix(cells[1], "-") {
			continue
		}
		rows++
		shown := cells[4]
		named := testNamed.FindAllString(shown, -1)
		for _, name := range named {
			if !tests[name] {
				t.Errorf("there is no %s, as is said of: %s", name, cells[2])
			}
		}
		stories := storyNamed.FindAllStringSubmatch(shown, -1)
		for _, story := range stories {
			if !fileExists("testdata/stories/" + story[1] + ".txtar") {
				t.Errorf("there is no story %s, as is said of: %s", story[1], cells[2])
			}
		}
		if len(named)+len(stories) == 0 {
			t.Errorf("nothing shows what stands against: %s", cells[2])
		}
	}
	if rows < 25 {
		t.Errorf("%d threats are listed", rows)
	}
}

// testsThatAre are the names of all tests and fuzz targets.
func testsThatAre(t *testing.T) map[string]bool {
	t.Helper()
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	tests := map[string]bool{}
	for _, name := range treeFiles(t) {
		if !strings.HasSuffix(name, "_test.go") {
			continue
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range declared.FindAllStringSubmatch(string(content), -1) {
			tests[match[1]] = true
		}
	}
	return tests
}
