package bot

import (
	"errors"
	"reflect"
	"slices"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// correctMeeting makes a meeting what its edited command says, as long as nobody has
// changed it since; before it is confirmed, its draft.
func (r *request) correctMeeting(message *models.Message) error {
	m, untouched, err := r.tx.MeetingByCommand(message.Chat.ID, message.ID)
	if errors.Is(err, store.ErrNotFound) {
		return r.correctMeetingDraft(message)
	}
	if err != nil || m.CreatedBy != r.actor.ID {
		return err
	}
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	if !untouched {
		return council.Refuse("touched_since", "Reference", m.Reference().String())
	}
	edited, err := r.rereadMeeting(message)
	if err != nil {
		return err
	}
	after, err := r.corrected(m, edited)
	if err != nil || after.Version == m.Version {
		return err
	}
	return r.keepCorrected(m, after)
}

// rereadMeeting reads an edited command.
func (r *request) rereadMeeting(message *models.Message) (meetingDraft, error) {
	draft := meetingDraft{Key: message.ID, Chat: message.Chat.ID}
	text, entities := body(message)
	return draft, r.readMeeting(text, entities, &draft)
}

// corrected is a meeting with what its edited command says. What that does not say, or
// does not say clearly, stays; who was invited stays so.
func (r *request) corrected(m council.Meeting, edited meetingDraft) (council.Meeting, error) {
	after, err := m, error(nil)
	if edited.Title != "" && edited.Title != after.Title {
		if after, err = after.Rename(edited.Title, r.now); err != nil {
			return m, err
		}
	}
	wished := edited.meeting()
	if edited.Phrase == "" && !edited.Starts.IsZero() && (!wished.Starts.Equal(after.Starts) || edited.Length != 0 && wished.Length != after.Length) {
		if edited.Length == 0 {
			wished.Length = after.Length
		}
		if after, err = after.Move(wished.Starts, wished.Length, r.now); err != nil {
			return m, err
		}
	}
	if edited.Place != "" && edited.Place != after.Place {
		if after, err = after.Relocate(edited.Place, r.now); err != nil {
			return m, err
		}
	}
	return r.correctedPeople(after, edited)
}

func (r *request) correctedPeople(m council.Meeting, edited meetingDraft) (council.Meeting, error) {
	after, err := m, error(nil)
	chair, scribe := after.Chair, after.Scribe
	if !edited.Chair.IsZero() {
		chair = edited.Chair
	}
	if !edited.Scribe.IsZero() {
		scribe = edited.Scribe
	}
	if chair != after.Chair || scribe != after.Scribe {
		if after, err = after.Appoint(chair, scribe); err != nil {
			return m, err
		}
	}
	more := slices.ContainsFunc(edited.People, func(id int64) bool { return !slices.Contains(after.People, id) })
	if more || !after.To.Name(edited.To) {
		if after, err = after.Invite(edited.To, edited.People); err != nil {
			return m, err
		}
	}
	if edited.Seats != 0 && edited.Seats != after.Seats {
		after.Seats = edited.Seats
		after.Version++
	}
	if edited.Recurrence != nil && !reflect.DeepEqual(edited.Recurrence, after.Recurrence) {
		after.Recurrence = edited.Recurrence
		after.Version++
	}
	return after, nil
}

// keepCorrected keeps a meeting as its command says now. The invited hear of it once if
// time, place or title are others; whoever is invited besides gets the invitation.
func (r *request) keepCorrected(before, after council.Meeting) error {
	var lines []string
	if after.Alike(before) {
		if err := r.keepSeatsAndGuests(before, after); err != nil {
			return err
		}
	} else {
		told, err := r.keepChange(before, after, council.EventCorrected, "")
		if err != nil {
			return err
		}
		lines = append(r.differences(r.speak, before, after), r.toldText(told))
	}
	if err := r.tx.MeetingAsCommanded(after); err != nil {
		return err
	}
	text := joinedLines(append([]string{r.speak.Say("meeting_draft.corrected", "Meeting", meetingHead(after))}, lines...)...)
	return r.queuePrivately(store.Payload{Text: text, Subject: after.Reference().String(), About: aboutMeeting,
		Buttons: [][]store.Button{{button(r.speak, "undo", pressMeeting, meetingUndo, after.Number, after.Version)}}})
}

// keepSeatsAndGuests keeps a change of which nobody is told but who is invited by it.
func (r *request) keepSeatsAndGuests(before, after council.Meeting) error {
	guests, err := r.tx.Guests(before.Number)
	if err != nil {
		return err
	}
	if err := r.tx.SaveMeeting(after); err != nil {
		return err
	}
	if err := r.record(after.Reference(), council.EventCorrected, ""); err != nil {
		return err
	}
	undo := store.Undo{Subject: after.Reference().String(), MemberID: r.actor.ID, Version: after.Version, ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, meetingBefore{before, guests}); err != nil {
		return err
	}
	if err := r.sendInvitations(after); err != nil {
		return err
	}
	return r.showMeeting(after)
}

// correctMeetingDraft reads an edited command anew whose draft waits to be confirmed. What
// was chosen since and is not said in it stays.
func (r *request) correctMeetingDraft(message *models.Message) error {
	before, _, err := r.meetingDraftKept()
	if err != nil || before.Key != message.ID || before.Chat != message.Chat.ID {
		return notFoundIsNil(err)
	}
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	edited, err := r.rereadMeeting(message)
	if err != nil {
		return err
	}
	after := edited.over(before)
	if err := r.presentNamed(&after, before.Evaluation); err != nil {
		return err
	}
	return r.goOnMeeting(after)
}

// over is a draft with what it does not say itself taken from another.
func (d meetingDraft) over(before meetingDraft) meetingDraft {
	if d.Title == "" {
		d.Title = before.Title
	}
	if d.Starts.IsZero() && d.Phrase == "" && d.Day == "" {
		d.Starts, d.Length = before.Starts, before.Length
	}
	if d.Place == "" {
		d.Place = before.Place
	}
	if d.nobody() && len(d.Unread) == 0 {
		d.To, d.People = before.To, before.People
	}
	if d.Seats == 0 {
		d.Seats = before.Seats
	}
	if d.Chair.IsZero() {
		d.Chair = before.Chair
	}
	if d.Scribe.IsZero() {
		d.Scribe = before.Scribe
	}
	if d.Recurrence == nil {
		d.Recurrence = before.Recurrence
	}
	if d.Evaluation == 0 {
		d.Evaluation = before.Evaluation
	}
	d.Previous, d.Decided, d.Skipped, d.Guided = before.Previous, before.Decided, before.Skipped, before.Guided
	return d
}
