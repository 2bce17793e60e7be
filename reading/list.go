package reading

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	itemMark = regexp.MustCompile(`^(?:\(?\d{1,2}[).]|[-–•*·])\s+`)
	// itemHeading is "Rekomendasi asesor: 1) …".
	itemHeading = regexp.MustCompile(`^[^:]{1,60}:\s+(\(?1[).]\s)`)
	itemSign    = regexp.MustCompile(`(?:^|\s)\(?(\d{1,2})[).]\s+`)
)

// Items parts a list that somebody wrote: each line is an item, or what stands behind
// each number of "1) … 2) …" in a line. Lines without a mark go on with the item before
// where others have one; a heading before the first, which ends in ":", is none. A text
// that is no list is one item.
func Items(text string) []string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	marked := slices.ContainsFunc(lines, itemMark.MatchString)
	if !marked && len(lines) > 0 {
		lines[0] = itemHeading.ReplaceAllString(lines[0], "$1") // on the line of its list
	}
	if marked && strings.HasSuffix(lines[0], ":") {
		lines = lines[1:]
	}
	var joined []string
	for _, line := range lines {
		if marked && len(joined) > 0 && !itemMark.MatchString(line) {
			joined[len(joined)-1] += " " + line
			continue
		}
		joined = append(joined, line)
	}
	var items []string
	for _, line := range joined {
		for _, item := range numbered(line) {
			if item = strings.Trim(itemMark.ReplaceAllString(strings.TrimSpace(item), ""), " ,;"); item != "" {
				items = append(items, item)
			}
		}
	}
	return items
}

// numbered parts a line that begins with a number at the ones that count on from it.
func numbered(line string) []string {
	var starts []int
	next := 0
	for _, sign := range itemSign.FindAllStringSubmatchIndex(line, -1) {
		number, err := strconv.Atoi(line[sign[2]:sign[3]])
		if err == nil && (len(starts) == 0 && sign[0] == 0 || len(starts) > 0 && number == next) {
			starts, next = append(starts, sign[0]), number+1
		}
	}
	if len(starts) == 0 {
		return []string{line}
	}
	items := make([]string, len(starts))
	for i, start := range starts {
		items[i] = line[start:]
		if i+1 < len(starts) {
			items[i] = line[start:starts[i+1]]
		}
	}
	return items
}
