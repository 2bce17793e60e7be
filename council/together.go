package council

// TogetherCount counts what a city does together since some moment: the meetings that council
// and community both attended, and the groups in which anybody is active. It agrees with
// InvolvementCount, which counts more and takes longer.
type TogetherCount struct {
	kinds    map[int64]GroupKind
	active   map[int64]bool
	meetings map[Reference]bool
}

// NewTogetherCount begins to count for these groups.
func NewTogetherCount(groups []Group) *TogetherCount {
	count := &TogetherCount{kinds: make(map[int64]GroupKind, len(groups)), active: make(map[int64]bool, len(groups)), meetings: make(map[Reference]bool)}
	for _, group := range groups {
		count.kinds[group.ID] = group.Kind
	}
	return count
}

// AddActive counts the groups, as DetailIn has them, for which somebody has done something.
func (c *TogetherCount) AddActive(in string) {
	for _, id := range idsIn(in) {
		if _, known := c.kinds[id]; known {
			c.active[id] = true
		}
	}
}

// AddMeeting counts that a meeting was held, with these groups as DetailIn has them, or that
// this was undone. The last that is added of a meeting holds.
func (c *TogetherCount) AddMeeting(meeting Reference, held bool, in string) {
	if held && bothThere(c.kinds, idsIn(in)) {
		c.meetings[meeting] = true
		return
	}
	delete(c.meetings, meeting)
}

// Meetings is how many were counted so far.
func (c *TogetherCount) Meetings() int { return len(c.meetings) }

// Active is in how many groups anybody is active.
func (c *TogetherCount) Active() int { return len(c.active) }

// bothThere tells whether council and community are among these groups.
func bothThere(kinds map[int64]GroupKind, groups []int64) bool {
	council, community := false, false
	for _, id := range groups {
		council = council || kinds[id] == KindCouncil
		community = community || kinds[id] == KindCommunity
	}
	return council && community
}
