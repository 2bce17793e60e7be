package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// tellIdeaLate tells those who gave an idea, once for each target, that it takes longer
// than promised and to whom it was taken.
func (r *request) tellIdeaLate(idea council.Idea, due council.Reminder) error {
	above, err := r.above()
	if err != nil {
		return err
	}
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return err
	}
	taken, err := r.ideaTakenTo(family, above)
	if err != nil {
		return err
	}
	if err := r.record(idea.Reference(), council.EventEscalated, "", "step", string(due.Step)); err != nil {
		return err
	}
	key := "idea_late.tried"
	if len(taken) > 0 {
		key = "idea_late.taken"
	}
	say := func(speak locale.Speaker) string {
		return speak.Say(key, "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit),
			"Offices", r.offices(speak, above, taken))
	}
	err = r.tellIdeaPeople(family.Submitters(), idea, func(speak locale.Speaker, member council.Member) string {
		return speak.Say("idea_late.to", "Person", greetPerson(speak, member), "Text", say(speak))
	})
	return errors.Join(err, r.sayForUnreached(family, say))
}

// sayForUnreached says something in the groups in which those gave an idea who cannot
// be written to; nobody is named.
func (r *request) sayForUnreached(family council.IdeaFamily, say func(locale.Speaker) string) error {
	told := make(map[int64]bool)
	for _, one := range family.Ideas() {
		member, err := r.tx.Member(one.SubmitterID)
		if err != nil {
			return err
		}
		if r.hears(member, cardIdeaGiven) || told[one.FromGroup] {
			continue
		}
		told[one.FromGroup] = true
		group, reached, err := r.groupReached(one.FromGroup)
		if err != nil {
			return err
		}
		if !reached {
			continue
		}
		if err := r.queueIn(group, one.Reference().String(), cardIdeaGiven, say(r.book.In(group.Language))); err != nil {
			return err
		}
	}
	return nil
}

// ideaTakenTo lists whom an idea past its target is taken to today and who can be
// written to: the same as hear of it.
func (r *request) ideaTakenTo(family council.IdeaFamily, above aboveAll) ([]int64, error) {
	return r.reachedAbove(func(coordinators []int64) []int64 {
		return council.EscalateIdea(family, above.positions, above.leaders, coordinators)
	})
}

// ideaProgress is where an idea stands, in one line, with what follows and by when:
// what it waits for, the tasks that come of it, or what is said about its trial.
func (r *request) ideaProgress(speak locale.Speaker, idea council.Idea) (string, error) {
	stands, day := ideaStanding(speak, idea), ""
	switch {
	case idea.Held != council.HeldNot:
		return stands, nil
	case idea.State == council.IdeaTrial || idea.State == council.IdeaAdopted:
		return r.trialStanding(speak, idea)
	case idea.State == council.IdeaApproved:
		return r.ideaTasksLine(speak, idea)
	case idea.State == council.IdeaSubmitted:
		day = shortDay(speak, idea.ReviewBy.In(r.city.Zone))
	case idea.State == council.IdeaUnderReview || idea.State == council.IdeaDeliberated:
		day = shortDay(speak, idea.DecideBy.In(r.city.Zone))
	default:
		return stands, nil
	}
	return speak.Say("idea_care.by."+string(idea.State), "State", stands, "Day", day), nil
}
