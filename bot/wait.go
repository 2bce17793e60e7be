package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// waitFor is /tunggu T-12 T-9 T-10: the first task waits for the others. As a
// reply the task replied to is the one that waits. "/tunggu T-12 selesai" ends it.
func (r *request) waitFor() error {
	waiting, awaited, rest := r.waitNamed()
	if waiting == 0 {
		return council.Refuse("which_task")
	}
	if means, known := locale.Meaning("waiting", rest); known && means == "over" {
		return r.waitNoMore(waiting, awaited)
	}
	if len(awaited) == 0 {
		return r.showWaits(waiting)
	}
	tasks, err := r.awaitedTasks(waiting, awaited)
	if err != nil {
		return err
	}
	task, err := r.changeTask(waiting, r.waitChange(tasks))
	if err != nil {
		return err
	}
	text := r.speak.Say("wait.reply.waits", "Reference", task.Reference().String(), "References", referencesOf(task.WaitsFor()))
	return r.confirm([]council.Task{task}, text, r.waitOverRow(r.speak, task))
}

// waitNamed reads which task is to wait, and for which ones.
func (r *request) waitNamed() (waiting int64, awaited []int64, rest string) {
	replied := r.about
	r.about = council.Reference{}
	numbers, rest := r.tasksNamed()
	r.about = replied
	if replied.Letter == council.TaskLetter && (len(numbers) == 0 || numbers[0] != replied.Number) {
		numbers = append([]int64{replied.Number}, numbers...)
	}
	if len(numbers) == 0 {
		return 0, nil, rest
	}
	for { // "T-12 menunggu T-9"
		lead, after := firstWord(rest)
		if means, known := locale.Meaning("waiting", lead); !known || means != "lead" {
			break
		}
		reference, behind, found := nextReference(after, false)
		for ; found; reference, behind, found = nextReference(behind, true) {
			numbers = append(numbers, reference.Number)
			after = behind
		}
		rest = after
	}
	return numbers[0], numbers[1:], strings.TrimSpace(rest)
}

// awaitedTasks finds the tasks that are to be awaited. Whoever lets a task wait
// may name any: nothing of it is shown but its reference.
func (r *request) awaitedTasks(waiting int64, numbers []int64) ([]council.Task, error) {
	if _, err := r.task(waiting, council.ActionWait); err != nil {
		return nil, err
	}
	var tasks []council.Task
	for _, number := range numbers {
		task, err := r.tx.Task(number)
		if errors.Is(err, store.ErrNotFound) {
			return nil, council.Refuse("no_such_thing", "Reference", council.TaskReference(number).String())
		}
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, task)
	}
	return tasks, nil
}

func (r *request) waitChange(awaited []council.Task) taskChange {
	numbers := make([]int64, len(awaited))
	for i, task := range awaited {
		numbers[i] = task.Number
	}
	return taskChange{action: council.ActionWait, event: council.EventWaits, detail: []string{"tasks", referencesOf(numbers)},
		apply: func(task council.Task, _ int64) (council.Task, error) {
			all, err := r.tx.Waits()
			if err != nil {
				return task, err
			}
			return task.WaitFor(awaited, all)
		}}
}

func (r *request) freeChange(numbers []int64) taskChange {
	return taskChange{action: council.ActionWait, event: council.EventFreed, detail: []string{"tasks", referencesOf(numbers)},
		apply: func(task council.Task, _ int64) (council.Task, error) { return task.WaitNoMore(r.now, numbers...) }}
}

// waitNoMore ends the waiting for some tasks, or for all.
func (r *request) waitNoMore(waiting int64, numbers []int64) error {
	task, err := r.changeTask(waiting, r.freeChange(numbers))
	if err != nil {
		return err
	}
	text := r.speak.Say("wait.reply.free", "Reference", task.Reference().String())
	if task.Waiting() {
		text = r.speak.Say("wait.reply.waits", "Reference", task.Reference().String(), "References", referencesOf(task.WaitsFor()))
	}
	return r.confirm([]council.Task{task}, text)
}

// showWaits says what a task waits for.
func (r *request) showWaits(number int64) error {
	task, err := r.task(number, council.ActionSeeTask)
	if err != nil {
		return err
	}
	reference := task.Reference().String()
	if !task.Waiting() {
		return r.replyAbout(reference, cardTask, r.speak.Say("wait.reply.none", "Reference", reference))
	}
	text := r.speak.Say("wait.reply.waits", "Reference", reference, "References", referencesOf(task.WaitsFor()))
	return r.replyAbout(reference, cardTask, text, r.waitOverRow(r.speak, task))
}

// waitOverRow lets a task wait no more.
func (r *request) waitOverRow(speak speaker, task council.Task) []store.Button {
	return []store.Button{button(speak, "wait_over", pressWaitOver, task.Number)}
}

// pressWaitOver ends all waiting of a task.
func (r *request) pressWaitOver(arguments pressArguments) error {
	return r.pressTask(arguments, r.freeChange(nil), "freed")
}

// referencesOf names tasks by their numbers: "T-9, T-10".
func referencesOf(numbers []int64) string {
	names := make([]string, len(numbers))
	for i, number := range numbers {
		names[i] = council.TaskReference(number).String()
	}
	return strings.Join(names, ", ")
}

// waitersShown is how many of the tasks that wait for one its card names.
const waitersShown = 3

// waitText says what a task waits for, and which ones wait for it; empty if
// neither. Of other groups' tasks nothing is said but the reference and the group.
func (b *Bot) waitText(tx *store.Tx, speak speaker, task council.Task) (string, error) {
	var parts []string
	waits := task.WaitsFor()
	switch {
	case task.State.Ended():
		return "", nil
	case len(waits) > 0:
		parts = append(parts, speak.Say("wait.card.waits", "References", referencesOf(waits)))
	case len(task.Waits) > 0 && task.State == council.TaskNew:
		parts = append(parts, speak.Say("wait.card.free"))
	}
	waiters, err := b.waiters(tx, speak, task)
	if waiters != "" {
		parts = append(parts, waiters)
	}
	return strings.Join(parts, " · "), err
}

// waiters says which tasks wait for one: "Ditunggu oleh T-12 (Pokja Ekonomi)".
func (b *Bot) waiters(tx *store.Tx, speak speaker, task council.Task) (string, error) {
	if len(task.AwaitedBy) == 0 || task.State.Ended() {
		return "", nil
	}
	var names []string
	for _, number := range task.AwaitedBy[:min(len(task.AwaitedBy), waitersShown)] {
		waiting, err := tx.Task(number)
		if err != nil {
			return "", err
		}
		name := waiting.Reference().String()
		group, err := tx.Group(waiting.GroupID)
		if notFoundIsNil(err) != nil {
			return "", err
		}
		if err == nil {
			name += " (" + kindName(speak, group.Kind, group.Dimension) + ")"
		}
		names = append(names, name)
	}
	if more := len(task.AwaitedBy) - waitersShown; more > 0 {
		names = append(names, "+"+strconv.Itoa(more))
	}
	return speak.Say("wait.card.awaited", "References", strings.Join(names, ", ")), nil
}

// neighbours are the tasks whose cards show something of a change in waiting.
func neighbours(before, after council.Task) []int64 {
	var numbers []int64
	for _, one := range []council.Task{before, after} {
		for _, wait := range one.Waits {
			numbers = append(numbers, wait.Number)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}
