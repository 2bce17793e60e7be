package store

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
)

// TestAnIdeaIsKeptAsItIs writes every field and reads it again.
func TestAnIdeaIsKeptAsItIs(t *testing.T) {
	tx := writing(t)
	member, _, err := tx.Appeared(7, "nurhikmah", "id", noon)
	ok(t, err)
	later := func(hours int) time.Time { return noon.Add(time.Duration(hours) * time.Hour) }
	idea := council.Idea{SubmitterID: member.ID, Named: true, FromGroup: 4, Origin: council.Place{ChatID: -5, ThreadID: 6, MessageID: 7},
		Title: "Jadwal truk", Text: "bikin jadwal <b>truk</b>", Problem: "nda tau kapan", Benefit: "bersih", Dimension: council.Environment,
		NeedsBudget: true, Complaint: true, Held: council.HeldRepeat, State: council.IdeaNeedsDetail, CreatedAt: noon, StateSince: later(1),
		ReviewBy: later(2), DecideBy: later(3), StoodFrom: later(4), Resumes: council.IdeaUnderReview,
		Review:     council.Review{OpenedAt: later(5), Until: later(6), Quorum: 3},
		Decision:   council.IdeaDecision{State: council.IdeaPostponed, Reason: "tahun depan", MemberID: 8, OnBehalf: 9, At: later(7)},
		MergedInto: 10, MergedAt: later(8), MergedFrom: council.IdeaSubmitted, TrialAt: later(9), Version: 11}
	kept, err := tx.CreateIdea(idea)
	ok(t, err)
	idea.Number = kept.Number
	assertIdea(t, tx, idea)
	idea.State, idea.Title, idea.Version = council.IdeaMerged, "Truk", 12
	ok(t, tx.SaveIdea(idea))
	assertIdea(t, tx, idea)
}

func assertIdea(t *testing.T, tx *Tx, want council.Idea) {
	t.Helper()
	read, err := tx.Idea(want.Number)
	ok(t, err)
	for _, field := range reflect.VisibleFields(reflect.TypeOf(want)) {
		a, b := reflect.ValueOf(read).FieldByIndex(field.Index).Interface(), reflect.ValueOf(want).FieldByIndex(field.Index).Interface()
		if moment, isMoment := a.(time.Time); isMoment {
			if !moment.Equal(b.(time.Time)) {
				t.Errorf("%s is %v, want %v", field.Name, a, b)
			}
			continue
		}
		if fmt.Sprint(a) != fmt.Sprint(b) && field.Name != "Review" && field.Name != "Decision" {
			t.Errorf("%s is %v, want %v", field.Name, a, b)
		}
	}
	if !read.Decision.At.Equal(want.Decision.At) || read.Decision.Reason != want.Decision.Reason || read.Decision.OnBehalf != want.Decision.OnBehalf ||
		!read.Review.Until.Equal(want.Review.Until) || read.Review.Quorum != want.Review.Quorum {
		t.Errorf("%+v %+v", read.Decision, read.Review)
	}
}

// TestIdeasThatShareAreFound leaves out what cannot be proposed to anybody.
func TestIdeasThatShareAreFound(t *testing.T) {
	tx := writing(t)
	member, _, err := tx.Appeared(7, "", "id", noon)
	ok(t, err)
	add := func(state council.IdeaState, held council.HeldReason, terms ...IdeaTerm) int64 {
		idea, err := tx.CreateIdea(council.Idea{SubmitterID: member.ID, State: state, Held: held, CreatedAt: noon, StateSince: noon, ReviewBy: noon, DecideBy: noon})
		ok(t, err)
		ok(t, tx.SetIdeaTerms(idea.Number, terms))
		return idea.Number
	}
	truck, schedule := IdeaTerm{"truk sampah", 400}, IdeaTerm{"jadwal", 300}
	both := add(council.IdeaSubmitted, "", truck, schedule)
	one := add(council.IdeaTrial, "", schedule, IdeaTerm{"perahu", 500})
	add(council.IdeaSubmitted, "", IdeaTerm{"perahu", 500})
	add(council.IdeaMerged, "", truck, schedule)
	add(council.IdeaWithdrawn, "", truck)
	add(council.IdeaSubmitted, council.HeldSpam, truck)
	own := add(council.IdeaSubmitted, "", truck, schedule)
	ideas, err := tx.IdeasSharing([]string{"truk sampah", "jadwal", "jadwal"}, own)
	ok(t, err)
	if len(ideas) != 2 || ideas[0].Number != both || ideas[1].Number != one {
		t.Errorf("found %v", ideas)
	}
	ok(t, tx.SetIdeaTerms(both, nil))
	if ideas, err = tx.IdeasSharing([]string{"truk sampah"}, own); err != nil || len(ideas) != 0 {
		t.Errorf("found %v, %v", ideas, err)
	}
}

// BenchmarkIdeasSharing looks for candidates among 2,000 and among 20,000 ideas of
// eight terms each, out of 300 terms of which some are everybody's.
func BenchmarkIdeasSharing(b *testing.B) {
	for _, size := range []int{2_000, 20_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			tx := writing(b)
			member, _, err := tx.Appeared(7, "", "id", noon)
			ok(b, err)
			random := rand.New(rand.NewPCG(1, 2))
			terms := func() []string {
				var names []string
				for range 8 {
					names = append(names, fmt.Sprintf("term %d", int(300*random.Float64()*random.Float64())))
				}
				return names
			}
			for range size {
				idea, err := tx.CreateIdea(council.Idea{SubmitterID: member.ID, State: council.IdeaSubmitted, CreatedAt: noon, StateSince: noon, ReviewBy: noon, DecideBy: noon})
				ok(b, err)
				var about []IdeaTerm
				for _, name := range terms() {
					about = append(about, IdeaTerm{name, 50 + random.IntN(400)})
				}
				ok(b, tx.SetIdeaTerms(idea.Number, about))
			}
			for b.Loop() {
				_, err := tx.IdeasSharing(terms(), 0)
				ok(b, err)
			}
		})
	}
}
