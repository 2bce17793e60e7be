package bot

import (
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// audience lists those whom a reminder is for at a moment.
func (f *planFacts) audience(reminder council.Reminder, item *council.Item, at time.Time) ([]store.Hearer, error) {
	var ids []int64
	var err error
	if item.Question.Number != 0 {
		asked, err := f.questionAudience(reminder, item.Question, f.calendar().Day(at))
		return f.only(reminder, asked), err
	}
	if item.Idea.Number != 0 && reminder.Audience == council.ToLeader {
		above, err := f.aboveIdea(item.Idea.Number, f.calendar().Day(at))
		return f.only(reminder, above), err
	}
	switch reminder.Audience {
	case council.ToGroup:
		return []store.Hearer{{GroupID: reminder.GroupID}}, nil
	case council.ToAssignee, council.ToMember, council.ToInCharge:
		return []store.Hearer{{MemberID: reminder.MemberID}}, nil
	case council.ToOwner:
		return f.only(reminder, f.evaluations[reminder.Subject.Number].owners), nil
	case council.ToSilent:
		ids, err = f.silent(item.Prompt)
	case council.ToInvited:
		ids, err = f.tx.MeetingHearers(item.Meeting, reminder.Step == council.StepMeetingSoon)
	case council.ToScorer:
		ids, err = f.unscored(item.Idea.Number)
	case council.ToCoordinator:
		ids, err = f.holders(council.RoleCoordinator)
	case council.ToLeader:
		ids, err = f.leadersOn(f.calendar().Day(at), reminder, item.Task)
	}
	return f.only(reminder, members(ids)), err
}

// aboveIdea lists whom an idea past its target is taken to on a day.
func (f *planFacts) aboveIdea(number int64, day council.Day) ([]store.Hearer, error) {
	family, err := f.tx.IdeaFamily(number)
	if err != nil {
		return nil, err
	}
	coordinators, err := f.holders(council.RoleCoordinator)
	if err != nil {
		return nil, err
	}
	above, err := f.leading(day)
	return members(council.EscalateIdea(family, above.positions, above.byRole, coordinators)), err
}

// unscored lists who of the council has not scored an idea as things stand now.
func (f *planFacts) unscored(number int64) ([]int64, error) {
	family, err := f.tx.IdeaFamily(number)
	if err != nil {
		return nil, err
	}
	waited, err := f.tx.Unscored(family)
	ids := make([]int64, len(waited))
	for i, member := range waited {
		ids[i] = member.ID
	}
	return ids, err
}

// only leaves the one whom a reminder names.
func (f *planFacts) only(reminder council.Reminder, audience []store.Hearer) []store.Hearer {
	if reminder.MemberID == 0 {
		return audience
	}
	for _, to := range audience {
		if to.MemberID == reminder.MemberID {
			return []store.Hearer{to}
		}
	}
	return nil
}

// silent lists those who have not answered a prompt as things stand now.
func (f *planFacts) silent(prompt council.Prompt) ([]int64, error) {
	members, err := f.tx.SilentMembers(prompt)
	ids := make([]int64, len(members))
	for i, member := range members {
		ids[i] = member.ID
	}
	return ids, err
}

func (f *planFacts) holders(role council.Role) ([]int64, error) {
	if known, found := f.roles[role]; found {
		return known, nil
	}
	holders, err := f.tx.MembersWithRole(role)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(holders))
	for i, member := range holders {
		ids[i] = member.ID
	}
	f.roles[role] = ids
	return ids, nil
}

// listener gives the manners of a person or a group at a moment.
func (f *planFacts) listener(to store.Hearer, at time.Time) (council.Listener, error) {
	listener := council.Listener{Group: to.GroupID != 0, Leaves: f.leaves[to.MemberID]}
	quiet, known := f.quiet[to]
	var err error
	if !known {
		if quiet, err = f.tx.QuietTimes(to); err != nil {
			return listener, err
		}
		f.quiet[to] = quiet
	}
	listener.Quiet = quiet
	today := f.calendar().Day(f.now)
	if to.GroupID != 0 || f.calendar().Day(at) != today {
		return listener, nil
	}
	midnight := func(day council.Day) time.Time { return day.At(0, 0, f.calendar().Zone) }
	listener.Reminded, err = f.tx.CountNotices(to.MemberID, store.Span{Since: midnight(today), Until: midnight(today.Add(1))})
	return listener, err
}

func (f *planFacts) reachable(to store.Hearer) (bool, error) {
	if to.GroupID != 0 {
		group, err := f.tx.Group(to.GroupID)
		return err == nil && group.Reachable, notFoundIsNil(err)
	}
	member, err := f.member(to.MemberID)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return member.Reach == council.ReachOpen && member.TelegramID != 0, err
}

func (f *planFacts) member(id int64) (council.Member, error) {
	if known, found := f.members[id]; found {
		return known, nil
	}
	member, err := f.tx.Member(id)
	if err == nil {
		f.members[id] = member
	}
	return member, err
}
