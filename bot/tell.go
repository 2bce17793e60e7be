package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// returns are the kinds of messages that bring somebody what came of what that person
// began. They come also to who has handed everything over.
var returns = map[string]bool{cardIdeaGiven: true, aboutPrivacy: true, aboutHandover: true}

// hears tells whether a message of a kind reaches a person in private. Who has handed
// everything over hears only answers.
func (r *request) hears(member council.Member, about string) bool {
	return written(member) || member.Answered() && (member.ID == r.actor.ID || returns[about])
}

// wording is what somebody is told, in that person's language, with its buttons.
type wording func(speak locale.Speaker, member council.Member) (string, [][]store.Button, error)

// tellEach writes to each of these people in private, about a thing and with a kind of
// message that says what replies to it mean. It gives those who can be reached.
func (r *request) tellEach(members []council.Member, subject, about string, write wording) ([]council.Member, error) {
	var told []council.Member
	for _, member := range members {
		text, rows, err := write(r.speaker(member), member)
		if err != nil {
			return told, err
		}
		reached, err := r.tell(member, subject, about, text, rows...)
		if err != nil {
			return told, err
		}
		if reached {
			told = append(told, member)
		}
	}
	return told, nil
}

// tellCoordinators writes to every coordinator, as tellEach does.
func (r *request) tellCoordinators(subject, about string, write wording) error {
	members, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	_, err = r.tellEach(members, subject, about, write)
	return err
}

// others are these people without the one who asks, as in others(coordinators(r.tx)).
func (r *request) others(members []council.Member, err error) ([]council.Member, error) {
	return slices.DeleteFunc(members, func(member council.Member) bool { return member.ID == r.actor.ID }), err
}

// memberIDs are the ids of these people.
func memberIDs(members []council.Member) []int64 {
	ids := make([]int64, len(members))
	for i, member := range members {
		ids[i] = member.ID
	}
	return ids
}

// groupReached finds a group in which something can be said; false for one that is
// not linked any more, or not reached.
func (r *request) groupReached(id int64) (council.Group, bool, error) {
	group, err := r.tx.Group(id)
	return group, err == nil && group.Reachable, notFoundIsNil(err)
}
