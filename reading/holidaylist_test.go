package reading

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// listed writes what was read of a list, a line for a day or for what was not understood.
func listed(list HolidayList) string {
	var lines []string
	for _, day := range list.Days {
		kind := ""
		if day.JointLeave {
			kind = " *"
		}
		lines = append(lines, day.Date.Format(time.DateOnly)+" "+day.Name+kind)
	}
	for _, line := range list.Unread {
		lines = append(lines, fmt.Sprintf("%d? %s", line.Number, line.Reason))
	}
	if list.Decree != "" {
		lines = append(lines, "= "+list.Decree)
	}
	return strings.Join(lines, "\n")
}

func TestHolidayLines(t *testing.T) {
	const autumn = "2026-09-25T09:00"
	for _, test := range []struct {
		name, text string
		year       int
		want       string
	}{
		{"a day with its name", "18 Agustus 2026 Cuti bersama HUT RI", 0, "2026-08-18 Cuti bersama HUT RI *"},
		{"a holiday whose name is a date", "1 Januari 2027 Tahun Baru Masehi", 0, "2027-01-01 Tahun Baru Masehi"},
		{"a dash before such a name", "24 Desember 2027 - Natal", 0, "2027-12-24 Natal"},
		{"numbers with slashes", "27/5/2027 - Iduladha", 0, "2027-05-27 Iduladha"},
		{"numbers with hyphens", "27-05-2027 Iduladha", 0, "2027-05-27 Iduladha"},
		{"numbers with dots", "1.1.2027 Tahun Baru", 0, "2027-01-01 Tahun Baru"},
		{"year first", "2027-05-27: Iduladha", 0, "2027-05-27 Iduladha"},
		{"year first with its midnight", "2027-05-27 00:00:00;Iduladha", 0, "2027-05-27 Iduladha"},
		{"a short year", "27/5/27 Iduladha", 0, "2027-05-27 Iduladha"},
		{"the day of the week before", "Sabtu, 25 Desember 2027: Hari Raya Natal", 0, "2027-12-25 Hari Raya Natal"},
		{"the day of the week behind", "2. 16 Januari 2026 (Jumat): Isra Mikraj Nabi Muhammad SAW", 0, "2026-01-16 Isra Mikraj Nabi Muhammad SAW"},
		{"with hari and tanggal", "Hari Jumat tanggal 1 Januari 2027 Tahun Baru", 0, "2027-01-01 Tahun Baru"},
		{"a day of the week that does not fit", "Kamis, 25 Desember 2027: Natal", 0, "1? weekday_mismatch"},
		{"one that fits the year before", "Jumat, 25 Desember: Natal", 2027, "1? weekday_mismatch"},
		{"a Friday in the name", "26 Maret 2027 Jumat Agung", 0, "2027-03-26 Jumat Agung"},
		{"a period", "18–20 Maret 2026 Nyepi–Idulfitri", 0, "2026-03-18 Nyepi–Idulfitri\n2026-03-19 Nyepi–Idulfitri\n2026-03-20 Nyepi–Idulfitri"},
		{"a period in words", "21 s.d. 22 Maret 2026 Idulfitri 1447 Hijriah", 0, "2026-03-21 Idulfitri 1447 Hijriah\n2026-03-22 Idulfitri 1447 Hijriah"},
		{"a period over a month", "30 April - 1 Mei 2027 Libur bersama daerah", 0, "2027-04-30 Libur bersama daerah\n2027-05-01 Libur bersama daerah"},
		{"a period over a year", "31 Desember 2026 sampai 1 Januari Tahun Baru", 0, "2026-12-31 Tahun Baru\n2027-01-01 Tahun Baru"},
		{"a period in numbers", "9/3/2027 - 10/3/2027 Idulfitri", 0, "2027-03-09 Idulfitri\n2027-03-10 Idulfitri"},
		{"several days as in the decree", "20, 23, dan 24 Maret (Jumat, Senin, dan Selasa): Hari Raya Idulfitri 1447 H", 2026,
			"2026-03-20 Hari Raya Idulfitri 1447 H\n2026-03-23 Hari Raya Idulfitri 1447 H\n2026-03-24 Hari Raya Idulfitri 1447 H"},
		{"days of the week before several", "Jumat, Senin, 20, 23 Maret 2026 Cuti bersama Idulfitri", 0, "2026-03-20 Cuti bersama Idulfitri *\n2026-03-23 Cuti bersama Idulfitri *"},
		{"several periods", "20 dan 23-24 Maret 2026 Cuti bersama", 0, "2026-03-20 Cuti bersama *\n2026-03-23 Cuti bersama *\n2026-03-24 Cuti bersama *"},
		{"several without blanks", "20,23 Maret 2026 Cuti bersama", 0, "2026-03-20 Cuti bersama *\n2026-03-23 Cuti bersama *"},
		{"two full dates", "16 Februari 2026 dan 18 Maret 2026 Cuti bersama", 0, "2026-02-16 Cuti bersama *\n2026-03-18 Cuti bersama *"},
		{"the name first", "Hari Kemerdekaan RI ke-81: 17 Agustus 2026", 0, "2026-08-17 Hari Kemerdekaan RI ke-81"},
		{"the name first with a number", "3. Tahun Baru Imlek 2577 Kongzili, 17 Februari 2026", 0, "2026-02-17 Tahun Baru Imlek 2577 Kongzili"},
		{"a list sign", "• 1 Juni 2027 Hari Lahir Pancasila", 0, "2027-06-01 Hari Lahir Pancasila"},
		{"a glued list sign", "-1 Juni 2027 Hari Lahir Pancasila", 0, "2027-06-01 Hari Lahir Pancasila"},
		{"a number without a blank", "1)1 Juni 2027 Hari Lahir Pancasila", 0, "2027-06-01 Hari Lahir Pancasila"},
		{"a table with semicolons", "1;2027-01-01;Tahun Baru Masehi;Libur Nasional", 0, "2027-01-01 Tahun Baru Masehi"},
		{"a table with commas", "2,16 Januari 2027,Isra Mikraj,Libur Nasional", 0, "2027-01-16 Isra Mikraj"},
		{"a table with tabulators", "3\t17 Februari 2027\tImlek\tCuti Bersama", 0, "2027-02-17 Cuti bersama Imlek *"},
		{"a table in quotes", `"2027-01-01","Tahun Baru, Masehi","cuti bersama"`, 0, "2027-01-01 Cuti bersama Tahun Baru, Masehi *"},
		{"brackets that belong to the name", "5 April 2026 Kebangkitan Yesus Kristus (Paskah)", 0, "2026-04-05 Kebangkitan Yesus Kristus (Paskah)"},
		{"in english", "December 24th, 2027 Christmas joint leave", 0, "2027-12-24 Christmas joint leave *"},
		{"the next one without a year", "18 Agustus Cuti bersama", 0, "2027-08-18 Cuti bersama *"},
		{"the year given", "18 Agustus Cuti bersama", 2026, "2026-08-18 Cuti bersama *"},
		{"a day seen from today", "besok Cuti bersama", 0, "2026-09-26 Cuti bersama *"},
		{"a coming weekday", "Senin depan libur daerah", 0, "2026-09-28 libur daerah"},
		{"no name", "18 Agustus 2026", 0, "2026-08-18 "},
		{"joint leave without a name", "Cuti bersama 18 Agustus 2026", 0, "2026-08-18 Cuti bersama *"},
		{"no date", "Hari Raya Waisak", 0, "1? no_date"},
		{"a holiday's name is no date here", "Natal", 0, "1? no_date"},
		{"no such day", "31 November 2027 Pahlawan", 0, "1? day_not_in_month"},
		{"one of several is no day", "28, 29 Februari 2027 Cuti", 0, "1? day_not_in_month"},
		{"a month first", "12/25/2027 Natal", 0, "1? month_first"},
		{"a choice", "3 atau 7 Juni 2027 Waisak", 0, "1? alternatives"},
		{"backwards", "7-3 Juni 2027 Waisak", 0, "1? range"},
		{"too long a period", "1 Januari - 31 Desember 2027 Libur", 0, "1? period_too_long"},
		{"an absurd year", "1 Januari 1999 Tahun Baru", 0, "1? too_far"},
		{"another", "1 Januari 2101 Tahun Baru", 0, "1? too_far"},
		{"too long a line", "1 Januari 2027 " + strings.Repeat("Tahun Baru ", 40), 0, "1? line_too_long"},
		{"signs that nobody sees", "1 Januari\u00a02027\u202e Tahun\u0000 Baru\u200b", 0, "2027-01-01 Tahun Baru"},
		{"a decree behind a day", "18 Agustus 2026 Cuti bersama HUT RI (SKB Nomor 933/2026)", 0, "2026-08-18 Cuti bersama HUT RI *\n= SKB Nomor 933/2026"},
		{"nothing", "", 0, ""},
		{"an hour is no day", "16.00 Rapat", 0, "1? no_date"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := listed(ReadHolidays(test.text, test.year, Context{Now: moment(t, autumn), Holidays: holidays2026()}))
			if difference := cmp.Diff(test.want, got); difference != "" {
				t.Errorf("%q (-want +got):\n%s", test.text, difference)
			}
		})
	}
}

