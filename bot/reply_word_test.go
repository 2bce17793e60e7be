package bot

import (
	"strings"
	"testing"
)

func TestReadReplyWord(t *testing.T) {
	for want, texts := range map[replyWord]string{
		wordAgreed:  "siap|Siap pak|SIAP 🙏|ok|oke|Ok pak|baik|Baik, Bu.|iye'|iye di'|siap laksanakan|siap ndan|ok siap|baik siap pak|sip|ya|86|siaaap|Insya Allah siap",
		wordDone:    "sdh|sudah|Sdh pak|selesai pak|done|sudah selesai|sdh selesai bu|beres|sudah mi|Alhamdulillah selesai",
		wordNotYet:  "blm|belum|blm pak|belum pi|blm selesai|belum bisa",
		wordLater:   "nanti|nanti dulu|ntar|nanti pak|besok|sebentar|minta waktu pak",
		wordCan:     "bisa|bisa pak|sanggup|saya bisa|insyaallah bisa",
		wordCannot:  "nda|ndak|gak|gak bisa|nda bisa|ndak bisa pak|tidak|tdk bisa, maaf|maaf tidak bisa",
		wordUnclear: "blm jelas|kurang jelas pak|maksudnya?|tidak paham|nda jelas",
		wordSupport: "dukung|saya setuju|setuju sekali|mendukung 👍|+setuju",
		wordGood:    "sesuai|mantap|bagus pak",
		wordNone: "|👍|siap?|sudah?|sdh siap|siap tapi butuh truk|sudah saya kirim ke bagian umum|belum ada truk|terima kasih pak|bisa jadi nanti|" +
			"Jumat|besok jam 9|ok, tapi fotonya menyusul|rapat di aula|pak|sudah\nfoto menyusul",
	} {
		for _, text := range strings.Split(texts, "|") {
			if got := readReplyWord(text); got != want {
				t.Errorf("%q means %q, not %q", text, got, want)
			}
		}
	}
}

func FuzzReadReplyWord(f *testing.F) {
	for _, seed := range []string{"siap", "sdh pak", "nda' bisa", "blm jelas?", "👍", "ok ok ok", "İ", "siap\nsdh"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		meaning := readReplyWord(text)
		if meaning == wordNone || len(text) > 60 || len(strings.Fields(text)) > 5 {
			return
		}
		if again := readReplyWord("pak " + text + " 🙏"); again != meaning {
			t.Errorf("%q means %q, and with a polite word before it %q", text, meaning, again)
		}
	})
}
