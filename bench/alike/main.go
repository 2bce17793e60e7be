// Command alike takes the time that it takes to find which ideas are like a new one:
// what the new one is about, the candidates of the database, and the comparison with
// each. It prints the figures for 2,000 and for 20,000 ideas and exits with 1 when
// 95 of 100 answers among the greater number take more than 50 ms, or ten times as
// long as among the smaller one.
// Among them are ideas that somebody has put in other words: it counts how many of
// these are found among the first three.
// It is run in the folder of the repository, whose sample ideas it reads.
//
//	go run ./bench/alike [-asked N]
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// samples holds pairs of ideas as people type them, one pair a line.
const samples = "reading/testdata/pairs.txt"

// allowed is how long an answer may take among the most ideas.
const allowed = 50 * time.Millisecond

// sizes are among how many ideas is looked.
var sizes = []int{2_000, 20_000}

func main() {
	asked := flag.Int("asked", 500, "how many new ideas are looked for")
	flag.Parse()
	good, err := run(context.Background(), *asked)
	if err != nil {
		fmt.Fprintln(os.Stderr, "alike:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

func run(ctx context.Context, asked int) (good bool, err error) {
	fmt.Printf("%8s  %9s  %9s  %9s  %9s  %10s  %s\n", "ideas", "median", "95 of 100", "99 of 100", "slowest", "compared", "found again among three")
	var medians []time.Duration
	for _, size := range sizes {
		found, err := measure(ctx, size, asked)
		if err != nil {
			return false, err
		}
		fmt.Printf("%8d  %9s  %9s  %9s  %9s  %10.1f  %d of %d\n", size, found.at(0.5), found.at(0.95), found.at(0.99), found.at(1), found.compared, found.again, found.planted)
		medians = append(medians, found.at(0.5))
		good = found.at(0.95) <= allowed
	}
	growth, ideas := float64(medians[1])/float64(medians[0]), float64(sizes[1])/float64(sizes[0])
	fmt.Printf("%.0f times as many ideas take %.1f times as long\n", ideas, growth)
	return good && growth < ideas, nil
}

// pair is an idea and the same one in other words.
type pair struct{ first, again string }

// sampleIdeas gives every word of the sample ideas, as often as it stands there, and
// the pairs of which both wish for the same.
func sampleIdeas() (words []string, same []pair, err error) {
	content, err := os.ReadFile(samples)
	if err != nil {
		return nil, nil, err
	}
	for line := range strings.Lines(string(content)) {
		verdict, texts, _ := strings.Cut(strings.TrimSpace(line), "|")
		first, again, found := strings.Cut(texts, "|")
		if !found {
			continue
		}
		words = append(words, strings.Fields(texts)...)
		if verdict == "same" {
			same = append(same, pair{first, again})
		}
	}
	return words, same, nil
}

// figures are what was measured.
type figures struct {
	took           []time.Duration // sorted
	compared       float64         // on average, for each new idea
	planted, again int             // how many ideas were put in other words, and were found again
}

// at is the time within which this share of the answers came.
func (f figures) at(share float64) time.Duration {
	return f.took[int(share*float64(len(f.took)-1))].Round(10 * time.Microsecond)
}

func measure(ctx context.Context, size, asked int) (figures, error) {
	words, same, err := sampleIdeas()
	if err != nil {
		return figures{}, err
	}
	folder, err := os.MkdirTemp("", "alike")
	if err != nil {
		return figures{}, err
	}
	defer os.RemoveAll(folder)
	database, err := store.Open(ctx, filepath.Join(folder, "rembuk.db"))
	if err != nil {
		return figures{}, err
	}
	defer database.Close()
	random := rand.New(rand.NewPCG(1, uint64(size)))
	texts := make([]string, size)
	for i := range texts {
		texts[i] = someText(words, random)
	}
	for i, one := range same[:min(len(same), size)] {
		texts[i] = one.first
	}
	if err := database.Update(ctx, func(tx *store.Tx) error { return fill(tx, texts) }); err != nil {
		return figures{}, err
	}
	found := figures{planted: len(same)}
	err = database.View(ctx, func(tx *store.Tx) error {
		for i := range max(asked, len(same)) {
			text := someText(words, random)
			if i < len(same) {
				text = same[i].again
			}
			began := time.Now()
			compared, first, err := look(tx, text)
			if err != nil {
				return err
			}
			found.took = append(found.took, time.Since(began))
			found.compared += float64(compared) / float64(max(asked, len(same)))
			if i < len(same) && slices.Contains(first, same[i].first) {
				found.again++
			}
		}
		return nil
	})
	slices.Sort(found.took)
	return found, err
}

// someText is as long as what people send in a chat.
func someText(words []string, random *rand.Rand) string {
	text := make([]string, 6+random.IntN(20))
	for i := range text {
		text[i] = words[random.IntN(len(words))]
	}
	return strings.Join(text, " ")
}

func fill(tx *store.Tx, texts []string) error {
	now := time.Now()
	member, _, err := tx.Appeared(7, "", "id", now)
	if err != nil {
		return err
	}
	for _, text := range texts {
		idea, err := tx.CreateIdea(council.Idea{SubmitterID: member.ID, Text: text, State: council.IdeaSubmitted,
			CreatedAt: now, StateSince: now, ReviewBy: now, DecideBy: now})
		if err != nil {
			return err
		}
		terms, whole := reading.Terms(text), 0.0
		for _, term := range terms {
			whole += term.Weight
		}
		var about []store.IdeaTerm
		for _, term := range terms {
			about = append(about, store.IdeaTerm{Term: term.Key, Share: int(1000 * term.Weight / whole)})
		}
		if err := tx.SetIdeaTerms(idea.Number, about); err != nil {
			return err
		}
	}
	return nil
}

// look finds what a text is about, compares it with every candidate, and gives the
// three that are most alike.
func look(tx *store.Tx, text string) (compared int, first []string, err error) {
	own := reading.Terms(text)
	keys := make([]string, len(own))
	for i, term := range own {
		keys[i] = term.Key
	}
	candidates, err := tx.IdeasSharing(keys, 0)
	if err != nil {
		return 0, nil, err
	}
	score := make(map[int64]float64, len(candidates))
	for _, candidate := range candidates {
		like := reading.Compare(own, reading.Terms(candidate.Text))
		score[candidate.Number] = like.Score
		if like.Verdict == reading.Same {
			score[candidate.Number]++
		}
	}
	slices.SortStableFunc(candidates, func(a, b council.Idea) int { return cmp.Compare(score[b.Number], score[a.Number]) })
	for _, candidate := range candidates[:min(len(candidates), 3)] {
		first = append(first, candidate.Text)
	}
	return len(candidates), first, nil
}
