package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// actQuestion does what the bot does of its own accord about a question: past its
// target the asker is told to which offices it has been taken.
func (r *request) actQuestion(due council.Reminder) error {
	question, err := r.question(due.Subject.Number)
	if err != nil {
		return err
	}
	above, err := r.above()
	if err != nil {
		return err
	}
	taken, err := r.takenTo(question, above)
	if err != nil {
		return err
	}
	if escalated, done := question.Escalate(r.now); done && len(taken) > 0 {
		question = escalated
		if err := r.keepQuestion(question, council.EventEscalated, ""); err != nil {
			return err
		}
	}
	_, err = r.sayToAsker(question, cardAsked, func(speak speaker) string {
		if len(taken) == 0 {
			return speak.Say("question_late.tried", "Reference", question.Reference().String())
		}
		return speak.Say("question_late.taken", "Reference", question.Reference().String(), "Offices", r.offices(speak, above, taken))
	}, nil)
	return err
}

// aboveAll are those to whom something may be taken today.
type aboveAll struct {
	positions []council.Acting
	leaders   []int64 // by role
}

func (r *request) above() (above aboveAll, err error) {
	if above.positions, err = r.tx.Acting(r.day()); err != nil {
		return above, err
	}
	above.leaders, err = r.tx.LeadersByRole(r.day())
	return above, err
}

// takenTo lists whom a question past its target is taken to today and who can be
// written to: the same as hear of it.
func (r *request) takenTo(question council.Question, above aboveAll) ([]int64, error) {
	return r.reachedAbove(func(coordinators []int64) []int64 {
		return council.EscalateQuestion(question, above.positions, above.leaders, coordinators)
	})
}

// reachedAbove lists those to whom something is taken and who can be written to;
// escalate finds them, given the coordinators.
func (r *request) reachedAbove(escalate func(coordinators []int64) []int64) ([]int64, error) {
	members, err := coordinators(r.tx)
	if err != nil {
		return nil, err
	}
	taken, err := membersOf(r.tx, escalate(memberIDs(members)))
	var reached []int64
	for _, member := range taken {
		if member.Reach == council.ReachOpen && member.TelegramID != 0 {
			reached = append(reached, member.ID)
		}
	}
	return reached, err
}

// offices names the offices in which people act today, and no person: it may stand
// in a group.
func (r *request) offices(speak speaker, above aboveAll, members []int64) string {
	var offices []string
	for _, id := range members {
		office := speak.Say("question_late.coordinator")
		if position, holding, found := council.HighestOffice(above.positions, id); found {
			office = r.officeName(r.tx, speak, position, holding)
		} else if slices.Contains(above.leaders, id) {
			office = speak.Say("question_late.leader")
		}
		if !slices.Contains(offices, office) {
			offices = append(offices, office)
		}
	}
	return strings.Join(offices, ", ")
}
