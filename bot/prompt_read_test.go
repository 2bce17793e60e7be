package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

func TestGuessKind(t *testing.T) {
	for question, want := range map[string]council.AnswerKind{
		"Setujukah rencana uji coba?":               council.AnswerYesNo,
		"Prof, apakah peluncuran perlu ditunda?":    council.AnswerYesNo,
		"Bapak bisakah hadir?":                      council.AnswerYesNo,
		"Should we start on Monday?":                council.AnswerYesNo,
		"Berapa ton sampah yang dikelola?":          council.AnswerNumber,
		"Bulan ini, berapa nasabah baru?":           council.AnswerNumber,
		"How many waste banks are active?":          council.AnswerNumber,
		"Kapan rekap siap?":                         council.AnswerDate,
		"Tanggal berapa lokakarya?":                 council.AnswerDate,
		"Apa kendala bank sampah?":                  council.AnswerText,
		"Bagaimana perkembangan T-12?":              council.AnswerText,
		"Ceritakan kapan saja truk lewat":           council.AnswerText,
		"Mohon masukan: usulan apa yang mendesak":   council.AnswerText,
		"Sebutkan yang perlu kami siapkan, berapa?": council.AnswerNumber,
		"": council.AnswerText,
	} {
		if got := guessKind(question); got != want {
			t.Errorf("%q is answered with %s, not %s", question, got, want)
		}
	}
}

func TestChoicesAreSplitOff(t *testing.T) {
	for text, want := range map[string]struct {
		question string
		choices  []string
		refusal  string
	}{
		"Bentuknya? pilihan: luring / daring / gabungan": {"Bentuknya?", []string{"luring", "daring", "gabungan"}, ""},
		"Mana? Choices: a|b":                             {"Mana?", []string{"a", "b"}, ""},
		"Mana?\npilihan:\nsatu\ndua\nsatu":               {"Mana?", []string{"satu", "dua"}, ""},
		"Apa pilihan kita?":                              {"Apa pilihan kita?", nil, ""},
		"Mana? pilihan: satu saja":                       {"Mana?", nil, "prompt_few_choices"},
		"Mana? opsi: 1/2/3/4/5/6/7/8/9/10/11/12":         {"Mana?", nil, "prompt_many_choices"},
	} {
		question, choices := splitChoices(text)
		if strings.TrimSpace(question) != want.question {
			t.Errorf("%q asks %q", text, question)
		}
		var draft promptDraft
		var err error
		if choices != "" {
			err = draft.setChoices(choices)
		}
		refusal, _ := err.(*council.Refusal)
		code := ""
		if refusal != nil {
			code = refusal.Code
		}
		if !slices.Equal(draft.Choices, want.choices) || code != want.refusal {
			t.Errorf("%q offers %q, refused with %q", text, draft.Choices, code)
		}
	}
}

