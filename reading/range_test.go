package reading

import "testing"

func TestPeriods(t *testing.T) {
	const wednesday, insideJune = "2026-11-25T09:00", "2026-06-03T09:00"
	tests := []struct{ text, now, from, to, rest string }{
		{"3–7 Juni", wednesday, "found 2027-06-03", "found 2027-06-07", ""},
		{"/cuti 3-7 Juni", wednesday, "found 2027-06-03", "found 2027-06-07", "/cuti"},
		{"3 s.d. 7 Desember 2026", wednesday, "found 2026-12-03", "found 2026-12-07", ""},
		{"1 Juni sampai 5 Juni", wednesday, "found 2027-06-01", "found 2027-06-05", ""},
		{"1 Juni sampai 5 Juni", insideJune, "past 2026-06-01", "found 2026-06-05", ""},
		{"1-5 Juni", insideJune, "past 2026-06-01", "found 2026-06-05", ""},
		{"besok sampai Jumat", wednesday, "found 2026-11-26", "found 2026-11-27", ""},
		{"Jumat sampai Senin", wednesday, "found 2026-11-27", "found 2026-11-30", ""},
		{"Jumat hingga Jumat depan", wednesday, "found 2026-11-27", "found 2026-12-04", ""},
		{"28 Desember - 2 Januari", wednesday, "found 2026-12-28", "found 2027-01-02", ""},
		{"28 Mei s.d. 2 Juni 2027", wednesday, "found 2027-05-28", "found 2027-06-02", ""},
		{"dari tanggal 3 sampai 7", wednesday, "found 2026-12-03", "found 2026-12-07", ""},
		{"tanggal 30-31", wednesday, "found 2026-12-30", "found 2026-12-31", ""},
		{"tanggal 28 sampai tanggal 3", wednesday, "found 2026-11-28", "found 2026-12-03", ""},
		{"3/12-7/12", wednesday, "found 2026-12-03", "found 2026-12-07", ""},
		{"besok selama 3 hari", wednesday, "found 2026-11-26", "found 2026-11-28", ""},
		{"besok selama 3 hari kerja", wednesday, "found 2026-11-26", "found 2026-11-30", ""},
		{"mulai Senin selama 2 minggu", wednesday, "found 2026-11-30", "found 2026-12-13", ""},
		{"from Monday to Friday", wednesday, "found 2026-11-30", "found 2026-12-04", ""},
		{"5 Dec to 9 Dec", wednesday, "found 2026-12-05", "found 2026-12-09", ""},
		{"Senin-Rabu", wednesday, "found 2026-11-30", "found 2026-12-02", ""},
		{"Cuti melahirkan 1 Desember 2026 sampai 28 Februari 2027, terima kasih", wednesday, "found 2026-12-01", "found 2027-02-28", "Cuti melahirkan"},
	}
	for _, test := range tests {
		t.Run(test.text+" on "+test.now, func(t *testing.T) {
			from, to, ok := FindRange(test.text, Context{Now: moment(t, test.now)})
			if !ok || describe(from) != test.from || describe(to) != test.to {
				t.Fatalf("%v: %s to %s, want %s to %s", ok, describe(from), describe(to), test.from, test.to)
			}
			if rest := test.text[:from.Start] + test.text[to.End:]; rest != test.rest || from.End != to.End || from.Start != to.Start {
				t.Errorf("rest %q, want %q", rest, test.rest)
			}
		})
	}
}

func TestNoPeriod(t *testing.T) {
	for _, text := range []string{"", "besok", "3 Juni", "7-3 Juni", "31-32 Juni", "5-10", "5-10 orang", "jam 9-11", "besok jam 9 sampai 11",
		"RT 3-7", "besok sampai selesai", "tahun 2026-2027", "10 Juni 2027 sampai 5 Juni 2027"} {
		t.Run(text, func(t *testing.T) {
			if from, to, ok := FindRange(text, Context{Now: moment(t, "2026-11-25T09:00")}); ok {
				t.Errorf("%s to %s", describe(from), describe(to))
			}
		})
	}
}

// TestPeriodBetweenHolidays looks for the second holiday after the first, in a list of two years.
func TestPeriodBetweenHolidays(t *testing.T) {
	holidays := append(list2026(), Holiday{moment(t, "2027-03-10T00:00"), "Idulfitri"})
	from, to, ok := FindRange("Natal sampai Idulfitri", Context{Now: moment(t, "2026-03-10T09:00"), Holidays: NewHolidays(holidays)})
	if !ok || describe(from) != "found 2026-12-25" || describe(to) != "found 2027-03-10" {
		t.Errorf("%v: %s to %s", ok, describe(from), describe(to))
	}
}
