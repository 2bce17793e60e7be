package council

import "testing"

// FuzzParseReference: what is read names one thing, and is written in one way.
func FuzzParseReference(f *testing.F) {
	for _, word := range []string{"T-12", "t12", "T-012", "i-3", "E1", "T--1", "T-", "-1", "T-9223372036854775807", "T-9223372036854775808", "h-1", "Ť-1", "T-1 "} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		reference, ok := ParseReference(word)
		if !ok {
			return
		}
		again, known := ParseReference(reference.String())
		if reference.Number <= 0 || reference.IsZero() || !known || again != reference {
			t.Errorf("%q is read as %v, and that as %v", word, reference, again)
		}
	})
}

// FuzzIndicatorCode: a code that is read is read again as it is.
func FuzzIndicatorCode(f *testing.F) {
	for _, word := range []string{"GOV-01", "env 8", "ENV–08", "LIV.1.2", "x", "-", "A B", "GOV-01,"} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		code, ok := IndicatorCode(word)
		if again, known := IndicatorCode(code); ok && (!known || again != code) {
			t.Errorf("%q is read as %q, and that as %q", word, code, again)
		}
	})
}
