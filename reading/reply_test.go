package reading

import (
	"slices"
	"strings"
	"testing"
)

func TestReplyWords(t *testing.T) {
	for text, want := range map[string]string{
		"Siap":               "siap",
		"SIAP, Pak!!":        "siap pak",
		"siaaaap 🙏🙏":         "siap",
		"Siap siap pak":      "siap pak",
		"sdh":                "sudah",
		"Sdh pak 👍":          "sudah pak",
		"blm":                "belum",
		"iye'":               "iye",
		"nda’ bisa":          "nda bisa",
		"gak bisa bu":        "tidak bisa bu",
		"saat":               "saat",
		"86":                 "86",
		"  ok.  ":            "ok",
		"👍":                  "",
		"":                   "",
		"sudah\nfotonya ada": "",
		"sudah kami kirim ke bagian umum kemarin sore pak": "",
		strings.Repeat("a", 500):                           "",
	} {
		t.Run(text, func(t *testing.T) {
			if got := strings.Join(ReplyWords(text), " "); got != want {
				t.Errorf("got %q, not %q", got, want)
			}
		})
	}
}

func FuzzReplyWords(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	for _, text := range []string{"Siaaap pak 🙏", "nda' bisa", "sdh", "İ ok", "aaa aa a"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := ReplyWords(text)
		if len(words) > replyLength {
			t.Errorf("%q: %d words", text, len(words))
		}
		said := strings.Join(words, " ")
		if again := ReplyWords(said); len(said) <= 16*replyLength && len(again) > 0 && !slices.Equal(again, ReplyWords(strings.Join(again, " "))) {
			t.Errorf("%q is read as %q and then as %q", text, said, again)
		}
	})
}
