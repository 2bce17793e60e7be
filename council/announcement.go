package council

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// AnnouncementState is where an announcement stands.
type AnnouncementState string

// States of announcements.
const (
	AnnouncementScheduled AnnouncementState = "scheduled"
	AnnouncementSent      AnnouncementState = "sent" // going out, or out
	AnnouncementRecalled  AnnouncementState = "recalled"
	AnnouncementCancelled AnnouncementState = "cancelled" // before it went out
)

// AnnouncementLimit is how many characters an announcement may have.
const AnnouncementLimit = 3000

// What the bot does itself about an announcement.
const (
	StepAnnounce  Step = "announce"            // it goes out
	StepRecounted Step = "announcement_counts" // who has read it is counted anew for its coordinators
)

// Announcement is one text to chosen groups and roles.
type Announcement struct {
	Number    int64
	Text      string
	To        Addressees
	CreatedBy int64
	CreatedAt time.Time
	SendAt    time.Time // zero: at once
	SentAt    time.Time // zero: not yet
	State     AnnouncementState
	Edition   int // 1, and one more with every correction of what went out
	Version   int64
	ShownAt   time.Time // when its numbers were last shown to its coordinators
	Official  Official  // what it is beyond an announcement, if it is an official notice
}

// AnnouncementReference names the announcement with this number.
func AnnouncementReference(number int64) Reference { return Reference{AnnouncementLetter, number} }

// Reference names the announcement, "A-3", or the official notice that it is, "G-1".
func (a Announcement) Reference() Reference {
	if a.Official.Number != 0 {
		return OfficialReference(a.Official.Number)
	}
	return AnnouncementReference(a.Number)
}

// Corrected tells whether its text was changed after it went out.
func (a Announcement) Corrected() bool { return a.Edition > 1 }

// Schedule makes the announcement go out at a moment. Refusals: "announcement_past"
// and "announcement_went_out".
func (a Announcement) Schedule(at, now time.Time) (Announcement, error) {
	if a.State != AnnouncementScheduled {
		return a, a.refuse("announcement_went_out")
	}
	if !at.After(now) {
		return a, Refuse("announcement_past")
	}
	a.SendAt = at
	a.Version++
	return a, nil
}

// Send lets it go out at a moment.
func (a Announcement) Send(now time.Time) (Announcement, error) {
	if a.State != AnnouncementScheduled {
		return a, a.refuse("announcement_went_out")
	}
	a.State, a.SentAt = AnnouncementSent, now
	a.Version++
	return a, nil
}

// Write gives it another text: a correction once it went out. Refusals:
// "announcement_empty", "announcement_long", "announcement_same" and
// "announcement_ended".
func (a Announcement) Write(text string) (Announcement, error) {
	if err := CheckAnnouncementText(text); err != nil {
		return a, err
	}
	switch {
	case a.State != AnnouncementScheduled && a.State != AnnouncementSent:
		return a, a.refuse("announcement_ended")
	case text == a.Text:
		return a, a.refuse("announcement_same")
	case a.State == AnnouncementSent:
		a.Edition++
	}
	a.Text = text
	a.Version++
	return a, nil
}

// Address gives it to others, as long as it has not gone out.
func (a Announcement) Address(to Addressees) (Announcement, error) {
	if a.State != AnnouncementScheduled {
		return a, a.refuse("announcement_went_out")
	}
	a.To = to
	a.Version++
	return a, nil
}

// Cancel calls it off before it goes out.
func (a Announcement) Cancel() (Announcement, error) {
	if a.State != AnnouncementScheduled {
		return a, a.refuse("announcement_went_out")
	}
	a.State = AnnouncementCancelled
	a.Version++
	return a, nil
}

// Recall takes it back after it went out.
func (a Announcement) Recall() (Announcement, error) {
	if a.State != AnnouncementSent {
		return a, a.refuse("announcement_ended")
	}
	a.State = AnnouncementRecalled
	a.Version++
	return a, nil
}

