package bot

import (
	"errors"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// aboutMeetingFile marks the calendar file that goes with an invitation.
const aboutMeetingFile = "meeting_file"

// guestList is whom a meeting invites as things stand now.
type guestList struct {
	groups, lostGroups []council.Group
	invited            []invitedMember // each once
}

// invitedMember is one of whom the bot knows that the person is invited.
type invitedMember struct {
	council.Member
	groupID int64 // in which the person was met; 0: in none that is invited
	private bool  // is written to in private, not only met in a group
}

// sendInvitations invites whoever was not invited yet: one card for each group, a
// private invitation with a calendar file for those who work on it, and for whoever
// made the meeting its page. It plans what the bot does of its own accord. Priority is
// that of a broadcast, so that no answer waits for many invitations.
func (r *request) sendInvitations(m council.Meeting) error {
	if err := r.tx.KeepEdition(m, ""); err != nil {
		return err
	}
	if err := r.inviteAll(m); err != nil {
		return err
	}
	if err := r.record(m.Reference(), council.EventInvited, ""); err != nil {
		return err
	}
	return errors.Join(r.showMakersPage(m), r.planMeeting(m))
}

// inviteAll sends cards and invitations to those who have none yet.
func (r *request) inviteAll(m council.Meeting) error {
	list, err := r.guestsOf(m)
	if err != nil {
		return err
	}
	for _, invited := range list.invited {
		if err := r.invite(m, invited); err != nil {
			return err
		}
	}
	turnout, err := r.turnout(m)
	if err != nil {
		return err
	}
	for _, group := range list.groups {
		if err := r.inviteGroup(m, turnout, group); err != nil {
			return err
		}
	}
	return nil
}

// guestsOf finds whom a meeting invites as things stand now.
func (r *request) guestsOf(m council.Meeting) (guestList, error) {
	found, err := r.recipientsOf(m.To)
	if err != nil {
		return guestList{}, err
	}
	list := guestList{groups: found.groups, lostGroups: found.lostGroups}
	at := make(map[int64]int)
	add := func(member council.Member, groupID int64, private bool) {
		place, known := at[member.ID]
		if !known {
			place = len(list.invited)
			at[member.ID] = place
			list.invited = append(list.invited, invitedMember{Member: member, groupID: groupID})
		}
		one := &list.invited[place]
		one.private = one.private || private
		if one.groupID == 0 {
			one.groupID = groupID
		}
	}
	for _, group := range append(found.groups, found.lostGroups...) {
		members, err := r.tx.MembersOf(group.ChatID)
		if err != nil {
			return list, err
		}
		for _, member := range members {
			add(member, group.ID, group.Kind != council.KindCommunity)
		}
	}
	for _, member := range append(found.people, found.lostPeople...) {
		add(member, 0, true)
	}
	named, err := membersOf(r.tx, namedGuests(m))
	for _, member := range named {
		add(member, 0, true)
	}
	return list, err
}

// namedGuests are the members who are invited whatever groups are.
func namedGuests(m council.Meeting) []int64 {
	ids := append([]int64(nil), m.People...)
	for _, seat := range []council.Seat{m.Chair, m.Scribe} {
		if seat.MemberID != 0 {
			ids = append(ids, seat.MemberID)
		}
	}
	return ids
}

// invite keeps that a member is invited, and sends the invitation where the person was
// not told yet. Whoever made the meeting knows of it.
func (r *request) invite(m council.Meeting, invited invitedMember) error {
	guest, err := r.guest(m, invited.ID)
	if err != nil {
		return err
	}
	before := guest
	if guest.GroupID == 0 {
		guest.GroupID = invited.groupID
	}
	guest.For = 0 // invited in the own right by now
	if guest.Told == 0 && invited.private && written(invited.Member) {
		guest.Told = m.Edition
		if invited.ID != m.CreatedBy {
			if err := r.queueInvitation(m, invited.Member, guest); err != nil {
				return err
			}
		}
	}
	if guest == before && guest.GroupID != 0 {
		return nil
	}
	return r.tx.SaveGuest(m.Number, guest)
}

// bringInvitations invites a person who is met only now, or can be written to only now,
// to the meetings to come that invite this one.
func (r *request) bringInvitations(person council.Actor) error {
	if r.noMeetings { // of two hundred who come in at once the first has shown it
		return nil
	}
	coming, err := r.tx.ComingMeetings(r.now, meetingsRead)
	if err != nil {
		return err
	}
	r.noMeetings = len(coming) == 0
	theirs := *r
	theirs.actor = person
	for _, m := range coming {
		if !m.Starts.After(r.now) {
			continue
		}
		if theirs.invitedTo(m) {
			err = r.invite(m, invitedMember{Member: person.Member, groupID: theirs.invitedIn(m), private: theirs.invitedPrivately(m)})
		} else {
			err = r.bringInPlace(m, person.Member)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// invitedPrivately tells whether the one who asks is written to, not only met in a community.
func (r *request) invitedPrivately(m council.Meeting) bool {
	return m.InvitesByName(r.actor.ID) || slices.ContainsFunc(m.To.Roles, r.actor.Has) ||
		slices.ContainsFunc(r.actor.Groups, func(group council.Group) bool { return m.To.Include(group) && group.Kind != council.KindCommunity })
}

// bringInPlace invites who was named to come for somebody and could not be written to.
func (r *request) bringInPlace(m council.Meeting, member council.Member) error {
	guest, err := r.guest(m, member.ID)
	if err != nil || guest.For == 0 || guest.Told != 0 {
		return err
	}
	return r.inviteInPlace(m, member, guest)
}

// written tells whether a person can be written to in private.
func written(member council.Member) bool {
	return member.Reach == council.ReachOpen && member.TelegramID != 0
}

// guest is what is known of a member about a meeting; of who is not invited, nothing.
func (r *request) guest(m council.Meeting, memberID int64) (council.Guest, error) {
	guest, err := r.tx.Guest(m.Number, memberID)
	if errors.Is(err, store.ErrNotFound) {
		return council.Guest{MemberID: memberID}, nil
	}
	return guest, err
}

// queueInvitation sends the private invitation, with the calendar file behind it.
func (r *request) queueInvitation(m council.Meeting, member council.Member, guest council.Guest) error {
	card, err := r.tx.Card(m.Reference().String(), cardMeeting, member.TelegramID, 0)
	if err != nil {
		return err
	}
	if err := r.showInvitation(m, member, guest, card); err != nil {
		return err
	}
	return r.queueCalendar(m, member)
}

// queueCalendar sends the calendar file of a meeting. One that waits still is overtaken.
func (r *request) queueCalendar(m council.Meeting, member council.Member) error {
	reference := m.Reference().String()
	if _, err := r.tx.DropAbout(member.TelegramID, reference, aboutMeetingFile, time.Now()); err != nil {
		return err
	}
	return queueWithFiles(r.tx, store.Outgoing{
		ChatID: member.TelegramID, Kind: store.KindMessage, Priority: store.PriorityBroadcast,
		Payload: store.Payload{Files: []store.File{meetingCalendarFile(m, r.speaker(member))}, Subject: reference, About: aboutMeetingFile},
	})
}

// inviteGroup puts the card into a group that has none yet.
func (r *request) inviteGroup(m council.Meeting, turnout council.Turnout, group council.Group) error {
	known, err := r.tx.GroupKnown(m.Number, group.ID)
	if err != nil || known.Told != 0 {
		return err
	}
	card, err := r.tx.Card(m.Reference().String(), cardMeeting, group.ChatID, group.ThreadID)
	if err != nil {
		return err
	}
	if err := r.queueMeetingCard(card, r.meetingFace(r.book.In(group.Language), m, turnout)); err != nil {
		return err
	}
	return r.tx.SaveGroupKnown(m.Number, group.ID, known.Tell(m.Edition, false))
}
