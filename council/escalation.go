package council

import "slices"

// secretaryFrom is the day from which an overdue task is also taken to the
// regional secretary where somebody below has been told before.
const secretaryFrom = 7

// Acting is a position together with who acts in it today.
type Acting struct {
	Position
	Holdings []Holding
}

// Members are those who act in the position.
func (a Acting) Members() []int64 {
	members := make([]int64, len(a.Holdings))
	for i, holding := range a.Holdings {
		members[i] = holding.MemberID
	}
	return members
}

// Escalate lists whom a reminder for leaders is taken to, each once: those who act
// in the positions above a task, which is left out for an evaluation, and the
// leaders who hold no position.
func Escalate(reminder Reminder, task Task, positions []Acting, leaders []int64) []int64 {
	above := escalateEvaluation(positions)
	if reminder.Subject.Letter == TaskLetter {
		days, _ := reminder.Step.Days()
		above = escalateTask(positions, task, days)
	}
	told := slices.Concat(leaders, above)
	slices.Sort(told)
	return slices.Compact(told)
}

// escalateTask lists whom an overdue task is taken to, so many days after its
// deadline: who is in charge of each of its groups and the head of its office;
// the regional secretary when there is nobody of them, and from the seventh day on.
func escalateTask(positions []Acting, task Task, days int) []int64 {
	var below, secretary []int64
	for _, position := range positions {
		switch {
		case position.Kind == PositionSecretary:
			secretary = append(secretary, position.Members()...)
		case position.AnswersFor(task.GroupID), slices.ContainsFunc(task.Partners, position.AnswersFor):
			below = append(below, position.Members()...)
		}
	}
	if len(below) == 0 || days >= secretaryFrom {
		return append(below, secretary...)
	}
	return below
}

// escalateEvaluation lists whom an evaluation that is not complete is taken to:
// the regional secretary, and the heads of offices where there is none.
func escalateEvaluation(positions []Acting) []int64 {
	var heads, secretary []int64
	for _, position := range positions {
		switch position.Kind {
		case PositionSecretary:
			secretary = append(secretary, position.Members()...)
		case PositionOfficeHead:
			heads = append(heads, position.Members()...)
		}
	}
	if len(secretary) > 0 {
		return secretary
	}
	return heads
}

// StandsAbove finds the position that stands above whoever has a task: the head of the
// office that answers for its group, where nobody acts as that who is in charge there.
// It is nobody's who has the task, nor the leader's who asks.
func StandsAbove(task Task, positions []Acting, leaderID int64) (Position, bool) {
	for _, kind := range []PositionKind{PositionOfficeHead, PositionInCharge} {
		for _, position := range positions {
			own := slices.ContainsFunc(position.Members(), func(id int64) bool {
				_, has := task.Assignee(id)
				return has || id == leaderID
			})
			if position.Kind == kind && position.GroupID != 0 && position.GroupID == task.GroupID && len(position.Holdings) > 0 && !own {
				return position.Position, true
			}
		}
	}
	return Position{}, false
}

// HighestOffice finds the highest position in which a member acts.
func HighestOffice(positions []Acting, memberID int64) (position Position, holding Holding, found bool) {
	for _, acting := range positions {
		at := slices.IndexFunc(acting.Holdings, func(h Holding) bool { return h.MemberID == memberID })
		if at < 0 || found && rank(acting.Kind) <= rank(position.Kind) {
			continue
		}
		position, holding, found = acting.Position, acting.Holdings[at], true
	}
	return position, holding, found
}

func rank(kind PositionKind) int { return slices.Index(PositionKinds, kind) }
