package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// dialogMinutes asks for words of minutes; its steps are minutesAdd, minutesChange and
// minutesFix.
const dialogMinutes = "minutes"

// minutesDraft is what is being asked about minutes.
type minutesDraft struct {
	Number   int64
	Line     int64 // with minutesChange
	Proposal int   // with minutesFix
}

func (r *request) askMinutes(step string, draft minutesDraft, text string) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	return r.answerByMessage(r.ask(dialogMinutes, step, string(kept), text))
}

// answerMinutes takes the words that were asked for. What cannot be taken leaves the
// question open.
func (r *request) answerMinutes(dialog store.Dialog) error {
	var draft minutesDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	m, err := r.findMeeting(draft.Number)
	if err != nil {
		return err
	}
	if err := r.mayMeeting(council.ActionMinutes, m); err != nil {
		return err
	}
	switch dialog.Step {
	case minutesChange:
		err = r.rewordMinute(m, draft.Line, strings.TrimSpace(r.text))
	case minutesFix:
		err = r.sendBackMinutes(m, draft.Proposal, strings.TrimSpace(r.text))
	default:
		err = r.addMinutes(m, r.text)
	}
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) && slices.Contains([]string{"minute_empty", "minute_long", "minutes_why"}, refusal.Code) {
		return errors.Join(err, r.tx.SetDialog(dialog, r.now))
	}
	return err
}

func (r *request) pressMinutesAdd(m council.Meeting, _ pressArguments) error {
	if _, err := m.Open(r.now); err != nil {
		return err
	}
	if m.Minutes.State == council.MinutesAgreed {
		return council.Refuse("minutes_agreed", "Reference", m.Reference().String())
	}
	return r.askMinutes(minutesAdd, minutesDraft{Number: m.Number}, r.speak.Say("minutes.ask.add", "Reference", m.Reference().String()))
}

// addMinutes adds lines, all of them or, where one cannot be kept, none.
func (r *request) addMinutes(m council.Meeting, words string) error {
	m, kept, err := r.keepLines(m, r.spokenLines(council.MinuteNote, words))
	if err != nil {
		return err
	}
	if err := r.canUndoMinutes(m, kept); err != nil {
		return err
	}
	undo := []store.Button{button(r.speak, "undo", pressNote, noteUndo, m.Number, kept[0].ID, kept[len(kept)-1].ID)}
	all, err := r.numberedMinutes(m)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(line council.Minute) bool { return line.ID == kept[0].ID })
	return r.showMinutesPage(m, int64(at/minutesLinesPage+1), "", undo)
}

// minuteNamed finds a line that stands now and may be changed, and its number; ErrNotFound
// for none. In agreed minutes nothing may be: "minutes_agreed".
func (r *request) minuteNamed(m council.Meeting, id int64) (line council.Minute, number int, err error) {
	if m.Minutes.State == council.MinutesAgreed {
		return line, 0, council.Refuse("minutes_agreed", "Reference", m.Reference().String())
	}
	lines, err := r.numberedMinutes(m)
	if err != nil {
		return line, 0, err
	}
	at := slices.IndexFunc(lines, func(line council.Minute) bool { return line.ID == id })
	if at < 0 {
		return line, 0, store.ErrNotFound
	}
	return lines[at], at + 1, nil
}

// lineGone shows how the minutes stand to who pressed the button of a line that was not found.
func (r *request) lineGone(m council.Meeting, err error) error {
	if notFoundIsNil(err) != nil {
		return err
	}
	return r.showMinutesPage(m, 1, r.speak.Say("press.renewed"))
}

// pressMinutesLine shows one line as a whole, to change it or to take it away.
func (r *request) pressMinutesLine(m council.Meeting, rest pressArguments) error {
	line, number, err := r.minuteNamed(m, rest.number(0))
	if err != nil {
		return r.lineGone(m, err)
	}
	text, err := r.minuteWords(r.speak, line)
	if err != nil {
		return err
	}
	head := r.speak.Say("minutes.head", "Reference", m.Reference().String(), "Title", agendaTitle(m.Title))
	lines := []string{head, r.speak.Say("minutes.part." + string(line.Kind)), strconv.Itoa(number) + ". " + text}
	var row []store.Button
	if line.Kind != council.MinuteTask {
		row = append(row, button(r.speak, "change", pressMinutes, minutesChange, m.Number, line.ID))
	}
	row = append(row, button(r.speak, "minutes_remove", pressMinutes, minutesRemove, m.Number, line.ID))
	back := []store.Button{button(r.speak, "back", pressMinutes, minutesShow, m.Number, (number-1)/minutesLinesPage+1)}
	return errors.Join(r.minutesInPlace(m, strings.Join(lines, "\n"), row, back), r.toast(""))
}

// pressMinutesChange asks for other words of a line.
func (r *request) pressMinutesChange(m council.Meeting, rest pressArguments) error {
	line, number, err := r.minuteNamed(m, rest.number(0))
	if err != nil || line.Kind == council.MinuteTask {
		return r.lineGone(m, err)
	}
	text := r.speak.Say("minutes.ask.change", "Reference", m.Reference().String(), "N", number, "Text", line.Text)
	return r.askMinutes(minutesChange, minutesDraft{Number: m.Number, Line: line.ID}, text)
}

