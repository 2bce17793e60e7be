package reading

import (
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	tests := []struct{ name, word, folded string }{
		{"capitals", "BESOK", "besok"},
		{"apostrophe", "Jum'at", "jumat"},
		{"typographic apostrophe", "Jum’at", "jumat"},
		{"hurried spelling", "bsk", "besok"},
		{"hurried spelling in capitals", "Tgl", "tanggal"},
		{"a school stays a school", "SMP", "smp"},
		{"unknown words stay", "Bontosalewa", "bontosalewa"},
		{"empty", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Fold(test.word); got != test.folded {
				t.Errorf("Fold(%q) = %q, want %q", test.word, got, test.folded)
			}
		})
	}
}

func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	for word := range informal {
		if Fold(Fold(word)) != Fold(word) {
			t.Errorf("%q", word)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[A-Za-z']{0,8}`).Draw(t, "word")
		if Fold(Fold(word)) != Fold(word) {
			t.Fatalf("%q: %q, then %q", word, Fold(word), Fold(Fold(word)))
		}
	})
}
