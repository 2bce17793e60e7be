package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// chairsOffered is how many people are offered to lead in the place of another.
const chairsOffered = 12

// pressMinutesChair lets a coordinator say who leads on this day, in the place of who
// does not come: somebody who was there and can be asked, or the coordinator.
func (r *request) pressMinutesChair(m council.Meeting, rest pressArguments) error {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	if m.Minutes.State == council.MinutesAgreed {
		return council.Refuse("minutes_agreed", "Reference", m.Reference().String())
	}
	id := rest.number(0)
	offered, err := r.possibleChairs(m)
	if err != nil {
		return err
	}
	if id == 0 {
		return r.offerChairs(m, offered)
	}
	for _, member := range offered {
		if member.ID == id {
			return r.appointChair(m, member)
		}
	}
	return r.stale()
}

// possibleChairs are those who were there, or said to come, and can be asked; last of all
// the coordinator who asks.
func (r *request) possibleChairs(m council.Meeting) ([]council.Member, error) {
	there, err := r.tx.Attendees(m.Number)
	if err != nil {
		return nil, err
	}
	guests, err := r.tx.Guests(m.Number)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, attendee := range there {
		ids = append(ids, attendee.MemberID)
	}
	for _, guest := range guests {
		if guest.Response == council.ResponseComing {
			ids = append(ids, guest.MemberID)
		}
	}
	var offered []council.Member
	seen := map[int64]bool{0: true, m.Chair.MemberID: true}
	for _, id := range append(ids, r.actor.ID) {
		if seen[id] {
			continue
		}
		seen[id] = true
		member, err := r.tx.Member(id)
		if err != nil {
			return nil, err
		}
		if member.Reach == council.ReachOpen && (len(offered) < chairsOffered || id == r.actor.ID) {
			offered = append(offered, member)
		}
	}
	return offered, nil
}

func (r *request) offerChairs(m council.Meeting, offered []council.Member) error {
	name, err := r.seatName(r.speak, m.Chair)
	if err != nil {
		return err
	}
	if name == "" {
		name = r.speak.Say("minutes.no_chair")
	}
	var rows [][]store.Button
	for _, member := range offered {
		rows = append(rows, []store.Button{{Text: shorten(namePerson(r.speak, member), phraseLimit), Data: data(pressMinutes, minutesChair, m.Number, member.ID)}})
	}
	rows = append(rows, []store.Button{button(r.speak, "back", pressMinutes, minutesShow, m.Number, 1)})
	text := r.speak.Say("minutes.which_chair", "Reference", m.Reference().String(), "Title", agendaTitle(m.Title), "Name", name)
	return errors.Join(r.minutesInPlace(m, text, rows...), r.toast(""))
}

// appointChair makes somebody the chair of the day. Proposed minutes are shown to that
// person; whoever was asked before is asked no more.
func (r *request) appointChair(m council.Meeting, chair council.Member) error {
	m, err := m.Appoint(council.Seat{MemberID: chair.ID}, m.Scribe)
	if err != nil {
		return err
	}
	proposed := m.Minutes.State == council.MinutesProposed
	if proposed {
		if m, err = m.Propose(m.Minutes.ProposedBy, r.now); err != nil {
			return err
		}
	}
	if err := r.tx.SaveMeeting(m); err != nil {
		return err
	}
	if err := r.record(m.Reference(), council.EventAppointed, "", "field", "chair", "members", idText(chair.ID)); err != nil {
		return err
	}
	if err := errors.Join(r.showMeeting(m), r.minutesSettled(m)); err != nil {
		return err
	}
	if proposed {
		if _, err := r.askToAgree(m); err != nil {
			return err
		}
	}
	return r.showMinutesPage(m, 1, shorten(r.speak.Say("minutes.toast.chair", "Name", namePerson(r.speak, chair)), alertLimit))
}
