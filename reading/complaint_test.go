package reading

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// seems writes what a text was taken for in one word after another.
func seems(j Judgement) string {
	var words []string
	for word, is := range map[string]bool{"test": j.Test, "personal": j.Personal, "spam": j.Spam, "beyond:" + string(j.Beyond): j.Beyond != ""} {
		if is {
			words = append(words, word)
		}
	}
	if len(words) > 0 {
		return strings.Join(words, " ")
	}
	if j.Complaint {
		words = append(words, "complaint")
	}
	if j.Idea {
		words = append(words, "idea")
	}
	return strings.Join(words, "+")
}

// TestTheIdeasOfTheResearchAreJudged compares with what the research expects of each.
func TestTheIdeasOfTheResearchAreJudged(t *testing.T) {
	content, err := os.ReadFile("testdata/ideas.json")
	if err != nil {
		t.Fatal(err)
	}
	var domain struct {
		Ideas []struct{ ID, Text, Dimension, Quality string }
	}
	if err := json.Unmarshal(content, &domain); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"keluhan": "complaint", "keluhan+ide": "complaint+idea", "di luar kewenangan": "beyond:police", "data pribadi": "personal", "spam": "spam", "uji": "test"}
	for _, idea := range domain.Ideas {
		expected := want[idea.Quality]
		if expected == "" {
			expected = "idea"
		}
		j := Judge(idea.Text)
		if seems(j) != expected {
			t.Errorf("%s %q seems %q, not %q", idea.ID, idea.Text, seems(j), expected)
		}
		if j.Budget != (idea.Quality == "lengkap+anggaran") {
			t.Errorf("%s: a budget: %v", idea.ID, j.Budget)
		}
		guess := Dimension(Terms(idea.Text))
		if known := strings.ToLower(strings.TrimPrefix(idea.Dimension, "Smart ")); known != "-" && guess != "" && guess != known {
			t.Errorf("%s %q is guessed to be of %s, not %s", idea.ID, idea.Text, guess, known)
		}
	}
}

// TestComplaintsAndIdeas: what people write, and what it is.
func TestComplaintsAndIdeas(t *testing.T) {
	for text, want := range map[string]string{
		"jalan depan kantor lurah berlubang sudah 3 bulan":                    "complaint",
		"got mampet di jl mawar bau sekali":                                   "complaint",
		"air PDAM tdk mengalir sdh dua hari":                                  "complaint",
		"lampu merah simpang tiga rusak min":                                  "complaint",
		"sampah numpuk dpn pasar blm diangkut":                                "complaint",
		"pelayanan di kantor camat lelet, saya kecewa":                        "complaint",
		"jembatan gantung putus, kapan diperbaiki?":                           "complaint",
		"kenapa belum ada perbaikan jalan di dusun kami, masih rusak":         "complaint",
		"pohon tumbang di jalan poros, tolong segera":                         "complaint",
		"bau busuk dari TPS tiap pagi":                                        "complaint",
		"The street light in front of the school is broken again":             "complaint",
		"Garbage not collected for two weeks":                                 "complaint",
		"kecewa sekali dgn puskesmas":                                         "complaint",
		"lampu taman padam terus, tolong dipasang lampu tenaga surya":         "complaint+idea",
		"got mampet terus tiap hujan, bagaimana kalau ada jadwal kerja bakti": "complaint+idea",
		"jalan rusak parah, buat aplikasi peta jalan berlubang dong":          "complaint+idea",
		"sampah masih berserakan, pasang cctv di tps":                         "complaint+idea",
		"Tempel kode QR di tiap tiang lampu; pindai, laporan masuk":           "idea",
		"aplikasi untuk melaporkan jalan rusak":                               "idea",
		"Usul: sensor di got agar tidak mampet lagi":                          "idea",
		"bikin grup relawan bersih pantai tiap sabtu":                         "idea",
		"supaya sampah tidak menumpuk, adakan jadwal angkut per lorong":       "idea",
		"kelas menjahit untuk ibu-ibu":                                        "idea",
		"perpustakaan keliling pakai perahu":                                  "idea",
		"wifi di balai desa":                                                  "idea",
		"An app to see when the bus comes":                                    "idea",
		"How about a class on coding for girls":                               "idea",
		"saran: lomba desa paling bersih":                                     "idea",
		"pasar tani setiap jumat di lapangan":                                 "idea",
		"peta sumur bor supaya warga tau":                                     "idea",
		"informasi harga ikan di radio tiap pagi":                             "idea",
		"tes":                       "test",
		"Test test":                 "test",
		"halo":                      "test",
		"??":                        "test",
		"coba":                      "test",
		"tes IQ gratis untuk siswa": "idea",
		"tolong bikin sim bisa online di kabupaten":                                "beyond:police",
		"perpanjang STNK di kantor desa":                                           "beyond:police",
		"bikin paspor di kecamatan saja":                                           "beyond:immigration",
		"tiket kereta api dibuat lebih murah":                                      "beyond:railway",
		"tambah kuota haji kabupaten":                                              "beyond:pilgrimage",
		"kartu sim gratis untuk siswa":                                             "idea",
		"NIK sy 7324xxxxxxxxxxxx mohon dicek bansos":                               "personal",
		"ktp saya hilang, no 73xxxxxxxxxxxxxx":                                     "personal",
		"no rekening istri saya xxxxxxxxxx kok belum cair":                         "personal",
		"login layanan pakai NIK":                                                  "idea",
		"Dana cepat cair 5 menit klik bit.ly/xxxx":                                 "spam",
		"slot gacor hari ini https://menang.xyz/abc":                               "spam",
		"PINJAMAN tanpa jaminan, hubungi wa.me/62xxxxxxxxxx":                       "spam",
		"contoh peta wisata yang bagus ada di https://example.org/peta, kita buat": "idea",
	} {
		if got := seems(Judge(text)); got != want {
			t.Errorf("%q seems %q, not %q", text, got, want)
		}
	}
}

// TestBudgetsAreSeen: what names its cost belongs into the plans of the budget.
func TestBudgetsAreSeen(t *testing.T) {
	for text, want := range map[string]bool{
		"alat sekitar Rp45 jt per titik": true, "butuh 20 juta": true, "perlu anggaran dari APBD": true, "biaya 1,5 miliar": true,
		"modul gratis untuk 20 anak": false, "5 layanan terbanyak": false,
	} {
		if Judge(text).Budget != want {
			t.Errorf("%q: a budget: %v", text, !want)
		}
	}
}

// TestAnythingCanBeJudged: no text breaks it, and what is only a test is no idea.
func TestAnythingCanBeJudged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := Judge(rapid.String().Draw(t, "text"))
		if j.Test && j.Idea || !j.Test && !j.Idea && !j.Complaint {
			t.Fatalf("neither an idea nor anything else: %+v", j)
		}
	})
}