// rewordMinute gives a line other words. One that stands in an agreed edition stays
// there, and another takes its place from now on.
func (r *request) rewordMinute(m council.Meeting, id int64, words string) error {
	line, number, err := r.minuteNamed(m, id)
	if err != nil {
		return errorsOr(err, council.Refuse("minutes_line_gone", "Reference", m.Reference().String()))
	}
	if m, err = r.openForChange(m); err != nil {
		return err
	}
	kind, text := lineKind(words, line.Kind)
	changed, err := m.Note(kind, text, line.Subject, line.By, line.At)
	if err != nil {
		return err
	}
	changed.Said = line.Said
	undo := notesUndo{Meeting: m.Number, Gone: []council.Minute{line}}
	if line.From >= m.Minutes.Edition {
		changed.ID = line.ID
		err = r.tx.SaveMinute(m.Number, changed, m.Minutes.Edition)
	} else if err = r.tx.EndMinute(m.Number, line.ID, m.Minutes.Edition); err == nil {
		changed, err = r.tx.AddMinute(m.Number, changed)
		undo.Instead = changed.ID
	}
	if err != nil {
		return err
	}
	if err := r.record(m.Reference(), council.EventNoted, "", "kind", string(kind), "line", idText(changed.ID)); err != nil {
		return err
	}
	return r.changedMinute(m, undo, int64((number-1)/minutesLinesPage+1), "")
}

// openForChange opens proposed minutes, so that nobody agrees to what is being changed.
// Agreed ones are opened by a button of their own.
func (r *request) openForChange(m council.Meeting) (council.Meeting, error) {
	if m.Minutes.State == council.MinutesAgreed {
		return m, council.Refuse("minutes_agreed", "Reference", m.Reference().String())
	}
	return r.openMinutes(m)
}

// pressMinutesRemove takes a line away, with the way back.
func (r *request) pressMinutesRemove(m council.Meeting, rest pressArguments) error {
	line, number, err := r.minuteNamed(m, rest.number(0))
	if err != nil {
		return r.lineGone(m, err)
	}
	if m, err = r.openForChange(m); err != nil {
		return err
	}
	if err := r.tx.EndMinute(m.Number, line.ID, m.Minutes.Edition); err != nil {
		return err
	}
	if err := r.record(m.Reference(), council.EventNoted, "", "removed", idText(line.ID)); err != nil {
		return err
	}
	undo := notesUndo{Meeting: m.Number, Gone: []council.Minute{line}}
	return r.changedMinute(m, undo, int64((number-1)/minutesLinesPage+1), r.speak.Say("minutes.toast.removed", "N", number))
}

// changedMinute keeps how a line was, and shows the page with the way back to that.
func (r *request) changedMinute(m council.Meeting, undo notesUndo, page int64, toast string) error {
	id := undo.Gone[0].ID
	kept := store.Undo{Subject: council.Reference{Letter: council.MinuteLetter, Number: id}.String(), MemberID: r.actor.ID, Version: 1, ChangedAt: r.now}
	if err := r.tx.KeepUndo(kept, undo); err != nil {
		return err
	}
	return r.showMinutesPage(m, page, toast, []store.Button{button(r.speak, "undo", pressMinutes, minutesUndone, m.Number, id)})
}

// pressMinutesUndo puts a line back to how it was.
func (r *request) pressMinutesUndo(m council.Meeting, rest pressArguments) error {
	id := rest.number(0)
	var undo notesUndo
	if _, err := r.lastUndo(council.Reference{Letter: council.MinuteLetter, Number: id}.String(), &undo); err != nil {
		return tooLateOf(err, m.Number)
	}
	if undo.Meeting != m.Number || len(undo.Gone) == 0 {
		return r.stale()
	}
	m, err := r.putBackMinutes(m, undo)
	if err != nil {
		return err
	}
	return r.showMinutesPage(m, 1, r.speak.Say("minutes.toast.undone"))
}

// putBackMinutes puts lines back to how they were before the change of one of them.
func (r *request) putBackMinutes(m council.Meeting, undo notesUndo) (council.Meeting, error) {
	m, err := r.openForChange(m)
	if err != nil {
		return m, err
	}
	if undo.Instead != 0 {
		if err := r.tx.EndMinute(m.Number, undo.Instead, m.Minutes.Edition); err != nil {
			return m, err
		}
	}
	for _, line := range undo.Gone {
		if line.From > m.Minutes.Edition {
			return m, council.Refuse("nothing_to_undo")
		}
		if err := r.tx.PutBackMinute(m.Number, line, m.Minutes.Edition); err != nil {
			return m, err
		}
	}
	subject := council.Reference{Letter: council.MinuteLetter, Number: undo.Gone[0].ID}.String()
	return m, errors.Join(r.tx.ForgetUndo(subject), r.record(m.Reference(), council.EventUndone, ""))
}
