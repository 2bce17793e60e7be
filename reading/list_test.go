package reading

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestItems(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"numbered in a line", "1) ciptakan inovasi baru 2) maksimalkan keterlibatan Dewan dan komunitas", []string{"ciptakan inovasi baru", "maksimalkan keterlibatan Dewan dan komunitas"}},
		{"with points and commas", "1. perbaiki data, 2. latih petugas;", []string{"perbaiki data", "latih petugas"}},
		{"line by line", "ciptakan inovasi baru\n\nmaksimalkan keterlibatan", []string{"ciptakan inovasi baru", "maksimalkan keterlibatan"}},
		{"marked lines that go on", "- ciptakan inovasi\n  baru\n• libatkan komunitas", []string{"ciptakan inovasi baru", "libatkan komunitas"}},
		{"numbered lines", "1) satu\n2) dua\n10) sepuluh", []string{"satu", "dua", "sepuluh"}},
		{"below a heading", "Rekomendasi asesor:\n1) ciptakan inovasi\n2) libatkan komunitas", []string{"ciptakan inovasi", "libatkan komunitas"}},
		{"behind a heading", "Rekomendasi asesor: 1) ciptakan inovasi 2) libatkan komunitas", []string{"ciptakan inovasi", "libatkan komunitas"}},
		{"a colon and no list", "Catatan: perbaiki data", []string{"Catatan: perbaiki data"}},
		{"one", "ciptakan inovasi baru", []string{"ciptakan inovasi baru"}},
		{"numbers that count nothing", "naikkan target 10) dari 5) menjadi 8) persen", []string{"naikkan target 10) dari 5) menjadi 8) persen"}},
		{"a sum of money", "anggarkan Rp 2.500.000 untuk 3 pokja", []string{"anggarkan Rp 2.500.000 untuk 3 pokja"}},
		{"nothing", " \n ", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Items(test.text); !slices.Equal(got, test.want) {
				t.Fatalf("got %q", got)
			}
		})
	}
}

// No word of a list is lost, and none is empty.
func TestItemsKeepEveryWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,6}( [a-z]{1,6}){0,3}`), 1, 8).Draw(t, "items")
		separator := rapid.SampledFrom([]string{"\n", "\n- ", "\n* "}).Draw(t, "separator")
		text := strings.TrimPrefix(separator, "\n") + strings.Join(words, separator)
		if got := Items(text); !slices.Equal(got, words) {
			t.Fatalf("%q became %q", text, got)
		}
	})
}
