package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// holidaysKey is the setting that holds the number of a year's decree.
func holidaysKey(year int) string { return "holidays_" + strconv.Itoa(year) }

// withoutDecree stands in the place of a decree's number for a list that named none.
const withoutDecree = "-"

// replyHolidays shows half a year. In a group that is two lines, and the days
// open on a tap.
func (r *request) replyHolidays(year, half int) error {
	text, rows, err := r.holidayPage(year, half, !r.private)
	if err != nil {
		return err
	}
	return r.replyAbout("", aboutHolidays, text, rows...)
}

// turnHolidays shows another half of a year.
func (r *request) turnHolidays(year, half int) error {
	if year < firstHolidayYear || year > lastHolidayYear || half < 1 || half > 2 {
		return r.stale()
	}
	text, rows, err := r.holidayPage(year, half, false)
	if err != nil {
		return err
	}
	if err := r.editAboutHolidays(text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// editAboutHolidays changes the message whose button was pressed.
func (r *request) editAboutHolidays(text string, rows ...[]store.Button) error {
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindEdit, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Buttons: rows, MessageID: r.pressed, About: aboutHolidays},
	}, time.Now())
}

// holidayPage writes half a year with its days, or only how many a year has and
// which comes next.
func (r *request) holidayPage(year, half int, brief bool) (string, [][]store.Button, error) {
	days := holidaysOf(r.city.Timing.Calendar, year)
	decree, err := r.tx.Setting(holidaysKey(year))
	if err != nil {
		return "", nil, err
	}
	if len(days) == 0 {
		return r.speak.Say("holiday.missing", "Year", strconv.Itoa(year)) + r.howToChange("\n"), r.holidayButtons(year, half, brief), nil
	}
	joint := 0
	for _, day := range days {
		if day.JointLeave {
			joint++
		}
	}
	lines := []string{r.speak.Say("holiday.year", "Year", strconv.Itoa(year), "Holidays", len(days)-joint, "Joint", joint)}
	if !brief {
		if decree != "" && decree != withoutDecree {
			lines = append(lines, r.speak.Say("holiday.decree", "Decree", decree))
		}
		lines = append(lines, "", r.halfName(half)+":")
		lines = append(lines, r.holidaysOfHalf(days, half)...)
		lines = append(lines, "")
	}
	lines = append(lines, r.nextHoliday())
	text := strings.Join(lines, "\n")
	if !brief {
		text += r.howToChange("\n\n")
	}
	return text, r.holidayButtons(year, half, brief), nil
}

// holidaysOf are the days off of a year, in order.
func holidaysOf(calendar council.Calendar, year int) []council.Holiday {
	noon := func(month time.Month, day int) time.Time {
		return council.Day{Year: year, Month: month, Day: day}.At(12, 0, calendar.Zone)
	}
	return calendar.HolidaysBetween(noon(time.January, 1), noon(time.December, 31))
}

func (r *request) holidaysOfHalf(days []council.Holiday, half int) []string {
	var lines []string
	for _, day := range days {
		if halfOf(day.Date) == half {
			lines = append(lines, r.holidayLine(day))
		}
	}
	if len(lines) == 0 {
		return []string{r.speak.Say("holiday.none_in_half")}
	}
	return lines
}

// holidayLine writes one day: "Selasa, 18 Agustus 2026 · Cuti bersama HUT RI".
// That it is joint leave is said in words where the name does not.
func (r *request) holidayLine(day council.Holiday) string {
	line := r.speak.Day(day.Date.At(12, 0, r.city.Zone)) + " · " + day.Name
	joint := r.speak.Say("holiday.joint_leave")
	if day.JointLeave && !strings.Contains(strings.ToLower(day.Name), joint) {
		line += " (" + joint + ")"
	}
	return line
}

// nextHoliday says which day off comes next, today's included.
func (r *request) nextHoliday() string {
	calendar := r.city.Timing.Calendar
	next := calendar.HolidaysBetween(r.now, r.now.AddDate(2, 0, 0))
	if len(next) == 0 {
		return r.speak.Say("holiday.none_ahead")
	}
	left := next[0].Date.Sub(calendar.Day(r.now))
	return r.speak.Say("holiday.next", "Day", r.holidayLine(next[0]), "Left", r.speak.Left(left))
}

// howToChange tells those who may how the calendar is changed; nothing to others.
func (r *request) howToChange(lead string) string {
	if !r.actor.Coordinates() {
		return ""
	}
	return lead + r.speak.Say("holiday.how")
}

func (r *request) halfName(half int) string { return r.speak.Say("holiday.half." + strconv.Itoa(half)) }

// holidayButtons lead to the halves of years before and after, as far as the
// calendar goes; from a brief answer to both halves of its year.
func (r *request) holidayButtons(year, half int, brief bool) [][]store.Button {
	calendar := r.city.Timing.Calendar
	page := func(label string, year, half int) store.Button {
		name := r.halfName(half) + " " + strconv.Itoa(year)
		return store.Button{Text: r.speak.Say("button."+label, "Page", name), Data: data(pressHolidays, holidayPage, year, half)}
	}
	if brief {
		if !calendar.KnowsYear(year) {
			return nil
		}
		return [][]store.Button{{page("holiday_page", year, 1), page("holiday_page", year, 2)}}
	}
	earlier, later := year, year
	if half == 1 {
		earlier--
	} else {
		later++
	}
	var row []store.Button
	if calendar.KnowsYear(earlier) {
		row = append(row, page("holiday_earlier", earlier, 3-half))
	}
	if calendar.KnowsYear(later) {
		row = append(row, page("holiday_later", later, 3-half))
	}
	if len(row) == 0 {
		return nil
	}
	return [][]store.Button{row}
}
