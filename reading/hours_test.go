package reading

import (
	"fmt"
	"strings"
	"testing"
)

func writeHours(parts []Hours) string {
	var all []string
	for _, part := range parts {
		all = append(all, fmt.Sprintf("%02d.%02d-%02d.%02d", part.From/60, part.From%60, part.Until/60, part.Until%60))
	}
	return strings.Join(all, " ")
}

func TestHours(t *testing.T) {
	tests := []struct{ text, want string }{
		{"12.00–13.30", "12.00-13.30"},
		{"12:00-13:30", "12.00-13.30"},
		{"12-13.30", "12.00-13.30"},
		{"12 - 13", "12.00-13.00"},
		{"1200-1330", "12.00-13.30"},
		{"jam 12 sampai 13.30", "12.00-13.30"},
		{"pukul 12.00 s.d. pukul 13.30", "12.00-13.30"},
		{"12.00 s.d. 13.30", "12.00-13.30"},
		{"12.00 s/d 13.30", "12.00-13.30"},
		{"dari jam 12 hingga jam 1", "12.00-13.00"},
		{"from 12 to 1", "12.00-13.00"},
		{"antara jam 9 dan 11", "09.00-11.00"},
		{"jam 9-11", "09.00-11.00"},
		{"10-2", "10.00-14.00"},
		{"jam 1 sampai 3", "13.00-15.00"},
		{"1 - 3 siang", "13.00-15.00"},
		{"11 - 1 siang", "11.00-13.00"},
		{"8 malam - 7 pagi", "20.00-07.00"},
		{"8 - 10 malam", "20.00-22.00"},
		{"jam 8 malam sampai jam 5 subuh", "20.00-05.00"},
		{"9 pm to 6 am", "21.00-06.00"},
		{"9pm-6am", "21.00-06.00"},
		{"20.00-07.30", "20.00-07.30"},
		{"20.00-7.30", "20.00-07.30"},
		{"20-7", "20.00-07.00"},
		{"22-5", "22.00-05.00"},
		{"16-8", "16.00-08.00"},
		{"setengah 1 sampai setengah 3", "12.30-14.30"},
		{"12.00 sampai 24.00", "12.00-00.00"},
		{"20.00 sampai tengah malam", "20.00-00.00"},
		{"sebelum jam 9", "00.00-09.00"},
		{"sebelum 9 pagi", "00.00-09.00"},
		{"before 9 am", "00.00-09.00"},
		{"setelah 16.00", "16.00-00.00"},
		{"sesudah jam 4 sore", "16.00-00.00"},
		{"12-13, 20.00-07.30", "12.00-13.00 20.00-07.30"},
		{"12.00-13.30 dan 20.00-07.30", "12.00-13.30 20.00-07.30"},
		{"sebelum 9, 12-13, setelah 16", "00.00-09.00 12.00-13.00 16.00-00.00"},
		{"12.00-12.00", "12.00-12.00"},
		{"dua belas sampai satu siang", "12.00-13.00"},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			parts, ok := ReadHours(test.text)
			if !ok || writeHours(parts) != test.want {
				t.Errorf("%v %s, want %s", ok, writeHours(parts), test.want)
			}
		})
	}
}

func TestNoHours(t *testing.T) {
	for _, text := range []string{"", "12", "jam 12", "besok", "12-", "-13", "12.00-25.00", "12.70-13", "25-26", "12-13-14", "12-13 rapat", "rapat 12-13",
		"siang", "12.00 13.00", ",", "1 malam - 3 malam", "123-456", "jam 13 pagi - 14", "sampai 9", "99999999999-3"} {
		t.Run(text, func(t *testing.T) {
			if parts, ok := ReadHours(text); ok {
				t.Errorf("%s", writeHours(parts))
			}
		})
	}
}

func FuzzReadHours(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	for _, text := range []string{"12.00–13.30", "8 malam - 7 pagi", "sebelum jam 9", "12-13, 20.00-07.30", "setengah 1 sampai 24.00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parts, ok := ReadHours(text)
		if ok != (len(parts) > 0) {
			t.Fatalf("%q: %v %v", text, ok, parts)
		}
		for _, part := range parts {
			if min(part.From, part.Until) < 0 || max(part.From, part.Until) >= minutesADay {
				t.Errorf("%q: %+v", text, part)
			}
		}
	})
}
