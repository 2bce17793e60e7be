package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"pgregory.net/rapid"
)

// soughtParts are what texts and searches are made of: one stands in another, letters are
// of one byte and of several.
var soughtParts = []string{"sampah", "persampahan", "amp", "rt", "05", "RW", "a", "é", "Désa", "🌳", "نظافة", "100%", "_", "''", "tonase", "rekap-tonase", "\u00a0", "x\u2003y", "ß", "ſ"}

func drawWords(draw *rapid.T, most int, label string) string {
	words := make([]string, rapid.IntRange(1, most).Draw(draw, label+" words"))
	for at := range words {
		words[at] = rapid.SampledFrom(soughtParts).Draw(draw, label) + rapid.SampledFrom([]string{"", "", "", "n", "05"}).Draw(draw, label+" end")
	}
	return strings.Join(words, " ")
}

// sieveAll makes every sieve that can be made.
func sieveAll(t testing.TB, tx *Tx) (made int) {
	t.Helper()
	for got(tx.sieveNext())(t) {
		made++
	}
	return made
}

// readEverything finds by reading every text; allowed are the things that a person may see.
func readEverything(t testing.TB, tx *Tx, table string, allowed []int64, words string) (numbers []int64) {
	t.Helper()
	type folded struct {
		number int64
		text   string
	}
	slices.Sort(allowed)
	for _, row := range got(all(tx, func(row scanner) (f folded, err error) { return f, row.Scan(&f.number, &f.text) },
		`SELECT number, folded FROM `+table+` ORDER BY number DESC`))(t) {
		_, has := slices.BinarySearch(allowed, row.number)
		for _, word := range searched(words) {
			has = has && strings.Contains(row.text, word)
		}
		if has {
			numbers = append(numbers, row.number)
		}
	}
	return numbers
}

// assertFound holds what was found to what there is: the same where everything was looked
// at, else its newest part.
func assertFound(r *rapid.T, found Found, want []int64) {
	if found.Whole && !slices.Equal(found.Numbers, want) {
		r.Fatalf("found %v, not %v", found.Numbers, want)
	}
	if !found.Whole && (len(found.Numbers) > len(want) || !slices.Equal(found.Numbers, want[:len(found.Numbers)])) {
		r.Fatalf("found %v, which are not the newest of %v", found.Numbers, want)
	}
}

// TestASearchOfIdeasFindsWhatReadingAllFinds draws changes of ideas, sieves made in
// between or not, and searches.
func TestASearchOfIdeasFindsWhatReadingAllFinds(t *testing.T) {
	const count = 2*blockTexts + 100
	s, undone := openStore(t), errors.New("undone")
	ok(t, s.Update(t.Context(), func(tx *Tx) error {
		who := people(t, tx, "fadli_contoh")[0].ID
		for number := 1; number <= count; number++ {
			text := soughtParts[number%3] + " " + soughtParts[number/3%len(soughtParts)]
			got(tx.CreateIdea(council.Idea{SubmitterID: who, Text: text, Title: fmt.Sprint("nomor ", number), State: council.IdeaSubmitted}))(t)
		}
		return nil
	}))
	rapid.Check(t, func(r *rapid.T) {
		err := s.Update(t.Context(), func(tx *Tx) error {
			for range rapid.IntRange(1, 6).Draw(r, "deeds") {
				number := rapid.Int64Range(1, count).Draw(r, "number")
				switch rapid.SampledFrom([]string{"sieve", "change", "remove"}).Draw(r, "deed") {
				case "sieve":
					sieveAll(t, tx)
				case "change":
					ok(t, tx.run(`UPDATE idea SET folded = ? WHERE number = ?`, strings.ToLower(drawWords(r, 6, "changed")), number))
				case "remove":
					ok(t, tx.run(`DELETE FROM idea WHERE number = ?`, number))
				}
				words := cmp.Or(rapid.SampledFrom([]string{"", fmt.Sprint(number), "nomor"}).Draw(r, "number sought"), drawWords(r, 3, "sought"))
				allowed := got(all(tx, scalar[int64], `SELECT number FROM idea`))(t)
				assertFound(r, got(tx.SearchIdeas(IdeaFilter{}, words))(t), readEverything(t, tx, "idea", allowed, words))
			}
			return undone
		})
		if !errors.Is(err, undone) {
			r.Fatal(err)
		}
	})
}

