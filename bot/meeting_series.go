package bot

import (
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// detailDate is, of one of the meetings that repeat that was left out, its date by the rule.
const detailDate = "date"

// inviteNext makes the next one of the meetings that repeat, as the one before was, and
// invites to it.
func (r *request) inviteNext(m council.Meeting, on time.Time) error {
	next, err := m.Next(on, r.actor.ID, r.now, r.city.Timing.Calendar)
	if err != nil {
		return err
	}
	if next, err = r.makeMeeting(next, 0, 0); err != nil {
		return err
	}
	return r.seriesDone(m, r.speak.Say("meeting_series.invited", "Reference", next.Reference().String()), nil)
}

// changeNext opens the next one of the meetings that repeat as a draft, and asks for its time.
func (r *request) changeNext(m council.Meeting, on time.Time) error {
	next, err := m.Next(on, r.actor.ID, r.now, r.city.Timing.Calendar)
	if err != nil {
		return err
	}
	// The key names no message: it is that of this draft alone, however often it is opened.
	draft := meetingDraft{Key: -int(m.Number), Chat: r.chatID, Title: next.Title, Starts: next.Starts, Length: next.Length, Place: next.Place,
		To: next.To, People: next.People, Seats: next.Seats, Chair: next.Chair, Scribe: next.Scribe, Recurrence: next.Recurrence,
		Previous: m.Number, Decided: true, Skipped: []string{fieldPlace, fieldChair, fieldScribe}}
	if err := r.askMeeting(draft, fieldTime); err != nil {
		return err
	}
	return r.toast("")
}

// skipNext leaves one of the meetings that repeat out; the one after it is offered in its time.
func (r *request) skipNext(m council.Meeting, on time.Time) error {
	date := council.DayOf(on, r.city.Zone).String()
	before, known, err := r.tx.LastHappening(m.Reference(), council.EventSkipped)
	if err != nil {
		return err
	}
	if !known || before.Detail[detailDate] != date {
		if err := r.record(m.Reference(), council.EventSkipped, "", detailDate, date); err != nil {
			return err
		}
	}
	return r.seriesDone(m, r.speak.Say("meeting_series.toast_skipped"), nil)
}

// endSeries lets a meeting come no more, which can be taken back for a while.
func (r *request) endSeries(m council.Meeting) error {
	if m.Recurrence == nil {
		return r.seriesDone(m, "", nil)
	}
	ended := m.EndSeries()
	if err := r.tx.SaveMeeting(ended); err != nil {
		return err
	}
	if err := r.record(m.Reference(), council.EventSeriesEnded, ""); err != nil {
		return err
	}
	undo := store.Undo{Subject: m.Reference().String(), MemberID: r.actor.ID, Version: ended.Version, ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, meetingBefore{Meeting: m}); err != nil {
		return err
	}
	if err := r.planMeeting(ended); err != nil {
		return err
	}
	return r.seriesDone(ended, r.speak.Say("meeting_series.toast_ended"), nil)
}

// resumeSeries takes back that a meeting comes no more.
func (r *request) resumeSeries(m council.Meeting) error {
	if m.Recurrence == nil {
		if _, err := r.restoreMeeting(m, m.Version); err != nil {
			return err
		}
	}
	return r.seriesDone(m, r.speak.Say("meeting_series.toast_resumed"), nil)
}

// resumes tells whether it can still be taken back that a meeting comes no more.
func (r *request) resumes(m council.Meeting) (bool, error) {
	var before meetingBefore
	undo, err := r.tx.LastUndo(m.Reference().String(), &before)
	return err == nil && before.Meeting.Recurrence != nil && m.Recurrence == nil && undo.Version == m.Version &&
		r.now.Sub(undo.ChangedAt) <= undoTime, notFoundIsNil(err)
}

// seriesDone shows what came of a press in every digest that speaks of the meeting.
func (r *request) seriesDone(m council.Meeting, toast string, err error) error {
	if err != nil {
		return err
	}
	if err := errors.Join(r.refreshDigests(m.Reference()), r.refreshPressed()); err != nil {
		return err
	}
	return r.toast(toast)
}

// passSeries takes the rule from the meeting before, since it is kept by the last one of
// those that repeat.
func (r *request) passSeries(m council.Meeting) error {
	if m.Previous == 0 || m.Recurrence == nil {
		return nil
	}
	before, err := r.tx.Meeting(m.Previous)
	if err != nil || before.Recurrence == nil {
		return notFoundIsNil(err)
	}
	before = before.EndSeries()
	if err := r.tx.SaveMeeting(before); err != nil {
		return err
	}
	return r.planMeeting(before)
}
