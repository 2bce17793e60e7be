package reading

import (
	"testing"
	"time"
	"unicode/utf8"
)

// fuzzPatience is far above the ten milliseconds a text may take, since fuzzing shares the machine.
const fuzzPatience = time.Second

func FuzzFindDue(f *testing.F) {
	for _, name := range []string{"dates.txt", "sentences.txt", "nothing.txt"} {
		for _, line := range rows(f, name) {
			f.Add(line.fields[min(1, len(line.fields)-1)], line.now.Unix())
		}
	}
	for _, text := range hostileTexts() {
		f.Add(text, int64(1_764_000_000))
	}
	f.Fuzz(func(t *testing.T, text string, seconds int64) {
		if seconds < 0 || seconds > 4_000_000_000 {
			return
		}
		now := time.Unix(seconds, 0).In(city)
		context := Context{Now: now, Holidays: holidays2026(), Event: now.AddDate(0, 0, 20)}
		began := time.Now()
		dues := append(FindAll(text, context), FindDue(text, context), ReadDue(text, context))
		if from, to, ok := FindRange(text, context); ok {
			if to.Time.Before(from.Time) {
				t.Errorf("%q: the period ends before it begins", text)
			}
			checkOffsets(t, text, from.Start, to.End)
		}
		if found, ok := FindRecurrence(text); ok {
			checkOffsets(t, text, found.Start, found.End)
		}
		if found, ok := FindLength(text); ok {
			checkOffsets(t, text, found.Start, found.End)
			if found.Time < 0 || found.Days < 0 || found.Time == 0 && found.Days == 0 || found.Time > 0 && found.Days > 0 {
				t.Errorf("%q: no length: %+v", text, found)
			}
		}
		if took := time.Since(began); took > fuzzPatience {
			t.Errorf("took %v", took)
		}
		for _, due := range dues {
			checkOffsets(t, text, due.Start, due.End)
			if complaint := complaintAbout(due, text, now); complaint != "" {
				t.Errorf("%q: %s: %+v", text, complaint, due)
			}
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, line := range rows(f, "numbers.txt") {
		f.Add(line.fields[0])
	}
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		began := time.Now()
		number := FindNumber(text)
		if took := time.Since(began); took > fuzzPatience {
			t.Errorf("took %v", took)
		}
		checkOffsets(t, text, number.Start, number.End)
		switch number.Outcome {
		case None:
		case Found:
			if number.Start == number.End || len(number.Candidates) > 0 {
				t.Errorf("%q: %+v", text, number)
			}
		case Ambiguous:
			if len(number.Candidates) == 0 || number.Reason == "" {
				t.Errorf("%q: %+v", text, number)
			}
		default:
			t.Errorf("%q: outcome %q", text, number.Outcome)
		}
	})
}

func checkOffsets(t *testing.T, text string, start, end int) {
	t.Helper()
	if start < 0 || end < start || end > len(text) {
		t.Fatalf("%q: offsets %d to %d", text, start, end)
	}
	if utf8.ValidString(text) && !(utf8.ValidString(text[:start]) && utf8.ValidString(text[end:])) {
		t.Fatalf("%q: offsets %d to %d cut a letter", text, start, end)
	}
}
