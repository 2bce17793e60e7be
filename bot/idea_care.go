package bot

import (
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
	return r.tellIdeaPeople(family.Submitters(), idea, func(speak locale.Speaker, member council.Member) string {
		return speak.Say(key, "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit),
			"Person", greetPerson(speak, member), "Offices", r.offices(speak, above, taken), "State", ideaStateName(speak, idea))
	})
}

// ideaTakenTo lists whom an idea past its target is taken to today and who can be
// written to: the same as hear of it.
func (r *request) ideaTakenTo(family council.IdeaFamily, above aboveAll) ([]int64, error) {
	members, err := coordinators(r.tx)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(members))
	for i, member := range members {
		ids[i] = member.ID
	}
	taken, err := membersOf(r.tx, council.EscalateIdea(family, above.positions, above.leaders, ids))
	var reached []int64
	for _, member := range taken {
		if member.Reach == council.ReachOpen && member.TelegramID != 0 {
			reached = append(reached, member.ID)
		}
	}
	return reached, err
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
