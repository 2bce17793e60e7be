package council

import (
	"slices"
	"strconv"
	"strings"
)

// How involvement is measured. Everything is counted from events, and holds
// numbers only: no person, no word, no ranking.
//
// An event counts for the groups that its detail DetailIn names, which are
// written when it happens: the group in which somebody did it; in private, every
// group in which that person was seen at that moment. What a coordinator does is
// coordination and makes nobody active. Somebody who comes or goes later changes no
// past month.
//
// Active members are the distinct people who did something about a thing that is
// shared: a task, a question, a prompt, an announcement. Own reminders, leaves,
// settings, roles and links are no involvement, and who votes is not known. A kind of group, and the city,
// count each person once, so groups may add up to more than their kind.
//
// A question counts for the group in which it was asked and for the groups to which
// it was put or forwarded, once each, in that month; not if it was taken back in
// the same. An answer counts in the month in which it was given, with its working
// days, for the group that had the question then; a question answered twice in a
// month counts once, with the later answer, and what is added to an answer is none.
//
// Of a prompt the people asked and those who answered count, of an announcement
// the people whom it reached and those who pressed that they have read it: one
// person once for each, and who was asked in one month and answers in the next was
// asked in both. Ideas count when they are given and when they are
// decided, meetings when they were held with council and community both there.
type Involvement struct {
	City   Figures
	Kinds  map[GroupKind]Figures
	Groups map[int64]Figures // by the group's id; every group is there
}

// Figures is what was counted for a group, a kind of group or the city in a span.
type Figures struct {
	Active   int       // people
	Asked    Questions // those asked from there
	Put      Questions // those put to it
	Prompts  Share
	Read     Share // of announcements
	Given    int   // ideas
	Decided  int   // ideas
	Meetings int   // of both sides
}

// Questions are numbers of questions.
type Questions struct {
	Count    int
	Answered int
	InTime   int   // of those answered
	Days     []int // working days to the answer, of those answered, ascending
}

// Median is the middle of the working days to an answer; known is false where
// nothing was answered.
func (q Questions) Median() (days float64, known bool) { return median(q.Days) }

// median is the middle of numbers in ascending order; known is false where there are none.
func median(ascending []int) (middle float64, known bool) {
	count := len(ascending)
	if count == 0 {
		return 0, false
	}
	return float64(ascending[(count-1)/2]+ascending[count/2]) / 2, true
}

// Share is how many of those who were asked did it.
type Share struct {
	Did, Of int
}

// Percent is the share in whole percent, rounded; 0 where nobody was asked.
func (s Share) Percent() int {
	if s.Of == 0 {
		return 0
	}
	return (200*s.Did + s.Of) / (2 * s.Of)
}

// ActiveGroups counts the groups in which anybody was active.
func (i Involvement) ActiveGroups() int {
	count := 0
	for _, figures := range i.Groups {
		if figures.Active > 0 {
			count++
		}
	}
	return count
}

// DetailIn is the detail of an event that names the groups it counts for: ids,
// comma-separated.
const DetailIn = "in"

// CountsFor names, as DetailIn has it, the groups for which counts what the actor
// does in a group; 0 is the private chat. "0" counts for the city alone, since the
// actor is seen in no group; "" for nothing.
func (a Actor) CountsFor(groupID int64) string {
	if a.ID == 0 || a.Coordinates() {
		return ""
	}
	if groupID != 0 {
		return strconv.FormatInt(groupID, 10)
	}
	if len(a.Groups) == 0 {
		return "0"
	}
	var ids []string
	for _, group := range a.Groups {
		ids = append(ids, strconv.FormatInt(group.ID, 10))
	}
	return strings.Join(ids, ",")
}

// notShared are the kinds of things that are a person's own, or the city's set-up.
var notShared = []byte{0, OwnReminderLetter, AbsenceLetter, HolidayYearLetter, DigestLetter, LeaveLetter, QuietLetter, GroupQuietLetter, PositionLetter, RhythmLetter, WeekLetter, PrivacyRequestLetter, OfficialLetter}

// Shared tells whether doing something about the thing is involvement.
func (r Reference) Shared() bool { return !slices.Contains(notShared, r.Letter) }
