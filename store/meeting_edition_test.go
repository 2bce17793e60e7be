package store

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

// TestAgreedEditionsNeverChange: whatever is noted, corrected and taken off after an
// edition was agreed to, who was there and what was said by that edition stays.
func TestAgreedEditionsNeverChange(t *testing.T) {
	type agreed struct {
		people []council.Attendee
		lines  []council.Minute
	}
	tx := writing(t)
	first, member := aMeeting(t, tx)
	rapid.Check(t, func(r *rapid.T) {
		made, err := tx.CreateMeeting(first, 0, 0)
		ok(t, err)
		var notes, said []int64
		edition := 1
		kept := map[int]agreed{}
		inEdition := func(number int) agreed {
			people, err := tx.AttendeesIn(made.Number, number)
			ok(t, err)
			lines, err := tx.MinuteLines(made.Number)
			ok(t, err)
			stood := council.Standing(lines, number)
			for i := range people {
				people[i].Until = 0 // that it stands no more later is no change of this one
			}
			for i := range stood {
				stood[i].Until = 0
			}
			return agreed{people, stood}
		}
		for range rapid.IntRange(1, 30).Draw(r, "deeds") {
			pick := func(ids []int64) int64 { return rapid.SampledFrom(append(ids, 0)).Draw(r, "id") }
			switch rapid.IntRange(0, 5).Draw(r, "deed") {
			case 0:
				who, _, err := tx.AddAttendee(made.Number, council.Attendee{MemberID: member.ID, At: noon, From: edition})
				ok(t, err)
				notes = append(notes, who.ID)
			case 1:
				who, _, err := tx.AddAttendee(made.Number, council.Attendee{Name: "Rahma", At: noon, From: edition})
				ok(t, err)
				notes = append(notes, who.ID)
			case 2:
				_, err := tx.EndAttendee(made.Number, pick(notes), edition)
				ok(t, err)
			case 3:
				line, err := tx.AddMinute(made.Number, council.Minute{Kind: council.MinuteNote, Text: "kata", From: edition, At: noon})
				ok(t, err)
				said = append(said, line.ID)
			case 4:
				ok(t, tx.EndMinute(made.Number, pick(said), edition))
				ok(t, tx.SaveMinute(made.Number, council.Minute{ID: pick(said), Kind: council.MinuteDecision, Text: "lain"}, edition))
			case 5:
				kept[edition] = inEdition(edition)
				edition++
			}
			people, err := tx.Attendees(made.Number)
			ok(t, err)
			members := slices.DeleteFunc(people, func(a council.Attendee) bool { return a.MemberID == 0 })
			if len(members) > 1 {
				r.Fatalf("one member is there %d times", len(members))
			}
			for number, was := range kept {
				if difference := cmp.Diff(was, inEdition(number), cmp.AllowUnexported(agreed{})); difference != "" {
					r.Fatalf("edition %d has changed: %s", number, difference)
				}
			}
		}
	})
}

// TestLinesKnowTheirMessage: also after the group became another chat, where they have
// none.
func TestLinesKnowTheirMessage(t *testing.T) {
	tx := writing(t)
	made, _ := aMeeting(t, tx)
	line, err := tx.AddMinute(made.Number, council.Minute{Kind: council.MinuteNote, Text: "kata", From: 1, At: noon, Said: council.Place{ChatID: -5, MessageID: 7}})
	ok(t, err)
	number, said, err := tx.MinutesSaid(-5, 7)
	ok(t, err)
	if number != made.Number || len(said) != 1 || said[0].ID != line.ID {
		t.Errorf("got %d, %+v", number, said)
	}
	ok(t, tx.Migrate(-5, -500))
	for _, chat := range []int64{-5, -500} {
		for _, message := range []int{0, 7} {
			if number, said, err = tx.MinutesSaid(chat, message); err != nil || number != 0 || len(said) != 0 {
				t.Errorf("%d in %d: %d, %+v, %v", message, chat, number, said, err)
			}
		}
	}
}
