package reading

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

var city = time.FixedZone("WITA", 8*60*60)

func moment(t testing.TB, text string) time.Time {
	t.Helper()
	parsed, err := time.ParseInLocation("2006-01-02T15:04", text, city)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// holidays2026 are the days off of 2026 that the tables need.
func holidays2026() *Holidays { return NewHolidays(list2026()) }

func list2026() []Holiday {
	day := func(month time.Month, day int, name string) Holiday {
		return Holiday{time.Date(2026, month, day, 0, 0, 0, 0, city), name}
	}
	return []Holiday{
		day(3, 18, "Cuti bersama Nyepi"), day(3, 19, "Hari Suci Nyepi"), day(3, 20, "Cuti bersama Idulfitri"), day(3, 21, "Idulfitri"),
		day(3, 22, "Idulfitri"), day(3, 23, "Cuti bersama Idulfitri"), day(3, 24, "Cuti bersama Idulfitri"),
		day(4, 3, "Wafat Yesus Kristus"), day(5, 1, "Hari Buruh Internasional"), day(5, 27, "Iduladha"), day(5, 28, "Cuti bersama Iduladha"),
		day(6, 1, "Hari Lahir Pancasila"), day(8, 17, "Hari Kemerdekaan"), day(12, 24, "Cuti bersama Natal"), day(12, 25, "Hari Raya Natal"),
		day(12, 10, "Hari Jadi Teluk Marannu"),
	}
}

// row is one line of a table in testdata: what is read, what should come of it, and the message's moment.
type row struct {
	now      time.Time
	fields   []string
	position string
}

// rows reads a table of cells between "|"; "now 2026-11-25T09:00" on a line of its own sets the moment for the lines that follow.
func rows(t testing.TB, name string) []row {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	now := moment(t, "2026-11-25T09:00")
	var found []row
	for number, line := range strings.Split(string(content), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "// ") {
			continue
		}
		if text, isMoment := strings.CutPrefix(line, "now "); isMoment {
			now = moment(t, text)
			continue
		}
		fields := strings.Split(line, "|")
		for index := range fields {
			fields[index] = strings.TrimSpace(fields[index])
		}
		found = append(found, row{now, fields, fmt.Sprintf("%s:%d", name, number+1)})
	}
	return found
}

// describe writes a Due the way the tables do: "found 2026-11-27" (no hour was said), "found 2026-11-27T09:00", "ambiguous reason first second".
func describe(due Due) string {
	layout := func(moment time.Time) string {
		if due.HasHour || due.Reason == ReasonHourMissing {
			return moment.Format("2006-01-02T15:04")
		}
		return moment.Format("2006-01-02")
	}
	words := []string{string(due.Outcome)}
	if due.NoDeadline {
		words = append(words, "no_deadline")
	}
	switch due.Outcome {
	case Found:
		words = append(words, layout(due.Time))
	case Past:
		words = append(words, layout(due.Time))
	case Ambiguous, Impossible, Vague:
		words = append(words, due.Reason)
	}
	if due.Outcome == Ambiguous {
		for _, candidate := range due.Candidates {
			words = append(words, layout(candidate))
		}
	}
	if due.Given != nil {
		words = append(words, due.Given.String())
	}
	return strings.Join(words, " ")
}
