package bot

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What can be changed of a meeting: the words of the table "meeting_change", the steps of
// the conversation and what stands in buttons.
const (
	wishTime      = "time"
	wishPlace     = "place"
	wishTitle     = "title"
	wishCancel    = "cancel"
	wishChair     = "chair"
	wishScribe    = "scribe"
	wishInvite    = "invite"
	wishPropose   = "propose" // a topic for the agenda
	wishAgenda    = "agenda"
	wishCancelNow = "cancel_now" // without a reason
	wishConfirm   = "confirm"    // a change that was shown waits for [Ya, sampaikan]
)

// meetingWish is a change that the invited are told of, before it is made.
type meetingWish struct {
	Number  int64
	Version int64 // of the meeting that it was shown for
	Field   string
	Starts  time.Time
	Length  time.Duration
	Place   string
	Title   string
	Reason  string
}

// apply is the meeting as it is wished, and how the change is recorded.
func (w meetingWish) apply(m council.Meeting, now time.Time) (after council.Meeting, kind council.EventKind, err error) {
	switch w.Field {
	case wishTime:
		after, err = m.Move(w.Starts, w.Length, now)
		if err == nil && w.Place != "" {
			after, err = after.Relocate(w.Place, now)
		}
		kind = council.EventMoved
	case wishPlace:
		after, err = m.Relocate(w.Place, now)
		kind = council.EventMoved
	case wishTitle:
		after, err = m.Rename(w.Title, now)
		kind = council.EventCorrected
	default:
		after, err = m.Cancel(now)
		kind = council.EventCancelled
	}
	if err == nil && after.Alike(m) {
		err = council.Refuse("meeting_same", "Reference", m.Reference().String())
	}
	return after, kind, err
}

// changeMeeting is /rapat M-4 with words: "pindah Jumat jam 10", "tempat Aula",
// "pemimpin Pak Anwar", "undang Dewan", "batal".
func (r *request) changeMeeting(m council.Meeting, text string) error {
	field, words := readWish(text)
	switch field {
	case wishPropose:
		return r.agendaWords(m, agendaPropose, words)
	case wishAgenda:
		return r.agendaWords(m, agendaShow, words)
	}
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	switch {
	case !r.private && !written(r.actor.Member):
		return r.reply(r.speak.Say("meeting_draft.in_private"), []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink("rapat")}})
	case field == "":
		return r.reply(r.speak.Say("meeting.change.how", "Reference", m.Reference().String()))
	case words == "" && field != wishCancel:
		return r.elsewhere(r.askWish(m, field))
	}
	return r.wish(m, field, words)
}

// readWish reads what is to be changed, and the words for it.
func readWish(text string) (field, words string) {
	all := strings.Fields(text)
	for count := min(len(all), 2); count > 0; count-- {
		if field, known := locale.Meaning("meeting_change", strings.Join(all[:count], " ")); known {
			rest := text
			for range count {
				_, rest = firstWord(strings.TrimSpace(rest))
			}
			return field, strings.TrimLeft(strings.TrimSpace(rest), ":–- ")
		}
	}
	return "", text
}

// wish shows what words would change, or appoints and invites at once: of that only
// those are told whom it concerns.
func (r *request) wish(m council.Meeting, field, words string) error {
	switch field {
	case wishChair, wishScribe:
		return r.appointSeat(m, field, words)
	case wishInvite:
		return r.inviteMore(m, words)
	}
	wish, err := r.readMeetingWish(m, field, words)
	if err != nil {
		return err
	}
	return r.elsewhere(r.previewWish(m, wish))
}

func (r *request) readMeetingWish(m council.Meeting, field, words string) (meetingWish, error) {
	wish := meetingWish{Number: m.Number, Version: m.Version, Field: field}
	line := plainLine(printable(words))
	switch field {
	case wishTime:
		return r.readNewTime(m, wish, words)
	case wishPlace:
		wish.Place = line
	case wishTitle:
		wish.Title = line
	default:
		wish.Reason = shorten(line, council.ApologyLimit)
	}
	return wish, nil
}

// readNewTime reads another time: a day alone keeps the hour, an hour alone the day, and
// what stands behind "di" is another place. Words without a time are a place.
func (r *request) readNewTime(m council.Meeting, wish meetingWish, words string) (meetingWish, error) {
	rest, when := r.takeMeetingTime(words, council.DayOf(m.Starts, r.city.Zone).String())
	wish.Length = m.Length
	if when.length > 0 {
		wish.Length = when.length
	}
	rest = placeWords(rest)
	switch {
	case !when.starts.IsZero():
		wish.Starts, wish.Place = when.starts, rest
	case when.day != "":
		day, err := council.ParseDay(when.day)
		if err != nil {
			return wish, err
		}
		local := m.Starts.In(r.city.Zone)
		wish.Starts, wish.Place = day.At(local.Hour(), local.Minute(), r.city.Zone).UTC(), rest
	case when.length > 0:
		wish.Starts = m.Starts
	case when.phrase == "" && rest != "":
		wish.Field, wish.Place = wishPlace, rest
	default:
		return wish, council.Refuse("meeting_time_unread")
	}
	return wish, nil
}

// placeWords is what is left of words from which a time was taken, without what leads to it.
func placeWords(text string) string {
	words := strings.Fields(plainLine(printable(strings.ReplaceAll(text, timeMark, " "))))
	for len(words) > 0 {
		if _, leads := locale.Meaning("meeting_place_lead", words[0]); !leads && strings.Trim(words[0], ",.;:-–—()") != "" {
			break
		}
		words = words[1:]
	}
	return strings.Trim(strings.Join(words, " "), " ,;:-–—")
}

