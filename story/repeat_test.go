package story

import (
	"slices"
	"testing"

	"github.com/rembuk/rembuk/sim"
)

func TestWhatIsSaidOnceMoreCountsAsOne(t *testing.T) {
	bot := func(id, again int, album string) sim.Shown {
		return sim.Shown{ID: id, Again: again, Bot: true, MediaGroup: album}
	}
	person := sim.Shown{ID: 2}
	for _, row := range []struct {
		name     string
		messages []sim.Shown
		left     []int
	}{
		{"nothing is repeated", []sim.Shown{bot(1, 0, ""), person}, []int{1, 2}},
		{"directly after it", []sim.Shown{bot(1, 2, ""), bot(2, 0, ""), bot(3, 0, "")}, []int{2, 3}},
		{"somebody has written in between", []sim.Shown{bot(1, 3, ""), person, bot(3, 0, "")}, []int{2, 3}},
		{"something else was said in between", []sim.Shown{bot(1, 3, ""), bot(2, 0, ""), bot(3, 0, "")}, []int{1, 2, 3}},
		{"twice", []sim.Shown{bot(1, 2, ""), bot(2, 3, ""), bot(3, 0, "")}, []int{3}},
		{"an album", []sim.Shown{bot(1, 3, "a"), bot(2, 4, "a"), bot(3, 0, "b"), bot(4, 0, "b")}, []int{3, 4}},
		{"an album with something in between", []sim.Shown{bot(1, 4, "a"), bot(2, 5, "a"), bot(3, 0, ""), bot(4, 0, "b"), bot(5, 0, "b")}, []int{1, 2, 3, 4, 5}},
	} {
		t.Run(row.name, func(t *testing.T) {
			var left []int
			for _, message := range withoutRepeated(row.messages) {
				left = append(left, message.ID)
			}
			if !slices.Equal(left, row.left) {
				t.Errorf("left %v, want %v", left, row.left)
			}
		})
	}
}
