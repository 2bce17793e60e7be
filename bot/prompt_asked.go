package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
)

// askedNow finds out who is asked in a round that opens now. Whoever cannot be
// written to is asked by the card of a group in which the person is.
func (r *request) askedNow(prompt council.Prompt) ([]council.Asked, error) {
	var people, groups []int64
	for _, target := range prompt.Targets {
		members, err := r.membersTargeted(target)
		if err != nil {
			return nil, err
		}
		if target.Role != "" { // who asks is not asked
			members = slices.DeleteFunc(members, func(id int64) bool { return id == prompt.CreatedBy })
		}
		people, groups = append(people, members...), append(groups, target.GroupID)
	}
	if prompt.TaskNumber != 0 {
		task, err := r.tx.Task(prompt.TaskNumber)
		if err != nil {
			return nil, err
		}
		for _, assignee := range task.Assignees {
			people, groups = append(people, assignee.MemberID), append(groups, assignee.GroupID)
		}
		if len(task.Assignees) == 0 {
			groups = append(groups, task.GroupID)
		}
	}
	var asked []council.Asked
	for _, id := range groups {
		if one := (council.Asked{GroupID: id}); id != 0 && !slices.Contains(asked, one) {
			asked = append(asked, one)
		}
	}
	return r.addPeople(asked, people)
}

func (r *request) addPeople(asked []council.Asked, people []int64) ([]council.Asked, error) {
	slices.Sort(people)
	for _, id := range slices.Compact(people) {
		if id == 0 {
			continue
		}
		member, err := r.tx.Member(id)
		if err != nil {
			return nil, err
		}
		carrier, err := r.carrierOf(member, asked)
		if err != nil {
			return nil, err
		}
		asked = append(asked, council.Asked{MemberID: member.ID, GroupID: carrier})
	}
	return asked, nil
}

// carrierOf is the group whose card asks a person who cannot be written to; 0
// where none is needed, or none is there.
func (r *request) carrierOf(member council.Member, asked []council.Asked) (int64, error) {
	if member.Reach == council.ReachOpen && member.TelegramID != 0 {
		return 0, nil
	}
	person, err := r.tx.Actor(member)
	if err != nil {
		return 0, err
	}
	var carrier int64
	for _, group := range person.Groups {
		if slices.Contains(asked, council.Asked{GroupID: group.ID}) {
			return 0, nil // the group's own card asks already
		}
		if carrier == 0 && group.Reachable {
			carrier = group.ID
		}
	}
	return carrier, nil
}

// membersTargeted lists the people whom a role, a position or a name stands for.
func (r *request) membersTargeted(target council.Target) ([]int64, error) {
	switch {
	case target.MemberID != 0:
		return []int64{target.MemberID}, nil
	case target.Role != "":
		return r.membersInRole(target.Role)
	case target.PositionID != 0:
		acting, err := r.tx.Acting(r.day())
		at := slices.IndexFunc(acting, func(a council.Acting) bool { return a.ID == target.PositionID })
		if err != nil || at < 0 {
			return nil, err
		}
		return acting[at].Members(), nil
	}
	return nil, nil
}

// membersInRole lists those who were given a role, or have it by the groups in
// which they are seen.
func (r *request) membersInRole(role council.Role) ([]int64, error) {
	members, err := r.tx.MembersWithRole(role)
	if err != nil {
		return nil, err
	}
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	for _, group := range groups {
		if group.Kind.Role() != role {
			continue
		}
		more, err := r.tx.MembersOf(group.ChatID)
		if err != nil {
			return nil, err
		}
		members = append(members, more...)
	}
	ids := make([]int64, len(members))
	for i, member := range members {
		ids[i] = member.ID
	}
	return ids, nil
}

// notInPrivate are the people of a round who are asked otherwise than in private.
type notInPrivate struct {
	carried map[int64][]council.Member // by the group whose card asks them
	nowhere []council.Member
	outside []council.Member // in no linked group, so that they learn nothing
}

// notInPrivate finds those who cannot be written to.
func (r *request) notInPrivate(asked []council.Asked) (notInPrivate, error) {
	found := notInPrivate{carried: make(map[int64][]council.Member)}
	for _, one := range asked {
		if one.MemberID == 0 {
			continue
		}
		member, err := r.tx.Member(one.MemberID)
		if err != nil {
			return found, err
		}
		person, err := r.tx.Actor(member)
		if err != nil {
			return found, err
		}
		switch {
		case person.IsStranger() && member.TelegramID != 0:
			found.outside = append(found.outside, member)
		case one.GroupID != 0:
			found.carried[one.GroupID] = append(found.carried[one.GroupID], member)
		case member.Reach != council.ReachOpen || member.TelegramID == 0:
			found.nowhere = append(found.nowhere, member)
		}
	}
	return found, nil
}