// previewWish shows what was and what would be, what stands against it, and how many are
// told; in private, since it names people.
func (r *request) previewWish(m council.Meeting, wish meetingWish) error {
	after, _, err := wish.apply(m, r.now)
	if err != nil {
		return err
	}
	kept, err := json.Marshal(wish)
	if err != nil {
		return err
	}
	text, err := r.wishText(m, after, wish)
	if err != nil {
		return err
	}
	dialog := store.Dialog{ChatID: r.actor.TelegramID, MemberID: r.actor.ID, Kind: dialogGuest, Step: wishConfirm, Data: string(kept)}
	if err := r.tx.SetDialog(dialog, r.now); err != nil {
		return err
	}
	speak := r.speaker(r.actor.Member)
	rows := [][]store.Button{{button(speak, "meeting_go", pressMeeting, meetingGo, m.Number, m.Version), button(speak, "meeting_keep", pressMeeting, meetingKeep, m.Number)}}
	return r.queuePrivately(store.Payload{Text: text, Buttons: rows, About: aboutDialog})
}

func (r *request) wishText(m, after council.Meeting, wish meetingWish) (string, error) {
	theirs := r.inPrivate()
	speak := theirs.speak
	lines := []string{meetingHead(m)}
	if after.State == council.MeetingCancelled {
		lines = append(lines, speak.Say("meeting.change.cancel", "Time", r.meetingTime(speak, m)))
		if wish.Reason != "" {
			lines = append(lines, speak.Say("meeting.change.reason", "Reason", wish.Reason))
		}
	} else {
		lines = append(lines, r.differences(speak, m, after)...)
	}
	if !after.Starts.Equal(m.Starts) || after.Length != m.Length {
		clashes, err := theirs.clashLines(after)
		if err != nil {
			return "", err
		}
		lines = append(append(lines, clashes...), speak.Say("meeting.change.again"))
	}
	people, groups, err := r.countTold(m)
	if err != nil {
		return "", err
	}
	return joinedLines(append(lines, speak.Say("meeting.change.ask", "Who", theirs.recipientCounts(groups, people)))...), nil
}

// differences are what is another by a change, each in a line with what was before.
func (r *request) differences(speak locale.Speaker, before, after council.Meeting) []string {
	var lines []string
	if before.Title != after.Title {
		lines = append(lines, speak.Say("meeting.change.title", "Before", before.Title, "After", after.Title))
	}
	if !before.Starts.Equal(after.Starts) || before.Length != after.Length {
		lines = append(lines, speak.Say("meeting.change.time", "Before", r.meetingTime(speak, before), "After", r.meetingTime(speak, after)))
	}
	if before.Place != after.Place {
		was := before.Place
		if was == "" {
			was = "–"
		}
		lines = append(lines, speak.Say("meeting.change.place", "Before", was, "After", after.Place))
	}
	return lines
}

// pressMeetingGo makes the change that was shown, unless the meeting has changed since.
func (r *request) pressMeetingGo(m council.Meeting, rest pressArguments) error {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	wish, shown, err := r.shownWish(m)
	if err != nil {
		return err
	}
	if !shown || wish.Version != rest.number(0) {
		return r.stale()
	}
	if _, err := r.tx.EndDialog(r.actor.TelegramID, r.actor.ID); err != nil {
		return err
	}
	if wish.Version != m.Version {
		return council.Refuse("touched_since", "Reference", m.Reference().String())
	}
	return r.makeWish(m, wish)
}

// shownWish is the change of a meeting that was shown to the one who asks and waits for a
// word; false for none.
func (r *request) shownWish(m council.Meeting) (wish meetingWish, shown bool, err error) {
	dialog, err := r.tx.Dialog(r.actor.TelegramID, r.actor.ID)
	if errors.Is(err, store.ErrNotFound) || err == nil && (!r.private || dialog.Kind != dialogGuest || dialog.Step != wishConfirm) {
		return wish, false, nil
	}
	if err != nil {
		return wish, false, err
	}
	err = json.Unmarshal([]byte(dialog.Data), &wish)
	return wish, wish.Number == m.Number, err
}

func (r *request) makeWish(m council.Meeting, wish meetingWish) error {
	after, kind, err := wish.apply(m, r.now)
	if err != nil {
		return err
	}
	told, err := r.keepChange(m, after, kind, wish.Reason)
	if err != nil {
		return err
	}
	text := joinedLines(meetingHead(after), r.changedText(m, after), r.toldText(told))
	row := []store.Button{button(r.speak, "undo", pressMeeting, meetingUndo, after.Number, after.Version)}
	if err := r.editIndicators(after.Reference().String(), aboutMeeting, text, row); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) changedText(before, after council.Meeting) string {
	if after.State == council.MeetingCancelled {
		return r.speak.Say("meeting.card.cancelled")
	}
	return joinedLines(r.differences(r.speak, before, after)...)
}

// pressMeetingKeep leaves a meeting as it is; of a change that was made it says nothing.
func (r *request) pressMeetingKeep(m council.Meeting, _ pressArguments) error {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	_, shown, err := r.shownWish(m)
	if err != nil {
		return err
	}
	if !shown {
		return r.stale()
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.edit(r.speak.Say("meeting.change.kept", "Reference", m.Reference().String())); err != nil {
		return err
	}
	return r.toast("")
}
