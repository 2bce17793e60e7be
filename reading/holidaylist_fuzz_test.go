package reading

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var monthNames = []string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"}
var weekdayNames = []string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

// styles are the ways in which people write a line of a list.
var styles = []func(number int, day ListedDay) string{
	func(_ int, d ListedDay) string {
		return fmt.Sprintf("%d %s %d %s", d.Date.Day(), monthNames[d.Date.Month()-1], d.Date.Year(), d.Name)
	},
	func(n int, d ListedDay) string {
		return fmt.Sprintf("%d. %s, %d %s %d: %s", n, weekdayNames[d.Date.Weekday()], d.Date.Day(), monthNames[d.Date.Month()-1], d.Date.Year(), d.Name)
	},
	func(n int, d ListedDay) string {
		return fmt.Sprintf("%d) %d %s %d (%s) - %s", n, d.Date.Day(), monthNames[d.Date.Month()-1], d.Date.Year(), weekdayNames[d.Date.Weekday()], d.Name)
	},
	func(n int, d ListedDay) string {
		return fmt.Sprintf("%d;%s;%s", n, d.Date.Format(time.DateOnly), d.Name)
	},
	func(n int, d ListedDay) string {
		return fmt.Sprintf("%d,%s,%s,Libur Nasional", n, d.Date.Format("2/1/2006"), d.Name)
	},
	func(_ int, d ListedDay) string {
		return fmt.Sprintf("- %s (%s)", d.Name, d.Date.Format("02-01-2006"))
	},
	func(_ int, d ListedDay) string { return d.Date.Format("2006-01-02") + " " + d.Name },
}

// TestAListIsReadAsItWasWritten writes lists in every style, mixed, and reads them back.
func TestAListIsReadAsItWasWritten(t *testing.T) {
	names := []string{"Tahun Baru Masehi", "Iduladha", "Hari Buruh", "Natal", "Cuti bersama Natal", "Nyepi", "Waisak", "Hari Lahir Pancasila",
		"Libur daerah", "Jumat Agung", "Tahun Baru Imlek", "Kemerdekaan"}
	rapid.Check(t, func(t *rapid.T) {
		first := civil(rapid.IntRange(2021, 2040).Draw(t, "year"), 1, 1)
		offsets := rapid.SliceOfNDistinct(rapid.IntRange(0, 364), 1, 30, rapid.ID[int]).Draw(t, "days")
		var written []string
		want := map[time.Time]ListedDay{}
		for number, offset := range offsets {
			name := rapid.SampledFrom(names).Draw(t, "name")
			day := ListedDay{first.AddDate(0, 0, offset), name, strings.HasPrefix(name, "Cuti bersama")}
			want[day.Date] = day
			written = append(written, rapid.SampledFrom(styles).Draw(t, "style")(number+1, day))
		}
		text := strings.Join(written, rapid.SampledFrom([]string{"\n", "\r\n", "\n\n"}).Draw(t, "break"))
		list := ReadHolidays(text, 0, Context{Now: time.Date(2026, 11, 25, 9, 0, 0, 0, city)})
		if len(list.Unread) > 0 || len(list.Days) != len(want) {
			t.Fatalf("of %d days %d were read, and not: %v\n%s", len(want), len(list.Days), list.Unread, text)
		}
		for _, day := range list.Days {
			if want[day.Date] != day {
				t.Errorf("read %v, not %v, in\n%s", day, want[day.Date], text)
			}
		}
	})
}

func FuzzReadHolidays(f *testing.F) {
	for _, seed := range []string{decree2026, "20,23 Maret 2026 Cuti", "1;2027-01-01;Tahun Baru;ya", "2,16 Januari 2027,Isra", "SKB No 1/2026 (1 Mei 2027", "besok", "3-7 Juni\u202e",
		"31 Desember - 1 Januari", "1-31/12/2027", strings.Repeat("1 ", 200), strings.Repeat("1,2,3-", 60) + "9 Mei", "((((1 Mei 2027))))|;|;"} {
		f.Add(seed, 2027)
	}
	f.Fuzz(func(t *testing.T, text string, year int) {
		if len(text) > 1<<14 || year < 0 || year > 2100 {
			return
		}
		began := time.Now()
		list := ReadHolidays(text, year, Context{Now: time.Date(2026, 11, 25, 9, 0, 0, 0, city)})
		if took := time.Since(began); took > fuzzPatience {
			t.Errorf("took %v", took)
		}
		for index, day := range list.Days {
			if day.Date.Year() < earliestYear || day.Date.Year() > latestYear || index > 0 && !day.Date.After(list.Days[index-1].Date) {
				t.Errorf("the day %v is out of bounds or out of order", day.Date)
			}
			checkWritten(t, day.Name, longestName)
		}
		for _, line := range list.Unread {
			if line.Reason == "" || line.Number < 1 || line.Number > mostListLines {
				t.Errorf("line %+v", line)
			}
			checkWritten(t, line.Text, longestName)
		}
		checkWritten(t, list.Decree, longestDecree)
	})
}

// checkWritten holds what will be shown to what can be shown.
func checkWritten(t *testing.T, text string, longest int) {
	t.Helper()
	hidden := func(letter rune) bool { return unicode.IsControl(letter) || unicode.Is(unicode.Cf, letter) }
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > longest || strings.ContainsFunc(text, hidden) || strings.TrimSpace(text) != text {
		t.Errorf("%q is kept", text)
	}
}