// TestASearchOfTasksKeepsToWhatOneMaySee draws who may see which of more tasks than are
// read one by one.
func TestASearchOfTasksKeepsToWhatOneMaySee(t *testing.T) {
	s := openStore(t)
	ok(t, s.Update(t.Context(), func(tx *Tx) error {
		people(t, tx, "Baso", "Sri", "Anwar")
		for chat := range int64(3) {
			group(t, tx, -1-chat, 0, council.KindWorkingGroup, council.Environment)
		}
		for number := range 2*mostRead + 500 {
			text := fmt.Sprint("rekap ke-", number)
			if number%300 == 7 {
				text += " langka"
			}
			task := council.Task{Title: text, GroupID: int64(number%19) % 3, Assignees: council.AssignTo(int64(1 + number%29%3))}
			if number%23 == 0 {
				task.Assignees = council.AssignToGroup(3)
				task.Partners = []int64{2}
			}
			create(t, tx, task)
		}
		if made := sieveAll(t, tx); made != (2*mostRead+500)/blockTexts {
			t.Errorf("%d blocks were sieved", made)
		}
		return nil
	}))
	ok(t, s.View(t.Context(), func(tx *Tx) error {
		rapid.Check(t, func(r *rapid.T) {
			filter := TaskFilter{GroupID: rapid.Int64Range(0, 3).Draw(r, "group"), VisibleTo: rapid.Int64Range(0, 3).Draw(r, "visible to"),
				GroupIDs: rapid.SliceOfN(rapid.Int64Range(1, 3), 0, 3).Draw(r, "groups")}
			var allowed []int64
			for _, task := range got(tx.sortedTasks(filter, 0, -1))(t) {
				allowed = append(allowed, task.Number)
			}
			words := rapid.SampledFrom([]string{"langka", "rekap lang", "ke-12", "AP KE", "e"}).Draw(r, "words")
			found := got(tx.SearchTasks(filter, words))(t)
			assertFound(r, found, readEverything(t, tx, "task", allowed, words))
			if strings.Contains(words, "lang") && !found.Whole {
				r.Fatalf("what is rare was not looked for everywhere: %+v", found)
			}
		})
		return nil
	}))
}

// TestWhatIsRareIsFoundHoweverOldItIs: the sieve leads to it; without one only the newest
// are read, which the search tells.
func TestWhatIsRareIsFoundHoweverOldItIs(t *testing.T) {
	tx := writing(t)
	const count = 3 * mostSifted
	for number := range count {
		text := "jadwal truk sampah"
		if number == 3 {
			text += " zebra"
		}
		create(t, tx, council.Task{Title: text})
	}
	if found := got(tx.SearchTasks(TaskFilter{}, "zebra"))(t); found.Whole || len(found.Numbers) != 0 {
		t.Errorf("without a sieve: %+v", found)
	}
	if made := sieveAll(t, tx); made != count/blockTexts {
		t.Errorf("%d blocks were sieved", made)
	}
	for words, want := range map[string]Found{
		"zebra": {[]int64{4}, true}, "EBR": {[]int64{4}, true}, "eb": {[]int64{4}, true}, "sampah zebra truk": {[]int64{4}, true}, "zebrasampah": {nil, true},
	} {
		if found := got(tx.SearchTasks(TaskFilter{}, words))(t); !slices.Equal(found.Numbers, want.Numbers) || !found.Whole {
			t.Errorf("%s: %+v", words, found)
		}
	}
	if found := got(tx.SearchTasks(TaskFilter{}, "truk"))(t); found.Whole || len(found.Numbers) <= mostFound || len(found.Numbers) > mostFound+readAtOnce || found.Numbers[0] != count {
		t.Errorf("of what stands everywhere %d are found, everything: %v", len(found.Numbers), found.Whole)
	}
	if found := got(tx.SearchTasks(TaskFilter{}, "z"))(t); found.Whole || len(found.Numbers) != 0 {
		t.Errorf("one letter: %+v", found)
	}
}