func (a Announcement) refuse(code string) error {
	return Refuse(code, "Reference", a.Reference().String())
}

// CheckAnnouncementText refuses a text that is empty or too long.
func CheckAnnouncementText(text string) error {
	length := utf8.RuneCountInString(text)
	switch {
	case length == 0:
		return Refuse("announcement_empty")
	case length > AnnouncementLimit:
		return Refuse("announcement_long", "Length", strconv.Itoa(length), "Most", strconv.Itoa(AnnouncementLimit))
	}
	return nil
}

// Addressees are whom an announcement is for: linked groups, and people who hold
// a role, in private.
type Addressees struct {
	Everyone   bool // every linked group
	Kinds      []GroupKind
	Dimensions []Dimension // the working groups of these
	Groups     []int64     // single groups, by id
	Roles      []Role
	// Of official notices, each in private:
	Kept      bool    // everybody of whom something is kept
	MembersOf []int64 // who was seen in these groups, by their id
	People    []int64 // single people, by id
}

// None tells whether nobody is meant.
func (a Addressees) None() bool { return !a.ToGroups() && !a.ToPeople() }

// ToPeople tells whether somebody is meant in private.
func (a Addressees) ToPeople() bool { return a.Kept || len(a.Roles)+len(a.MembersOf)+len(a.People) > 0 }

// ToGroups tells whether groups are meant.
func (a Addressees) ToGroups() bool {
	return a.Everyone || len(a.Kinds)+len(a.Dimensions)+len(a.Groups) > 0
}

// Include tells whether a group is meant.
func (a Addressees) Include(group Group) bool {
	return a.Everyone || slices.Contains(a.Kinds, group.Kind) || slices.Contains(a.Groups, group.ID) ||
		group.Kind == KindWorkingGroup && slices.Contains(a.Dimensions, group.Dimension)
}

// And adds others to these, each once.
func (a Addressees) And(others Addressees) Addressees {
	a.Everyone = a.Everyone || others.Everyone
	a.Kinds = union(a.Kinds, others.Kinds)
	a.Dimensions = union(a.Dimensions, others.Dimensions)
	a.Groups = union(a.Groups, others.Groups)
	a.Roles = union(a.Roles, others.Roles)
	a.Kept = a.Kept || others.Kept
	a.MembersOf = union(a.MembersOf, others.MembersOf)
	a.People = union(a.People, others.People)
	return a
}

// Without takes others away from these.
func (a Addressees) Without(others Addressees) Addressees {
	a.Everyone = a.Everyone && !others.Everyone
	a.Kinds = difference(a.Kinds, others.Kinds)
	a.Dimensions = difference(a.Dimensions, others.Dimensions)
	a.Groups = difference(a.Groups, others.Groups)
	a.Roles = difference(a.Roles, others.Roles)
	a.Kept = a.Kept && !others.Kept
	a.MembersOf = difference(a.MembersOf, others.MembersOf)
	a.People = difference(a.People, others.People)
	return a
}

// Name tells whether all of the others are among these by name.
func (a Addressees) Name(others Addressees) bool {
	both := a.And(others)
	return both.Everyone == a.Everyone && len(both.Kinds) == len(a.Kinds) && len(both.Dimensions) == len(a.Dimensions) &&
		len(both.Groups) == len(a.Groups) && len(both.Roles) == len(a.Roles) &&
		both.Kept == a.Kept && len(both.MembersOf) == len(a.MembersOf) && len(both.People) == len(a.People)
}

func union[T comparable](some, others []T) []T {
	joined := slices.Clone(some)
	for _, one := range others {
		if !slices.Contains(joined, one) {
			joined = append(joined, one)
		}
	}
	return joined
}

func difference[T comparable](some, others []T) []T {
	var left []T
	for _, one := range some {
		if !slices.Contains(others, one) {
			left = append(left, one)
		}
	}
	return left
}
