package bot

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// pressLetter stands in buttons of the papers of a meeting; the meeting's number and
// what is wanted follow.
const pressLetter = "letter"

// What is wanted of the papers of a meeting.
const (
	letterSend   = "send"   // the letter; its number is asked for the first time
	letterNumber = "number" // to give it another number
	letterLater  = "later"  // its number follows
	letterList   = "list"   // the list on which people sign
)

// dialogLetter asks for the number of a letter; its data is the meeting's number.
const dialogLetter = "letter"

// letterNumberLimit is how many letters the number of a letter has at most.
const letterNumberLimit = 80

// paperRow are the papers that the one who asks may make of a meeting, in private; nil
// for none.
func (r *request) paperRow(speak locale.Speaker, m council.Meeting) (row []store.Button) {
	if !r.private || m.State == council.MeetingCancelled || m.State == council.MeetingMissed {
		return nil
	}
	if r.mayMeeting(council.ActionMeeting, m) == nil {
		row = append(row, button(speak, "letter_send", pressLetter, m.Number, letterSend))
	}
	if r.mayMeeting(council.ActionMinutes, m) == nil {
		row = append(row, button(speak, "letter_list", pressLetter, m.Number, letterList))
	}
	return row
}

// pressLetter answers the buttons of the papers.
func (r *request) pressLetter(arguments pressArguments) error {
	m, err := r.letterMeeting(arguments.number(0), arguments.text(1))
	if err != nil {
		return err
	}
	switch arguments.text(1) {
	case letterList:
		return r.answerByMessage(r.sendAttendanceList(m))
	case letterNumber:
		return r.answerByMessage(r.askLetterNumber(m, ""))
	case letterLater:
		return r.answerByMessage(r.putOffNumber(m))
	case letterSend:
		letter, err := r.tx.MeetingLetter(m.Number)
		if errors.Is(err, store.ErrNotFound) {
			return r.answerByMessage(r.askLetterNumber(m, ""))
		}
		if err != nil {
			return err
		}
		return r.answerByMessage(r.sendLetter(m, letter))
	}
	return r.stale()
}

// putOffNumber makes the letter without a number, which follows. Below a question that
// was answered it takes no number away: the letter comes as it is.
func (r *request) putOffNumber(m council.Meeting) error {
	open, err := r.asksFor(store.Dialog{Kind: dialogLetter, Step: letterNumber, Data: idText(m.Number)})
	if err != nil {
		return err
	}
	letter, err := r.tx.MeetingLetter(m.Number)
	switch {
	case open || errors.Is(err, store.ErrNotFound):
		return r.numberLetter(m, "")
	case err != nil:
		return err
	}
	return r.sendLetter(m, letter)
}

// letterMeeting finds the meeting of which a paper is wanted, where the one who asks may
// have it.
func (r *request) letterMeeting(number int64, wanted string) (council.Meeting, error) {
	m, err := r.findMeeting(number)
	if err != nil {
		return m, err
	}
	action := council.ActionMeeting
	if wanted == letterList {
		action = council.ActionMinutes
	}
	switch err := r.mayMeeting(action, m); {
	case err != nil:
		return m, err
	case !r.private:
		return m, council.Refuse("paper_in_private")
	case m.State == council.MeetingCancelled || m.State == council.MeetingMissed:
		return m, council.Refuse("meeting_over", "Reference", m.Reference().String())
	}
	return m, nil
}

// askLetterNumber asks how the office numbers the letter; first says what was wrong with
// the answer before.
func (r *request) askLetterNumber(m council.Meeting, first string) error {
	reference := m.Reference().String()
	text := joinedLines(first, r.speak.Say("letter.ask_number", "Reference", reference))
	return r.ask(dialogLetter, letterNumber, idText(m.Number), text, []store.Button{
		button(r.speak, "letter_later", pressLetter, m.Number, letterLater)})
}

// answerLetter takes the number of a letter.
func (r *request) answerLetter(dialog store.Dialog) error {
	number, err := strconv.ParseInt(dialog.Data, 10, 64)
	if err != nil {
		return err
	}
	m, err := r.letterMeeting(number, letterNumber)
	if err != nil {
		return err
	}
	value := plainLine(r.text)
	switch {
	case value == "":
		return r.askLetterNumber(m, "")
	case masked(value):
		return r.askLetterNumber(m, r.speak.Say("letter.hidden"))
	case utf8.RuneCountInString(value) > letterNumberLimit:
		return r.askLetterNumber(m, r.speak.Say("letterhead.long", "Most", letterNumberLimit))
	}
	return r.numberLetter(m, value)
}

// numberLetter gives the letter of a meeting its number, and today's date with it; then
// it sends the letter.
func (r *request) numberLetter(m council.Meeting, number string) error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	letter := store.Letter{Number: number, Dated: r.now}
	if err := r.tx.SaveMeetingLetter(m.Number, letter); err != nil {
		return err
	}
	return r.sendLetter(m, letter)
}

// sendLetter sends the letter with what a coordinator should know about it.
func (r *request) sendLetter(m council.Meeting, letter store.Letter) error {
	head, err := givenLetterhead(r.tx)
	if err != nil {
		return err
	}
	reference := m.Reference().String()
	lines := []string{r.speak.Say("letter.made", "Reference", reference, "Title", shorten(plainLine(m.Title), cardTitleLimit))}
	if letter.Number == "" {
		lines = append(lines, r.speak.Say("letter.number_follows"))
	} else {
		lines = append(lines, r.speak.Say("letter.numbered", "Number", letter.Number, "Day", r.speak.Date(letter.Dated.In(r.city.Zone))))
	}
	if m.ToldAt.After(letter.Dated) {
		lines = append(lines, r.speak.Say("letter.changed"))
	}
	rows := [][]store.Button{{button(r.speak, "letter_number", pressLetter, m.Number, letterNumber)}}
	var missing []string
	for _, field := range letterFields {
		if *field.of(&head) == "" && field.word != letterGovernment {
			missing = append(missing, r.letterFieldName(field))
		}
	}
	if len(missing) > 0 {
		lines = append(lines, r.speak.Say("letter.missing", "Names", strings.Join(missing, ", ")))
		rows[0] = append(rows[0], button(r.speak, "letterhead", pressLetterhead, letterheadShow))
	}
	return r.sendPaper(m, strings.Join(lines, "\n"), invitationLetterFile(m, r.speak), rows...)
}

// sendAttendanceList sends the list on which people sign.
func (r *request) sendAttendanceList(m council.Meeting) error {
	return r.sendPaper(m, r.speak.Say("attendance_paper.made", "Reference", m.Reference().String(), "Title", shorten(plainLine(m.Title), cardTitleLimit)),
		attendanceListFile(m, r.speak))
}

// sendPaper sends a paper of a meeting where it was asked for.
func (r *request) sendPaper(m council.Meeting, text string, file store.File, rows ...[]store.Button) error {
	return queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Subject: m.Reference().String(), About: aboutMeeting, Buttons: rows, Files: []store.File{file}}})
}
