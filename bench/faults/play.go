package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/story"
)

// wish is what is to be played.
type wish struct {
	way, story string
	shortest   int // only so many stories; 0: all
	call       int
	each       bool
	atOnce     int
}

// shortForm is how many stories the short form plays.
const shortForm = 12

// play is what came of one story in one way, as the test that plays it writes it down.
type play struct {
	Story, Way string
	Call       int
	Calls      int
	Failed     int
	ByMethod   map[string]int
	Never      []string
	Twice      int
	Newer      int
	Otherwise  []string
	Seconds    float64
}

// stage is the program's own test, which can play stories in its process.
type stage struct{ folder, binary string }

func build(ctx context.Context, folder string) (stage, error) {
	binary := filepath.Join(folder, "rembuk.test")
	if output, err := exec.CommandContext(ctx, "go", "test", "-c", "-o", binary, ".").CombinedOutput(); err != nil {
		return stage{}, fmt.Errorf("build the stories: %w\n%s", err, output)
	}
	return stage{folder, binary}, nil
}

// play plays what is asked for. That stories end otherwise is no error.
func (s stage) play(ctx context.Context, asked wish) ([]play, error) {
	report := filepath.Join(s.folder, "report")
	command := exec.CommandContext(ctx, s.binary, "-test.run", "^TestEveryCallFailsOnce$", "-test.timeout", "0", "-test.parallel", strconv.Itoa(asked.atOnce),
		"-faults.way", asked.way, "-faults.story", asked.story, "-faults.shortest", strconv.Itoa(asked.shortest), "-faults.call", strconv.Itoa(asked.call), "-faults.report", report)
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	ran := command.Run()
	var failed *exec.ExitError
	if ran != nil && !errors.As(ran, &failed) {
		return nil, ran
	}
	plays, err := read(report)
	if err == nil && (len(plays) == 0 || ran != nil && !anyOtherwise(plays)) {
		err = fmt.Errorf("the stories could not be played: %w\n%s", ran, said.String())
	}
	return plays, err
}

// playEach plays once for each call, of which only that one fails, and gives what came of these.
func (s stage) playEach(ctx context.Context, asked wish, whole []play) ([]play, error) {
	most := 0
	for _, one := range whole {
		most = max(most, one.Calls)
	}
	var plays []play
	for call := 1; call <= most; call++ {
		asked.call = call
		some, err := s.play(ctx, asked)
		if err != nil {
			return plays, err
		}
		for _, one := range some {
			if one.Failed > 0 { // this story has so many calls
				plays = append(plays, one)
			}
		}
	}
	return plays, nil
}

func anyOtherwise(plays []play) bool {
	for _, one := range plays {
		if len(one.Otherwise) > 0 {
			return true
		}
	}
	return false
}

func read(report string) (plays []play, err error) {
	file, err := os.Open(report)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	lines := bufio.NewReader(file)
	decoder := json.NewDecoder(lines)
	for decoder.More() {
		var one play
		if err := decoder.Decode(&one); err != nil {
			return plays, err
		}
		plays = append(plays, one)
	}
	return plays, nil
}

// leftOut names the stories that order faults themselves and expect what comes of these.
func leftOut(pattern string) ([]string, error) {
	files, err := filepath.Glob("testdata/stories/*.txtar")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		if fits, err := filepath.Match(pattern, name); err != nil || !fits {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		script, err := story.Read(file, text)
		if err != nil {
			return nil, err
		}
		for _, step := range script.Steps {
			if step.Kind == story.Fault {
				names = append(names, name)
				break
			}
		}
	}
	return names, nil
}
