package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// undo is /urungkan, of a thing named or of the person's last change.
func (r *request) undo() error {
	if err := r.may(council.ActionUndo, council.Scope{}); err != nil {
		return err
	}
	if r.namesWhatStays() {
		return council.Refuse("nothing_to_undo")
	}
	references, _ := r.references()
	if len(references) == 0 {
		if undone, err := r.undoLastHandover(); err != nil || undone {
			return err
		}
	}
	if named := r.pollNamed(); named != 0 {
		return r.undoPoll(named)
	}
	if named := r.promptToUndo(); named != 0 {
		return r.undoPrompt(named)
	}
	if named, _ := r.questionNamed(); named != 0 {
		return r.undoLastQuestion(named)
	}
	if named, _ := r.ideaNamed(); named != 0 {
		return r.undoLastIdea(named)
	}
	if named, _ := r.meetingNamed(); named != 0 {
		return r.undoOfMeeting(named)
	}
	if named, _ := r.recommendationNamed(); named != 0 {
		return r.undoLastRecommendation(named)
	}
	if named := r.reminderNamed(); named != 0 {
		return r.undoReminder(named)
	}
	if named, _ := r.announcementNamed(); named != 0 {
		return r.undoAnnouncement(named)
	}
	if len(references) == 0 {
		last, err := r.lastChanged()
		if err != nil {
			return err
		}
		references = append(references, last)
		if last.Letter == council.TaskLetter {
			if undone, err := r.undoIndicatorTasks(last.Number); err != nil || undone {
				return err
			}
		}
	}
	return r.undoLastOf(references[0])
}

// namesWhatStays tells whether something is named, or replied to, that is said or asked
// for good: then the person means that, and not what was changed last.
func (r *request) namesWhatStays() bool {
	named := r.about
	if word, _ := firstWord(strings.TrimSpace(r.text)); word != "" {
		named, _ = council.ParseReference(word)
	}
	return named.Letter == council.PrivacyRequestLetter || named.Letter == council.OfficialLetter
}

// undoLastOf undoes the last change of a thing.
func (r *request) undoLastOf(thing council.Reference) error {
	switch thing.Letter {
	case council.EvaluationLetter:
		return r.undoEvaluation(thing)
	case council.SheetLetter:
		return r.undoIndicators(thing.Number)
	case council.HolidayYearLetter:
		return r.undoHolidays(thing)
	case council.PollLetter:
		return r.undoPoll(thing.Number)
	case council.PromptLetter:
		return r.undoPrompt(thing.Number)
	case council.OwnReminderLetter:
		return r.undoReminder(thing.Number)
	case council.QuestionLetter:
		return r.undoLastQuestion(thing.Number)
	case council.LeaveLetter:
		return r.undoOwnLeave()
	case council.QuietLetter, council.GroupQuietLetter:
		return r.undoOwnQuiet(thing)
	case council.PositionLetter:
		return r.undoLastPosition(thing.Number)
	case council.RhythmLetter:
		return r.undoLastRhythm()
	case council.SettingLetter:
		return r.undoLastSetting(thing.Number)
	case council.AnnouncementLetter:
		return r.undoAnnouncement(thing.Number)
	case council.IdeaLetter:
		return r.undoLastIdea(thing.Number)
	case council.RecommendationLetter:
		return r.undoLastRecommendation(thing.Number)
	case council.MeetingLetter:
		return r.undoLastMeeting(thing.Number)
	case council.MinuteLetter:
		return r.undoLastMinutes(thing.Number)
	case council.AttendeeLetter:
		return r.undoLastAttendance(thing.Number)
	case council.EvidenceLetter:
		return r.undoLastEvidence(thing.Number)
	case council.TaskLetter:
		return r.undoLastTask(thing.Number)
	}
	return council.Refuse("nothing_to_undo")
}

func (r *request) undoLastTask(number int64) error {
	task, err := r.undoTask(number, 0)
	if err != nil {
		return err
	}
	return r.replyAbout(task.Reference().String(), cardTask, r.taskUndoneText(task))
}

