package scheduler

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// standing is an evaluation with how far it is prepared, as of this tick.
type standing struct {
	council.Evaluation
	preparation
	owners []int64 // with something to do still; nil until they are needed
}

// preparation is how far an evaluation is prepared, in all and by dimension.
type preparation struct {
	store.Preparation
	dimensions []council.DimensionCount
}

// prepared is how far evaluations were prepared when the first of several ticks asked. It
// holds for those that follow at once: what is said waits longer than that to be sent, and to
// count thousands of tasks in each of them would keep whoever writes meanwhile.
type prepared map[int64]struct {
	version int64 // of the evaluation
	preparation
}

func (t *tick) evaluation(number int64) (*standing, error) {
	if known, found := t.evaluations[number]; found {
		return known, nil
	}
	evaluation, err := t.tx.Evaluation(number)
	if err != nil {
		return nil, err
	}
	now := &standing{Evaluation: evaluation}
	if now.preparation, err = t.preparationOf(evaluation); err != nil {
		return nil, err
	}
	t.evaluations[number] = now
	return now, nil
}

func (t *tick) preparationOf(evaluation council.Evaluation) (preparation, error) {
	known, found := t.prepared[evaluation.Number]
	if found && known.version == evaluation.Version {
		return known.preparation, nil
	}
	var err error
	known.version = evaluation.Version
	if known.Preparation, err = t.tx.Preparation(evaluation, t.now); err != nil {
		return known.preparation, err
	}
	if known.dimensions, err = t.tx.PreparedByDimension(known.Preparation); err == nil && t.prepared != nil {
		t.prepared[evaluation.Number] = known
	}
	return known.preparation, err
}

// owners lists those with something to do still for an evaluation; of a reminder for one
// member alone, that member and whoever does the same.
func (t *tick) owners(reminder council.Reminder) ([]int64, error) {
	evaluation, err := t.evaluation(reminder.Subject.Number)
	if err != nil {
		return nil, err
	}
	if reminder.MemberID != 0 { // one of thousands: the others are not looked through for each
		tasks := evaluation.Tasks
		tasks.MemberID = reminder.MemberID
		return t.tx.OpenOwners(tasks)
	}
	if evaluation.owners == nil {
		evaluation.owners, err = t.tx.OpenOwners(evaluation.Tasks)
	}
	return evaluation.owners, err
}

// audience lists those whom a reminder is for. One that names a member is for
// that member alone, who must still be among them; the common one is not for
// those who have one of their own.
func (t *tick) audience(reminder council.Reminder) ([]recipient, error) {
	if to, alone := namedIn(reminder); alone {
		return []recipient{to}, nil
	}
	if reminder.Audience == council.ToBot {
		return t.hearers(reminder)
	}
	members, err := t.members(reminder)
	if err != nil {
		return nil, err
	}
	var alone []int64
	if reminder.MemberID == 0 {
		if alone, err = t.tx.RemindedAlone(reminder); err != nil {
			return nil, err
		}
	}
	var recipients []recipient
	for _, id := range members {
		if id == reminder.MemberID || reminder.MemberID == 0 && !slices.Contains(alone, id) {
			recipients = append(recipients, recipient{memberID: id})
		}
	}
	return recipients, nil
}

// namedIn is whom a reminder names that is for one person or one group alone.
func namedIn(reminder council.Reminder) (to recipient, alone bool) {
	switch reminder.Audience {
	case council.ToGroup:
		return recipient{groupID: reminder.GroupID}, true
	case council.ToAssignee, council.ToMember, council.ToInCharge:
		return recipient{memberID: reminder.MemberID}, true
	}
	return recipient{}, false
}

// members lists those whom a reminder is for that names nobody.
func (t *tick) members(reminder council.Reminder) ([]int64, error) {
	if reminder.Subject.Letter == council.QuestionLetter {
		return t.questionMembers(reminder)
	}
	if reminder.Subject.Letter == council.IdeaLetter && reminder.Audience == council.ToLeader {
		return t.aboveIdea(reminder.Subject.Number)
	}
	switch reminder.Audience {
	case council.ToInvited:
		return t.invited(reminder)
	case council.ToOwner:
		return t.owners(reminder)
	case council.ToSilent:
		return t.silent(reminder)
	case council.ToScorer:
		return t.unscored(reminder.Subject.Number)
	case council.ToCoordinator:
		return t.holders(council.RoleCoordinator)
	case council.ToLeader:
		return t.leaders(reminder)
	}
	return nil, nil
}

// silent lists those who have not answered a prompt.
func (t *tick) silent(reminder council.Reminder) ([]int64, error) {
	prompt, err := t.tx.Prompt(reminder.Subject.Number)
	if err != nil {
		return nil, err
	}
	members, err := t.tx.SilentMembers(prompt)
	return memberIDs(members), err
}

func memberIDs(members []council.Member) []int64 {
	ids := make([]int64, len(members))
	for i, member := range members {
		ids[i] = member.ID
	}
	return ids
}

func (t *tick) holders(role council.Role) ([]int64, error) {
	if known, found := t.roles[role]; found {
		return known, nil
	}
	members, err := t.tx.MembersWithRole(role)
	if err != nil {
		return nil, err
	}
	t.roles[role] = memberIDs(members)
	return t.roles[role], nil
}

// leaders lists whom a matter is taken to today: those who act in the positions
// above it, and leaders who hold no position.
func (t *tick) leaders(reminder council.Reminder) ([]int64, error) {
	if err := t.readPositions(); err != nil {
		return nil, err
	}
	var task council.Task
	if reminder.Subject.Letter == council.TaskLetter {
		var err error
		if task, err = t.tx.Task(reminder.Subject.Number); err != nil {
			return nil, err
		}
	}
	byRole, err := t.tx.LeadersByRole(t.timing.Calendar.Day(t.now))
	return council.Escalate(reminder, task, t.positions, byRole), err
}

// readPositions finds out, once a tick, who acts in which position today.
func (t *tick) readPositions() (err error) {
	if t.positions == nil {
		t.positions, err = t.tx.Acting(t.timing.Calendar.Day(t.now))
	}
	return err
}