func TestReadAnswer(t *testing.T) {
	zone := time.FixedZone("WITA", 8*60*60)
	r := &request{city: &city{Zone: zone}, written: time.Date(2026, 5, 18, 9, 0, 0, 0, zone)}
	yesNo := council.Prompt{Kind: council.AnswerYesNo}
	number := council.Prompt{Kind: council.AnswerNumber}
	date := council.Prompt{Kind: council.AnswerDate}
	choice := council.Prompt{Kind: council.AnswerChoice, Choices: []string{"Aula Bappeda", "Daring", "Aula Dinas"}}
	understood := func(value, words string) answerRead { return answerRead{understood: true, value: value, words: words} }
	for _, test := range []struct {
		prompt council.Prompt
		former string
		text   string
		want   answerRead
	}{
		{council.Prompt{Kind: council.AnswerText}, "", "apa saja", understood(council.ValueText, "apa saja")},
		{yesNo, "", "ya", understood("yes", "")},
		{yesNo, "", "Iye', siap", understood("yes", "siap")},
		{yesNo, "", "Setuju, karena anggarannya ada", understood("yes", "anggarannya ada")},
		{yesNo, "", "tidak setuju: datanya belum ada", understood("no", "datanya belum ada")},
		{yesNo, "", "kurang setuju", understood("no", "")},
		{yesNo, "", "nda bisa pak", understood("no", "bisa pak")},
		{yesNo, "", "saya tidak setuju", understood("no", "saya tidak setuju")},
		{yesNo, "", "perlu dibahas lagi dengan semua pihak, setuju?", answerRead{}},
		{yesNo, "yes", "anggarannya ada", understood("yes", "anggarannya ada")},
		{choice, "", "daring", understood("1", "")},
		{choice, "", "c", understood("2", "")},
		{choice, "", "1", understood("0", "")},
		{choice, "", "bappeda saja", answerRead{}},
		{choice, "", "bappeda", understood("0", "")},
		{choice, "", "aula", answerRead{}},
		{choice, "", "9", answerRead{}},
		{choice, "", "?", answerRead{}},
		{number, "", "1.500", understood("1500", "1.500")},
		{number, "", "kira-kira 3,71 ton", understood("3.71", "kira-kira 3,71 ton")},
		{number, "", "2 M", understood("2000000000", "2 M")},
		{number, "", "1,234", answerRead{candidates: []string{"1.234", "1234"}}},
		{number, "", "belum ada", answerRead{}},
		{date, "", "20 Mei", understood("2026-05-20", "20 Mei")},
		{date, "", "kemarin", understood("2026-05-17", "kemarin")},
		{date, "", "insyaallah tgl 20 Mei pak", understood("2026-05-20", "insyaallah tgl 20 Mei pak")},
		{date, "", "nanti saya kabari", answerRead{}},
	} {
		got := r.readAnswer(test.prompt, council.PromptAnswer{Value: test.former}, test.text)
		if slices.Sort(got.candidates); !cmp.Equal(got, test.want, cmp.AllowUnexported(answerRead{})) {
			t.Errorf("%s: %q is read as %+v, not %+v", test.prompt.Kind, test.text, got, test.want)
		}
		if got.understood && test.prompt.Kind != council.AnswerText && !isValue(test.prompt, got.value) {
			t.Errorf("%q gives a value that no button may have: %q", test.text, got.value)
		}
	}
}

func TestForgedValues(t *testing.T) {
	choice := council.Prompt{Kind: council.AnswerChoice, Choices: []string{"a", "b"}}
	for value, kind := range map[string]council.AnswerKind{"maybe": council.AnswerYesNo, "NaN": council.AnswerNumber, "+Inf": council.AnswerNumber,
		"2026-02-31": council.AnswerDate, "text": council.AnswerText, "": council.AnswerYesNo} {
		if isValue(council.Prompt{Kind: kind}, value) {
			t.Errorf("%q passes for %s", value, kind)
		}
	}
	for _, place := range []string{"2", "-1", "x"} {
		if isValue(choice, place) {
			t.Errorf("choice %q passes", place)
		}
	}
}

func TestSaysFinished(t *testing.T) {
	for text, want := range map[string]bool{"sdh": true, "Sudah selesai pak": true, "alhamdulillah selesai": true, "belum selesai": false,
		"sudah hampir selesai": false, "tinggal sedikit lagi sudah": false, "done": true, "": false} {
		if saysFinished(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func TestNumberText(t *testing.T) {
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		language string
		number   float64
		want     string
	}{
		{"id", 1500, "1.500"}, {"id", 3.71, "3,71"}, {"id", -1234567.5, "-1.234.567,5"}, {"id", 0, "0"}, {"en", 1234.25, "1,234.25"}, {"id", 2e9, "2.000.000.000"},
	} {
		if got := numberText(book.In(test.language), test.number); got != test.want {
			t.Errorf("%v in %s is %q, not %q", test.number, test.language, got, test.want)
		}
	}
}
