package reading

import (
	"reflect"
	"slices"
	"testing"
	"time"
)

// context is what a row is read against. Rows of the cells "event | 2026-12-11T09:00" set the event for the rows that follow.
func (line row) context(t testing.TB, event *time.Time) (Context, bool) {
	if line.fields[0] == "event" {
		*event = moment(t, line.fields[1])
		return Context{}, false
	}
	return Context{Now: line.now, Holidays: holidays2026(), Event: *event}, true
}

// TestPhrases reads texts that are a date as a whole, and checks that between them every kind occurs.
func TestPhrases(t *testing.T) {
	var event time.Time
	kinds := map[string]int{}
	phrases := 0
	for _, line := range rows(t, "dates.txt") {
		context, isPhrase := line.context(t, &event)
		if !isPhrase {
			continue
		}
		kind, text, expected := line.fields[0], line.fields[1], line.fields[2]
		kinds[kind]++
		phrases++
		t.Run(text+" on "+line.now.Format("2006-01-02T15.04"), func(t *testing.T) {
			due := FindDue(text, context)
			if describe(due) != expected || due.Kind != kind {
				t.Errorf("%s: FindDue: %s (%s), want %s (%s)", line.position, describe(due), due.Kind, expected, kind)
			}
			if due.Start != 0 || due.End != len(text) {
				t.Errorf("%s: it stands at %d to %d of %q", line.position, due.Start, due.End, text)
			}
			if answer := ReadDue(text, context); describe(answer) != expected {
				t.Errorf("%s: ReadDue: %s, want %s", line.position, describe(answer), expected)
			}
		})
	}
	for _, kind := range everyKind() {
		if kinds[kind] == 0 && kind != kindBareNumber {
			t.Errorf("no phrase of kind %s", kind)
		}
		delete(kinds, kind)
	}
	if len(kinds) > 0 || phrases < 200 {
		t.Errorf("%d phrases; kinds that Kinds does not list: %v", phrases, kinds)
	}
}

// TestSentences checks what is found and that the rest of the sentence reads cleanly.
func TestSentences(t *testing.T) {
	var event time.Time
	for _, line := range rows(t, "sentences.txt") {
		context, isSentence := line.context(t, &event)
		if !isSentence {
			continue
		}
		text, expected, rest := line.fields[0], line.fields[1], line.fields[2]
		t.Run(text, func(t *testing.T) {
			due := FindDue(text, context)
			if describe(due) != expected {
				t.Errorf("%s: %s, want %s", line.position, describe(due), expected)
			}
			if all, one := FindAllAndDue(text, context); !reflect.DeepEqual(one, due) || !reflect.DeepEqual(all, FindAll(text, context)) {
				t.Errorf("%s: together: %v and %v, each by itself: %v and %v", line.position, all, one, FindAll(text, context), due)
			}
			if got := text[:due.Start] + text[due.End:]; got != rest {
				t.Errorf("%s: rest %q, want %q", line.position, got, rest)
			}
		})
	}
}

func TestNothingFound(t *testing.T) {
	for _, line := range rows(t, "nothing.txt") {
		text := line.fields[0]
		t.Run(text, func(t *testing.T) {
			due := FindDue(text, Context{Now: line.now, Holidays: holidays2026()})
			if due.Outcome != None || due.NoDeadline || due.Start != 0 || due.End != 0 {
				t.Errorf("%s: %s of kind %s", line.position, describe(due), due.Kind)
			}
			if all := FindAll(text, Context{Now: line.now}); len(all) > 0 {
				t.Errorf("%s: FindAll: %s", line.position, describe(all[0]))
			}
		})
	}
}

