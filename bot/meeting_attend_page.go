package bot

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How many people a page of the attendance holds, how many stand in a row, and how much
// of a name a button shows.
const (
	attendancePage = 16
	attendanceRows = 2
	attendanceName = 32
)

// here marks who was there on a button.
const hereMark = "✓ "

// possibleAttendee is somebody whom a tap notes as present, or takes off.
type possibleAttendee struct {
	label string
	rank  int // who is expected goes before who is not
	verb  string
	id    int64 // of the member or, for attendOff, of the note of whoever is there
}

// showAttendance shows a page of who may be there, in the place of the message that was
// pressed if that is such a page.
func (r *request) showAttendance(m council.Meeting, wanted int64) error {
	text, rows, err := r.attendanceList(m, wanted)
	if err != nil {
		return err
	}
	reference := m.Reference().String()
	if r.press == nil {
		return r.replyAbout(reference, aboutAttendance, text, rows...)
	}
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	switch {
	case notFoundIsNil(err) != nil:
		return err
	case about == aboutAttendance:
		return r.editIndicators(reference, aboutAttendance, text, rows...)
	}
	return r.replyAbout(reference, aboutAttendance, text, rows...)
}

// attendanceList writes a page of who may be there; names are taken only as long as the
// minutes are not agreed.
func (r *request) attendanceList(m council.Meeting, wanted int64) (string, [][]store.Button, error) {
	there, err := r.tx.Attendees(m.Number)
	if err != nil {
		return "", nil, err
	}
	people, err := r.possibleAttendees(m, there)
	if err != nil {
		return "", nil, err
	}
	text := r.speak.Say("attend.page", "Reference", m.Reference().String(), "Title", shorten(plainLine(m.Title), cardTitleLimit), "N", len(there))
	page, before, behind := onePage(wanted, attendancePage, len(people))
	var rows [][]store.Button
	for i, one := range people[page*attendancePage : min(len(people), (page+1)*attendancePage)] {
		if i%attendanceRows == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: shorten(one.label, attendanceName), Data: data(pressAttendance, one.verb, m.Number, one.id, page)})
	}
	turn := turnButtons(r.speak, page, before, behind, pressAttendance, attendPage, m.Number)
	if len(turn) > 0 {
		rows = append(rows, turn)
	}
	return text, append(rows, []store.Button{button(r.speak, "attend_add", pressAttendance, attendAdd, m.Number)}), nil
}

// possibleAttendees are the guests, those who were announced for them, and who else is
// noted: first whoever said to come, each by name.
func (r *request) possibleAttendees(m council.Meeting, there []council.Attendee) ([]possibleAttendee, error) {
	guests, err := r.tx.Guests(m.Number)
	if err != nil {
		return nil, err
	}
	var people []possibleAttendee
	shown := make(map[int64]bool) // notes
	invited := make(map[int64]bool)
	add := func(label string, rank int, verb string, id int64, note council.Attendee, present bool) {
		if present { // a button does what it says, also on a page that shows how it was
			label, verb, id = hereMark+label, attendOff, note.ID
			shown[note.ID] = true
		}
		people = append(people, possibleAttendee{label: label, rank: rank, verb: verb, id: id})
	}
	for _, guest := range guests {
		invited[guest.MemberID] = true
	}
	for _, guest := range guests {
		name, err := r.memberName(guest.MemberID)
		if err != nil {
			return nil, err
		}
		note, present := attendeeOf(there, func(a council.Attendee) bool { return a.MemberID == guest.MemberID })
		add(r.representing(name, guest.For), attendanceRank(guest.Response), attendTap, guest.MemberID, note, present)
		if seat := guest.Representative; guest.Response == council.ResponseRepresented && !invited[seat.MemberID] {
			note, present := attendeeOf(there, func(a council.Attendee) bool { return announced(a, guest) })
			stands, err := r.seatName(r.speak, seat)
			if err != nil {
				return nil, err
			}
			add(r.representing(plainLine(stands), guest.MemberID), 0, attendRep, guest.MemberID, note, present)
		}
	}
	for _, note := range there {
		if shown[note.ID] {
			continue
		}
		name, err := r.attendeeName(note)
		if err != nil {
			return nil, err
		}
		add(joinParts(name, plainLine(note.Office)), 3, attendOff, note.ID, note, true)
	}
	slices.SortStableFunc(people, func(a, b possibleAttendee) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(strings.ToLower(strings.TrimPrefix(a.label, hereMark)), strings.ToLower(strings.TrimPrefix(b.label, hereMark))))
	})
	numberAlike(people)
	return people, nil
}