// decree2026 is the list of domain.md section 13 as the decree prints it.
const decree2026 = `Hari Libur Nasional dan Cuti Bersama Tahun 2026
Berdasarkan SKB 3 Menteri Nomor 1497 Tahun 2025, Nomor 2 Tahun 2025, dan Nomor 5 Tahun 2025

A. Hari Libur Nasional
1. 1 Januari (Kamis): Tahun Baru 2026 Masehi
2. 16 Januari (Jumat): Isra Mikraj Nabi Muhammad SAW
3. 17 Februari (Selasa): Tahun Baru Imlek 2577 Kongzili

Maret
4. 19 Maret (Kamis): Hari Suci Nyepi (Tahun Baru Saka 1948)
5. 21-22 Maret (Sabtu-Minggu): Hari Raya Idulfitri 1447 Hijriah

B. Cuti Bersama
1. 16 Februari (Senin): Tahun Baru Imlek 2577 Kongzili

2. 18 Maret (Rabu): Hari Suci Nyepi (Tahun Baru Saka 1948)
3. 20, 23, dan 24 Maret (Jumat, Senin, dan Selasa): Hari Raya Idulfitri 1447 Hijriah
`

func TestHolidayListAsTheDecreePrintsIt(t *testing.T) {
	list := ReadHolidays(decree2026, 0, Context{Now: moment(t, "2026-09-25T09:00")})
	want := `2026-01-01 Tahun Baru 2026 Masehi
2026-01-16 Isra Mikraj Nabi Muhammad SAW
2026-02-16 Cuti bersama Tahun Baru Imlek 2577 Kongzili *
2026-02-17 Tahun Baru Imlek 2577 Kongzili
2026-03-18 Cuti bersama Hari Suci Nyepi (Tahun Baru Saka 1948) *
2026-03-19 Hari Suci Nyepi (Tahun Baru Saka 1948)
2026-03-20 Cuti bersama Hari Raya Idulfitri 1447 Hijriah *
2026-03-21 Hari Raya Idulfitri 1447 Hijriah
2026-03-22 Hari Raya Idulfitri 1447 Hijriah
2026-03-23 Cuti bersama Hari Raya Idulfitri 1447 Hijriah *
2026-03-24 Cuti bersama Hari Raya Idulfitri 1447 Hijriah *
= SKB 3 Menteri Nomor 1497 Tahun 2025, Nomor 2 Tahun 2025, dan Nomor 5 Tahun 2025`
	if difference := cmp.Diff(want, listed(list)); difference != "" {
		t.Error(difference)
	}
	if list.Lines != 8 || list.Left != 0 {
		t.Errorf("%d lines understood, %d left", list.Lines, list.Left)
	}
}

