package store

import (
	"testing"

	"pgregory.net/rapid"
)

func TestTracesAreTakenOutOfWhatOthersKept(t *testing.T) {
	found := traces{blank: "(erased)", nameless: "somebody"}
	found.addName("Ana")
	found.addName("@ana_contoh")
	found.addWords("Bank sampah di tiap kelurahan, dengan timbangan\nyang jujur", "I-1", false)
	for _, remark := range []string{"ya", "siap", "Terima kasih", "Terima kasih banyak", "task", "done"} {
		found.addWords(remark, "T-1", true)
	}
	tests := map[string]struct{ kept, want string }{
		"a name":                             {`{"text":"Ana menyerahkan T-1"}`, `{"text":"somebody menyerahkan T-1"}`},
		"a name that begins another word":    {`{"text":"Analisis Ananda, Mariana"}`, `{"text":"Analisis Ananda, Mariana"}`},
		"a name before a sign":               {`{"text":"(Ana), Ana."}`, `{"text":"(somebody), somebody."}`},
		"a username":                         {`{"text":"oleh @ana_contoh"}`, `{"text":"oleh somebody"}`},
		"words as a whole":                   {`{"text":"I-1 · Bank sampah di tiap kelurahan, dengan timbangan"}`, `{"text":"I-1 · (erased)"}`},
		"words cut off, to the line's end":   {`{"text":"I-1 · Bank sampah di tiap kelurah…\nBaru"}`, `{"text":"I-1 · (erased)\nBaru"}`},
		"short words as the thing is called": {`{"buttons":[[{"t":"I-1 · yang jujur","d":"idea:yang jujur"}]]}`, `{"buttons":[[{"d":"idea:yang jujur","t":"I-1 · (erased)"}]]}`},
		"short words of another thing":       {`{"text":"I-2 · yang jujur"}`, `{"text":"I-2 · yang jujur"}`},
		"short words without the thing":      {`{"text":"Terima kasih banyak"}`, `{"text":"Terima kasih banyak"}`},
		"a remark that is cited":             {`{"text":"T-1, catatan: Terima kasih banyak\nBaru"}`, `{"text":"T-1, catatan: (erased)\nBaru"}`},
		"a remark in a sentence":             {`{"text":"T-1: Terima kasih banyak atas kabarnya"}`, `{"text":"T-1: Terima kasih banyak atas kabarnya"}`},
		"a remark on another thing":          {`{"text":"T-12, catatan: Terima kasih banyak"}`, `{"text":"T-12, catatan: Terima kasih banyak"}`},
		"what the bot says itself":           {`{"text":"T-1 · siap\nTerima kasih. siap","buttons":[[{"t":"siap","d":"task:done:1"}]]}`, `{"text":"T-1 · siap\nTerima kasih. siap","buttons":[[{"t":"siap","d":"task:done:1"}]]}`},
		"words that are everybody's":         {`{"text":"ya"}`, `{"text":"ya"}`},
		"numbers stay whole":                 {`{"message":9007199254740993,"text":"Ana"}`, `{"message":9007199254740993,"text":"somebody"}`},
		"no JSON":                            {`kata Ana`, `kata somebody`},
		"JSON with more behind it":           {`12 kata Ana`, `12 kata somebody`},
		"nothing":                            {``, ``},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if changed := got(found.inMessage(test.kept))(t); changed != test.want {
				t.Errorf("%s became %s, want %s", test.kept, changed, test.want)
			}
			if test.kept != test.want && !found.foundIn(test.kept) {
				t.Errorf("not found in %s", test.kept)
			}
		})
	}
}

// What somebody else is writing, and how things were, loses only what can be nobody else's.
func TestTracesInWhatOthersWriteAreOnlyWhatIsNobodyElses(t *testing.T) {
	found := traces{blank: "(erased)", nameless: "somebody"}
	found.addName("Ana")
	found.addName("Ana Rahma")
	found.addWords("Kapan dibuka?", "Q-1", false)
	found.addWords("kendaraan rusak sejak kemarin pagi", "T-1", true)
	for name, test := range map[string]struct {
		change     func(traces, string) (string, error)
		kept, want string
	}{
		"a form":                {traces.inForm, `{"Step":"Ana","Title":"Temui Ana Rahma, tanya Ana","Text":"Kapan dibuka?"}`, `{"Step":"Ana","Text":"Kapan dibuka?","Title":"Temui somebody, tanya Ana"}`},
		"a form that cites":     {traces.inForm, `{"Text":"kendaraan rusak sejak kemarin pagi"}`, `{"Text":"(erased)"}`},
		"a thing as it was":     {traces.inSnapshot, `{"State":"Kapan dibuka?","Text":"Kapan dibuka?"}`, `{"State":"Kapan dibuka?","Text":"(erased)"}`},
		"another as it was":     {traces.inSnapshot, `{"Text":"Kapan dibuka? Kapan ditutup?"}`, `{"Text":"Kapan dibuka? Kapan ditutup?"}`},
		"plain words as a form": {traces.inForm, `Ana Rahma`, `somebody`},
	} {
		if changed := got(test.change(found, test.kept))(t); changed != test.want {
			t.Errorf("%s: %s became %s, want %s", name, test.kept, changed, test.want)
		}
	}
}

// Whatever stands around it, nothing that was replaced once is replaced again, and words
// that stand alone are always found.
func TestReplacingEndsAndLeavesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[a-c ,]{1,4}`).Draw(t, "words")
		text := rapid.StringMatching(`[a-c ,\n]{0,20}`).Draw(t, "text")
		once := replaceWhole(text, words, "#")
		if again := replaceWhole(once, words, "#"); again != once && replaceWhole(again, words, "#") != again {
			t.Errorf("%q became %q and then %q", text, once, again)
		}
		if alone := replaceWhole("x\n"+words+"\ny", words, "#"); alone != "x\n#\ny" {
			t.Errorf("%q was not found alone: %q", words, alone)
		}
	})
}
