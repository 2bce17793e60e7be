package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// How many rows for people who come besides a list has at least and at most.
const (
	emptyRowsLeast = 8
	emptyRowsMost  = 200
)

// makeInvitationLetter makes the letter that invites to a meeting.
func makeInvitationLetter(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	r, m, _, err := b.meetingPaper(tx, arguments)
	if err != nil {
		return nil, err
	}
	kept, err := tx.MeetingLetter(m.Number)
	if errors.Is(err, store.ErrNotFound) {
		kept, err = store.Letter{Dated: r.now}, nil
	}
	if err != nil {
		return nil, err
	}
	letter := report.Invitation{Number: kept.Number, Dated: kept.Dated, To: r.addresseeList(r.speak, m.To),
		Title: m.Title, Place: m.Place, Starts: m.Starts, Ends: m.Ends(), Zone: r.city.Zone}
	for _, id := range m.People {
		name, err := r.memberName(id)
		if err != nil {
			return nil, err
		}
		letter.To = append(letter.To, name)
	}
	if letter.Head, err = r.letterhead(); err != nil {
		return nil, err
	}
	if letter.Chair, err = r.seatName(r.speak, m.Chair); err != nil {
		return nil, err
	}
	if letter.Agenda, err = r.agendaOnPaper(r.speak, m); err != nil {
		return nil, err
	}
	return letter.PDF(r.speak)
}

// makeAttendanceList makes the list on which those who are there sign: who was noted,
// and, until the meeting is over or where nobody was noted, who is expected.
func makeAttendanceList(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	r, m, _, err := b.meetingPaper(tx, arguments)
	if err != nil {
		return nil, err
	}
	list := report.AttendanceList{Reference: m.Reference().String(), Title: m.Title, Place: m.Place, Starts: m.Starts, Ends: m.Ends(), Zone: r.city.Zone, At: r.now}
	if list.Head, err = r.letterhead(); err != nil {
		return nil, err
	}
	there, err := tx.Attendees(m.Number)
	if err != nil {
		return nil, err
	}
	if list.People, err = r.notedOnPaper(there); err != nil {
		return nil, err
	}
	if len(there) == 0 || m.Coming(r.now) {
		expected, err := r.expectedOnPaper(m, there)
		if err != nil {
			return nil, err
		}
		list.People = append(list.People, expected...)
		list.Empty = min(max(emptyRowsLeast, m.Seats-len(list.People)), emptyRowsMost)
	}
	slices.SortStableFunc(list.People, func(a, b report.AttendanceRow) int {
		return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return list.PDF(r.speak)
}

// notedOnPaper are those who were noted as present, and at what time.
func (r *request) notedOnPaper(there []council.Attendee) (rows []report.AttendanceRow, err error) {
	for _, attendee := range there {
		row := report.AttendanceRow{Name: attendee.Name}
		if attendee.MemberID != 0 {
			if row.Name, err = r.memberName(attendee.MemberID); err != nil {
				return nil, err
			}
		}
		if row.From, row.As, err = r.officeOnPaper(attendee.MemberID, attendee.For, attendee.GroupID); err != nil {
			return nil, err
		}
		row.From = cmp.Or(attendee.Office, row.From)
		row.Signed = r.speak.Say("attendance_paper.noted", "Hour", r.speak.Hour(attendee.At.In(r.city.Zone)))
		rows = append(rows, row)
	}
	return rows, nil
}

// expectedOnPaper are those who said that they come, and those whom others send, without
// who was noted already.
func (r *request) expectedOnPaper(m council.Meeting, there []council.Attendee) (rows []report.AttendanceRow, err error) {
	guests, err := r.tx.Guests(m.Number)
	if err != nil {
		return nil, err
	}
	named := map[int64]bool{}
	for _, attendee := range there {
		named[attendee.MemberID] = true
	}
	add := func(seat council.Seat, represented, groupID int64) error {
		if seat.MemberID != 0 && named[seat.MemberID] {
			return nil
		}
		named[seat.MemberID] = true
		row := report.AttendanceRow{}
		if row.Name, err = r.seatName(r.speak, seat); err != nil {
			return err
		}
		row.From, row.As, err = r.officeOnPaper(seat.MemberID, represented, groupID)
		rows = append(rows, row)
		return err
	}
	for _, guest := range guests {
		switch guest.Response {
		case council.ResponseComing:
			err = add(council.Seat{MemberID: guest.MemberID}, guest.For, guest.GroupID)
		case council.ResponseRepresented:
			if !slices.ContainsFunc(there, func(a council.Attendee) bool { return announced(a, guest) }) {
				err = add(guest.Representative, guest.MemberID, guest.GroupID)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// officeOnPaper says from which group somebody comes, and in which position or in whose
// place.
func (r *request) officeOnPaper(memberID, represented, groupID int64) (from, as string, err error) {
	if groupID != 0 {
		group, err := r.tx.FormerGroup(groupID)
		if notFoundIsNil(err) != nil {
			return "", "", err
		}
		if err == nil {
			from = r.groupNameIn(r.speak, group)
		}
	}
	if represented != 0 {
		name, err := r.memberName(represented)
		return from, r.speak.Say("attendance_paper.represents", "Person", name), err
	}
	if memberID == 0 {
		return from, "", nil
	}
	holdings, err := r.tx.HoldingsOf(memberID, r.day())
	if err != nil {
		return from, "", err
	}
	at := slices.IndexFunc(holdings, func(holding council.Holding) bool { return holding.Covers(r.day()) })
	if at < 0 {
		return from, "", nil
	}
	position, err := r.tx.PositionByID(holdings[at].PositionID)
	if err != nil {
		return from, "", err
	}
	return from, r.officeName(r.tx, r.speak, position, holdings[at]), nil
}
