package bot

import (
	"testing"

	"github.com/rembuk/rembuk/council"
)

func TestAnswersAsPeopleWriteThem(t *testing.T) {
	for _, test := range []struct {
		text     string
		response council.Response
		rest     string
	}{
		{"hadir", council.ResponseComing, ""},
		{"Siap, hadir", council.ResponseComing, "hadir"},
		{"Insya Allah hadir pak", council.ResponseComing, "pak"},
		{"izin, siap hadir", council.ResponseComing, "hadir"},
		{"mohon izin, dinas luar", council.ResponseAway, "dinas luar"},
		{"Maaf tidak bisa hadir karena sakit.", council.ResponseAway, "sakit"},
		{"hadir, izin terlambat", council.ResponseComing, "izin terlambat"},
		{"berhalangan", council.ResponseAway, ""},
		{"gak bisa pak, dinas luar", council.ResponseAway, "dinas luar"},
		{"tidak bisa, Pak", council.ResponseAway, ""},
		{"tidak bisa, pak: ibu camat sakit", council.ResponseAway, "ibu camat sakit"},
		{"tidak hadir, diwakilkan Bu Rahma", council.ResponseRepresented, "Bu Rahma"},
		{"diwakili oleh dr. Herlina", council.ResponseRepresented, "dr. Herlina"},
		{"Saya diwakilkan kepada Pak Hasan", council.ResponseRepresented, "Pak Hasan"},
		{"represented by Rahma", council.ResponseRepresented, "Rahma"},
		{"sorry, can't come: on leave", council.ResponseAway, "on leave"},
		{"jam berapa mulainya?", "", ""},
		{"terima kasih", "", ""},
		{"", "", ""},
	} {
		answer, spoken := readGuestAnswer(test.text)
		if answer.response != test.response || spoken != (test.response != "") || answer.response != council.ResponseComing && answer.rest != test.rest {
			t.Errorf("%q is read as %+v, %v", test.text, answer, spoken)
		}
	}
}

func TestChangesOfAMeetingAsTheyAreWritten(t *testing.T) {
	for text, wanted := range map[string][2]string{
		"pindah Jumat jam 10": {wishTime, "Jumat jam 10"}, "tempat: Aula": {wishPlace, "Aula"}, "pindah tempat ke Aula": {wishPlace, "ke Aula"},
		"batal listrik padam": {wishCancel, "listrik padam"}, "Batalkan": {wishCancel, ""}, "notulis @baso": {wishScribe, "@baso"},
		"undang Dewan, Pokja Ekonomi": {wishInvite, "Dewan, Pokja Ekonomi"}, "usul lain-lain": {wishPropose, "lain-lain"}, "halo": {"", "halo"},
	} {
		if field, words := readWish(text); field != wanted[0] || words != wanted[1] {
			t.Errorf("%q is read as %q with %q", text, field, words)
		}
	}
}
