package council

import "slices"

// PartnerLimit is how many working groups a task may belong to beside its own group.
const PartnerLimit = 5

// Groups lists the groups that a task belongs to, its own first.
func (t Task) Groups() []int64 {
	if t.GroupID == 0 {
		return t.Partners
	}
	return append([]int64{t.GroupID}, t.Partners...)
}

// BelongsTo tells whether a task is one of a group's.
func (t Task) BelongsTo(groupID int64) bool {
	return groupID != 0 && slices.Contains(t.Groups(), groupID)
}

// Share lets a task belong to further working groups as well, beside those it
// belongs to already. Refusals: "partner_kind" for a group that is no working
// group, "already_shared" when it belongs to all of them, "too_many_partners",
// "task_done", "task_cancelled".
func (t Task) Share(groups ...Group) (Task, error) {
	if t.State.Ended() {
		return t, t.refuse(refusalCode(t.State, EventShared), t.State)
	}
	partners := slices.Clone(t.Partners)
	for _, group := range groups {
		if group.Kind != KindWorkingGroup {
			return t, t.refuse("partner_kind", t.State)
		}
		if group.ID != t.GroupID && !slices.Contains(partners, group.ID) {
			partners = append(partners, group.ID)
		}
	}
	switch {
	case len(partners) == len(t.Partners):
		return t, t.refuse("already_shared", t.State)
	case len(partners) > PartnerLimit:
		return t, t.refuse("too_many_partners", t.State)
	}
	slices.Sort(partners)
	t.Partners = partners
	t.Version++
	return t, nil
}

// Unshare lets a task belong to these working groups no longer. A task stays in
// the group in which it was made. Refusals: "not_shared" when it belongs to none
// of them or to the one of them as its own, "task_done", "task_cancelled".
func (t Task) Unshare(groups ...Group) (Task, error) {
	if t.State.Ended() {
		return t, t.refuse(refusalCode(t.State, EventUnshared), t.State)
	}
	left := slices.DeleteFunc(slices.Clone(t.Partners), func(id int64) bool {
		return slices.ContainsFunc(groups, func(group Group) bool { return group.ID == id })
	})
	if len(left) == len(t.Partners) {
		return t, t.refuse("not_shared", t.State)
	}
	t.Partners = left
	t.Version++
	return t, nil
}
