package council

import (
	"testing"
	"time"
)

func TestWhatAQuietTimeCovers(t *testing.T) {
	noon, night, wholeDay := QuietTime{12 * 60, 13*60 + 30}, QuietTime{20 * 60, 7 * 60}, QuietTime{0, 24 * 60}
	tests := []struct {
		name, zone, moment string
		quiet              QuietTime
		until              string // empty: not covered
	}{
		{"before it", "Asia/Makassar", "2026-06-08T11:59:59+08:00", noon, ""},
		{"from its first minute", "Asia/Makassar", "2026-06-08T12:00:00+08:00", noon, "2026-06-08T13:30:00+08:00"},
		{"to its last second", "Asia/Makassar", "2026-06-08T13:29:59+08:00", noon, "2026-06-08T13:30:00+08:00"},
		{"from its end on", "Asia/Makassar", "2026-06-08T13:30:00+08:00", noon, ""},
		{"by the city's clock", "Asia/Jayapura", "2026-06-08T03:10:00Z", noon, "2026-06-08T13:30:00+09:00"},
		{"in the evening it ends on the next day", "Asia/Makassar", "2026-06-08T20:00:00+08:00", night, "2026-06-09T07:00:00+08:00"},
		{"after midnight on the same", "Asia/Makassar", "2026-06-09T00:10:00+08:00", night, "2026-06-09T07:00:00+08:00"},
		{"between its nights", "Asia/Makassar", "2026-06-09T07:00:00+08:00", night, ""},
		{"up to midnight", "Asia/Makassar", "2026-06-08T23:59:00+08:00", wholeDay, "2026-06-09T00:00:00+08:00"},
		{"of no length", "Asia/Makassar", "2026-06-08T12:00:00+08:00", QuietTime{720, 720}, ""},
		{"its end is skipped by the clocks", "Europe/Kyiv", "2026-03-29T01:00:00+02:00", QuietTime{22 * 60, 3*60 + 30}, "2026-03-29T04:30:00+03:00"},
		{"its end comes twice: the first", "Europe/Kyiv", "2026-10-25T01:00:00+03:00", QuietTime{22 * 60, 3*60 + 30}, "2026-10-25T03:30:00+03:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			moment, err := time.Parse(time.RFC3339, test.moment)
			if err != nil {
				t.Fatal(err)
			}
			zone := zoneNamed(test.zone)
			until, covered := test.quiet.Covers(moment, NewCalendar(zone, nil))
			if covered != (test.until != "") || covered && until.In(zone).Format(time.RFC3339) != test.until {
				t.Fatalf("covered %v until %s", covered, until.In(zone).Format(time.RFC3339))
			}
		})
	}
}

func TestQuietTimesThatFollowOneAnother(t *testing.T) {
	calendar := calendar2026(makassar)
	tests := []struct {
		name  string
		quiet []QuietTime
		now   string
		until string
	}{
		{"none", nil, "2026-06-08 10:00", "2026-06-08 10:00"},
		{"another one later", []QuietTime{{11 * 60, 12 * 60}}, "2026-06-08 10:00", "2026-06-08 10:00"},
		{"one", []QuietTime{{9 * 60, 11 * 60}}, "2026-06-08 10:00", "2026-06-08 11:00"},
		{"three in any order", []QuietTime{{12 * 60, 14 * 60}, {9 * 60, 11 * 60}, {11 * 60, 12*60 + 30}}, "2026-06-08 10:00", "2026-06-08 14:00"},
		{"with a minute between", []QuietTime{{9 * 60, 11 * 60}, {11*60 + 1, 14 * 60}}, "2026-06-08 10:00", "2026-06-08 11:00"},
		{"over midnight", []QuietTime{{20 * 60, 24 * 60}, {0, 6 * 60}}, "2026-06-08 21:00", "2026-06-09 06:00"},
		{"the whole day is none", []QuietTime{{0, 12 * 60}, {12 * 60, 24 * 60}}, "2026-06-08 10:00", "2026-06-08 10:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if until := quietUntilAll(test.quiet, at(test.now), calendar); !until.Equal(at(test.until)) {
				t.Fatalf("until %s", until)
			}
		})
	}
}
