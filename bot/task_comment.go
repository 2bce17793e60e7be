package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
)

// comment keeps words, or a file, sent as a reply to a message about a task. A
// reply with a date answers the card's question for one; one of a word or two is
// the promise of an assignee, or brings the buttons for what it may mean.
func (r *request) comment() error {
	task, err := r.task(r.about.Number, council.ActionComment)
	if err != nil {
		return err
	}
	if answered, err := r.commentIsDate(task); answered || err != nil {
		return err
	}
	word := r.shortReply()
	if promised, err := r.promiseInAWord(task, word); promised || err != nil {
		return err
	}
	files := filesOf(r.message)
	words := strings.TrimSpace(r.text)
	if len(files) == 0 && words == "" {
		return nil // a sticker: nothing that can stand in the history
	}
	if err := r.attach(task.Reference(), files); err != nil {
		return err
	}
	if words != "" {
		if err := r.record(task.Reference(), council.EventCommented, words); err != nil {
			return err
		}
		if err := r.passOn(task, words, word); err != nil {
			return err
		}
	}
	if task, err = r.heardOf(task); err != nil {
		return err
	}
	extra, err := r.standing(task)
	if err != nil {
		return err
	}
	if err := r.refreshCards(task, extra); err != nil {
		return err
	}
	if offered, err := r.offerForTask(task, word); offered || err != nil {
		return err
	}
	if r.private {
		return r.replyAbout(task.Reference().String(), cardTask, r.speak.Say("task.reply.comment", "Reference", task.Reference().String()))
	}
	return nil
}

// heardOf notes that an assignee gives a sign of life. That is no change of the
// task: it can be corrected and undone as before.
func (r *request) heardOf(task council.Task) (council.Task, error) {
	if !isAssignee(task, r.actor.ID) || task.State.Ended() {
		return task, nil
	}
	task = task.Stamp(task, r.actor.ID, r.now)
	if err := r.tx.SaveTask(task, r.now); err != nil {
		return task, err
	}
	return task, r.planCare(task)
}

// commentIsDate takes a reply as the date that the card asks for, when it is
// one. A date that has passed, or may be several, is asked about; words that
// are no date at all are a comment, unless just this person was asked.
func (r *request) commentIsDate(task council.Task) (bool, error) {
	if allowed, _ := council.May(r.actor, council.ActionReschedule, r.scope(task)); !allowed {
		return false, nil
	}
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if notFoundIsNil(err) != nil {
		return false, err
	}
	asked := err == nil && dialog.Kind == dialogDue && dialog.Data == task.Reference().String()
	if !asked && !task.DeadlineAsked {
		return false, nil
	}
	due := reading.ReadDue(r.text, r.readingContext())
	switch {
	case due.Outcome == reading.Found || due.NoDeadline:
		return true, r.setDue([]int64{task.Number}, due)
	case !asked && (due.Outcome == reading.None || due.Outcome == reading.Vague):
		return false, nil
	}
	return true, r.askDue(task, due, strings.TrimSpace(r.text))
}

// passOn sends what a coordinator writes on work that was handed in or sent
// back to those whose work it is, and what is written on an obstacle by those
// who met it to the coordinators.
func (r *request) passOn(task council.Task, words string, word replyWord) error {
	if r.isBlocked(task) {
		_, err := r.tellObstacle(task, words)
		return err
	}
	if r.aboutAs != cardCheck || !r.actor.Coordinates() || r.saysChecked(task, word) {
		return nil
	}
	for _, assignee := range task.Assignees {
		if assignee.MemberID == 0 || assignee.MemberID == r.actor.ID {
			continue
		}
		member, err := r.tx.Member(assignee.MemberID)
		if err != nil {
			return err
		}
		speak := r.speaker(member)
		text := speak.Say("task.notice.sent_back_words", "Person", greetPerson(speak, member), "Reference", task.Reference().String(), "Words", words)
		if _, err := r.tell(member, task.Reference().String(), cardTask, text); err != nil {
			return err
		}
	}
	return nil
}

// isBlocked tells whether the person is held up in a task: as an assignee, or
// as one of the group to which it is open.
func (r *request) isBlocked(task council.Task) bool {
	if own, found := task.Assignee(r.actor.ID); found {
		return own.State == council.TaskBlocked
	}
	_, open := promised(task)
	return open && task.State == council.TaskBlocked && !r.actor.Coordinates()
}
