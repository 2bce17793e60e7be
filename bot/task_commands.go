package bot

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// references reads the references at the beginning of what follows a command,
// each once: "T-1 T-2", "T-1, T-2", "T-1 dan T-2". Without any, the thing
// replied to is meant. The rest is what follows them.
func (r *request) references() ([]council.Reference, string) {
	var references []council.Reference
	rest := strings.TrimSpace(r.text)
	for {
		reference, after, found := nextReference(rest, len(references) > 0)
		if !found {
			break
		}
		if !slices.Contains(references, reference) {
			references = append(references, reference)
		}
		rest = after
	}
	if len(references) == 0 && isNamed(r.about) {
		references = append(references, r.about)
	}
	return references, rest
}

// nextReference takes a reference off the beginning of a text. Behind an
// earlier one, a word like "and" may stand before it.
func nextReference(text string, behind bool) (reference council.Reference, rest string, found bool) {
	word, rest := firstWord(text)
	if _, joins := locale.Meaning("joining", word); behind && (joins || word == "&" || word == "+") {
		word, rest = firstWord(rest)
	}
	reference, found = council.ParseReference(word)
	return reference, rest, found && isNamed(reference)
}

// isNamed tells whether a reference is to a thing that these commands are about.
func isNamed(reference council.Reference) bool {
	return reference.Letter == council.TaskLetter || reference.Letter == council.EvaluationLetter
}

// firstWord cuts a text at the first blank, comma or semicolon.
func firstWord(text string) (word, rest string) {
	separates := func(letter rune) bool { return unicode.IsSpace(letter) || letter == ',' || letter == ';' }
	end := strings.IndexFunc(text, separates)
	if end < 0 {
		return text, ""
	}
	return text[:end], strings.TrimLeftFunc(text[end:], separates)
}

// tasksNamed gives the numbers of the tasks a command names.
func (r *request) tasksNamed() (numbers []int64, rest string) {
	references, rest := r.references()
	for _, reference := range references {
		if reference.Letter == council.TaskLetter {
			numbers = append(numbers, reference.Number)
		}
	}
	return numbers, rest
}

// take is /ambil T-12.
func (r *request) take() error {
	numbers, _ := r.tasksNamed()
	if len(numbers) == 0 {
		return r.askWhich(pressTake, store.TaskFilter{GroupID: r.group.ID, OpenOnly: true}, takeChange())
	}
	tasks, err := r.changeTasks(numbers, takeChange())
	if err != nil {
		return err
	}
	title := ""
	if len(tasks) == 1 {
		title = shorten(tasks[0].Title, cardTitleLimit)
	}
	return r.confirm(tasks, r.speak.Say("task.reply.taken", "Reference", referenceList(tasks), "Title", title))
}

func takeChange() taskChange {
	return taskChange{action: council.ActionTake, event: council.EventTaken, takes: true,
		apply: func(task council.Task, memberID int64) (council.Task, error) { return task.Take(memberID) }}
}

var percent = regexp.MustCompile(`(?:^|\s)(\d{1,9})\s*(?:%|persen\b|percent\b)|^(\d{1,9})$`)

// progress is /progres T-12 60% kata.
func (r *request) progress() error {
	numbers, rest := r.tasksNamed()
	if len(numbers) == 0 {
		return council.Refuse("which_task")
	}
	done := -1
	if found := percent.FindStringSubmatch(rest); found != nil {
		done, _ = strconv.Atoi(found[1] + found[2]) // the pattern lets only digits through
		rest = tidy(strings.Replace(rest, found[0], "", 1))
	}
	change := taskChange{action: council.ActionReport, event: council.EventProgress, words: rest,
		apply: func(task council.Task, memberID int64) (council.Task, error) { return task.Report(memberID, done) }}
	key := "task.reply.progress_words"
	if done >= 0 {
		key, change.detail = "task.reply.progress", []string{"percent", strconv.Itoa(done) + "%"}
	}
	change.files = r.filesSent()
	tasks, err := r.changeTasks(numbers, change)
	if err != nil {
		return err
	}
	return r.confirm(tasks, r.speak.Say(key, "Reference", referenceList(tasks), "Percent", done))
}

