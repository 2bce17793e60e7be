package reading

import (
	"testing"
	"time"
)

func TestHowLongSomethingLasts(t *testing.T) {
	tests := []struct {
		text, phrase string
		time         time.Duration
		days         int
	}{
		{"Kamis jam 9 selama 2 jam, Aula", " selama 2 jam", 2 * time.Hour, 0},
		{"Kamis jam 9, selama 90 menit", ", selama 90 menit", 90 * time.Minute, 0},
		{"durasi: 1 jam 30 menit", "durasi: 1 jam 30 menit", 90 * time.Minute, 0},
		{"selama 1,5 jam", "selama 1,5 jam", 90 * time.Minute, 0},
		{"selama dua jam", "selama dua jam", 2 * time.Hour, 0},
		{"on Thursday for 2 hours", " for 2 hours", 2 * time.Hour, 0},
		{"selama 2 hari", "selama 2 hari", 0, 2},
		{"selama seminggu", "selama seminggu", 0, 7},
		{"selama rapat berlangsung", "", 0, 0},
		{"dua jam lagi", "", 0, 0},
		{"for all of us", "", 0, 0},
		{"selama 3 bulan", "", 0, 0},
		{"selama 99999999 jam", "", 0, 0},
		{"", "", 0, 0},
	}
	for _, test := range tests {
		found, ok := FindLength(test.text)
		if ok != (test.phrase != "") || found.Time != test.time || found.Days != test.days || test.text[found.Start:found.End] != test.phrase {
			t.Errorf("%q: %+v %q %v", test.text, found, test.text[found.Start:found.End], ok)
		}
	}
}
