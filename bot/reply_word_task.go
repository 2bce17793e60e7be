package bot

import (
	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// promiseInAWord takes "siap" from an assignee who has not promised yet as [Siap].
func (r *request) promiseInAWord(task council.Task, word replyWord) (promised bool, err error) {
	if word != wordAgreed {
		return false, nil
	}
	if _, err := task.Acknowledge(r.actor.ID); err != nil {
		return false, nil // nothing to promise: the word is a comment like any other
	}
	change := acknowledgeChange(r.actor.ID)
	change.words = r.text
	if task, err = r.changeTask(task.Number, change); err != nil || !r.private {
		return true, err // in a group the card says so
	}
	text := r.speak.Say("reply_word.promised", "Reference", task.Reference().String(), "Person", greetPerson(r.speak, r.actor.Member))
	return true, r.confirm([]council.Task{task}, text)
}

// wordsLookedBack is how far the history of a task is searched for what somebody said last.
const wordsLookedBack = 20

// editedComment takes a reply about a task anew whose words were changed, where a word or
// two were said, or are said now, and mean something else: "siap" that becomes "blm". Other
// words stay in the history as they came first. What was promised stays until it is undone.
func (r *request) editedComment(*models.Message) error {
	history, err := r.tx.History(r.about, 0, wordsLookedBack)
	if err != nil {
		return err
	}
	for _, before := range history {
		if before.MemberID != r.actor.ID || before.Words == "" {
			continue
		}
		if was := readReplyWord(before.Words); was != r.shortReply() {
			return r.comment()
		}
		return nil
	}
	return nil
}

// offerForTask offers what a short reply on a task may mean, once its words are kept.
func (r *request) offerForTask(task council.Task, word replyWord) (offered bool, err error) {
	key, rows := r.meantForTask(task, word)
	if len(rows) == 0 {
		return false, nil
	}
	reference := task.Reference()
	return true, r.offer(reference, cardTask, key, r.speak.Say("reply_word."+key, "Reference", reference.String()), rows...)
}

// meantForTask are the buttons for what somebody may mean who replies so to a task, and
// the key of the sentence before them.
func (r *request) meantForTask(task council.Task, word replyWord) (key string, rows [][]store.Button) {
	number, me := task.Number, r.actor.ID
	switch {
	case r.saysChecked(task, word):
		return "check", [][]store.Button{{button(r.speak, "accept", pressAccept, number), button(r.speak, "send_back", pressSendBack, number)}}
	case word.means(wordAgreed, wordCan, wordDone) && isOpenTo(task, me) && r.mayTask(council.ActionTake, task):
		return "take", [][]store.Button{{button(r.speak, "take", pressTake, number)}}
	case !isAssignee(task, me):
		return "", nil
	case word == wordCan && possible(task.Acknowledge(me)):
		return "can", [][]store.Button{{button(r.speak, "acknowledge", pressAcknowledge, number)}}
	case word == wordDone && possible(task.Submit(me)):
		return "done", [][]store.Button{{button(r.speak, "mark_done", pressSubmit, number)}}
	case word.means(wordNotYet, wordLater, wordCannot) && possible(task.Report(me, -1)):
		return "not_yet", r.troubleRows(task)
	}
	return "", nil
}

// saysChecked tells whether a coordinator says "ok" to work that was handed in: it is asked
// whether that means that it was checked, and nobody else is told of it.
func (r *request) saysChecked(task council.Task, word replyWord) bool {
	return r.aboutAs == cardCheck && r.actor.Coordinates() && task.State == council.TaskSubmitted && word.means(wordAgreed, wordGood, wordDone)
}

// troubleRows are the ways out for who is not done yet.
func (r *request) troubleRows(task council.Task) [][]store.Button {
	row := []store.Button{button(r.speak, "obstacle", pressObstacle, task.Number), button(r.speak, "remind_tomorrow", pressSnooze, task.Number)}
	if r.mayTask(council.ActionReschedule, task) {
		row = append([]store.Button{button(r.speak, "due", pressDue, task.Number)}, row...)
	}
	return [][]store.Button{row}
}

// mayTask tells whether the person may do this with a task.
func (r *request) mayTask(action council.Action, task council.Task) bool {
	allowed, _ := council.May(r.actor, action, r.scope(task))
	return allowed
}

// isOpenTo tells whether somebody could take a task that is nobody's yet.
func isOpenTo(task council.Task, memberID int64) bool {
	_, err := task.Take(memberID)
	return err == nil && !isAssignee(task, memberID)
}

func possible(_ council.Task, err error) bool { return err == nil }