// numberAlike tells those apart who are named alike, such as members of communities
// whose names are not known.
func numberAlike(people []possibleAttendee) {
	named := make(map[string]int)
	for _, one := range people {
		named[strings.TrimPrefix(one.label, hereMark)]++
	}
	seen := make(map[string]int)
	for i, one := range people {
		name := strings.TrimPrefix(one.label, hereMark)
		if seen[name]++; named[name] > 1 {
			people[i].label += " (" + strconv.Itoa(seen[name]) + ")"
		}
	}
}

// attendanceRank lets those who said to come stand first.
func attendanceRank(response council.Response) int {
	switch response {
	case council.ResponseComing:
		return 0
	case council.ResponseNone:
		return 1
	}
	return 2
}

// announced tells whether a note is of the one who was announced for a guest.
func announced(note council.Attendee, guest council.Guest) bool {
	seat := guest.Representative
	return note.For == guest.MemberID && note.MemberID == seat.MemberID && (seat.MemberID != 0 || note.Name == seat.Name)
}

func (r *request) memberName(id int64) (string, error) {
	member, err := r.tx.Member(id)
	return namePerson(r.speak, member), err
}

// representing names somebody with the member in whose place the person is there.
func (r *request) representing(name string, forMember int64) string {
	if forMember == 0 {
		return name
	}
	represented, err := r.memberName(forMember)
	if err != nil {
		return name // who was represented is gone
	}
	return r.speak.Say("attend.represents", "Name", name, "For", represented)
}

// attendeeName names somebody who was there.
func (r *request) attendeeName(who council.Attendee) (string, error) {
	name := plainLine(who.Name)
	if who.MemberID != 0 {
		var err error
		if name, err = r.memberName(who.MemberID); err != nil {
			return "", err
		}
	}
	return r.representing(name, who.For), nil
}

// tapAttendance notes a guest, or the one who was announced for that guest. Somebody else
// may have noted the same meanwhile.
func (r *request) tapAttendance(m council.Meeting, memberID, page int64, announcedOne bool) error {
	guest, err := r.tx.Guest(m.Number, memberID)
	if err != nil {
		return errorsOr(notFoundIsNil(err), r.stale())
	}
	who := council.Attendee{MemberID: guest.MemberID, For: guest.For, GroupID: guest.GroupID}
	fits := func(a council.Attendee) bool { return a.MemberID == guest.MemberID }
	if announcedOne {
		if guest.Response != council.ResponseRepresented {
			return r.stale()
		}
		who = council.Attendee{MemberID: guest.Representative.MemberID, Name: guest.Representative.Name, For: guest.MemberID, GroupID: guest.GroupID}
		fits = func(a council.Attendee) bool { return announced(a, guest) }
	}
	there, err := r.tx.Attendees(m.Number)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(there, fits) {
		return errors.Join(r.showAttendance(m, page), r.toast(""))
	}
	if who, err = m.Attend(who, r.actor.ID, r.now); err != nil {
		return err
	}
	m, said, err := r.openProposed(m)
	if err != nil {
		return err
	}
	kept, fresh, err := r.tx.AddAttendee(m.Number, who)
	if err != nil {
		return err
	}
	if fresh {
		if err := r.noted(m, kept); err != nil {
			return err
		}
	}
	return errors.Join(r.showAttendance(m, page), r.toast(said))
}

// tapOff takes somebody off; where another one has done that already, the page shows it.
func (r *request) tapOff(m council.Meeting, id, page int64) error {
	there, err := r.tx.Attendees(m.Number)
	if err != nil {
		return err
	}
	note, present := attendeeOf(there, func(a council.Attendee) bool { return a.ID == id })
	if !present {
		return errors.Join(r.showAttendance(m, page), r.toast(r.speak.Say("press.stale")))
	}
	return r.takeOff(m, note, page)
}

// takeOff takes back that somebody was there, and keeps the way back to that.
func (r *request) takeOff(m council.Meeting, note council.Attendee, page int64) error {
	if err := m.CheckAttendance(false, r.now); err != nil {
		return err
	}
	m, said, err := r.openProposed(m)
	if err != nil {
		return err
	}
	if _, err := r.tx.EndAttendee(m.Number, note.ID, m.AttendanceEdition()); err != nil {
		return err
	}
	if err := errors.Join(r.record(m.Reference(), council.EventAttended, "", "taken_off", idText(note.ID)), r.canPutBack(m, note)); err != nil {
		return err
	}
	name, err := r.attendeeName(note)
	if err != nil {
		return err
	}
	toast := joinedLines(shorten(r.speak.Say("attend.off", "Name", name), questionShown/2), said)
	return errors.Join(r.showAttendance(m, page), r.toast(toast))
}
