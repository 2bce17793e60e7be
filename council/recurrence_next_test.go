package council

import (
	"strings"
	"testing"
	"time"
)

func TestRecurrence(t *testing.T) {
	calendar := calendar2026(makassar)
	tests := []struct {
		name  string
		rule  Recurrence
		after string
		want  string // the next three occurrences
	}{
		{"every day, its hour still ahead", Recurrence{Unit: EveryDay, Every: 1, Hour: 8}, "2026-06-11 07:59", "11/06 08.00, 12/06 08.00, 13/06 08.00"},
		{"every day, from its hour on", Recurrence{Unit: EveryDay, Every: 1, Hour: 8}, "2026-06-11 08:00", "12/06 08.00, 13/06 08.00, 14/06 08.00"},
		{"every third day", Recurrence{Unit: EveryDay, Every: 3, Hour: 8}, "2026-06-11 08:00", "14/06 08.00, 17/06 08.00, 20/06 08.00"},
		{"every working day", Recurrence{Unit: EveryWorkday, Every: 1, Hour: 8, Minute: 15}, "2026-05-26 09:00", "29/05 08.15, 02/06 08.15, 03/06 08.15"},
		{"every second working day", Recurrence{Unit: EveryWorkday, Every: 2, Hour: 8}, "2026-05-25 08:00", "29/05 08.00, 03/06 08.00, 05/06 08.00"},
		{"every Monday, holidays too", Recurrence{Unit: EveryWeek, Every: 1, Weekday: time.Monday, Hour: 8}, "2026-05-25 08:00",
			"01/06 08.00, 08/06 08.00, 15/06 08.00"},
		{"every second Friday", Recurrence{Unit: EveryWeek, Every: 2, Weekday: time.Friday, Hour: 15}, "2026-06-08 10:00",
			"12/06 15.00, 26/06 15.00, 10/07 15.00"},
		{"the 5th of the month stays on a day off", Recurrence{Unit: EveryMonth, Every: 1, Day: 5, Hour: 16}, "2026-03-05 16:00",
			"05/04 16.00, 05/05 16.00, 05/06 16.00"},
		{"the 31st in short months", Recurrence{Unit: EveryMonth, Every: 1, Day: 31, Hour: 16}, "2026-01-31 16:00",
			"28/02 16.00, 31/03 16.00, 30/04 16.00"},
		{"the last day", Recurrence{Unit: EveryMonth, Every: 1, Day: -1, Hour: 16}, "2026-02-10 16:00", "28/02 16.00, 31/03 16.00, 30/04 16.00"},
		{"every third month over the year's end", Recurrence{Unit: EveryMonth, Every: 3, Day: 30, Hour: 9}, "2026-11-30 09:00",
			"28/02 09.00, 30/05 09.00, 30/08 09.00"},
		{"Monday and Thursday", Recurrence{Unit: EveryWeek, Every: 1, Weekday: time.Monday, Others: []time.Weekday{time.Thursday}, Hour: 8}, "2026-06-09 10:00",
			"11/06 08.00, 15/06 08.00, 18/06 08.00"},
		{"Thursday and Sunday of every second week", Recurrence{Unit: EveryWeek, Every: 2, Weekday: time.Thursday, Others: []time.Weekday{time.Sunday}, Hour: 8}, "2026-06-09 10:00",
			"11/06 08.00, 14/06 08.00, 25/06 08.00"},
		{"nothing said about every", Recurrence{Unit: EveryWeek, Weekday: time.Sunday, Hour: 8}, "2026-06-14 08:00",
			"21/06 08.00, 28/06 08.00, 05/07 08.00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			moment := at(test.after)
			for range 3 {
				moment = test.rule.Next(moment, calendar)
				got = append(got, moment.In(makassar).Format("02/01 15.04"))
			}
			if strings.Join(got, ", ") != test.want {
				t.Fatalf("got %v, want %s", got, test.want)
			}
		})
	}
	for _, rule := range []Recurrence{{}, {Unit: "year"}, {Unit: EveryWeek, Weekday: 9}} {
		if next := rule.Next(at("2026-06-11 08:00"), calendar); !next.IsZero() {
			t.Errorf("%+v: %s", rule, next)
		}
	}
}

func TestRecurrenceWhereClocksChange(t *testing.T) {
	kyiv := zoneNamed("Europe/Kyiv")
	rule := Recurrence{Unit: EveryDay, Every: 1, Hour: 3, Minute: 30}
	tests := []struct{ name, after, want string }{
		{"a gap moves forward", "2026-03-28T04:00:00+02:00", "2026-03-29T04:30:00+03:00 2026-03-30T03:30:00+03:00"},
		{"an overlap counts once", "2026-10-24T04:00:00+03:00", "2026-10-25T03:30:00+03:00 2026-10-26T03:30:00+02:00"},
		{"from inside an overlap", "2026-10-25T03:10:00+02:00", "2026-10-26T03:30:00+02:00 2026-10-27T03:30:00+02:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			moment, err := time.Parse(time.RFC3339, test.after)
			if err != nil {
				t.Fatal(err)
			}
			first := rule.Next(moment, NewCalendar(kyiv, nil))
			second := rule.Next(first, NewCalendar(kyiv, nil))
			if got := first.In(kyiv).Format(time.RFC3339) + " " + second.In(kyiv).Format(time.RFC3339); got != test.want {
				t.Fatalf("got %s, want %s", got, test.want)
			}
		})
	}
}
