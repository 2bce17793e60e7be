package reading

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// repetition writes a Recurrence in a line: "week/2 Monday 09:00 WIB".
func repetition(r Recurrence) string {
	words := []string{r.Unit}
	if r.Every != 1 {
		words[0] += fmt.Sprintf("/%d", r.Every)
	}
	switch {
	case r.HasDay && r.Unit == UnitWeek:
		words = append(words, r.Weekday.String())
	case r.HasDay:
		words = append(words, fmt.Sprint(r.Day))
	}
	for _, other := range r.Others {
		words = append(words, other.String())
	}
	if r.HasHour {
		words = append(words, fmt.Sprintf("%02d:%02d", r.Hour, r.Minute))
	}
	if r.Zone != nil {
		words = append(words, r.Zone.String())
	}
	return strings.Join(words, " ")
}

func TestRecurrences(t *testing.T) {
	tests := []struct{ text, expected, rest string }{
		{"setiap Senin 08.00", "week Monday 08:00", ""},
		{"setiap hari Senin", "week Monday", ""},
		{"setiap bulan tanggal 5", "month 5", ""},
		{"setiap bulan pada tanggal 15", "month 15", ""},
		{"tiap bulan tgl 1 jam 10", "month 1 10:00", ""},
		{"tiap tanggal 31", "month 31", ""},
		{"setiap akhir bulan", "month -1", ""},
		{"akhir setiap bulan", "month -1", ""},
		{"tiap awal bulan", "month 1", ""},
		{"setiap bulan", "month", ""},
		{"setiap hari kerja", "workday", ""},
		{"setiap hari kerja jam 4 sore", "workday 16:00", ""},
		{"setiap hari jam 7", "day 07:00", ""},
		{"setiap hari jam 2", "day 14:00", ""},
		{"setiap pagi jam 7", "day 07:00", ""},
		{"setiap malam jam 8", "day 20:00", ""},
		{"setiap Jumat sore", "week Friday", ""},
		{"setiap Jumat jam 4 sore", "week Friday 16:00", ""},
		{"setiap minggu", "week", ""},
		{"setiap Minggu", "week Sunday", ""},
		{"setiap hari Minggu", "week Sunday", ""},
		{"setiap minggu hari Rabu", "week Wednesday", ""},
		{"setiap 2 minggu", "week/2", ""},
		{"setiap dua pekan hari Senin jam 9", "week/2 Monday 09:00", ""},
		{"2 minggu sekali", "week/2", ""},
		{"seminggu sekali", "week", ""},
		{"setiap Jum'at", "week Friday", ""},
		{"tiap-tiap Kamis", "week Thursday", ""},
		{"every Monday", "week Monday", ""},
		{"every other Friday at 4pm", "week/2 Friday 16:00", ""},
		{"every month on the 5th", "month 5", ""},
		{"every 5th of the month", "month 5", ""},
		{"end of every month", "month -1", ""},
		{"every weekday at 8 am", "workday 08:00", ""},
		{"every 3 days", "day/3", ""},
		{"Ingatkan rapat setiap Senin dan Kamis pukul 08.00 WIB di aula", "week Monday Thursday 08:00 WIB", "Ingatkan rapat di aula"},
		{"Kirim rekap, setiap Jumat 15.30", "week Friday 15:30", "Kirim rekap"},
		{"setiap Senin 08.00 rapat staf", "week Monday 08:00", "rapat staf"},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			found, ok := FindRecurrence(test.text)
			if !ok || repetition(found) != test.expected {
				t.Fatalf("%v: %s, want %s", ok, repetition(found), test.expected)
			}
			if rest := test.text[:found.Start] + test.text[found.End:]; rest != test.rest {
				t.Errorf("rest %q, want %q", rest, test.rest)
			}
			if due := FindDue(test.text, Context{Now: time.Date(2026, 11, 25, 9, 0, 0, 0, city)}); due.Outcome != None {
				t.Errorf("FindDue takes it for %s", describe(due))
			}
		})
	}
}

// TestHoursThatAreLeft checks hours a repetition does not take: midnight, which is of the day after, and those that have to be asked.
func TestHoursThatAreLeft(t *testing.T) {
	for _, text := range []string{"setiap Jumat jam 24.00", "setiap Jumat tengah malam", "setiap Jumat jam 1 malam", "setiap Jumat jam 25"} {
		t.Run(text, func(t *testing.T) {
			found, ok := FindRecurrence(text)
			if !ok || repetition(found) != "week Friday" || text[:found.End] != "setiap Jumat " {
				t.Errorf("%v: %s from %q", ok, repetition(found), text[:found.End])
			}
		})
	}
}

func TestNoRecurrence(t *testing.T) {
	for _, text := range []string{"", "Senin 08.00", "setiap kecamatan", "setiap 2 desa", "setiap tanggal 45", "setiap jam", "rapat mingguan",
		"setiap orang hadir Senin", "tiap warga", "every village", "setiap 0 hari", "setiap 1000 hari", "setiap Jumat2"} {
		t.Run(text, func(t *testing.T) {
			if found, ok := FindRecurrence(text); ok {
				t.Errorf("%s", repetition(found))
			}
		})
	}
}

func TestAPartOfTheDayOffersItsHours(t *testing.T) {
	for _, test := range []struct {
		name, text string
		offered    string
	}{
		{"late afternoon", "setiap sore minum obat", "[900 960 1020]"},
		{"behind a weekday", "setiap Jumat malam", "[1140 1200 1260]"},
		{"morning", "every morning", "[480 540 600]"},
		{"with an hour", "setiap sore jam 4", "[]"},
		{"no part of the day", "setiap hari kerja", "[]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, ok := FindRecurrence(test.text)
			if got := fmt.Sprint(found.Offered); !ok || got != test.offered {
				t.Errorf("%q offers %s (found %v), not %s", test.text, got, ok, test.offered)
			}
		})
	}
}
