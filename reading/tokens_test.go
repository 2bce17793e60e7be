package reading

import (
	"strings"
	"testing"
	"time"
)

// TestSignsAreReadLikeWords: a text of nothing but signs has no more to read than one of
// short words, so that it takes no longer.
func TestSignsAreReadLikeWords(t *testing.T) {
	for name, text := range map[string]string{"signs": strings.Repeat(".", longestText), "digits": strings.Repeat("1.", longestText/2), "lines": strings.Repeat("\n", longestText)} {
		if tokens := split(text); len(tokens) != mostTokens {
			t.Errorf("%s: %d tokens are read", name, len(tokens))
		}
	}
}

// TestADateBehindManyWordsIsRead with as many words before it as people fit into a message.
func TestADateBehindManyWordsIsRead(t *testing.T) {
	text := strings.Repeat("rekap tonase, tiap RT. ", 160) + "tenggat 4 Desember 2026"
	if len(text) > longestText {
		t.Fatal("the text is longer than what is read")
	}
	due := FindDue(text, hostileContext())
	if due.Outcome != Found || due.Time.Format(time.DateOnly) != "2026-12-04" {
		t.Errorf("%+v", due)
	}
}

// TestALongWordIsNone: syllables that may all be prefixes make no word.
func TestALongWordIsNone(t *testing.T) {
	for _, part := range []string{"menge", "di", "ke-", "penyeberangan"} {
		if terms := Terms("jadwal " + strings.Repeat(part, 3500/len(part)) + " truk"); len(terms) != 2 {
			t.Errorf("%s: it is about %v", part, terms)
		}
	}
}
