package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// recommendationChange is one change: what the rules make of it, and how it is recorded.
type recommendationChange struct {
	event  council.EventKind
	words  string
	detail []string
	apply  func(council.Recommendation) (council.Recommendation, error)
}

func giveChange(ownerID int64, office string) recommendationChange {
	return recommendationChange{event: council.EventReassigned, detail: []string{"members", idText(ownerID)},
		apply: func(c council.Recommendation) (council.Recommendation, error) { return c.Give(ownerID, office) }}
}

func scheduleChange(due council.Deadline) recommendationChange {
	change := recommendationChange{event: council.EventDeadline,
		apply: func(c council.Recommendation) (council.Recommendation, error) { return c.Schedule(due) }}
	if !due.IsZero() {
		change.detail = []string{"deadline", due.At.Format(time.RFC3339)}
	}
	return change
}

func endChange(state council.RecommendationState, reason string, now time.Time) recommendationChange {
	event := council.EventClosed
	if state == council.RecommendationDropped {
		event = council.EventCancelled
	}
	reason = plainLine(reason)
	return recommendationChange{event: event, words: reason, apply: func(c council.Recommendation) (council.Recommendation, error) {
		if err := recommendationFits(reason); err != nil {
			return c, err
		}
		return c.End(state, reason, now)
	}}
}

// changeRecommendation makes a change of a recommendation and keeps for ten minutes how
// it was.
func (r *request) changeRecommendation(number int64, change recommendationChange) (council.Recommendation, error) {
	if err := r.mayInPlace(council.ActionRecommendation); err != nil {
		return council.Recommendation{}, err
	}
	before, err := r.findRecommendation(number)
	if err != nil {
		return before, err
	}
	after, err := change.apply(before)
	if err != nil {
		return before, err
	}
	if err := r.keepRecommendation(after, change.event, change.words, change.detail...); err != nil {
		return before, err
	}
	undo := store.Undo{Subject: after.Reference().String(), MemberID: r.actor.ID, Version: after.Version, ChangedAt: r.now}
	if after.OwnerID != 0 && after.OwnerID != r.actor.ID && (after.OwnerID != before.OwnerID || after.Due != before.Due) {
		undo.Told = []int64{after.OwnerID}
	}
	return after, r.tx.KeepUndo(undo, before)
}

// keepRecommendation keeps what a change has made of it, with the record and the
// reminders, and brings up to date what was said of it today.
func (r *request) keepRecommendation(recommendation council.Recommendation, event council.EventKind, words string, detail ...string) error {
	if err := r.tx.SaveRecommendation(recommendation); err != nil {
		return err
	}
	if err := r.record(recommendation.Reference(), event, words, detail...); err != nil {
		return err
	}
	stay := func(reminder council.Reminder) bool { return recommendation.Stays(reminder, r.now, r.city.Timing) }
	planned := council.PlanRecommendation(recommendation, r.now, r.city.Timing)
	if err := r.tx.PlanReminders(recommendation.Reference(), planned, stay); err != nil {
		return err
	}
	return r.refreshDigests(recommendation.Reference())
}

// tellRecommendation makes a change that was written, tells whoever is in charge, and
// shows what came of it.
func (r *request) tellRecommendation(number int64, step, words string) error {
	change, err := r.readRecommendationChange(step, words)
	if err != nil {
		return err
	}
	return r.changeAndShow(number, change, step == recommendationOwner || step == recommendationDue)
}

// changeAndShow makes a change and shows it with the way back, in the place of the
// message that was pressed if it was about recommendations.
func (r *request) changeAndShow(number int64, change recommendationChange, tell bool) error {
	after, err := r.changeRecommendation(number, change)
	if err != nil {
		return err
	}
	if tell {
		if err := r.tellInCharge(number); err != nil {
			return err
		}
	}
	text, rows, err := r.recommendationPage(after)
	if err != nil {
		return err
	}
	rows = append(rows, []store.Button{button(r.speak, "undo", pressRecommendation, recommendationUndo, after.Number, after.Version)})
	reference := after.Reference().String()
	if r.press == nil {
		return r.replyAbout(reference, aboutRecommendation, text, rows...)
	}
	return r.editIndicators(reference, aboutRecommendation, text, rows...)
}

// tellInCharge tells the member in charge what is expected, and until when.
func (r *request) tellInCharge(number int64) error {
	recommendation, err := r.findRecommendation(number)
	if err != nil || recommendation.OwnerID == 0 || recommendation.OwnerID == r.actor.ID {
		return err
	}
	member, err := r.tx.Member(recommendation.OwnerID)
	if err != nil {
		return err
	}
	speak := r.speaker(member)
	due := speak.Say("task.card.no_deadline")
	if !recommendation.Due.IsZero() {
		due = r.deadlineIn(speak, recommendation.Due)
	}
	text := speak.Say("recommendation.in_charge", "Person", greetPerson(speak, member), "Reference", recommendation.Reference().String(),
		"Text", shorten(recommendation.Text, cardTitleLimit), "Due", due)
	see := store.Button{Text: recommendation.Reference().String(), Data: data(pressRecommendation, recommendationOpen, recommendation.Number)}
	_, err = r.tell(member, recommendation.Reference().String(), aboutRecommendation, text, []store.Button{see})
	return err
}

