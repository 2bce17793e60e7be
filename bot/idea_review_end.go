package bot

import (
	"errors"
	"strconv"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// endReview takes up the date until which an idea is scored: where too few have done
// so, the card says that, and the coordinators are asked what follows.
func (r *request) endReview(idea council.Idea, due council.Reminder) error {
	if idea.State != council.IdeaUnderReview || !idea.Review.Until.Equal(due.Anchor) {
		return nil // settled, or moved
	}
	_, scorers, err := r.scored(idea)
	if err != nil {
		return err
	}
	if scorers >= idea.Review.Quorum {
		return r.deliberate(idea)
	}
	if err := r.refreshIdea(idea.Number); err != nil {
		return err
	}
	return r.tellCoordinators(idea.Reference().String(), cardIdeaGiven, func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		text := speak.Say("idea_review.quorum_missing_told", "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit),
			"N", scorers, "Quorum", idea.Review.Quorum)
		return text, [][]store.Button{{button(speak, "idea_review_longer", pressIdea, ideaReviewLonger, idea.Number),
			button(speak, "idea_review_end", pressIdea, ideaReviewEnd, idea.Number)}}, nil
	})
}

// pressReviewLonger gives the council as long again as a review usually takes.
func (r *request) pressReviewLonger(number int64, _ pressArguments) error {
	idea, err := r.standsFor(number)
	if err != nil {
		return err
	}
	if idea.Review.Until.After(r.now) { // somebody has given it longer already
		return r.stale()
	}
	usual := council.UsualReview(1, nil, r.now, r.city.Timing.Calendar)
	return r.extendReview(idea, usual.Until)
}

// extendNamed is /telaah I-1 sampai Jumat, for a review that goes on.
func (r *request) extendNamed(idea council.Idea, words string) error {
	due := reading.FindDue(words, r.readingContext())
	if due.Time.IsZero() || due.Outcome != reading.Found && due.Outcome != reading.Past {
		return r.reply(r.speak.Say("idea_review.how"))
	}
	return r.extendReview(idea, due.Time.UTC())
}

// extendReview lets the council score until a later date.
func (r *request) extendReview(before council.Idea, until time.Time) error {
	if err := r.may(council.ActionReviewIdea, council.Scope{}); err != nil {
		return err
	}
	idea, err := before.ExtendReview(until, r.now)
	if err != nil {
		return err
	}
	if err := r.keepIdeaAs(idea, council.EventExtended, "", "until", strconv.FormatInt(until.Unix(), 10)); err != nil {
		return err
	}
	if err := r.canUndoIdea(before, idea); err != nil {
		return err
	}
	text := r.speak.Say("idea_review.extended", "Reference", idea.Reference().String(), "Until", r.momentLeft(until))
	if r.press == nil {
		return r.replyAbout(idea.Reference().String(), cardIdeaGiven, text, r.undoIdeaRow(idea))
	}
	return errors.Join(r.edit(text, r.undoIdeaRow(idea)), r.toast(""))
}

// pressReviewEnd ends a round with as many scores as there are.
func (r *request) pressReviewEnd(number int64, _ pressArguments) error {
	if err := r.may(council.ActionReviewIdea, council.Scope{}); err != nil {
		return err
	}
	before, err := r.standsFor(number)
	if err != nil {
		return err
	}
	if err := r.deliberate(before); err != nil {
		return err
	}
	idea, err := r.idea(before.Number)
	if err != nil {
		return err
	}
	if err := r.canUndoIdea(before, idea); err != nil {
		return err
	}
	text := r.speak.Say("idea_review.ended", "Reference", idea.Reference().String())
	return errors.Join(r.edit(text, decisionRow(r.speak, idea), r.undoIdeaRow(idea)), r.toast(""))
}

// reviewRow opens a review, for a coordinator who reads an idea; for others who may
// score it, the sheet.
func (r *request) reviewRow(idea council.Idea, family council.IdeaFamily) []store.Button {
	switch {
	case idea.State == council.IdeaSubmitted && r.actor.Coordinates():
		return []store.Button{button(r.speak, "idea_review", pressIdea, ideaReview, idea.Number)}
	case idea.Number == family.Root.Number && r.mayScore(family) == nil:
		return []store.Button{button(r.speak, "idea_score", pressIdea, ideaScore, idea.Number)}
	}
	return nil
}

// mayUndoDecision refuses to take a decision back of which a task has come.
func (r *request) mayUndoDecision(current, before council.Idea) error {
	if current.State != council.IdeaApproved || before.State == council.IdeaApproved {
		return nil
	}
	family, err := r.tx.IdeaFamily(current.Number)
	if err != nil {
		return err
	}
	tasks, err := r.openTasks(family)
	if err != nil || len(tasks) == 0 {
		return err
	}
	return council.Refuse("idea_task_undo", "Reference", current.Reference().String(), "Task", tasks[0].Reference().String())
}

// reviewChanged tells whether a change was one of the council's, of which everybody
// hears.
func reviewChanged(was, before council.Idea) bool {
	decided := !was.Decision.At.Equal(before.Decision.At) && was.State != council.IdeaTrial && before.State != council.IdeaTrial
	return decided || !was.Review.OpenedAt.Equal(before.Review.OpenedAt) || was.State == council.IdeaDeliberated
}

// tellReviewUndone tells everybody who was told of a change of an idea that it was
// taken back; the groups it came from, too, where they heard of a decision.
func (r *request) tellReviewUndone(was, now council.Idea) error {
	if was.State == council.IdeaApproved && was.Decision.ToldAt.IsZero() {
		return nil // nobody has been told
	}
	family, err := r.tx.IdeaFamily(now.Number)
	if err != nil {
		return err
	}
	say := func(speak locale.Speaker, _ council.Member) string {
		return speak.Say("idea.undone", "Reference", now.Reference().String(), "State", ideaStateName(speak, now))
	}
	if err := r.tellIdeaPeople(family.People(), now, say); err != nil || was.Decision.At.Equal(now.Decision.At) {
		return err
	}
	return r.sayWhereGiven(family, func(speak locale.Speaker, _ string) string { return say(speak, council.Member{}) })
}