// TestASieveGoesWithItsText: nothing that was made of a text that was changed or erased is
// left, and the block is found by reading until it is sieved again.
func TestASieveGoesWithItsText(t *testing.T) {
	s := openStore(t)
	blocks := func(tx *Tx) [2]int64 {
		return [2]int64{number(t, tx, `SELECT count(DISTINCT place / 128) FROM task_sieve`), number(t, tx, `SELECT count(DISTINCT place / 128) FROM idea_sieve`)}
	}
	ok(t, s.Update(t.Context(), func(tx *Tx) error {
		who := people(t, tx, "fadli_contoh", "tina_contoh")[0]
		for range 2 * blockTexts {
			create(t, tx, council.Task{Title: "rekap tonase"})
			got(tx.CreateIdea(council.Idea{SubmitterID: who.ID + 1, Text: "jadwal truk", State: council.IdeaSubmitted}))(t)
		}
		idea := got(tx.Idea(1500))(t)
		idea.SubmitterID = who.ID
		ok(t, tx.SaveIdea(idea))
		sieveAll(t, tx)
		if is := blocks(tx); is != [2]int64{2, 2} {
			t.Fatalf("sieved: %v", is)
		}
		task := got(tx.Task(70))(t)
		task.State = council.TaskInProgress
		ok(t, tx.SaveTask(task, noon))
		if is := blocks(tx); is != [2]int64{2, 2} {
			t.Errorf("after a change that leaves the text: %v", is)
		}
		task.Title = "zebra"
		ok(t, tx.SaveTask(task, noon))
		if is := blocks(tx); is != [2]int64{1, 2} {
			t.Errorf("after a change of the text: %v", is)
		}
		if found := got(tx.SearchTasks(TaskFilter{}, "zebra"))(t); !slices.Equal(found.Numbers, []int64{70}) || !found.Whole {
			t.Errorf("the new text: %+v", found)
		}
		got(tx.Erase(Erasure{Member: who, Blank: "(dihapus)", Nameless: "-"}))(t)
		if is := blocks(tx); is != [2]int64{1, 1} {
			t.Errorf("after an erasure: %v", is)
		}
		if made := sieveAll(t, tx); made != 2 || blocks(tx) != [2]int64{2, 2} {
			t.Errorf("sieved again: %d, %v", made, blocks(tx))
		}
		return nil
	}))
}

// TestASearchIsBoundedInBytes: long texts are not all read.
func TestASearchIsBoundedInBytes(t *testing.T) {
	tx := writing(t)
	long := strings.Repeat("panjang ", 1_000)
	for range 2 * mostReadText / len(long) {
		create(t, tx, council.Task{Title: "x", FullText: long})
	}
	if found := got(tx.SearchTasks(TaskFilter{}, "panjangx"))(t); found.Whole {
		t.Error("everything was read")
	}
}

// BenchmarkSearch asks in a city of ten years for what is rare, for what stands everywhere,
// and for what a hostile person may write.
func BenchmarkSearch(b *testing.B) {
	tx := writing(b)
	const tasks, ideas = 100_000, 20_000
	words := []string{"sampah", "truk", "jadwal", "bank", "plastik", "pasar", "warga", "aplikasi", "jalan", "lampu", "taman", "sekolah", "posyandu", "gizi", "nelayan", "banjir"}
	text := func(number, count int) string {
		var parts []string
		for at := range count {
			parts = append(parts, words[(number*(at+3)*7919>>3)%len(words)])
		}
		return strings.Join(append(parts, fmt.Sprint("nomor ", number)), " ")
	}
	who := people(b, tx, "fadli_contoh")[0].ID
	for number := range tasks {
		create(b, tx, council.Task{Title: text(number, 6)})
	}
	for number := range ideas {
		got(tx.CreateIdea(council.Idea{SubmitterID: who, Text: text(number, 20), State: council.IdeaSubmitted}))(b)
	}
	sieveAll(b, tx)
	for name, sought := range map[string]string{"rare": "12345", "everywhere": "nomor", "nothing": "zebra", "one letter": "z", "hostile": strings.Join(words, " ") + " zz"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				got(tx.SearchTasks(TaskFilter{}, sought))(b)
				got(tx.SearchIdeas(IdeaFilter{AnyState: true}, sought))(b)
			}
		})
	}
	b.Run("making a sieve", func(b *testing.B) {
		for b.Loop() {
			ok(b, tx.run(`DELETE FROM task_sieve WHERE place BETWEEN 128 AND 255`))
			got(tx.sieveNext())(b)
		}
	})
}
