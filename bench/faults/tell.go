package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/bench/table"
)

// headings say what happens in each way.
var headings = []struct{ way, what string }{
	{"429", "429: every call is asked for a second's patience"},
	{"5xx", "5xx: every call meets a 500, or the page of a front end with 502"},
	{"before", "before: the line breaks before every call has taken effect"},
	{"after", "after: the line breaks after every call has taken effect"},
}

// total is what came of all stories in one way.
type total struct {
	stories, calls, failed, twice, newer int
	byMethod                             map[string]int
	never                                map[string]int
	otherwise                            []string
}

func totalOf(plays []play, way string) total {
	sum := total{byMethod: map[string]int{}, never: map[string]int{}}
	for _, one := range plays {
		if one.Way != way {
			continue
		}
		sum.stories++
		sum.calls += one.Calls
		sum.failed += one.Failed
		sum.twice += one.Twice
		sum.newer += one.Newer
		for method, times := range one.ByMethod {
			sum.byMethod[method] += times
		}
		for _, method := range one.Never {
			sum.never[method]++
		}
		if len(one.Otherwise) > 0 {
			sum.otherwise = append(sum.otherwise, named(one))
		}
	}
	return sum
}

func named(one play) string {
	if one.Call == 0 {
		return one.Story
	}
	return fmt.Sprintf("%s, call %d", one.Story, one.Call)
}

// tell writes the table; behind it stand the stories that ended otherwise.
func tell(report *table.Table, plays []play, left []string) {
	for _, heading := range headings {
		sum := totalOf(plays, heading.way)
		if sum.stories == 0 {
			continue
		}
		report.Title(heading.what)
		report.Note("stories", "%d", sum.stories)
		report.Note("calls that failed", "%d", sum.failed)
		for _, method := range slices.Sorted(maps.Keys(sum.byMethod)) {
			report.Note("  "+method, "%d", sum.byMethod[method])
		}
		report.Note("of these, overtaken and not made once more", "%d", count(sum.never))
		for _, method := range slices.Sorted(maps.Keys(sum.never)) {
			report.Note("  "+method, "%d", sum.never[method])
		}
		report.None("stories that ended otherwise than written", len(sum.otherwise))
		if heading.way == "after" {
			report.Note("messages said twice, each once more and directly after", "%d", sum.twice)
			report.Note("of these, cards that had changed by then", "%d", sum.newer)
		} else {
			report.None("messages said twice", sum.twice)
		}
	}
	report.Title("stories that order faults themselves and were not played")
	report.Note(strings.Join(left, ", "), "%d", len(left))
	for _, one := range plays {
		for _, reason := range one.Otherwise {
			report.Title(named(one) + ", " + one.Way)
			report.Note(reason, "")
		}
	}
}

func count(some map[string]int) (all int) {
	for _, times := range some {
		all += times
	}
	return all
}
