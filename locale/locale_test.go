package locale

import (
	"sort"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"
)

func keysOf(t *testing.T, file string) []string {
	t.Helper()
	text, err := sentences.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := toml.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	var keys []string
	collect(tree, "", &keys)
	sort.Strings(keys)
	return keys
}

// collect lists sentences by key; a table with plural forms is one sentence.
func collect(tree map[string]any, prefix string, keys *[]string) {
	for name, value := range tree {
		table, isTable := value.(map[string]any)
		if _, plural := table["other"].(string); !isTable || plural {
			*keys = append(*keys, prefix+name)
			continue
		}
		collect(table, prefix+name+".", keys)
	}
}

func TestBothLanguagesHaveTheSameSentences(t *testing.T) {
	if difference := cmp.Diff(keysOf(t, "id.toml"), keysOf(t, "en.toml")); difference != "" {
		t.Errorf("id.toml and en.toml differ:\n%s", difference)
	}
}

func TestEverySentenceCanBeSaid(t *testing.T) {
	book, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range Languages {
		for _, key := range keysOf(t, language+".toml") {
			if said := book.In(language).Count(key, 2); said == key || said == "" {
				t.Errorf("%s: %s says %q", language, key, said)
			}
		}
	}
}

func TestDeadline(t *testing.T) {
	book, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	makassar, err := time.LoadLocation("Asia/Makassar")
	if err != nil {
		t.Fatal(err)
	}
	friday := time.Date(2026, 12, 4, 16, 0, 0, 0, makassar)
	upload := time.Date(2026, 6, 11, 0, 59, 0, 0, makassar)
	for name, test := range map[string]struct {
		language string
		at       time.Time
		zone     string
		days     int
		want     string
	}{
		"in the city's zone":        {Indonesian, friday, "Asia/Makassar", 9, "Jumat, 4 Desember 2026 pukul 16.00 WITA (9 hari lagi)"},
		"without a zone":            {Indonesian, friday, "", 0, "Jumat, 4 Desember 2026 pukul 16.00 WITA (hari ini)"},
		"past":                      {Indonesian, friday, "", -2, "Jumat, 4 Desember 2026 pukul 16.00 WITA (lewat 2 hari)"},
		"given in another zone":     {Indonesian, upload, "Asia/Jakarta", 31, "Kamis, 11 Juni 2026 pukul 00.59 WITA (10 Juni 23.59 WIB), 31 hari lagi"},
		"another name, same offset": {Indonesian, friday, "Asia/Singapore", 9, "Jumat, 4 Desember 2026 pukul 16.00 WITA (9 hari lagi)"},
		"english, one day":          {English, friday, "", 1, "Friday, 4 December 2026 at 16:00 WITA (1 day left)"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := book.In(test.language).Deadline(test.at, test.zone, test.days, makassar); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
