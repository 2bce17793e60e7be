package council

import "slices"

// IdeaSupport is that somebody supports an idea, or follows what becomes of it.
type IdeaSupport struct {
	IdeaNumber int64
	MemberID   int64
	Supports   bool // false: only follows
}

// IdeaFamily is an idea with all that have become part of it, directly or by way
// of another, and everybody who stands behind one of them.
type IdeaFamily struct {
	Root   Idea   // stands for all of them
	Merged []Idea // by their number
	Stands []IdeaSupport
}

// Ideas lists the root, then those that were merged into it.
func (f IdeaFamily) Ideas() []Idea { return append([]Idea{f.Root}, f.Merged...) }

// Submitters lists who gave the ideas of the family, each once, the root's first.
func (f IdeaFamily) Submitters() []int64 {
	var members []int64
	for _, idea := range f.Ideas() {
		if !slices.Contains(members, idea.SubmitterID) {
			members = append(members, idea.SubmitterID)
		}
	}
	return members
}

// Shows tells whether a submitter's name may be shown: only who has allowed it for
// each idea of the family is named.
func (f IdeaFamily) Shows(memberID int64) bool {
	return !slices.ContainsFunc(f.Ideas(), func(idea Idea) bool { return idea.SubmitterID == memberID && !idea.Named })
}

// Supporters lists everybody who is for the idea, each once: who gave it, and who
// supports it, whichever of its ideas that was.
func (f IdeaFamily) Supporters() []int64 {
	members := f.Submitters()
	for _, stand := range f.Stands {
		if stand.Supports && !slices.Contains(members, stand.MemberID) {
			members = append(members, stand.MemberID)
		}
	}
	return members
}

// People lists everybody who is told what becomes of the idea, each once.
func (f IdeaFamily) People() []int64 {
	members := f.Supporters()
	for _, stand := range f.Stands {
		if !slices.Contains(members, stand.MemberID) {
			members = append(members, stand.MemberID)
		}
	}
	return members
}

// Support finds what somebody has said to the family: whether the person supports
// it, or at least follows it. Who gave an idea of it does both.
func (f IdeaFamily) Support(memberID int64) (supports, follows bool) {
	if slices.Contains(f.Submitters(), memberID) {
		return true, true
	}
	for _, stand := range f.Stands {
		if stand.MemberID == memberID {
			supports, follows = supports || stand.Supports, true
		}
	}
	return supports, follows
}

// MaySupport refuses support where it can be given to nothing: "idea_withdrawn",
// "idea_held", and "support_own" for who gave the idea.
func (f IdeaFamily) MaySupport(memberID int64) error {
	reference := f.Root.Reference().String()
	switch {
	case f.Root.Held != HeldNot:
		return Refuse("idea_held", "Reference", reference)
	case f.Root.State == IdeaWithdrawn:
		return Refuse("idea_withdrawn", "Reference", reference)
	case slices.Contains(f.Submitters(), memberID):
		return Refuse("support_own", "Reference", reference)
	}
	return nil
}