func TestHolidayLists(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"the year of the line above", "1 Januari 2027 Tahun Baru\n16 Januari Isra Mikraj", "2027-01-01 Tahun Baru\n2027-01-16 Isra Mikraj"},
		{"the year of a line below", "1 Januari Tahun Baru\n16 Januari 2027 Isra Mikraj", "2027-01-01 Tahun Baru\n2027-01-16 Isra Mikraj"},
		{"two years", "LIBUR 2026\n25 Desember Natal\nLIBUR 2027\n1 Januari Tahun Baru", "2026-12-25 Natal\n2027-01-01 Tahun Baru"},
		{"a heading ends joint leave", "Cuti bersama 2027\n24 Desember Natal\nLibur nasional\n25 Desember Natal", "2027-12-24 Cuti bersama Natal *\n2027-12-25 Natal"},
		{"a heading of both", "Libur nasional dan cuti bersama 2027\n25 Desember Natal", "2027-12-25 Natal"},
		{"the head of a table", "No;Tanggal;Nama;Cuti bersama\n1;2027-12-24;Natal;ya\n2;2027-12-25;Natal;tidak", "2027-12-24 Cuti bersama Natal *\n2027-12-25 Natal"},
		{"twice the same", "1 Mei 2027 Hari Buruh\n1 Mei 2027 Hari Buruh", "2027-05-01 Hari Buruh"},
		{"two names on one day", "6 Mei 2027 Kenaikan\n6 Mei 2027 Cuti bersama Waisak", "2027-05-06 Kenaikan / Cuti bersama Waisak"},
		{"the decree on several lines", "SKB 3 Menteri Nomor 1 Tahun 2026\nNomor 2 Tahun 2026\n1 Mei 2027 Hari Buruh", "2027-05-01 Hari Buruh\n= SKB 3 Menteri Nomor 1 Tahun 2026; Nomor 2 Tahun 2026"},
		{"a year before the decree", "Libur 2027 sesuai SKB Nomor 1497 Tahun 2026\n1 Mei Hari Buruh", "2027-05-01 Hari Buruh\n= SKB Nomor 1497 Tahun 2026"},
		{"a decree's own date is no day off", "SKB Nomor 1497 Tahun 2026 tanggal 19 September 2026\n1 Mei 2027 Hari Buruh", "2027-05-01 Hari Buruh\n= SKB Nomor 1497 Tahun 2026 tanggal 19 September 2026"},
		{"lines of Windows and of old", "1 Mei 2027 Hari Buruh\r\n6 Mei 2027 Kenaikan\r25 Desember 2027 Natal", "2027-05-01 Hari Buruh\n2027-05-06 Kenaikan\n2027-12-25 Natal"},
		{"what is not understood has its line", "Libur 2027\n\nselamat pagi\n1 Mei Hari Buruh", "2027-05-01 Hari Buruh\n3? no_date"},
		{"days before a number are not lost", "24,23 Maret 2027 Idulfitri\n30, 31, 29 Maret 2027 Cuti", "1? no_date\n2? no_date"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := listed(ReadHolidays(test.text, 0, Context{Now: moment(t, "2026-09-25T09:00")}))
			if difference := cmp.Diff(test.want, got); difference != "" {
				t.Errorf("(-want +got):\n%s", difference)
			}
		})
	}
}

func TestHugeHolidayLists(t *testing.T) {
	context := Context{Now: moment(t, "2026-09-25T09:00")}
	many := ReadHolidays(strings.Repeat("1 Mei 2027 Hari Buruh\n", 1000), 0, context)
	if many.Lines != mostListLines || many.Left != 600 || len(many.Days) != 1 {
		t.Errorf("of 1,000 lines %d are understood and %d left, with %d days", many.Lines, many.Left, len(many.Days))
	}
	var days strings.Builder
	for month := range 24 {
		fmt.Fprintf(&days, "1-28/%d Libur\n1-28 %s %d Libur\n", month%12+1, time.Month(month%12+1), 2027+month/12)
	}
	if filled := ReadHolidays(days.String(), 0, context); len(filled.Days) < mostListDays || len(filled.Days) > mostListDays+longestPeriod || filled.Left == 0 {
		t.Errorf("%d days are kept and %d lines left", len(filled.Days), filled.Left)
	}
}
