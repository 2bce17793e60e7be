package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// showMakersPage shows whoever made a meeting its page, in private.
func (r *request) showMakersPage(m council.Meeting) error {
	member, err := r.tx.Member(m.CreatedBy)
	if err != nil || !written(member) {
		return notFoundIsNil(err)
	}
	card, err := r.tx.Card(m.Reference().String(), aboutMeeting, member.TelegramID, 0)
	if err != nil {
		return err
	}
	return r.showMeetingPage(m, card)
}

// showMeetingPage brings the page of a coordinator up to date, in the person's own
// language. Whoever coordinates no longer is shown nothing more on it.
func (r *request) showMeetingPage(m council.Meeting, card store.Card) error {
	member, err := r.tx.MemberByTelegramID(card.ChatID)
	if err != nil || !written(member) {
		return notFoundIsNil(err)
	}
	actor, err := r.tx.Actor(member)
	if err != nil || !actor.Coordinates() {
		return err
	}
	theirs := *r
	theirs.actor, theirs.speak, theirs.private, theirs.group = actor, r.speaker(member), true, council.Group{}
	text, rows, err := theirs.meetingPage(m)
	if err != nil {
		return err
	}
	return r.queueMeetingCardAt(card, store.PriorityAnswer, store.Payload{Text: text, Buttons: rows, Subject: m.Reference().String(), About: aboutMeeting})
}

// showMeetingHere shows the page where it was asked for: in a group the card, in private
// all that the person may know. A coordinator's page stays up to date.
func (r *request) showMeetingHere(m council.Meeting) error {
	if !r.private {
		if !r.shownHere(m) {
			return council.Refuse("not_invited")
		}
		return r.showHere(m)
	}
	if !r.actor.Coordinates() {
		text, rows, err := r.meetingPage(m)
		if err != nil {
			return err
		}
		return r.replyAbout(m.Reference().String(), aboutMeeting, text, rows...)
	}
	card, err := r.tx.Card(m.Reference().String(), aboutMeeting, r.actor.TelegramID, 0)
	if err != nil {
		return err
	}
	if err := r.tx.ForgetCardMessage(card.ID, 0); err != nil {
		return err
	}
	return r.showMeetingPage(m, card)
}

// pressMeetingPage opens the page of a meeting from a list.
func (r *request) pressMeetingPage(m council.Meeting, _ pressArguments) error {
	if err := r.mayMeeting(council.ActionSeeMeeting, m); err != nil {
		return err
	}
	if err := r.showMeetingHere(m); err != nil {
		return err
	}
	return r.toast("")
}

// meetingPage is all that the one who asks may know of a meeting, in private.
func (r *request) meetingPage(m council.Meeting) (string, [][]store.Button, error) {
	lines := []string{m.Reference().String() + " · " + m.Title, r.meetingStanding(m)}
	facts, err := r.meetingFacts(r.speak, m)
	if err != nil {
		return "", nil, err
	}
	lines = append(lines, facts...)
	invited, err := r.invitedNames(m)
	if err != nil {
		return "", nil, err
	}
	turnout, err := r.turnout(m)
	if err != nil {
		return "", nil, err
	}
	lines = append(lines, r.speak.Say("meeting.invited", "Names", invited), joinParts(turnoutText(r.speak, m, turnout), r.speak.Count("meeting.answers.silent", turnout.Silent)))
	agenda, err := r.agendaLines(r.speak, m)
	if err != nil {
		return "", nil, err
	}
	if len(agenda) > 0 {
		lines = append(append(lines, r.speak.Say("meeting.agenda")), agenda...)
	}
	if m.Minutes.State != "" {
		lines = append(lines, r.speak.Say("meeting.minutes", "Reference", m.Reference().String()))
	}
	if r.actor.Coordinates() && m.State == council.MeetingPlanned {
		found, err := r.recipientsOf(m.To)
		if err != nil {
			return "", nil, err
		}
		if lost := r.missingText(store.CopyUnreached, found.lostGroups, len(found.lostPeople)); lost != "" {
			lines = append(lines, lost)
		}
	}
	return strings.Join(lines, "\n"), r.pageButtons(m), nil
}

// meetingStanding is how many days are left, or what has become of it.
func (r *request) meetingStanding(m council.Meeting) string {
	if m.State == council.MeetingPlanned {
		if !m.Coming(r.now) {
			return r.speak.Say("meeting.standing.over")
		}
		return r.speak.Say("meeting.standing.coming", "Left", r.speak.Left(r.city.days(r.now, m.Starts)))
	}
	return r.speak.Say("meeting.card." + string(m.State))
}

// invitedNames names the invited groups, roles and people.
func (r *request) invitedNames(m council.Meeting) (string, error) {
	var names []string
	if !m.To.None() {
		names = append(names, r.addresseeNames(m.To))
	}
	people := m.People[:min(len(m.People), addresseesShown)]
	if len(people) > 0 {
		named, err := r.namePersons(r.speak, people)
		if err != nil {
			return "", err
		}
		names = append(names, named)
	}
	if more := len(m.People) - len(people); more > 0 {
		names = append(names, r.speak.Count("notice.more", more))
	}
	return strings.Join(names, ", "), nil
}

// pageButtons are what the one who asks may do with a meeting.
func (r *request) pageButtons(m council.Meeting) [][]store.Button {
	var rows [][]store.Button
	if r.mayMeeting(council.ActionRespond, m) == nil && m.Coming(r.now) {
		rows = append(rows, answerButtons(r.speak, m))
	}
	if here := r.attendanceRow(r.speak, m); here != nil {
		rows = append(rows, here)
	}
	rows = append(rows, []store.Button{button(r.speak, "meeting_agenda", pressAgenda, agendaShow, m.Number), button(r.speak, "meeting_answers", pressMeeting, meetingAnswers, m.Number)})
	cancelled := m.State == council.MeetingCancelled || m.State == council.MeetingMissed
	if !cancelled && !r.now.Before(m.Starts.Add(-notesBefore)) && r.mayMeeting(council.ActionMinutes, m) == nil {
		rows = append(rows, r.attendanceKeepRow(r.speak, m))
	}
	if papers := r.paperRow(r.speak, m); papers != nil {
		rows = append(rows, papers)
	}
	if r.actor.Coordinates() && m.Coming(r.now) {
		rows = append(rows, []store.Button{button(r.speak, "meeting_edit", pressMeeting, meetingEdit, m.Number), button(r.speak, "meeting_cancel", pressMeeting, meetingField, m.Number, wishCancel)})
	}
	return rows
}