func (r *request) taskUndoneText(task council.Task) string {
	return r.speak.Say("task.reply.undone", "Reference", task.Reference().String(), "State", r.speak.Say("task.state."+string(task.State)))
}

// lastChanged is what the person changed last.
func (r *request) lastChanged() (council.Reference, error) {
	subject, err := r.tx.LastUndoOf(r.actor.ID)
	if notFoundIsNil(err) != nil {
		return council.Reference{}, err
	}
	reference, ok := council.ParseKept(subject)
	if !ok {
		return reference, council.Refuse("nothing_to_undo")
	}
	return reference, nil
}

// pressUndo undoes the change that the button stands beside. A message that
// confirmed only this change says afterwards that it is undone.
func (r *request) pressUndo(arguments pressArguments) error {
	task, err := r.undoTask(arguments.number(0), arguments.number(1))
	if err != nil {
		return err
	}
	reference := task.Reference().String()
	isCard, err := r.onCard()
	if err != nil {
		return err
	}
	subject, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if notFoundIsNil(err) != nil {
		return err
	}
	severalConfirmed := subject == "" && about == cardTask
	if !isCard && !severalConfirmed && about != cardCheck {
		if err := r.edit(r.taskUndoneText(task)); err != nil {
			return err
		}
	}
	if err := r.refreshPressed(); err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast.undone", "Reference", reference))
}

// undoTask puts a task back to where it was before its last change, when that
// was the person's own, within ten minutes, and nothing has happened since. The
// version is the one that the change made; 0 means whichever was last.
func (r *request) undoTask(number, version int64) (council.Task, error) {
	current, err := r.task(number, council.ActionSeeTask)
	if err != nil {
		return current, err
	}
	reference := current.Reference().String()
	var before council.Task
	undo, err := r.lastUndo(reference, &before)
	switch {
	case err != nil:
		return current, err
	case undo.MemberID != r.actor.ID && !r.actor.Coordinates():
		return current, council.Refuse("nothing_to_undo")
	case undo.Version != current.Version || version != 0 && version != undo.Version:
		return current, council.Refuse("undo_changed_since", "Reference", reference)
	}
	if before, err = r.restoreTies(before, current); err != nil {
		return current, err
	}
	before.Version = current.Version + 1
	if err := r.tx.ForgetUndo(reference); err != nil {
		return current, err
	}
	if err := r.keepTask(current, before, taskChange{event: council.EventUndone}); err != nil {
		return current, err
	}
	if err := errors.Join(r.withdrawHandedIn(current, before, undo.ChangedAt), r.unpointUndone(before)); err != nil {
		return current, err
	}
	if err := r.refreshCards(before, cardExtra{}); err != nil {
		return current, err
	}
	if err := r.tellUndone(before, undo.Told); err != nil {
		return current, err
	}
	return before, r.withdrawNext(current, before)
}

// lastUndo reads into before what the last change of a thing can be undone to,
// unless there was none or it was too long ago.
func (r *request) lastUndo(subject string, before any) (store.Undo, error) {
	undo, err := r.tx.LastUndo(subject, before)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return undo, council.Refuse("nothing_to_undo")
	case err == nil && r.now.Sub(undo.ChangedAt) > undoTime:
		return undo, council.Refuse("undo_too_late", "Reference", subject)
	}
	return undo, err
}

// tellUndone tells of the undoing whoever was told of the change.
func (r *request) tellUndone(task council.Task, told []int64) error {
	members, err := r.others(membersOf(r.tx, told))
	if err != nil {
		return err
	}
	_, err = r.tellEach(members, task.Reference().String(), cardTask, func(speak speaker, member council.Member) (string, [][]store.Button, error) {
		return speak.Say("task.notice.undone", "Person", greetPerson(speak, member),
			"Reference", task.Reference().String(), "State", speak.Say("task.state."+string(task.State))), nil, nil
	})
	return err
}
