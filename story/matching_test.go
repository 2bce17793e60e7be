package story

import "testing"

func TestPatternsHoldAtTheEdgesOfWords(t *testing.T) {
	for name, row := range map[string]struct {
		pattern, text string
		want          bool
	}{
		"the whole":                 {"T-1 Baru", "T-1 Baru", true},
		"a part":                    {"Dikerjakan", "T-1 · Dikerjakan · Baso", true},
		"another reference":         {"T-1", "T-12 Baru", false},
		"the same further on":       {"T-1", "T-12 dan T-1.", true},
		"a longer number":           {"30 hari lagi", "130 hari lagi", false},
		"a part of a word":          {"sampai", "tersampaikan", false},
		"in order":                  {"T-1 ... Baso ... 16.00", "T-1 untuk Pak Baso, pukul 16.00 WITA", true},
		"in another order":          {"Baso ... T-1", "T-1 untuk Pak Baso", false},
		"one word is not two":       {"Baso ... Baso", "T-1 untuk Pak Baso", false},
		"the other sign":            {"T-1 … Baso", "T-1 untuk Pak Baso", true},
		"lines do not matter":       {"satu dua", "satu\ndua", true},
		"lines of the pattern":      {"dua\nsatu", "satu dua", true},
		"every line":                {"dua\ntiga", "satu dua", false},
		"punctuation is no word":    {"(9 hari lagi)", "2026 (9 hari lagi).", true},
		"letters beyond ASCII":      {"é", "caféé", false},
		"nothing fits everything":   {"", "apa saja", true},
		"dots alone fit everything": {"...", "", true},
		"capital letters matter":    {"baru", "Baru", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := matches(row.pattern, row.text); got != row.want {
				t.Errorf("matches(%q, %q) is %v", row.pattern, row.text, got)
			}
		})
	}
}

func TestButtonsAreComparedInTheirOrder(t *testing.T) {
	for name, row := range map[string]struct {
		expected, labels []string
		want             bool
	}{
		"the same":       {[]string{"A", "B"}, []string{"A", "B"}, true},
		"turned round":   {[]string{"B", "A"}, []string{"A", "B"}, false},
		"one more":       {[]string{"A"}, []string{"A", "B"}, false},
		"one less":       {[]string{"A", "B"}, []string{"A"}, false},
		"none":           {nil, nil, true},
		"none but there": {nil, []string{"A"}, false},
		"more after":     {[]string{"A", "..."}, []string{"A", "B", "C"}, true},
		"more before":    {[]string{"...", "C"}, []string{"A", "B", "C"}, true},
		"more between":   {[]string{"A", "...", "C"}, []string{"A", "C"}, true},
		"a part of one":  {[]string{"Siap", "... pribadi"}, []string{"Siap", "Buka chat pribadi"}, true},
		"another part":   {[]string{"... pribadi"}, []string{"Siap"}, false},
		"missing":        {[]string{"...", "D"}, []string{"A", "B", "C"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := sameLabels(row.expected, row.labels); got != row.want {
				t.Errorf("sameLabels(%q, %q) is %v", row.expected, row.labels, got)
			}
		})
	}
}
