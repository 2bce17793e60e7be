package bot

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// assignedAtOnce is how many tasks a button is about at most.
const assignedAtOnce = 1000

// tasksMadeAtOnce are those from the first to the last that are to bring the evidence
// of indicators and were made by one person at one moment. What a button carries may be
// forged: each of them is decided on by itself.
func (r *request) tasksMadeAtOnce(first, last int64) (tasks []council.Task, err error) {
	if first <= 0 || last < first || last-first >= assignedAtOnce {
		return nil, nil
	}
	for number := first; number <= last; number++ {
		task, err := r.tx.Task(number)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		indicator, err := r.tx.IndicatorOfTask(number)
		if err != nil {
			return nil, err
		}
		if indicator.ID != 0 && (len(tasks) == 0 || madeTogether(task, tasks[0])) {
			tasks = append(tasks, task)
		}
	}
	return tasks, nil
}

// pressUndoIndicatorTasks takes back that tasks were made. Everybody who was told of
// them is told once; what has been changed since stays as it is.
func (r *request) pressUndoIndicatorTasks(first, last int64) error {
	tasks, err := r.tasksMadeAtOnce(first, last)
	if err != nil || len(tasks) == 0 {
		return errorsOr(err, r.stale())
	}
	text, err := r.unmakeIndicatorTasks(tasks)
	if err != nil {
		return err
	}
	return errors.Join(r.edit(text), r.toast(text))
}

// undoIndicatorTasks is /urungkan after several tasks were made at once, of which the
// last is given; false where it was not made so.
func (r *request) undoIndicatorTasks(last int64) (bool, error) {
	newest, err := r.tx.Task(last)
	if err != nil || newest.Version != 1 || newest.CreatedBy != r.actor.ID {
		return false, notFoundIsNil(err)
	}
	first := last
	for first > 1 && last-first < assignedAtOnce-1 {
		before, err := r.tx.Task(first - 1)
		if notFoundIsNil(err) != nil {
			return false, err
		}
		if err != nil || !madeTogether(before, newest) {
			break
		}
		first--
	}
	tasks, err := r.tasksMadeAtOnce(first, last)
	if err != nil || len(tasks) < 2 {
		return false, err
	}
	text, err := r.unmakeIndicatorTasks(tasks)
	if err != nil {
		return true, err
	}
	return true, r.replyAbout("", aboutIndicatorTasks, text)
}

// madeTogether tells whether two tasks were made by one person at one moment.
func madeTogether(one, other council.Task) bool {
	return one.CreatedBy == other.CreatedBy && one.CreatedAt.Equal(other.CreatedAt)
}

// unmakeIndicatorTasks takes tasks back, and says which.
func (r *request) unmakeIndicatorTasks(tasks []council.Task) (string, error) {
	var undone []council.Task
	told := make(map[int64][]string)
	for _, task := range tasks {
		back, ids, err := r.undoMaking(task)
		if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) {
			if len(tasks) == 1 || refusal.Code == "undo_too_late" || refusal.Code == "stranger" {
				return "", refusal
			}
			continue
		}
		if err != nil {
			return "", err
		}
		undone = append(undone, back)
		for _, id := range ids {
			told[id] = append(told[id], back.Reference().String())
		}
	}
	if len(undone) == 0 {
		return "", council.Refuse("nothing_to_undo")
	}
	return r.speak.Say("indicator.assign.undone", "References", shorten(referenceList(undone), cardTitleLimit)), r.tellUnmade(told)
}

// undoMaking cancels a task that was made just now, and says who knows of it.
func (r *request) undoMaking(task council.Task) (back council.Task, told []int64, err error) {
	if task.Version != 1 {
		return task, nil, council.Refuse("undo_changed_since", "Reference", task.Reference().String())
	}
	var before council.Task
	undo, err := r.lastUndo(task.Reference().String(), &before)
	if err != nil {
		return task, nil, err
	}
	quiet := undo
	quiet.Told = nil // they are told of all of it at once
	if err := r.tx.KeepUndo(quiet, before); err != nil {
		return task, nil, err
	}
	back, err = r.undoTask(task.Number, task.Version)
	if err != nil {
		return task, nil, errors.Join(err, r.tx.KeepUndo(undo, before))
	}
	return back, undo.Told, nil
}

// tellUnmade tells each person once of all the tasks that were taken back.
func (r *request) tellUnmade(told map[int64][]string) error {
	members, err := r.others(membersOf(r.tx, slices.Sorted(maps.Keys(told))))
	if err != nil {
		return err
	}
	_, err = r.tellEach(members, "", aboutIndicatorTasks, func(speak speaker, member council.Member) (string, [][]store.Button, error) {
		return speak.Say("indicator.assign.unmade", "Person", greetPerson(speak, member), "References", strings.Join(told[member.ID], ", ")), nil, nil
	})
	return err
}

// pressReadyForIndicators is [Siap] for everything that was given to the person at once.
func (r *request) pressReadyForIndicators(first, last int64) error {
	tasks, err := r.tasksMadeAtOnce(first, last)
	if err != nil {
		return err
	}
	ready, err := r.acknowledgeAll(tasks)
	if err != nil {
		return err
	}
	if len(ready) == 0 {
		return r.stale()
	}
	if err := r.showPromised(tasks); err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast.acknowledged", "Reference", referenceList(ready)))
}

// showPromised leaves of a message about tasks what is to be seen of them, once they are
// promised.
func (r *request) showPromised(tasks []council.Task) error {
	indicators := make([]council.Indicator, len(tasks))
	for i, task := range tasks {
		var err error
		if indicators[i], err = r.tx.IndicatorOfTask(task.Number); err != nil {
			return err
		}
	}
	subject := ""
	if len(tasks) == 1 {
		subject = tasks[0].Reference().String()
	}
	text := r.assignedNotice(r.speak, r.actor.Member, indicators, tasks) + "\n" + r.speak.Say("indicator.assign.promised")
	return r.editIndicators(subject, aboutIndicatorTasks, text, r.assignedButtons(r.speak, tasks)[1:]...)
}
