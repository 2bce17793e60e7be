package story

import (
	"fmt"
	"regexp"
	"strings"
)

// Read reads a script; name is the file's name for reports. The error names the line that could not be read.
func Read(name string, data []byte) (Script, error) {
	comment, files := splitArchive(data)
	script := Script{Name: name, Settings: map[string]string{}}
	script.readComment(comment)
	line := 1 + strings.Count(comment, "\n")
	var err error
	for _, file := range files {
		line++ // the marker's own line
		switch file.Name {
		case "cast":
			script.Cast, err = readCast(string(file.Data))
		case "story":
			script.Steps, err = script.Cast.readSteps(string(file.Data), line)
		default:
			file, err = file.decoded()
			script.Files = append(script.Files, file)
		}
		if err != nil {
			return Script{}, fmt.Errorf("%s: %w", name, err)
		}
		line += strings.Count(string(file.Data), "\n")
	}
	if err := script.check(); err != nil {
		return Script{}, fmt.Errorf("%s: %w", name, err)
	}
	return script, nil
}

var setting = regexp.MustCompile(`^([a-z][a-z_.]*): (.+)$`)

func (s *Script) readComment(comment string) {
	var prose []string
	for line := range strings.Lines(comment) {
		line = strings.TrimSpace(line)
		if match := setting.FindStringSubmatch(line); match != nil {
			s.Settings[match[1]] = match[2]
		} else if s.Title == "" {
			s.Title = line
		} else {
			prose = append(prose, line)
		}
	}
	s.About = strings.TrimSpace(strings.Join(prose, "\n"))
}

// readSteps reads the conversation; first is the number of its first line in the archive.
func (c Cast) readSteps(text string, first int) ([]Step, error) {
	var steps []Step
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		line, number := strings.TrimRight(lines[i], " \t\r"), first+i
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if gloss, found := strings.CutPrefix(line, "="); found {
			if len(steps) == 0 {
				return nil, fmt.Errorf("line %d: an English gloss needs a line before it", number)
			}
			steps[len(steps)-1].Gloss = strings.TrimSpace(gloss)
			continue
		}
		more := continuation(lines[i+1:])
		for _, next := range lines[i+1 : i+1+more] {
			line += "\n" + strings.TrimSpace(next)
		}
		i += more
		step, err := c.readStep(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		step.Line = number
		steps = append(steps, step)
	}
	return steps, nil
}

// continuation counts the lines at the beginning of these that go on with the line before: they begin with two
// blanks; empty lines among them belong to what is said.
func continuation(lines []string) int {
	count := 0
	for i, line := range lines {
		switch {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "  "):
			count = i + 1
		default:
			return count
		}
	}
	return count
}

// check looks at what no single line can know.
func (s *Script) check() error {
	if len(s.Steps) == 0 || s.Steps[0].Kind != At || s.Steps[0].Date == "" {
		return fmt.Errorf("a story begins with the day and hour at which it plays: at 2026-05-11 09:12")
	}
	for _, step := range s.Steps {
		for _, name := range step.Files {
			if step.Acts() && !s.has(name) {
				return fmt.Errorf("line %d: the archive has no file %q", step.Line, name)
			}
		}
		if step.Meanwhile && !step.Acts() {
			return fmt.Errorf("line %d: only what somebody does can happen meanwhile", step.Line)
		}
	}
	return nil
}

func (s *Script) has(name string) bool {
	for _, file := range s.Files {
		if file.Name == name {
			return true
		}
	}
	return false
}
