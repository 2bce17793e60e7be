package locale

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestMeaning(t *testing.T) {
	for _, test := range []struct{ table, text, want string }{
		{"role", "koordinator", "coordinator"}, {"role", "Anggota Dewan", "council"}, {"role", "working group", "working_group"},
		{"role", "working_group", "working_group"}, {"role", "pimpinan", "leader"}, {"role", "raja", ""}, {"role", "", ""},
		{"language", "ID", "id"}, {"language", "english", "en"}, {"language", "Bahasa Inggris", "en"}, {"language", "fr", ""},
		{"taking_back", "Lepas", "release"}, {"taking_back", "unlink", "release"}, {"taking_back", "pokja", ""},
		{"no such table", "koordinator", ""},
	} {
		t.Run(test.table+" "+test.text, func(t *testing.T) {
			if got, known := Meaning(test.table, test.text); got != test.want || known != (test.want != "") {
				t.Errorf("means %q (known: %v), not %q", got, known, test.want)
			}
		})
	}
}

func FuzzGroupMeaning(f *testing.F) {
	for _, seed := range []string{"pokja lingkungan", "smartsmartsmart", "#tata_kelola", "grup grup", "🌳 İ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		meaning, known := OwnGroups(nil).Meaning(text)
		if again, stillKnown := OwnGroups(nil).Meaning("pokja " + text + " smart city"); known && (!stillKnown || again != meaning) {
			t.Errorf("%q means %q, and with fillers around it %q", text, meaning, again)
		}
	})
}

// What others' tools look for must stand in one sentence only, and some words
// are never said (domain page, section 14).
func TestSentencesKeepTheTone(t *testing.T) {
	never := []string{"ditolak", "gagal", "error", "kamu", "wajib segera", "terlambat!"}
	whole := regexp.MustCompile(`\b(` + strings.Join(never[:5], "|") + `)\b|` + never[5])
	for _, language := range Languages {
		text, err := os.ReadFile(language + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(strings.ToLower(string(text))) {
			if slices.ContainsFunc(never, func(word string) bool { return strings.Contains(line, word) }) && whole.MatchString(line) {
				t.Errorf("%s.toml says %q", language, line)
			}
		}
		want := 0
		if language == Indonesian {
			want = 1
		}
		if got := strings.Count(string(text), "telah terhubung"); got != want {
			t.Errorf("%s.toml says \"telah terhubung\" %d times, not %d", language, got, want)
		}
	}
}
