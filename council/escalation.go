package council

// secretaryFrom is the day from which an overdue task is also taken to the
// regional secretary where somebody below has been told before.
const secretaryFrom = 7

// Acting is a position together with the members who act in it today.
type Acting struct {
	Position
	Members []int64
}

// EscalateTask lists whom an overdue task of a group is taken to, so many days
// after its deadline: who is in charge of the group and the head of its office;
// the regional secretary when there is nobody of them, and from the seventh day on.
func EscalateTask(positions []Acting, groupID int64, days int) []int64 {
	var below, secretary []int64
	for _, position := range positions {
		switch {
		case position.Kind == PositionSecretary:
			secretary = append(secretary, position.Members...)
		case position.AnswersFor(groupID):
			below = append(below, position.Members...)
		}
	}
	if len(below) == 0 || days >= secretaryFrom {
		return append(below, secretary...)
	}
	return below
}

// EscalateEvaluation lists whom an evaluation that is not complete is taken to:
// the regional secretary, and the heads of offices where there is none.
func EscalateEvaluation(positions []Acting) []int64 {
	var heads, secretary []int64
	for _, position := range positions {
		switch position.Kind {
		case PositionSecretary:
			secretary = append(secretary, position.Members...)
		case PositionOfficeHead:
			heads = append(heads, position.Members...)
		}
	}
	if len(secretary) > 0 {
		return secretary
	}
	return heads
}
