package reading

import (
	"cmp"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

type sampleIdea struct {
	ID, Title, Text string
	SameAs          string `json:"same_as"`
}

func (s sampleIdea) whole() string { return s.Title + ". " + s.Text }

func (s sampleIdea) onlyText() string { return s.Text }

func sampleIdeas(t testing.TB) []sampleIdea {
	t.Helper()
	content, err := os.ReadFile("testdata/ideas.json")
	if err != nil {
		t.Fatal(err)
	}
	var domain struct{ Ideas []sampleIdea }
	if err := json.Unmarshal(content, &domain); err != nil {
		t.Fatal(err)
	}
	return domain.Ideas
}

// TestTheSameIdeaIsAmongTheFirstThree asks for every idea that somebody had
// before, with and without a title, in spellings and languages as people type.
func TestTheSameIdeaIsAmongTheFirstThree(t *testing.T) {
	ideas := sampleIdeas(t)
	if len(ideas) != 25 {
		t.Fatalf("%d ideas", len(ideas))
	}
	for name, written := range map[string]func(sampleIdea) string{"title and text": sampleIdea.whole, "text": sampleIdea.onlyText} {
		for _, idea := range ideas {
			if idea.SameAs == "" {
				continue
			}
			own := Terms(written(idea))
			others := slices.DeleteFunc(slices.Clone(ideas), func(other sampleIdea) bool { return other.ID == idea.ID })
			score := func(other sampleIdea) float64 { return Compare(own, Terms(written(other))).Score }
			slices.SortStableFunc(others, func(a, b sampleIdea) int { return cmp.Compare(score(b), score(a)) })
			place := slices.IndexFunc(others, func(other sampleIdea) bool { return other.ID == idea.SameAs })
			like := Compare(own, Terms(written(others[place])))
			if place > 2 || like.Verdict != Same {
				t.Errorf("%s: %s is number %d of those like %s, %s with %.2f for %v", name, idea.SameAs, place+1, idea.ID, like.Verdict, like.Score, like.Shared)
			}
		}
	}
}

// TestLookAlikesAreKeptApart takes ideas with the same words that wish for different things.
func TestLookAlikesAreKeptApart(t *testing.T) {
	byID := map[string]sampleIdea{}
	for _, idea := range sampleIdeas(t) {
		byID[idea.ID] = idea
	}
	for _, pair := range [][2]string{{"I-04", "I-01"}, {"I-05", "I-01"}, {"I-16", "I-15"}, {"I-08", "I-06"}, {"I-08", "I-07"}, {"I-08", "I-09"}, {"I-25", "I-10"}, {"I-20", "I-24"}} {
		for _, written := range []func(sampleIdea) string{sampleIdea.whole, sampleIdea.onlyText} {
			if like := Compare(Terms(written(byID[pair[0]])), Terms(written(byID[pair[1]]))); like.Verdict == Same {
				t.Errorf("%s and %s are taken for the same: %.2f, %v", pair[0], pair[1], like.Score, like.Shared)
			}
		}
	}
}

// TestOtherIdeas are pairs beyond the sample, of other subjects.
func TestOtherIdeas(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Pasang CCTV di perempatan jalan supaya aman dari maling", "kamera pengawas di simpang jln biar gk ada pencurian lg", true},
		{"Panel surya untuk lampu jalan di desa terpencil", "lampu jln pake tenaga matahari di dusun yg blm ada listrik", true},
		{"Flood warning messages for people living near the river", "peringatan dini banjir buat warga pinggir sungai lewat hp", true},
		{"Online queue for the health clinic", "antrian online puskesmas", true},
		{"Katalog produk UMKM di marketplace daerah", "toko online khusus jualan umkm teluk marannu", true},
		{"Kelas bahasa Inggris gratis bagi pemandu wisata", "kursus b.inggris gratis utk guide wisata danau", true},
		{"Aduan jalan berlubang dengan foto dan lokasi", "lapor jln rusak pake foto + titik gps", true},
		{"Sistem informasi stok darah PMI", "cek stok darah online di pmi, biar gak keliling cari donor", true},
		{"Satu login untuk semua aplikasi pemda", "kebanyakan aplikasi, satukan akunnya saja satu password", true},
		{"Pengumuman harga gabah harian untuk petani", "info harga padi tiap hari di wa buat petani", true},
		{"Jadwal imunisasi posyandu dengan pengingat ke ibu", "ingatkan ibu2 jadwal vaksin anak di posyandu lwt wa", true},
		{"tempat sampah pilah di sekolah", "tong sampah terpisah organik plastik di tiap sekolah", true},
		{"School bus for children from the mountains", "bus sekolah gratis buat anak2 gunung", true},
		{"wifi gratis di sekolah", "wifi gratis di pasar", false},
		{"Antrean daring puskesmas", "antrean daring di disdukcapil utk ktp", false},
		{"Peta digital wisata danau", "peta digital rawan banjir", false},
		{"QRIS untuk pedagang pasar", "QRIS untuk bayar parkir", false},
		{"Bank sampah digital", "tempat sampah pilah di sekolah", false},
		{"Pengingat jadwal imunisasi", "pengingat jadwal bayar pajak PBB", false},
		{"Sensor tinggi air sungai", "sensor kualitas udara di terminal", false},
		{"CCTV di pasar", "CCTV di sungai untuk pantau banjir", false},
		{"info harga gabah tiap pagi", "info harga tiket kapal tiap pagi", false},
		{"Kelas bahasa Inggris untuk pemandu wisata", "kelas bahasa isyarat untuk petugas layanan", false},
		{"aplikasi jadwal kapal penyeberangan", "aplikasi jadwal angkut sampah", false},
		{"laporan jalan rusak dengan QR", "laporan lampu jalan mati dengan QR", false},
	} {
		if like := Compare(Terms(c.a), Terms(c.b)); (like.Verdict == Same) != c.same {
			t.Errorf("%q and %q: %s with %.2f for %v", c.a, c.b, like.Verdict, like.Score, like.Shared)
		}
	}
}

