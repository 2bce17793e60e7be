package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressNote answers the buttons below what was kept in minutes.
const pressNote = "note"

// What its buttons do; the meeting's number follows, and mostly a line.
const (
	noteWhich    = "which"    // the meeting a command is about
	noteUndo     = "undo"     // the first and the last line
	noteDecision = "decision" // the line is one
	noteNote     = "note"     // the line is a note after all
	noteAbout    = "about"    // the reference that a decision settles
	noteAnswer   = "answer"   // the question is answered with the line
	noteIdea     = "idea"     // the idea is decided so, with the line as reason
	noteEnd      = "end"      // the recommendation ends with the line as result
	noteLink     = "link"     // the recommendation points to the meeting
	noteTask     = "task"     // a task becomes a follow-up
)

// pressNotes answers a press. What the button carries may be forged: the meeting is
// looked for, and who presses is asked anew.
func (r *request) pressNotes(arguments pressArguments) error {
	m, err := r.findMeeting(arguments.number(1))
	if err != nil {
		return err
	}
	verb, id := arguments.text(0), arguments.number(2)
	if verb == noteWhich {
		return r.pressWhichMeeting(m)
	}
	if err := r.mayMeeting(council.ActionMinutes, m); err != nil {
		return err
	}
	switch verb {
	case noteUndo:
		return r.pressUndoMinutes(m, id, arguments.number(3))
	case noteTask:
		return r.pressFollowUp(m, id)
	}
	line, open, err := r.openLine(m, id)
	if err != nil || !open || line.Kind == council.MinuteTask {
		return errorsOr(err, r.stale())
	}
	switch verb {
	case noteDecision, noteNote:
		return r.pressMinuteKind(m, line, council.MinuteKind(verb))
	case noteAbout:
		return r.pressSettles(m, line, arguments.text(3))
	case noteAnswer, noteIdea, noteEnd, noteLink:
		return r.pressSettle(m, line, verb, arguments.text(3))
	}
	return r.stale()
}

// openLine finds a line that may still be changed: of the edition that is open.
func (r *request) openLine(m council.Meeting, id int64) (council.Minute, bool, error) {
	line, err := r.tx.MinuteLine(m.Number, id)
	if err != nil {
		return line, false, notFoundIsNil(err)
	}
	open := line.Until == 0 && line.From == m.Minutes.Edition && m.Minutes.State != council.MinutesAgreed
	return line, open, nil
}

// answerNoted says in one line what was kept, with the way back and on; and what that
// changed in minutes that were proposed or agreed before.
func (r *request) answerNoted(m council.Meeting, lines []council.Minute, before council.MinutesState) error {
	text, rows, err := r.notedFace(m, lines)
	if err != nil {
		return err
	}
	switch before {
	case council.MinutesAgreed:
		text += " " + r.speak.Say("meeting_note.next_edition", "N", m.Minutes.Edition)
	case council.MinutesProposed:
		text += "\n" + r.speak.Say("meeting_note.offer_again")
	}
	if err := r.replyAbout(m.Reference().String(), aboutMeeting, text, rows...); err != nil {
		return err
	}
	if len(lines) == 1 && !lines[0].Subject.IsZero() {
		return r.settleAtOnce(m, lines[0])
	}
	return nil
}

// notedFace writes what was kept: in a group that it was, in private the words too.
func (r *request) notedFace(m council.Meeting, lines []council.Minute) (string, [][]store.Button, error) {
	reference := m.Reference().String()
	first := lines[0]
	undo := button(r.speak, "undo", pressNote, noteUndo, m.Number, first.ID, lines[len(lines)-1].ID)
	if len(lines) > 1 {
		return r.speak.Count("meeting_note.several", len(lines), "Reference", reference), [][]store.Button{{undo}}, nil
	}
	text := r.speak.Say("meeting_note."+string(first.Kind), "Reference", reference)
	if !first.Subject.IsZero() {
		text = r.speak.Say("meeting_note.decision_about", "Reference", reference, "Subject", first.Subject.String())
	}
	if r.private {
		text += "\n" + shorten(plainLine(first.Text), questionShown)
	}
	if first.Kind == council.MinuteNote {
		return text, [][]store.Button{{undo, button(r.speak, "note_decision", pressNote, noteDecision, m.Number, first.ID)}}, nil
	}
	rows, err := r.settleRows(m, first)
	return text, append(rows, []store.Button{undo, button(r.speak, "note_note", pressNote, noteNote, m.Number, first.ID)}), err
}

// pressMinuteKind makes a decision of a note, or a note of what was no decision.
func (r *request) pressMinuteKind(m council.Meeting, line council.Minute, kind council.MinuteKind) error {
	m, err := r.openMinutes(m)
	if err != nil {
		return err
	}
	line.Kind = kind
	if kind == council.MinuteNote {
		line.Subject = council.Reference{}
	}
	if err := r.changeMinute(m, line); err != nil {
		return err
	}
	return r.showNoted(m, line)
}

// changeMinute keeps a line of the edition that is open as it was changed.
func (r *request) changeMinute(m council.Meeting, line council.Minute) error {
	if err := r.tx.SaveMinute(m.Number, line, m.Minutes.Edition); err != nil {
		return err
	}
	return r.record(m.Reference(), council.EventNoted, "", "kind", string(line.Kind), "line", idText(line.ID))
}

