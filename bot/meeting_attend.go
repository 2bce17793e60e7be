package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What the buttons of attendance do; the meeting's number follows.
const (
	attendHere = "here" // who presses is there
	attendPage = "page" // the list to keep, and which page of it
	attendTap  = "tap"  // a member is there; and the page
	attendRep  = "rep"  // the one who was announced for a member is there
	attendOff  = "off"  // somebody who is noted is taken off
	attendAdd  = "add"  // names are asked for
	attendUndo = "undo" // the first of those who were added
)

// aboutAttendance marks the list of who was there, as it is kept in private.
const aboutAttendance = "meeting_attend"

// attendanceRow lets people say that they are there, while the meeting takes that; nil
// at other times.
func (r *request) attendanceRow(speak locale.Speaker, m council.Meeting) []store.Button {
	if m.CheckAttendance(true, r.now) != nil {
		return nil
	}
	return []store.Button{button(speak, "attend_here", pressAttendance, attendHere, m.Number)}
}

// attendanceKeepRow opens the list of who was there, for whoever keeps it.
func (r *request) attendanceKeepRow(speak locale.Speaker, m council.Meeting) []store.Button {
	return []store.Button{button(speak, "attend_keep", pressAttendance, attendPage, m.Number, 0)}
}

// pressAttend answers the buttons of attendance. The meeting is looked for, and who
// presses is asked anew: a button may be forged.
func (r *request) pressAttend(arguments pressArguments) error {
	m, err := r.findMeeting(arguments.number(1))
	if err != nil {
		return err
	}
	verb := arguments.text(0)
	if verb == attendHere {
		return r.pressHere(m)
	}
	if err := r.mayMeeting(council.ActionMinutes, m); err != nil {
		return err
	}
	if !r.private {
		return r.stale()
	}
	id, page := arguments.number(2), arguments.number(3)
	switch verb {
	case attendPage:
		return errors.Join(r.showAttendance(m, id), r.toast(""))
	case attendTap, attendRep:
		return r.tapAttendance(m, id, page, verb == attendRep)
	case attendOff:
		return r.tapOff(m, id, page)
	case attendAdd:
		if err := m.CheckAttendance(false, r.now); err != nil {
			return err
		}
		return r.answerByMessage(r.ask(dialogAttendance, "", idText(m.Number), r.speak.Say("attend.ask")))
	case attendUndo:
		return r.pressUndoAttendance(m, id)
	}
	return r.stale()
}

// pressHere notes that the one who presses is there, for the group in which it was
// pressed.
func (r *request) pressHere(m council.Meeting) error {
	guest, err := r.tx.Guest(m.Number, r.actor.ID)
	if notFoundIsNil(err) != nil {
		return err
	}
	invited := council.Scope{GroupID: r.group.ID, Assigned: err == nil || r.invitedTo(m)}
	if err := r.may(council.ActionRespond, invited); err != nil {
		return err
	}
	if err := m.CheckAttendance(true, r.now); err != nil {
		return err
	}
	who, err := m.Attend(council.Attendee{MemberID: r.actor.ID, For: guest.For, GroupID: r.attendsFor(m, guest)}, r.actor.ID, r.now)
	if err != nil {
		return err
	}
	kept, fresh, err := r.tx.AddAttendee(m.Number, who)
	if err != nil {
		return err
	}
	if !fresh {
		return r.sayNotedBefore(m)
	}
	if err := r.noted(m, kept); err != nil {
		return err
	}
	return r.toast(r.speak.Say("attend.here", "Person", greetPerson(r.speak, r.actor.Member)))
}

// attendsFor is the group for which somebody is there: the one in which it was pressed,
// otherwise the one in which the person was met, or an invited one of the person's own.
func (r *request) attendsFor(m council.Meeting, guest council.Guest) int64 {
	switch {
	case r.linked() && m.To.Include(r.group):
		return r.group.ID
	case guest.GroupID != 0:
		return guest.GroupID
	}
	for _, group := range r.actor.Groups {
		if m.To.Include(group) {
			return group.ID
		}
	}
	return 0
}

// sayNotedBefore says since when the person is noted.
func (r *request) sayNotedBefore(m council.Meeting) error {
	there, err := r.tx.Attendees(m.Number)
	if err != nil {
		return err
	}
	for _, who := range there {
		if who.MemberID == r.actor.ID {
			return r.toast(r.speak.Say("attend.again", "Person", greetPerson(r.speak, r.actor.Member), "Hour", r.speak.Hour(who.At.In(r.city.Zone))))
		}
	}
	return r.stale()
}

// attendanceUndo is what can be taken back of who was there.
type attendanceUndo struct {
	Meeting int64
	Added   []int64
	Gone    []council.Attendee // who was taken off, after that
	Said    int                // the message that named who was added; 0 for a press
}