func obstacleChange(words string) taskChange {
	return taskChange{action: council.ActionObstruct, event: council.EventObstacle, words: words,
		apply: func(task council.Task, memberID int64) (council.Task, error) { return task.Obstruct(memberID) }}
}

// blocked is /kendala T-12 kata.
func (r *request) blocked() error {
	numbers, rest := r.tasksNamed()
	if len(numbers) == 0 {
		return r.askWhich(pressObstacle, store.TaskFilter{MemberID: r.actor.ID, OpenOnly: true}, obstacleChange(""))
	}
	change := obstacleChange(rest)
	change.files = r.filesSent()
	tasks, err := r.changeTasks(numbers, change)
	if err != nil {
		return err
	}
	text := r.speak.Say("task.reply.obstacle", "Reference", referenceList(tasks))
	if len(tasks) > 1 {
		return r.confirm(tasks, text)
	}
	rows, err := r.helperRows(tasks[0])
	if err != nil {
		return err
	}
	return r.confirm(tasks, text+" "+r.speak.Say("task.card.helpers"), rows...)
}

func submitChange() taskChange {
	return taskChange{action: council.ActionSubmit, event: council.EventSubmitted,
		apply: func(task council.Task, memberID int64) (council.Task, error) { return task.Submit(memberID) }}
}

// done is /selesai T-12 T-13 kata, with files or without.
func (r *request) done() error {
	numbers, rest := r.tasksNamed()
	if len(numbers) == 0 {
		return r.askWhich(pressSubmit, store.TaskFilter{MemberID: r.actor.ID, OpenOnly: true}, submitChange())
	}
	change := submitChange()
	change.words = rest
	change.files = r.filesSent()
	tasks, err := r.changeTasks(numbers, change)
	if err != nil {
		return err
	}
	if err := r.confirm(tasks, r.submittedText(tasks)); err != nil {
		return err
	}
	return r.showHandedIn()
}

// submittedText says what waits to be checked, and what waits for other assignees.
func (r *request) submittedText(tasks []council.Task) string {
	var whole, part []council.Task
	for _, task := range tasks {
		if task.State == council.TaskSubmitted {
			whole = append(whole, task)
		} else {
			part = append(part, task)
		}
	}
	person := greetPerson(r.speak, r.actor.Member)
	var lines []string
	if len(whole) > 0 {
		lines = append(lines, r.speak.Say("task.reply.submitted", "Person", person, "References", referenceList(whole)))
	}
	if len(part) > 0 {
		lines = append(lines, r.speak.Say("task.reply.submitted_part", "Person", person, "References", referenceList(part)))
	}
	return strings.Join(lines, "\n")
}

// filesSent are the files of the message and of the person's message it replies to.
func (r *request) filesSent() []file {
	files := filesOf(r.message)
	if reply := r.message.ReplyToMessage; reply != nil {
		files = append(files, filesOf(reply)...)
	}
	return files
}

func referenceList(tasks []council.Task) string {
	names := make([]string, len(tasks))
	for i, task := range tasks {
		names[i] = task.Reference().String()
	}
	return strings.Join(names, ", ")
}

// undoOffered is how many tasks a message offers to undo one by one.
const undoOffered = 12

// confirm answers a command that changed tasks; from this message each change
// can be undone. Rows are further buttons before that.
func (r *request) confirm(tasks []council.Task, text string, rows ...[]store.Button) error {
	if len(tasks) == 1 {
		return r.replyAbout(tasks[0].Reference().String(), cardTask, text, append(rows, r.undoRow(tasks[0]))...)
	}
	for i := range tasks[:min(len(tasks), undoOffered)] {
		if i%3 == 0 {
			rows = append(rows, nil)
		}
		label := r.speak.Say("button.undo_one", "Reference", tasks[i].Reference().String())
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: label, Data: data(pressUndo, tasks[i].Number, tasks[i].Version)})
	}
	return r.replyAbout("", cardTask, text, rows...)
}

func (r *request) undoRow(task council.Task) []store.Button {
	return []store.Button{button(r.speak, "undo", pressUndo, task.Number, task.Version)}
}
