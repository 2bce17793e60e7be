package story

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Recorded counts what people have done by hand until now.
func (r *Recorder) Recorded() int {
	r.guard.Lock()
	defer r.guard.Unlock()
	return r.done
}

// Script is everything until now as a script of that title. The error says what a script cannot say.
func (r *Recorder) Script(ctx context.Context, title string) (Script, error) {
	r.Settle(ctx)
	r.turn.Lock()
	defer r.turn.Unlock()
	script := r.stage.script
	script.Title = plainTitle(title)
	script.Name = fileNameOf(script.Title)
	script.Steps = restarts(r.steps)
	script.Files = slices.DeleteFunc(slices.Clone(r.files), func(file File) bool {
		return !slices.ContainsFunc(script.Steps, func(step Step) bool { return step.Acts() && slices.Contains(step.Files, file.Name) })
	})
	return script, errors.Join(append(slices.Clone(r.problems), script.readsAgain())...)
}

// restarts says that the program restarts, or is killed, where it is started just after it has ended.
func restarts(steps []Step) []Step {
	var shorter []Step
	for _, step := range steps {
		last := len(shorter) - 1
		switch {
		case step.Kind == Start && last >= 0 && shorter[last].Kind == Stop:
			shorter[last].Kind = Restart
		case step.Kind == Start && last >= 0 && shorter[last].Kind == Die:
			shorter[last].Kind = Kill
		default:
			shorter = append(shorter, step)
		}
	}
	return shorter
}

// readsAgain is an error when reading what is written would give another script: somebody has a name that stands for
// something else, or words were said that no line can hold.
func (s Script) readsAgain() error {
	again, err := Read(s.Name, s.Write())
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(again.Cast, s.Cast) {
		return errors.New("the names of people or groups cannot stand in a script")
	}
	for i, step := range s.Steps {
		if i >= len(again.Steps) {
			return fmt.Errorf("this cannot stand in a script: %s", step)
		}
		read := again.Steps[i]
		read.Line = step.Line
		if !reflect.DeepEqual(read, step) {
			return fmt.Errorf("this cannot stand in a script: %s", step)
		}
	}
	return nil
}

// plainTitle is a title in one line that is not read as a setting.
func plainTitle(title string) string {
	title = strings.TrimLeft(joinWords(title), "- ")
	if title == "" {
		return "Recorded in the playground"
	}
	first, size := utf8.DecodeRuneInString(title)
	return string(unicode.ToUpper(first)) + title[size:]
}

// fileNameOf is a name for the file of a script.
func fileNameOf(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(letter rune) bool {
		return (letter < 'a' || letter > 'z') && (letter < '0' || letter > '9')
	})
	name := strings.Join(words, "_")
	if name == "" {
		name = "story"
	}
	return name[:min(60, len(name))] + ".txtar"
}