// openProposed opens minutes that wait for whoever leads, so that nobody agrees to others
// than those who were shown. It gives what is to be said of that; "" where nothing is.
func (r *request) openProposed(m council.Meeting) (council.Meeting, string, error) {
	if m.Minutes.State != council.MinutesProposed {
		return m, "", nil
	}
	opened, err := r.openMinutes(m)
	return opened, r.speak.Say("meeting_note.offer_again"), err
}

// noted records that people were noted as present, and keeps the way back.
func (r *request) noted(m council.Meeting, who ...council.Attendee) error {
	undo := attendanceUndo{Meeting: m.Number}
	if r.message != nil {
		undo.Said = r.message.ID
	}
	ids := make([]string, len(who))
	for i, one := range who {
		undo.Added = append(undo.Added, one.ID)
		ids[i] = strconv.FormatInt(one.ID, 10)
	}
	if err := r.record(m.Reference(), council.EventAttended, "", "attendees", strings.Join(ids, ",")); err != nil {
		return err
	}
	subject := council.Reference{Letter: council.AttendeeLetter, Number: undo.Added[0]}
	return r.tx.KeepUndo(store.Undo{Subject: subject.String(), MemberID: r.actor.ID, Version: 1, ChangedAt: r.now}, undo)
}

// canPutBack keeps the way back to somebody who was taken off.
func (r *request) canPutBack(m council.Meeting, note council.Attendee) error {
	subject := council.Reference{Letter: council.AttendeeLetter, Number: note.ID}.String()
	var before attendanceUndo
	if _, err := r.tx.LastUndo(subject, &before); notFoundIsNil(err) != nil {
		return err
	}
	undo := attendanceUndo{Meeting: m.Number, Added: before.Added, Gone: []council.Attendee{note}, Said: before.Said}
	return r.tx.KeepUndo(store.Undo{Subject: subject, MemberID: r.actor.ID, Version: 1, ChangedAt: r.now}, undo)
}

// undoLastAttendance is /urungkan of who was noted or taken off last.
func (r *request) undoLastAttendance(first int64) error {
	m, err := r.undoAttendance(first, true)
	if err != nil {
		return err
	}
	return r.replyAbout(m.Reference().String(), aboutAttendance, r.speak.Say("attend.undone", "Reference", m.Reference().String()))
}

func (r *request) pressUndoAttendance(m council.Meeting, first int64) error {
	if _, err := r.undoAttendance(first, false); err != nil {
		return err
	}
	text := r.speak.Say("attend.undone", "Reference", m.Reference().String())
	return errors.Join(r.editIndicators(m.Reference().String(), aboutAttendance, text, r.attendanceKeepRow(r.speak, m)), r.toast(text))
}

// undoAttendance takes back within ten minutes that people were noted, by whoever noted
// them; where the last is asked for and somebody was taken off since, only that.
func (r *request) undoAttendance(first int64, last bool) (council.Meeting, error) {
	subject := council.Reference{Letter: council.AttendeeLetter, Number: first}.String()
	var kept attendanceUndo
	undo, err := r.lastUndo(subject, &kept)
	if err != nil {
		return council.Meeting{}, tooLateOf(err, kept.Meeting)
	}
	m, err := r.findMeeting(kept.Meeting)
	if err != nil {
		return m, err
	}
	if undo.MemberID != r.actor.ID {
		return m, council.Refuse("nothing_to_undo")
	}
	if err := m.CheckAttendance(false, r.now); err != nil {
		return m, err
	}
	if m, _, err = r.openProposed(m); err != nil {
		return m, err
	}
	if last && len(kept.Gone) > 0 {
		err = r.putBackAttendees(m, kept.Gone)
	} else {
		err = r.endAttendees(m, kept.Added)
	}
	return m, errors.Join(err, r.tx.ForgetUndo(subject), r.record(m.Reference(), council.EventUndone, ""))
}

func (r *request) endAttendees(m council.Meeting, ids []int64) error {
	for _, id := range ids {
		if _, err := r.tx.EndAttendee(m.Number, id, m.AttendanceEdition()); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) putBackAttendees(m council.Meeting, gone []council.Attendee) error {
	for _, who := range gone {
		who.From, who.Until = m.AttendanceEdition(), 0
		if _, _, err := r.tx.AddAttendee(m.Number, who); err != nil {
			return err
		}
	}
	return nil
}

// attendeeOf finds who of those present is this member, or was announced for another.
func attendeeOf(there []council.Attendee, fits func(council.Attendee) bool) (council.Attendee, bool) {
	at := slices.IndexFunc(there, fits)
	if at < 0 {
		return council.Attendee{}, false
	}
	return there[at], true
}
