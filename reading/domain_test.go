package reading

import (
	"testing"
	"time"
)

// TestDateExpressionsOfTheDomain reads the expressions people were observed to write, said on a Wednesday morning.
func TestDateExpressionsOfTheDomain(t *testing.T) {
	const asked, refused = "ambiguous", "impossible"
	tests := []struct{ text, expected string }{
		{"besok", "2026-11-26"}, {"lusa", "2026-11-27"}, {"hari ini", "2026-11-25"}, {"Jumat", "2026-11-27"}, {"jum'at", "2026-11-27"},
		{"Jumat ini", "2026-11-27"}, {"Jumat depan", "2026-12-04"}, {"Senin depan", "2026-11-30"}, {"pekan depan", asked},
		{"minggu depan", asked}, {"hari Minggu", "2026-11-29"}, {"Ahad", "2026-11-29"}, {"akhir bulan", "2026-11-30"},
		{"tgl 5", "2026-12-05"}, {"5/12", "2026-12-05"}, {"05-12-26", "2026-12-05"}, {"5 Des", "2026-12-05"},
		{"10 desember 2026", "2026-12-10"}, {"3 hari lagi", "2026-11-28"}, {"2 minggu lagi", "2026-12-09"},
		{"dua pekan lagi", "2026-12-09"}, {"H-7 (acara 11 Des 2026)", "2026-12-04"}, {"H+3 (acara 11 Des 2026)", "2026-12-14"},
		{"besok jam 9", "2026-11-26T09:00"}, {"besok pukul 09.00 WIB", "2026-11-26T10:00"}, {"besok 09:00 wit", "2026-11-26T08:00"},
		{"jam 2 siang", "2026-11-25T14:00"}, {"jam 2", "2026-11-25T14:00"}, {"setengah 3 sore", "2026-11-25T14:30"},
		{"jam 8 kurang seperempat pagi besok", "2026-11-26T07:45"}, {"pukul 16.00 wita", "2026-11-25T16:00"},
		{"habis Jumatan", asked}, {"nanti malam", asked}, {"24 Desember", "2026-12-24"}, {"25 Des", "2026-12-25"},
		{"31 Des 23.59 WIB", "2027-01-01T00:59"}, {"kemarin", "past"}, {"29/2", refused}, {"31 November", refused}, {"13/14", refused},
		{"Kamis 27 November 2026", asked}, {"secepatnya", "vague"}, {"besok lusa", asked},
	}
	context := Context{Now: moment(t, "2026-11-25T09:00"), Holidays: holidays2026()}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			for name, due := range map[string]Due{"FindDue": FindDue(test.text, context), "ReadDue": ReadDue(test.text, context)} {
				if got := inShort(due); got != test.expected {
					t.Errorf("%s: %s, want %s", name, got, test.expected)
				}
			}
		})
	}
}

// inShort is the date or moment of a Due that was found, and the outcome of any other.
func inShort(due Due) string {
	switch {
	case due.Outcome != Found:
		return string(due.Outcome)
	case due.HasHour:
		return due.Time.Format("2006-01-02T15:04")
	case due.Time.Hour() != 16:
		return "not at 16.00: " + due.Time.Format(time.RFC3339)
	}
	return due.Time.Format("2006-01-02")
}

func TestNumberExpressionsOfTheDomain(t *testing.T) {
	tests := []struct {
		text        string
		value       float64
		unit        string
		approximate bool
	}{
		{"75%", 75, "percent", false}, {"75,5 persen", 75.5, "percent", false}, {"3,71", 3.71, "", false}, {"3.71", 3.71, "", false},
		{"1.500", 1500, "", false}, {"2.500.000", 2500000, "", false}, {"1,5 juta", 1500000, "", false}, {"15jt", 15000000, "", false},
		{"250 rb", 250000, "", false}, {"Rp2,3 M", 2300000000, "rupiah", false}, {"Rp 45 jt", 45000000, "rupiah", false},
		{"Rp15.000.000,00", 15000000, "rupiah", false}, {"12,5 ribu", 12500, "", false}, {"1.234,56", 1234.56, "", false},
		{"sekitar 200", 200, "", true}, {"dua puluh", 20, "", false},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			got := FindNumber(test.text)
			want := Number{Outcome: Found, Value: test.value, Unit: test.unit, Approximate: test.approximate, End: len(test.text)}
			if got.Outcome != want.Outcome || got.Value != want.Value || got.Unit != want.Unit || got.Approximate != want.Approximate ||
				got.Start != 0 || got.End != want.End {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
	for text, reason := range map[string]string{"1,234.56": ReasonEnglishFormat, "5-10": ReasonRange} {
		t.Run(text, func(t *testing.T) {
			if got := FindNumber(text); got.Outcome != Ambiguous || got.Reason != reason {
				t.Errorf("got %+v, want %s", got, reason)
			}
		})
	}
}
