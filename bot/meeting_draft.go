package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// meetingDraft is a meeting on its way: what has been said of it so far. It is kept in a
// conversation's row, so that it survives a restart at every step.
type meetingDraft struct {
	Key        int   // the message that began it
	Chat       int64 // where that was written
	Title      string
	Starts     time.Time     // zero: not known yet
	Length     time.Duration // 0: as long as meetings are
	Day        string        // that was said without an hour, as a council.Day
	Phrase     string        // words of a time that was not understood
	Offered    []time.Time   // what may have been meant by them
	Place      string
	To         council.Addressees
	People     []int64
	Unread     []string // names of invited that were not understood
	Seats      int
	Chair      council.Seat
	Scribe     council.Seat
	Recurrence *council.Recurrence
	Previous   int64 // the meeting that it goes on with
	Decided    bool  // whether it goes on with another was decided by hand
	Evaluation int64 // whose presentation it is
	Skipped    []string
	Guided     bool   // something was missing, so all is asked for
	Loose      string // words below a preview of which it is not known what they are of
	Mark       string // of what its card says
}

// Fields of a draft, which are the steps of the conversation as well.
const (
	fieldTitle   = "title"
	fieldTime    = "time"
	fieldPlace   = "place"
	fieldInvited = "to"
	fieldChair   = "chair"
	fieldScribe  = "scribe"
	fieldSeats   = "seats"
	fieldRepeat  = "repeat"
	fieldChange  = "change" // which of them is to be changed
	fieldPreview = "preview"
)

// cardMeetingDraft is the message that shows a draft.
const cardMeetingDraft = "meeting_draft"

// goOnMeeting asks for what is still missing, and shows the preview when nothing is.
func (r *request) goOnMeeting(draft meetingDraft) error {
	missing := r.missingOf(draft)
	if missing == fieldPreview {
		return r.previewMeeting(draft)
	}
	draft.Guided = draft.Guided || missing != fieldPlace
	return r.askMeeting(draft, missing)
}

// missingOf is the field that is to be asked for next. Place, chair and scribe may be
// left out; the last two are asked for only of who writes step by step.
func (r *request) missingOf(draft meetingDraft) string {
	open := func(field string, empty bool) bool { return empty && !slices.Contains(draft.Skipped, field) }
	switch {
	case draft.Title == "" || tooLongField(draft.Title, council.MeetingTitleLimit):
		return fieldTitle
	case !draft.Starts.After(r.now) || draft.Phrase != "" || !lastsWell(draft.Length):
		return fieldTime
	case open(fieldPlace, draft.Place == "") || tooLongField(draft.Place, council.MeetingPlaceLimit):
		return fieldPlace
	case draft.nobody() || len(draft.Unread) > 0:
		return fieldInvited
	case draft.Guided && open(fieldChair, draft.Chair.IsZero()):
		return fieldChair
	case draft.Guided && open(fieldScribe, draft.Scribe.IsZero()):
		return fieldScribe
	}
	return fieldPreview
}

func lastsWell(length time.Duration) bool {
	return length == 0 || length >= council.MeetingShortest && length <= council.MeetingLongest
}

func (d meetingDraft) nobody() bool { return d.To.None() && len(d.People) == 0 }

// meeting is what the draft would make now.
func (d meetingDraft) meeting() council.Meeting {
	length := d.Length
	if length == 0 {
		length = council.MeetingLength
	}
	return council.Meeting{
		Title: d.Title, Starts: d.Starts, Length: length, Place: d.Place, To: d.To, People: d.People, Chair: d.Chair, Scribe: d.Scribe,
		Seats: d.Seats, Previous: d.Previous, Evaluation: d.Evaluation, Recurrence: d.Recurrence, State: council.MeetingPlanned, Edition: 1,
	}
}

// showMeetingDraft keeps a draft and shows where it stands.
func (r *request) showMeetingDraft(draft meetingDraft, step, text string, rows ...[]store.Button) error {
	draft.Mark = markOfDraft(text)
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	dialog := store.Dialog{ChatID: r.actor.TelegramID, MemberID: r.actor.ID, Kind: dialogMeeting, Step: step, Data: string(kept)}
	if err := r.tx.SetDialog(dialog, r.now); err != nil {
		return err
	}
	return r.showDraftCard(cardMeetingDraft, false, text, rows...)
}

// meetingDraftKept is the draft that waits in private, with the step at which it stands;
// store.ErrNotFound for none.
func (r *request) meetingDraftKept() (draft meetingDraft, step string, err error) {
	dialog, err := r.tx.Dialog(r.actor.TelegramID, r.actor.ID)
	if err == nil && dialog.Kind != dialogMeeting {
		err = store.ErrNotFound
	}
	if err != nil {
		return draft, "", err
	}
	return draft, dialog.Step, json.Unmarshal([]byte(dialog.Data), &draft)
}

// waitingMeeting finds the draft that waits under the button that was pressed. When the
// message shows another one, or an older state of it, the press has been answered.
func (r *request) waitingMeeting(key int) (draft meetingDraft, waits bool, err error) {
	draft, _, err = r.meetingDraftKept()
	if errors.Is(err, store.ErrNotFound) {
		return draft, false, r.stale()
	}
	if err != nil {
		return draft, false, err
	}
	if onCard, err := r.onDraftCard(cardMeetingDraft, draft.Mark); err != nil || !onCard || draft.Key != key {
		return draft, false, errorsOr(err, r.stale())
	}
	return draft, true, nil
}

// setTime takes a time that was read; what was not understood is kept to be asked about.
func (d *meetingDraft) setTime(when meetingWhen) {
	d.Phrase, d.Offered, d.Day = when.phrase, when.offered, when.day
	if !when.starts.IsZero() {
		d.Starts = when.starts
	} else if when.said {
		d.Starts = time.Time{}
	}
	if when.length != 0 {
		d.Length = when.length
	}
	if when.repeats != nil {
		d.Recurrence = when.repeats
	}
}

// pressDropMeeting gives a draft up.
func (r *request) pressDropMeeting(_ meetingDraft, _ pressArguments) error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.edit(r.speak.Say("meeting_draft.dropped")); err != nil {
		return err
	}
	return r.toast(r.speak.Say("dialog.cancelled"))
}

func (r *request) pressGoOnMeeting(draft meetingDraft, _ pressArguments) error {
	draft.Unread, draft.Loose = nil, ""
	return r.goOnMeeting(draft)
}

// tooLongField tells whether words are longer than a field may be, in runes.
func tooLongField(words string, limit int) bool { return utf8.RuneCountInString(words) > limit }

// joinedLines are lines without those that are empty.
func joinedLines(lines ...string) string {
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n")
}
