package reading

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

// hostileTexts are longer than what is read, and made to be tried by as many rules as possible at every token.
func hostileTexts() map[string]string {
	texts := map[string]string{}
	for name, part := range map[string]string{
		"markers":     "tenggat ",
		"fillers":     "tenggat : paling lambat ",
		"weekdays":    "Jumat ",
		"lists":       "Jumat, ",
		"days":        "5 Des ",
		"ranges":      "5-7-",
		"clocks":      "jam 9 - ",
		"halves":      "setengah ",
		"half clocks": "setengah 3 - ",
		"later":       "nanti jam 9-nanti ",
		"brackets":    "(besok (",
		"numbers":     "12.12.12.",
		"words":       "dua ribu ratus ",
		"scales":      "satu juta ribu ",
		"every":       "setiap 2 minggu Senin dan ",
		"before":      "2 hari sebelum hari raya ",
		"events":      "H-7 (acara ",
		"edges":       "akhir awal tengah ",
		"or":          "besok atau ",
		"courtesies":  "ok ya pak ",
		"signs":       ",-/.:(",
		"slashes":     "1/",
	} {
		texts[name] = strings.Repeat(part, 2*longestText/len(part))
	}
	return texts
}

func hostileContext() Context {
	context := Context{Now: time.Date(2026, 11, 25, 9, 0, 0, 0, city)}
	var many []Holiday
	for range 20 {
		many = append(many, list2026()...)
	}
	context.Holidays = NewHolidays(many)
	return context
}

// TestHostileTextsTakeTimeInProportion holds reading to time in proportion to
// length, whatever the machine does besides: a text four times as long may not
// take sixteen times as much of a processor. How long it takes, the benchmarks print.
func TestHostileTextsTakeTimeInProportion(t *testing.T) {
	context := hostileContext()
	for name, text := range hostileTexts() {
		short, long := time.Hour, time.Hour
		for try := 0; try < 7 || try < 100 && long > 12*short; try++ { // collecting garbage counts with whoever meets it
			short = min(short, timeToRead(text[:longestText/4], context))
			long = min(long, timeToRead(text[:longestText], context))
		}
		if long > 12*short {
			t.Errorf("%s: %v for a quarter of the text, %v for the whole", name, short, long)
		}
	}
}

// TestWhatIsNoDateIsTriedOnce holds that the rules for days are tried at a token once, however many
// markers lead to it: a message of nothing but markers would cost many times its length.
func TestWhatIsNoDateIsTriedOnce(t *testing.T) {
	tried := map[int]int{}
	rules := dayRules
	dayRules = append([]func(*reader, int) (day, int, bool){func(_ *reader, index int) (day, int, bool) {
		tried[index]++
		return day{}, index, false
	}}, rules...)
	defer func() { dayRules = rules }()
	for _, text := range []string{"Truk sampah lewat setiap rumah", "tenggat : paling lambat tenggat : sebelum tenggat : laporan"} {
		clear(tried)
		FindAllAndDue(text, hostileContext())
		if len(tried) == 0 {
			t.Errorf("%s: nothing is tried", text)
		}
		for index, times := range tried {
			if times > 1 {
				t.Errorf("%s: what stands at token %d is tried %d times", text, index, times)
			}
		}
	}
}

func timeToRead(text string, context Context) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before := worked()
	readEverything(text, context)
	return worked() - before
}

func readEverything(text string, context Context) {
	FindDue(text, context)
	ReadDue(text, context)
	FindAll(text, context)
	FindAllAndDue(text, context)
	FindRecurrence(text)
	FindRange(text, context)
	FindNumber(text)
}

func BenchmarkFindDue(b *testing.B) {
	context := hostileContext()
	b.Run("sentence", func(b *testing.B) {
		for b.Loop() {
			FindDue("Rekap tonase bank sampah #lingkungan, tenggat Jumat 16.00", context)
		}
	})
	for name, text := range hostileTexts() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				FindDue(text, context)
			}
		})
	}
}

func BenchmarkEverything(b *testing.B) {
	context := hostileContext()
	for name, text := range hostileTexts() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				readEverything(text, context)
			}
		})
	}
}
