package store

import (
	"testing"

	"pgregory.net/rapid"
)

func TestTracesAreTakenOutOfWhatOthersKept(t *testing.T) {
	found := traces{blank: "(erased)", nameless: "somebody"}
	found.addName("Ana")
	found.addName("@ana_contoh")
	found.addWords("Bank sampah di tiap kelurahan, dengan timbangan\nyang jujur")
	found.addWords("ya")
	tests := map[string]struct{ kept, want string }{
		"a name":                           {`{"text":"Ana menyerahkan T-1"}`, `{"text":"somebody menyerahkan T-1"}`},
		"a name that begins another word":  {`{"text":"Analisis Ananda, Mariana"}`, `{"text":"Analisis Ananda, Mariana"}`},
		"a name before a sign":             {`{"text":"(Ana), Ana."}`, `{"text":"(somebody), somebody."}`},
		"a username":                       {`{"text":"oleh @ana_contoh"}`, `{"text":"oleh somebody"}`},
		"words as a whole":                 {`{"text":"I-1 · Bank sampah di tiap kelurahan, dengan timbangan"}`, `{"text":"I-1 · (erased)"}`},
		"words cut off, to the line's end": {`{"text":"I-1 · Bank sampah di tiap kelurah…\nBaru"}`, `{"text":"I-1 · (erased)\nBaru"}`},
		"the second line":                  {`{"buttons":[[{"t":"yang jujur"}]]}`, `{"buttons":[[{"t":"(erased)"}]]}`},
		"words that are everybody's":       {`{"text":"ya"}`, `{"text":"ya"}`},
		"numbers stay whole":               {`{"message":9007199254740993,"text":"Ana"}`, `{"message":9007199254740993,"text":"somebody"}`},
		"no JSON":                          {`kata Ana`, `kata somebody`},
		"JSON with more behind it":         {`12 kata Ana`, `12 kata somebody`},
		"nothing":                          {``, ``},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if changed := got(found.inJSON(test.kept))(t); changed != test.want {
				t.Errorf("%s became %s, want %s", test.kept, changed, test.want)
			}
			if found.foundIn(test.kept) != (test.kept != test.want) {
				t.Errorf("found in %s: %v", test.kept, found.foundIn(test.kept))
			}
		})
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
