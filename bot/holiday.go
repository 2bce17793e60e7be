package bot

import (
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// aboutHolidays marks a message of the bot about the calendar of days off.
const aboutHolidays = "holidays"

// dialogHolidays is the question for a day off, or for a list of them.
const dialogHolidays = "holidays"

// Steps of that question.
const (
	stepHolidayList = "list" // a day or a list in place of the one shown
	stepHolidayName = "name" // the name of the days that the dialog keeps
)

// Years of which the calendar is kept.
const (
	firstHolidayYear = 2000
	lastHolidayYear  = 2100
)

// holidays is /libur: the calendar of days off, or a change of it.
func (r *request) holidays() error {
	if err := r.mayInPlace(council.ActionSeeHolidays); err != nil {
		return err
	}
	if document := r.holidayDocument(); document != nil {
		return r.fetchHolidayList(document)
	}
	text := strings.TrimSpace(r.text)
	if text == "" {
		text = r.textRepliedTo()
	}
	today := r.city.Timing.Calendar.Day(r.now)
	if year, only := onlyYear(text); only {
		return r.replyHolidays(year, 1)
	}
	if text == "" {
		return r.replyHolidays(today.Year, halfOf(today))
	}
	return r.readHolidays(text)
}

// textRepliedTo is what a person wrote whose message is replied to.
func (r *request) textRepliedTo() string {
	reply := r.message.ReplyToMessage
	if reply == nil || reply.From == nil || reply.From.IsBot {
		return ""
	}
	text, entities := body(reply)
	if _, _, rest, isCommand := splitCommand(text, entities); isCommand {
		text = rest
	}
	return strings.TrimSpace(text)
}

// onlyYear reads a text that is nothing but a year.
func onlyYear(text string) (int, bool) {
	year, err := strconv.Atoi(text)
	return year, err == nil && len(text) == 4 && year >= firstHolidayYear && year <= lastHolidayYear
}

// halfOf is the half of the year in which a day lies, 1 or 2.
func halfOf(day council.Day) int {
	if day.Month <= 6 {
		return 1
	}
	return 2
}

// answerHolidays takes the answer to the question for a day or a list.
func (r *request) answerHolidays(dialog store.Dialog) error {
	if err := r.mayInPlace(council.ActionSettings); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if document := r.holidayDocument(); document != nil {
		return r.fetchHolidayList(document)
	}
	text := strings.TrimSpace(r.text)
	if dialog.Step == stepHolidayName {
		text = dialog.Data + " " + text
	}
	return r.readHolidays(text)
}

// readHolidays reads what is to be changed, and shows it before anything is kept.
func (r *request) readHolidays(text string) error {
	if err := r.mayInPlace(council.ActionSettings); err != nil {
		return err
	}
	first, rest, _ := strings.Cut(text, " ")
	if meaning, known := locale.Meaning("holiday_change", first); known && meaning == "dropped" {
		return r.previewDropped(strings.TrimSpace(rest))
	}
	return r.previewList(text, 0)
}

// pressHolidays answers every button of the calendar. What it carries may be
// forged: it counts on messages about the calendar only, and who presses is asked anew.
func (r *request) pressHolidays(arguments pressArguments) error {
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if notFoundIsNil(err) != nil {
		return err
	}
	if about != aboutHolidays {
		return r.stale()
	}
	verb, number := arguments.text(0), arguments.number(1)
	action := council.ActionSettings
	if verb == holidayPage {
		action = council.ActionSeeHolidays
	}
	if err := r.mayInPlace(action); err != nil {
		return err
	}
	switch verb {
	case holidayPage:
		return r.turnHolidays(int(number), int(arguments.number(2)))
	case holidayConfirm, holidayReplace:
		return r.confirmHolidays(int(number), verb == holidayReplace)
	case holidayChange:
		return r.changeHolidays(int(number))
	case holidayCancel:
		return r.cancelHolidays(int(number))
	case holidayUndo:
		return r.pressUndoHolidays(number, arguments.number(2))
	}
	return r.stale()
}

// What the buttons of the calendar mean.
const (
	holidayPage    = "page"
	holidayConfirm = "ok"
	holidayReplace = "all"
	holidayChange  = "edit"
	holidayCancel  = "stop"
	holidayUndo    = "undo"
)