func TestAnswers(t *testing.T) {
	tests := []struct{ text, expected string }{
		{"ok, besok ya pak", "found 2026-11-26"},
		{"Mohon maaf, bagaimana kalau Jumat jam 9?", "found 2026-11-27T09:00"},
		{"mungkin lusa saja", "found 2026-11-27"},
		{"kalau bisa Senin depan, Bu", "found 2026-11-30"},
		{"Rabu saya di luar kota, tenggat Kamis jam 10", "found 2026-11-26T10:00"},
		{"sesudah rapat kita bahas Jumat", "found 2026-11-27"},
		{"5", "ambiguous bare_number 2026-11-25 2026-12-05"},
		{"30", "ambiguous bare_number 2026-11-30"},
		{"tiga pak", "ambiguous bare_number 2026-11-25 2026-12-03"},
		{"3 hari", "found 2026-11-28"},
		{"dua minggu, Pak", "found 2026-12-09"},
		{"sejam", "found 2026-11-25T10:00"},
		{"45", "none"},
		{"5 orang", "none"},
		{"tanpa tenggat saja", "none no_deadline"},
		{"segera", "vague no_date"},
		{"tidak tahu", "none"},
		{"", "none"},
	}
	context := Context{Now: moment(t, "2026-11-25T09:00")}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			if got := describe(ReadDue(test.text, context)); got != test.expected {
				t.Errorf("%s, want %s", got, test.expected)
			}
		})
	}
}

func TestFindAllReadsAnEvaluation(t *testing.T) {
	const text = "Evaluasi Smart City Tahap I, Kamis 11 Juni jam 9, unggah terakhir 10 Juni 23.59 WIB, gladi tgl 9 Juni"
	dues := FindAll(text, Context{Now: moment(t, "2026-05-11T09:12")})
	var got, left []string
	from := 0
	for _, due := range dues {
		got = append(got, describe(due))
		left = append(left, text[from:due.Start])
		from = due.End
	}
	want := []string{"found 2026-06-11T09:00", "found 2026-06-11T00:59 WIB", "found 2026-06-09"}
	labels := []string{"Evaluasi Smart City Tahap I", ", unggah terakhir", ", gladi"}
	if !slices.Equal(got, want) || !slices.Equal(left, labels) || from != len(text) {
		t.Errorf("got %q between %q", got, left)
	}
}

// TestPastHourOffersTomorrow checks the candidate a question about a past hour can offer.
func TestPastHourOffersTomorrow(t *testing.T) {
	due := FindDue("tenggat jam 8", Context{Now: moment(t, "2026-11-25T09:00")})
	want := moment(t, "2026-11-26T08:00")
	if due.Outcome != Past || len(due.Candidates) != 1 || !due.Candidates[0].Equal(want) {
		t.Errorf("got %+v, want past with %v", due, want)
	}
}

func TestZoneOfTheCityIsNotGiven(t *testing.T) {
	tests := []struct {
		name, text string
		given      string
	}{
		{"the city's own", "Jumat 16.00 WITA", ""},
		{"western", "Jumat 16.00 WIB", "WIB"},
		{"eastern", "Jumat 16.00 WIT", "WIT"},
		{"none said", "Jumat 16.00", ""},
		{"local words", "Jumat 16.00 waktu setempat", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			due := FindDue(test.text, Context{Now: moment(t, "2026-11-25T09:00")})
			got := ""
			if due.Given != nil {
				got = due.Given.String()
			}
			if due.Outcome != Found || got != test.given || due.Time.Location() != city || due.End != len(test.text) {
				t.Errorf("%+v: given %q, want %q", due, got, test.given)
			}
		})
	}
}

func TestOnlyTheBeginningOfALongTextIsRead(t *testing.T) {
	padding := make([]byte, longestText)
	for index := range padding {
		padding[index] = 'x'
	}
	context := Context{Now: moment(t, "2026-11-25T09:00")}
	if due := FindDue(string(padding)+" tenggat besok", context); due.Outcome != None {
		t.Errorf("found %s behind the bound", describe(due))
	}
	if due := FindDue("tenggat besok "+string(padding), context); due.Outcome != Found {
		t.Errorf("%s before the bound", describe(due))
	}
}
