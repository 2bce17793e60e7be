package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
)

// keepTies keeps what a change means for the groups of a task and for what waits:
// its own waiting, and that of others for it.
func (r *request) keepTies(before, after council.Task) error {
	if err := r.movePartners(before, after); err != nil {
		return err
	}
	touched := []int64(nil)
	if !slices.EqualFunc(before.Waits, after.Waits, func(a, b council.Awaited) bool { return a.Number == b.Number }) {
		if err := r.tx.SaveWaits(after); err != nil {
			return err
		}
		touched = neighbours(before, after)
	}
	for _, number := range touched {
		if err := r.refreshTask(number); err != nil {
			return err
		}
	}
	if before.State.Ended() == after.State.Ended() {
		return nil
	}
	return r.passOnEnd(after)
}

// refreshTask brings the cards of another task up to date.
func (r *request) refreshTask(number int64) error {
	task, err := r.tx.Task(number)
	if err != nil {
		return notFoundIsNil(err)
	}
	extra, err := r.standing(task)
	if err != nil {
		return err
	}
	return r.refreshCards(task, extra)
}

// passOnEnd tells those who wait for a task that it has ended, and the way is
// free, or that it was taken up again, and they wait anew.
func (r *request) passOnEnd(awaited council.Task) error {
	for _, number := range awaited.AwaitedBy {
		task, err := r.tx.Task(number)
		if err != nil {
			return err
		}
		waits := task.WaitsFor()
		switch {
		case awaited.State.Ended() && len(waits) == 0:
			err = r.free(task, awaited)
		case !awaited.State.Ended() && slices.Equal(waits, []int64{awaited.Number}):
			err = r.waitAnew(task, awaited)
		}
		if err != nil {
			return err
		}
		if err := r.refreshTask(number); err != nil {
			return err
		}
	}
	return nil
}

// free lets a task be reminded of from now on, and tells its assignees.
func (r *request) free(task, ended council.Task) error {
	task = task.Resume(r.now)
	if err := r.tx.SaveTask(task, r.now); err != nil {
		return err
	}
	return r.turnOfWaiting(task, ended, council.EventFreed, "free")
}

// waitAnew stops the reminders of a task again, and tells its assignees.
func (r *request) waitAnew(task, awaited council.Task) error {
	return r.turnOfWaiting(task, awaited, council.EventWaits, "again")
}

// turnOfWaiting plans a task by whether it waits now, and tells its assignees
// how the task stands that it waits, or waited, for.
func (r *request) turnOfWaiting(task, awaited council.Task, event council.EventKind, notice string) error {
	if err := r.planTask(task); err != nil {
		return err
	}
	happened := council.Event{At: r.now, Subject: task.Reference(), Kind: event, Detail: map[string]string{"tasks": awaited.Reference().String()}}
	if err := r.tx.Record(happened, ""); err != nil {
		return err
	}
	for _, assignee := range task.Assignees {
		if assignee.MemberID == 0 || assignee.State == council.TaskSubmitted {
			continue
		}
		member, err := r.tx.Member(assignee.MemberID)
		if err != nil {
			return err
		}
		if _, err := r.tell(member, task.Reference().String(), cardTask, r.turnText(task, awaited, notice, member)); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) turnText(task, awaited council.Task, notice string, member council.Member) string {
	speak := r.speaker(member)
	text := speak.Say("wait.notice."+notice, "Person", greetPerson(speak, member), "Reference", task.Reference().String(),
		"Title", shorten(task.Title, cardTitleLimit), "Awaited", awaited.Reference().String(), "State", speak.Say("task.state."+string(awaited.State)))
	if task.Deadline.IsZero() || notice != "free" {
		return text
	}
	return text + "\n" + r.deadlineIn(speak, task.Deadline)
}

// restoreTies gives a task that is put back to what it was before its place among
// the others as they are now: what has ended since is awaited no more, and what
// would close a circle by now is left out.
func (r *request) restoreTies(before, current council.Task) (council.Task, error) {
	before.AwaitedBy = current.AwaitedBy
	if len(before.Waits) == 0 {
		return before, nil
	}
	all, err := r.tx.Waits()
	if err != nil {
		return before, err
	}
	before = before.Restore(before.Waits, all)
	for i := range before.Waits {
		awaited, err := r.tx.Task(before.Waits[i].Number)
		if err != nil {
			return before, err
		}
		before.Waits[i].Over = awaited.State.Ended()
	}
	return before, nil
}

// waitNotice is what an assignee is told when somebody lets a task wait, or not.
func (r *request) waitNotice(speak speaker, task council.Task, details []any) string {
	if task.Waiting() {
		return speak.Say("wait.notice.waits", append(details, "References", referencesOf(task.WaitsFor()))...)
	}
	return speak.Say("wait.notice.no_more", details...)
}
