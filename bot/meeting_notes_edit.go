package bot

import (
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
)

// noteReply takes a reply to a message about a meeting: names below the list of who was
// there; as a line of minutes what begins with "catat:" or "keputusan:", and during the
// meeting every word of the one who takes the minutes. Taken is false for other words.
func (r *request) noteReply(m council.Meeting) (taken bool, err error) {
	words := strings.TrimSpace(r.text)
	if words == "" || r.mayMeeting(council.ActionMinutes, m) != nil {
		return false, nil
	}
	if r.aboutAs == aboutAttendance && r.private {
		return true, r.addAttendees(m, words)
	}
	if _, answers := readGuestAnswer(words); answers && r.now.Before(m.Starts) {
		return false, nil
	}
	kind, rest := lineKind(firstLine(words), "")
	if kind == "" && !r.notesAll(m) {
		return false, nil
	}
	if kind == council.MinuteDecision && !strings.Contains(words, "\n") {
		words = rest
	} else {
		kind = council.MinuteNote
	}
	return true, r.keepSpoken(m, r.spokenLines(kind, words))
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// notesAll tells whether everything that the person replies is meant for the minutes: of
// the one who takes them, or who made the meeting where nobody known does, while it is
// held and for a day after it, until the minutes are handed to whoever leads.
func (r *request) notesAll(m council.Meeting) bool {
	scribe := m.Writes(r.actor.ID) || m.Scribe.MemberID == 0 && m.CreatedBy == r.actor.ID
	_, over := m.Open(r.now)
	written := m.Minutes.State == council.MinutesProposed || m.Minutes.State == council.MinutesAgreed
	return scribe && over == nil && !written && r.now.Before(m.Ends().Add(notesAfter))
}

// correctMinutes makes the lines that a message has said what it says after it was
// edited, as long as their edition is open. A message that was refused is taken as if it
// had been written now.
func (r *request) correctMinutes(message *models.Message) error {
	kind := council.MinuteNote
	word, _, rest, isCommand := splitCommand(r.text, r.entities)
	if isCommand {
		r.text = rest
		if r.words[foldCommand(word)].name == "decisions" {
			kind = council.MinuteDecision
		}
		if err := r.findAbout(message); err != nil {
			return err
		}
	}
	number, said, err := r.tx.MinutesSaid(r.chatID, message.ID)
	if err != nil {
		return err
	}
	if number == 0 {
		return r.takeRefused(kind, message)
	}
	m, err := r.findMeeting(number)
	if err != nil {
		return err
	}
	if err := r.mayMeeting(council.ActionMinutes, m); err != nil {
		return err
	}
	var open []council.Minute
	for _, line := range said {
		if found, changes, err := r.openLine(m, line.ID); err != nil {
			return err
		} else if changes && found.By == r.actor.ID {
			open = append(open, found)
		}
	}
	if len(open) == 0 {
		if m.Minutes.State == council.MinutesAgreed {
			return council.Refuse("minutes_agreed", "Reference", m.Reference().String())
		}
		return nil // it was taken away
	}
	if first, _ := firstWord(strings.TrimSpace(r.text)); isCommand && isOtherMeeting(first, m) {
		return r.moveMinutes(m, open, kind)
	}
	return r.rewriteMinutes(m, open, kind)
}

// takeRefused takes a message that has said no line so far, as one that was too long
// before it was edited. After ten minutes nobody expects that.
func (r *request) takeRefused(kind council.MinuteKind, message *models.Message) error {
	if strings.TrimSpace(r.text) == "" || r.written.Unix()-int64(message.Date) > int64(undoTime.Seconds()) {
		return nil
	}
	if r.about.Letter == council.MeetingLetter && !strings.HasPrefix(message.Text, "/") {
		m, err := r.findMeeting(r.about.Number)
		if err != nil {
			return err
		}
		_, err = r.noteReply(m)
		return err
	}
	return r.takeMinutes(kind)
}

// moveMinutes takes a message whose number was wrong as one of the meeting that it names
// now. Where it is refused there the lines stay where they are.
func (r *request) moveMinutes(m council.Meeting, before []council.Minute, kind council.MinuteKind) error {
	if err := r.takeMinutes(kind); err != nil {
		return err
	}
	m, err := r.openMinutes(m)
	if err != nil {
		return err
	}
	for _, line := range before {
		if err := r.tx.EndMinute(m.Number, line.ID, m.Minutes.Edition); err != nil {
			return err
		}
	}
	return r.record(m.Reference(), council.EventNoted, "", "removed", idText(before[0].ID))
}

// rewriteMinutes makes lines what their message says now.
func (r *request) rewriteMinutes(m council.Meeting, before []council.Minute, kind council.MinuteKind) error {
	words := strings.TrimSpace(r.text)
	if word, rest := firstWord(words); isReferenceOf(word, m.Reference()) {
		words = rest
	}
	if before[0].Kind == council.MinuteDecision && len(before) == 1 {
		if as, rest := lineKind(words, council.MinuteDecision); as == council.MinuteDecision {
			kind, words = as, rest
		}
	}
	lines, err := r.checkSpoken(m, r.spokenLines(kind, words))
	if err != nil {
		return err
	}
	if m, err = r.openMinutes(m); err != nil {
		return err
	}
	for i, line := range lines {
		if i >= len(before) {
			if _, err := r.noteMinute(m, line.kind, line.text, line.subject); err != nil {
				return err
			}
			continue
		}
		changed := before[i]
		changed.Kind, changed.Text = line.kind, line.text
		if !line.subject.IsZero() || line.kind != council.MinuteDecision {
			changed.Subject = line.subject
		}
		if err := r.changeMinute(m, changed); err != nil {
			return err
		}
	}
	for _, line := range before[min(len(before), len(lines)):] {
		if err := r.tx.EndMinute(m.Number, line.ID, m.Minutes.Edition); err != nil {
			return err
		}
	}
	return r.replyAbout(m.Reference().String(), aboutMeeting, r.speak.Say("meeting_note.corrected", "Reference", m.Reference().String()))
}

func isOtherMeeting(word string, m council.Meeting) bool {
	named, ok := council.ParseReference(word)
	return ok && named.Letter == council.MeetingLetter && named.Number != m.Number
}

func isReferenceOf(word string, reference council.Reference) bool {
	named, ok := council.ParseReference(word)
	return ok && named == reference
}
