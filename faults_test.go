package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/story"
)

// What bench/faults asks for; go test alone plays few stories.
var (
	faultWays   = flag.String("faults.way", "", "in which way every call fails: 429, 5xx, before, after; empty: in each of them")
	faultStory  = flag.String("faults.story", "*", "a pattern of names: only these stories")
	faultShort  = flag.Int("faults.shortest", 1, "only so many stories, those with the fewest lines; 0: all")
	faultCall   = flag.Int("faults.call", 0, "only the call with this number fails; 0: every call")
	faultReport = flag.String("faults.report", "", "a file for what came of it: one JSON object a line")
)

// waysToFail are the four ways in which a call can fail.
var waysToFail = []struct {
	name  string
	kinds []sim.FaultKind
}{
	{"429", []sim.FaultKind{sim.Error429}},
	{"5xx", []sim.FaultKind{sim.Error500, sim.Error502HTML}},
	{"before", []sim.FaultKind{sim.BreakBefore}},
	{"after", []sim.FaultKind{sim.BreakAfter}},
}

// struckStory is what came of one story of which every call failed once.
type struckStory struct {
	Story, Way string
	Call       int // the only one that failed; 0: all
	sim.Struck
	Otherwise []string // what was not as the story says
	Seconds   float64
}

// TestEveryCallFailsOnce plays stories while every call of the Bot API fails the first time it is made: they go as they
// are written, except that what was taken before the line broke is said once more.
func TestEveryCallFailsOnce(t *testing.T) {
	t.Parallel() // it mostly waits
	report := reportOfFaults(t)
	for _, file := range storiesToStrike(t) {
		for _, way := range waysToFail {
			if *faultWays != "" && !slices.Contains(strings.Split(*faultWays, ","), way.name) {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+way.name, func(t *testing.T) {
				t.Parallel()
				order := sim.EachOnce{Kinds: way.kinds, RetryAfter: 1, Only: *faultCall}
				report(t, strikeStory(t, file, way.name, order))
			})
		}
	}
}

// strikeStory plays one story.
func strikeStory(t *testing.T, file, way string, order sim.EachOnce) struckStory {
	script, zone := readStory(t, file)
	struck := struckStory{Story: strings.TrimSuffix(filepath.Base(file), ".txtar"), Way: way, Call: order.Only}
	begun := time.Now()
	var telegram *sim.Server
	for _, complaint := range performScript(t, script, zone, func(server *sim.Server, stage *story.Stage, hosted *Hosted) {
		telegram = server
		telegram.FailEachOnce(order)
		stage.Patience, stage.Repeats = 5*time.Minute, way == "after"
		hosted.waits = time.Hour
		hosted.hurry(true)
	}) {
		struck.Otherwise = append(struck.Otherwise, complaint.Error())
	}
	struck.Struck, struck.Seconds = telegram.Struck(), time.Since(begun).Seconds()
	if struck.Failed == 0 {
		struck.Otherwise = append(struck.Otherwise, "no call failed")
	}
	if struck.Twice > 0 && way != "after" {
		struck.Otherwise = append(struck.Otherwise, "messages were said twice although none was taken the first time")
	}
	return struck
}

// storiesToStrike are the files of the stories that are asked for. Those that order faults themselves expect what comes of
// these and are left out.
func storiesToStrike(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/stories/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	length := map[string]int{}
	var asked []string
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		fits, err := filepath.Match(*faultStory, name)
		if err != nil {
			t.Fatal(err)
		}
		script, _ := readStory(t, file)
		ordersFaults := slices.ContainsFunc(script.Steps, func(step story.Step) bool { return step.Kind == story.Fault })
		if fits && !ordersFaults {
			length[file] = len(script.Steps)
			asked = append(asked, file)
		}
	}
	if *faultShort > 0 {
		slices.SortStableFunc(asked, func(one, other string) int { return cmp.Compare(length[one], length[other]) })
		asked = asked[:min(*faultShort, len(asked))]
	}
	if len(asked) == 0 {
		t.Fatal("no story is asked for")
	}
	return asked
}

// reportOfFaults gives what takes note of a story that was played.
func reportOfFaults(t *testing.T) func(*testing.T, struckStory) {
	t.Helper()
	var output *os.File
	if *faultReport != "" {
		var err error
		if output, err = os.Create(*faultReport); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = output.Close() })
	}
	var mutex sync.Mutex
	return func(t *testing.T, struck struckStory) {
		t.Helper()
		for _, complaint := range struck.Otherwise {
			t.Error(complaint)
		}
		if output == nil {
			return
		}
		mutex.Lock()
		defer mutex.Unlock()
		if err := json.NewEncoder(output).Encode(struck); err != nil {
			t.Error(err)
		}
	}
}