// measureRecommendation sets what is counted for it.
func (r *request) measureRecommendation(number int64, word string) error {
	measure := council.Measure(word)
	if word == "none" {
		measure = council.MeasureNone
	}
	change := recommendationChange{event: council.EventSetting, detail: []string{"measure", word},
		apply: func(c council.Recommendation) (council.Recommendation, error) { return c.MeasureBy(measure) }}
	return r.changeAndShow(number, change, false)
}

// linkRecommendation lets the things that words name point to it, or no more.
func (r *request) linkRecommendation(number int64, words string, apart bool) error {
	subjects, err := r.thingsNamed(words, !apart)
	if err != nil {
		return err
	}
	names := make([]string, len(subjects))
	for i, subject := range subjects {
		names[i] = subject.String()
	}
	change := recommendationChange{event: council.EventPointed, detail: []string{"subjects", strings.Join(names, ",")},
		apply: func(c council.Recommendation) (council.Recommendation, error) { return c.Link(subjects, r.now) }}
	if apart {
		change.event = council.EventUnpointed
		change.apply = func(c council.Recommendation) (council.Recommendation, error) { return c.Unlink(subjects) }
	}
	return r.changeAndShow(number, change, false)
}

// thingsNamed reads references, each once; where they must be there, each is looked for.
func (r *request) thingsNamed(words string, there bool) (subjects []council.Reference, err error) {
	for _, word := range strings.FieldsFunc(words, func(letter rune) bool { return letter == ',' || letter == ' ' || letter == '\n' }) {
		subject, is := council.ParseReference(word)
		if !is || slices.Contains(subjects, subject) {
			continue
		}
		if there {
			if err := r.isThere(subject); err != nil {
				return nil, err
			}
		}
		subjects = append(subjects, subject)
	}
	if len(subjects) == 0 {
		return nil, council.Refuse("recommendation_which")
	}
	return subjects, nil
}

// isThere refuses what there is not.
func (r *request) isThere(subject council.Reference) (err error) {
	switch subject.Letter {
	case council.TaskLetter:
		_, err = r.tx.Task(subject.Number)
	case council.IdeaLetter:
		_, err = r.tx.Idea(subject.Number)
	case council.QuestionLetter:
		_, err = r.tx.Question(subject.Number)
	case council.MeetingLetter:
		_, err = r.tx.Meeting(subject.Number)
	}
	if errors.Is(err, store.ErrNotFound) {
		return council.Refuse("no_such_thing", "Reference", subject.String())
	}
	return err
}

// undoLastRecommendation is /urungkan R-1.
func (r *request) undoLastRecommendation(number int64) error {
	restored, err := r.undoRecommendation(number, 0)
	if err != nil {
		return err
	}
	return r.replyAbout(restored.Reference().String(), aboutRecommendation, r.speak.Say("recommendation.undone", "Reference", restored.Reference().String()))
}

// undoRecommendation puts a recommendation back to where it was before its last change,
// within ten minutes, and when nothing has happened since. The version is the one that
// the change made; 0 means whichever was last.
func (r *request) undoRecommendation(number, version int64) (council.Recommendation, error) {
	if err := r.mayInPlace(council.ActionRecommendation); err != nil {
		return council.Recommendation{}, err
	}
	current, err := r.findRecommendation(number)
	if err != nil {
		return current, err
	}
	reference := current.Reference().String()
	var before council.Recommendation
	undo, err := r.lastUndo(reference, &before)
	switch {
	case err != nil:
		return current, err
	case undo.Version != current.Version || version != 0 && version != undo.Version:
		return current, council.Refuse("undo_changed_since", "Reference", reference)
	}
	before.Version = current.Version + 1
	if err := r.tx.ForgetUndo(reference); err != nil {
		return current, err
	}
	if err := r.keepRecommendation(before, council.EventUndone, ""); err != nil {
		return current, err
	}
	for _, id := range undo.Told {
		member, err := r.tx.Member(id)
		if err != nil {
			return current, err
		}
		speak := r.speaker(member)
		text := speak.Say("recommendation.undone_notice", "Person", greetPerson(speak, member), "Reference", reference)
		if _, err := r.tell(member, reference, aboutRecommendation, text); err != nil {
			return current, err
		}
	}
	return before, nil
}
