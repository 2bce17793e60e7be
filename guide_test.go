package main

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/locale"
)

const coordinatorsGuide = "docs/panduan-koordinator.md"

var (
	registered     = regexp.MustCompile(`\{"(\w+)", \(\*request\)\.`)
	guideRow       = regexp.MustCompile("(?m)^\\| `/([a-z_]+)` \\| [^|]+ \\| [^|]+ \\|$")
	guideCommand   = regexp.MustCompile("(?m)(?:^|[ `(>])/([a-zA-Z_]+)")
	pictureInWords = regexp.MustCompile(`<img src="([^"]+)" width="\d+" alt="([^"]+)">`)
	anyPicture     = regexp.MustCompile(`(?:src="|\]\()([^")]*pictures/[^")]+\.png)`)
)

// TestTheGuideKnowsEveryCommand: each has its row in the table at the end and is spoken
// of before it, and no other command is named anywhere in the guide.
func TestTheGuideKnowsEveryCommand(t *testing.T) {
	registry, guide := readText(t, "bot/registry.go"), readText(t, coordinatorsGuide)
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]bool{} // true: the Indonesian one
	for _, found := range registered.FindAllStringSubmatch(registry, -1) {
		for _, language := range locale.Languages {
			speak := book.In(language)
			words[speak.Say("command."+found[1]+".word")] = language == locale.Indonesian || words[speak.Say("command."+found[1]+".word")]
			if also := "command." + found[1] + ".also"; speak.Knows(also) {
				for _, word := range strings.Fields(speak.Say(also)) {
					if _, known := words[word]; !known {
						words[word] = false
					}
				}
			}
		}
	}
	if len(words) < 100 {
		t.Fatalf("only %d words of commands were found", len(words))
	}
	rows := map[string]int{}
	for _, row := range guideRow.FindAllStringSubmatch(guide, -1) {
		rows[row[1]]++
	}
	before, _, _ := strings.Cut(guide, "| `/")
	told := map[string]bool{}
	for _, found := range guideCommand.FindAllStringSubmatch(before, -1) {
		told[found[1]] = true
	}
	for _, word := range slices.Sorted(maps.Keys(words)) {
		if words[word] && (rows[word] != 1 || !told[word]) {
			t.Errorf("/%s has %d rows in the table; the text speaks of it: %v", word, rows[word], told[word])
		}
	}
	for _, found := range guideCommand.FindAllStringSubmatch(guide, -1) {
		if _, known := words[found[1]]; !known {
			t.Errorf("the bot has no command /%s", found[1])
		}
	}
}

// TestPicturesAreWhatDocumentsName: every picture that a document shows is there and
// said in words too, and every one that is there is shown.
func TestPicturesAreWhatDocumentsName(t *testing.T) {
	shown := map[string]bool{}
	for _, document := range []string{"README.md", coordinatorsGuide, "docs/operator.md"} {
		for _, found := range anyPicture.FindAllStringSubmatch(readText(t, document), -1) {
			shown[path.Join(path.Dir(document), found[1])] = true
		}
	}
	there, err := filepath.Glob("docs/pictures/*")
	if err != nil || len(there) < 10 {
		t.Fatal(there, err)
	}
	if named := slices.Sorted(maps.Keys(shown)); !slices.Equal(named, there) {
		t.Errorf("shown are %v, there are %v", named, there)
	}
	guide := readText(t, coordinatorsGuide)
	if said, all := len(pictureInWords.FindAllString(guide, -1)), strings.Count(guide, "<img"); said != all || strings.Contains(guide, "![") {
		t.Errorf("%d of %d pictures of the guide are said in words", said, all)
	}
	for _, picture := range there {
		if info, err := os.Stat(picture); err != nil || info.Size() > 100_000 && path.Base(picture) != "playground.png" {
			t.Errorf("%s is too large for a phone: %v", picture, err)
		}
	}
}

func readText(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
