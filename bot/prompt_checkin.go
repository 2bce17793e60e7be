package bot

import (
	"errors"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// promptTaskLine is the task that a check-in asks about, in one line.
func (r *request) promptTaskLine(speak locale.Speaker, prompt council.Prompt) (string, error) {
	task, err := r.tx.Task(prompt.TaskNumber)
	if err != nil {
		return council.TaskReference(prompt.TaskNumber).String(), notFoundIsNil(err)
	}
	return task.Reference().String() + " · " + shorten(task.Title, cardTitleLimit) + " · " + speak.Say("task.state."+string(task.State)), nil
}

// feedTask takes the answer to a check-in as a report on the task, as /progres
// does. What the task's state does not allow stays an answer all the same.
func (r *request) feedTask(prompt council.Prompt, text string) error {
	done := -1
	if found := percent.FindStringSubmatch(strings.ToLower(text)); found != nil {
		done, _ = strconv.Atoi(found[1] + found[2]) // the pattern lets only digits through
	}
	change := taskChange{action: council.ActionReport, event: council.EventProgress, words: text,
		apply: func(task council.Task, memberID int64) (council.Task, error) { return task.Report(memberID, done) }}
	key := "task.reply.progress_words"
	if done >= 0 {
		key, change.detail = "task.reply.progress", []string{"percent", strconv.Itoa(done) + "%"}
	}
	task, err := r.changeTask(prompt.TaskNumber, change)
	var refusal *council.Refusal
	if errors.As(err, &refusal) {
		return r.replyAbout(prompt.Reference().String(), promptKind(cardPrompt, prompt.Round.Number),
			r.speak.Say("prompt.noted_only", "Reference", prompt.Reference().String()))
	}
	if err != nil {
		return err
	}
	finished := done == 100 || done < 0 && saysFinished(text)
	if !r.private && !finished {
		return nil
	}
	said := r.speak.Say(key, "Reference", task.Reference().String(), "Percent", done)
	var rows [][]store.Button
	if finished {
		said += "\n" + r.speak.Say("prompt.finished", "Reference", task.Reference().String())
		rows = append(rows, []store.Button{button(r.speak, "submit", pressSubmit, task.Number)})
	}
	return r.confirm([]council.Task{task}, said, rows...)
}

// saysFinished tells whether an answer begins by saying that the work is done.
func saysFinished(text string) bool {
	words := strings.Fields(text)
	for from := 0; from < min(wordsToDecide, len(words)); from++ {
		meaning, count := leading("prompt_finished", words[from:])
		if count > 0 {
			return meaning == "done"
		}
	}
	return false
}