// showNoted brings the message below which was pressed up to date.
func (r *request) showNoted(m council.Meeting, line council.Minute) error {
	text, rows, err := r.notedFace(m, []council.Minute{line})
	if err != nil {
		return err
	}
	return errors.Join(r.editIndicators(m.Reference().String(), aboutMeeting, text, rows...), r.toast(""))
}

// notesUndo is what can be taken back of the minutes of a meeting.
type notesUndo struct {
	Meeting, First, Last int64            // lines that were added
	Gone                 []council.Minute // lines as they were before they were changed or taken away
	Instead              int64            // the line that took the place of one of those
}

// canUndoMinutes keeps what was added just now, so that /urungkan finds it.
func (r *request) canUndoMinutes(m council.Meeting, lines []council.Minute) error {
	undo := notesUndo{Meeting: m.Number, First: lines[0].ID, Last: lines[len(lines)-1].ID}
	subject := council.Reference{Letter: council.MinuteLetter, Number: undo.First}
	return r.tx.KeepUndo(store.Undo{Subject: subject.String(), MemberID: r.actor.ID, Version: 1, ChangedAt: r.now}, undo)
}

// undoOfMeeting is /urungkan with a meeting's number, or in reply to a message about it:
// what the person noted there, where that was the last, otherwise what happened to the
// meeting itself.
func (r *request) undoOfMeeting(number int64) error {
	last, err := r.lastChanged()
	if refusal := (*council.Refusal)(nil); err != nil && !errors.As(err, &refusal) {
		return err
	}
	var kept struct{ Meeting int64 }
	if last.Letter == council.MinuteLetter || last.Letter == council.AttendeeLetter {
		if _, err := r.tx.LastUndo(last.String(), &kept); err != nil {
			return err
		}
	}
	switch {
	case kept.Meeting != number:
		return r.undoLastMeeting(number)
	case last.Letter == council.AttendeeLetter:
		return r.undoLastAttendance(last.Number)
	}
	return r.undoLastMinutes(last.Number)
}

// undoLastMinutes is /urungkan of what was added to minutes last.
func (r *request) undoLastMinutes(first int64) error {
	var kept notesUndo
	_, err := r.lastUndo(council.Reference{Letter: council.MinuteLetter, Number: first}.String(), &kept)
	if err != nil {
		return tooLateOf(err, kept.Meeting)
	}
	m, err := r.findMeeting(kept.Meeting)
	if err != nil {
		return err
	}
	if err := r.mayMeeting(council.ActionMinutes, m); err != nil {
		return err
	}
	if len(kept.Gone) > 0 {
		if _, err := r.putBackMinutes(m, kept); err != nil {
			return err
		}
		return r.replyAbout(m.Reference().String(), aboutMeeting, r.speak.Count("meeting_note.undone", len(kept.Gone), "Reference", m.Reference().String()))
	}
	text, err := r.undoMinutes(m, kept.First, kept.Last)
	if err != nil {
		return err
	}
	return r.replyAbout(m.Reference().String(), aboutMeeting, text)
}

// tooLateOf names the meeting where something of it is undone too late: people know no
// name of the line.
func tooLateOf(err error, meeting int64) error {
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) && refusal.Code == "undo_too_late" {
		return council.Refuse("undo_too_late", "Reference", council.MeetingReference(meeting).String())
	}
	return err
}

func (r *request) pressUndoMinutes(m council.Meeting, first, last int64) error {
	text, err := r.undoMinutes(m, first, last)
	if err != nil {
		return err
	}
	return errors.Join(r.editIndicators(m.Reference().String(), aboutMeeting, text), r.toast(text))
}

// undoMinutes takes lines back that were added within ten minutes, as long as the
// edition is open in which they stand.
func (r *request) undoMinutes(m council.Meeting, first, last int64) (string, error) {
	reference := m.Reference().String()
	if first <= 0 || last < first || last-first >= council.MinutesLimit {
		return "", council.Refuse("nothing_to_undo")
	}
	var gone []council.Minute
	for id := first; id <= last; id++ {
		line, open, err := r.openLine(m, id)
		if err != nil {
			return "", err
		}
		if !open || line.By != r.actor.ID && !r.actor.Coordinates() {
			continue
		}
		if r.now.Sub(line.At) > undoTime {
			return "", council.Refuse("undo_too_late", "Reference", reference)
		}
		gone = append(gone, line)
	}
	if len(gone) == 0 {
		return "", council.Refuse("nothing_to_undo")
	}
	m, err := r.openMinutes(m)
	if err != nil {
		return "", err
	}
	for _, line := range gone {
		if err := r.tx.EndMinute(m.Number, line.ID, m.Minutes.Edition); err != nil {
			return "", err
		}
	}
	subject := council.Reference{Letter: council.MinuteLetter, Number: first}.String()
	if err := errors.Join(r.tx.ForgetUndo(subject), r.record(m.Reference(), council.EventUndone, "")); err != nil {
		return "", err
	}
	return r.speak.Count("meeting_note.undone", len(gone), "Reference", reference), nil
}