// TestPairsOfIdeas reads pairs of many subjects, as people type them.
func TestPairsOfIdeas(t *testing.T) {
	content, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]Verdict{"same": Same, "related": Related, "different": Unrelated}
	count := 0
	for line := range strings.Lines(string(content)) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		if len(parts) != 3 {
			continue
		}
		count++
		if like := Compare(Terms(parts[1]), Terms(parts[2])); like.Verdict != verdicts[parts[0]] {
			t.Errorf("%q and %q: %s with %.2f for %v, want %s", parts[1], parts[2], like.Verdict, like.Score, like.Shared, parts[0])
		}
	}
	if count < 100 {
		t.Errorf("%d pairs", count)
	}
}

// TestReasonsInEnglish names everything that is known in English as well.
func TestReasonsInEnglish(t *testing.T) {
	if got := InEnglish([]string{"jadwal", "truk sampah", "xkcd"}); !slices.Equal(got, []string{"schedule", "waste truck", "xkcd"}) {
		t.Errorf("named %q", got)
	}
	for _, one := range known().concepts {
		if known().english[one.name] == "" {
			t.Errorf("%q has no name in English", one.name)
		}
	}
}

// TestWhatOnlyOneIsAbout is said when two ideas share words and wish for different things.
func TestWhatOnlyOneIsAbout(t *testing.T) {
	like := Compare(Terms("Bank sampah digital"), Terms("jadwal truk sampah"))
	if like.Verdict == Same || !slices.Contains(like.Own, "bank sampah") || slices.Contains(like.Own, "sampah") {
		t.Errorf("%+v", like)
	}
}

func TestTermsOfSpellings(t *testing.T) {
	for text, want := range map[string]string{
		"ANTRIAN PUSKESMAS ONLINE!!! ambil nomer di hp sj": "puskesmas antrean digital",
		"ada harga kapalx jg":                              "perahu harga",
		"sekolah2 di gunuuuung":                            "gunung sekolah",
		"mobil sampahnya dikasih tau jam brp":              "truk sampah jadwal sampah",
		"NIK 7324xxxxxxxxxxxx":                             "nik",
		"klik https://bit.ly/xxxx sekarang":                "klik",
		"Tabe' bisa ki' bikin perpustakan mi?":             "perpustakaan",
		"":                                                 "",
	} {
		var got []string
		for _, term := range Terms(text) {
			got = append(got, term.Word)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q is about %q, want %q", text, got, want)
		}
	}
}

// anyText draws words of people, with and without meaning.
func anyText(t *rapid.T, label string) string {
	words := []string{"sampah", "truk", "jadwal", "yg", "bikin", "puskesmas", "antrian", "RSUD", "online", "danau", "lake", "harga2", "mi", "xkcd", "\u200b", "🚮", "kapalx", "menggunakan", "-", "'", "7324"}
	return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(words), rapid.StringN(0, 8, 20)), 0, 12).Draw(t, label), " ")
}

func TestLikenessIsMutual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := Terms(anyText(t, "a")), Terms(anyText(t, "b"))
		one, other := Compare(a, b), Compare(b, a)
		if one.Verdict != other.Verdict || one.Score-other.Score > 1e-9 || other.Score-one.Score > 1e-9 || one.Score < 0 || one.Score > 1 {
			t.Fatalf("%+v and %+v", one, other)
		}
		if len(one.Shared) == 0 && one.Verdict != Unrelated {
			t.Fatalf("%s without a reason", one.Verdict)
		}
		if len(a) > 0 {
			if self := Compare(a, a); self.Score < 0.999 {
				t.Fatalf("a text is like itself with %.3f", self.Score)
			}
		}
	})
}

// FuzzTerms reads whatever is written, the hostile in the time of the rest.
func FuzzTerms(f *testing.F) {
	for _, idea := range sampleIdeas(f) {
		f.Add(idea.Text)
	}
	f.Add(strings.Repeat("a", 5000))
	f.Add(strings.Repeat("di", 2000) + " " + strings.Repeat("menge", 800))
	f.Fuzz(func(t *testing.T, text string) {
		began := time.Now()
		terms := Terms(text)
		if len(text) < 8192 && time.Since(began) > time.Second {
			t.Errorf("%d bytes took %s", len(text), time.Since(began))
		}
		for _, term := range terms {
			if term.Key == "" || term.Word == "" || term.Weight <= 0 {
				t.Errorf("%q: %+v", text, term)
			}
		}
	})
}

func BenchmarkTerms(b *testing.B) {
	ideas := sampleIdeas(b)
	for i := range b.N {
		Terms(ideas[i%len(ideas)].whole())
	}
}
