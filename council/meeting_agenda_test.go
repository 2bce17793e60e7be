package council

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestShiftTopic: whatever is moved, the agenda keeps its topics, numbered from 1, and
// only the one that was moved and its neighbour change places.
func TestShiftTopic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		positions := rapid.SliceOfN(rapid.IntRange(1, 9), 1, 9).Draw(t, "positions") // also twice the same
		var topics []Topic
		for i, position := range positions {
			topics = append(topics, Topic{ID: int64(i + 1), Position: position, State: TopicOnAgenda})
		}
		topics = append(topics, Topic{ID: 99, State: TopicProposed}, Topic{ID: 98, State: TopicDeclined, Position: 2})
		before := ids(Agenda(topics))
		id := rapid.SampledFrom(append(slices.Clone(before), 99, 98, 77)).Draw(t, "id")
		by := rapid.SampledFrom([]int{-1, 1}).Draw(t, "by")
		moved := ShiftTopic(topics, id, by)
		for _, one := range moved {
			at := slices.IndexFunc(topics, func(topic Topic) bool { return topic.ID == one.ID })
			topics[at] = one
		}
		at := slices.Index(before, id)
		want := slices.Clone(before)
		if other := at + by; at >= 0 && other >= 0 && other < len(want) {
			want[at], want[other] = want[other], want[at]
		} else if len(moved) != 0 {
			t.Fatalf("nothing was to move, and %v did", moved)
		}
		if got := ids(Agenda(topics)); !slices.Equal(got, want) {
			t.Fatalf("from %v, %d by %d: %v, not %v", before, id, by, got, want)
		}
	})
}

func ids(topics []Topic) []int64 {
	list := make([]int64, len(topics))
	for i, topic := range topics {
		list[i] = topic.ID
	}
	return list
}

// TestTopicsAreDecided: what was taken off returns to its place, what is left open again
// forgets who decided.
func TestTopicsAreDecided(t *testing.T) {
	now := time.Date(2026, 6, 1, 1, 0, 0, 0, time.UTC)
	on := Topic{ID: 1, State: TopicOnAgenda, Position: 3}
	off := on.Decide(TopicDeclined, 7, now)
	if back := off.Return(7, now); back.Position != 3 || back.State != TopicOnAgenda {
		t.Errorf("came back as %+v", back)
	}
	if again := off.Decide(TopicOnAgenda, 7, now); again.Position != 0 || again.DecidedBy != 7 || !again.DecidedAt.Equal(now) {
		t.Errorf("was put on again as %+v", again)
	}
	if open := off.Decide(TopicProposed, 7, now); open.DecidedBy != 0 || !open.DecidedAt.IsZero() || open.Position != 0 {
		t.Errorf("is open as %+v", open)
	}
}

// TestAgendaLimits: how much an agenda holds, and how much is proposed.
func TestAgendaLimits(t *testing.T) {
	var full, own, many []Topic
	for i := range AgendaLimit {
		full = append(full, Topic{ID: int64(i), State: TopicOnAgenda})
	}
	for range TopicsOfOneMember {
		own = append(own, Topic{ProposedBy: 7, State: TopicDeclined, From: Place{ChatID: 1}})
	}
	for i := range TopicsProposedMost {
		many = append(many, Topic{ProposedBy: int64(i + 10), From: Place{ChatID: 1}})
	}
	for _, test := range []struct {
		name string
		err  error
		code string
	}{
		{"full", CheckAgenda(full, 1), "agenda_full"},
		{"one place left", CheckAgenda(full[1:], 1), ""},
		{"two for one place", CheckAgenda(full[1:], 2), "agenda_full"},
		{"own", CheckProposals(own, 7, 1), "topics_own"},
		{"own of another", CheckProposals(own, 8, 1), ""},
		{"the last own", CheckProposals(own[1:], 7, 1), ""},
		{"many", CheckProposals(many, 7, 1), "topics_many"},
		{"put on the agenda at once", CheckProposals([]Topic{{ProposedBy: 7}, {ProposedBy: 7}}, 7, TopicsOfOneMember), ""},
	} {
		code := ""
		if refusal, is := test.err.(*Refusal); is {
			code = refusal.Code
		}
		if code != test.code {
			t.Errorf("%s: %q, not %q", test.name, code, test.code)
		}
	}
}

// TestFollowUpsAreCountedOnce: one that is overdue counts as that alone.
func TestFollowUpsAreCountedOnce(t *testing.T) {
	now := time.Date(2026, 6, 10, 1, 0, 0, 0, time.UTC)
	past := Deadline{At: now.Add(-time.Hour)}
	var counts FollowUps
	for _, task := range []Task{
		{State: TaskDone, Deadline: past}, {State: TaskBlocked, Deadline: past}, {State: TaskBlocked}, {State: TaskNew}, {State: TaskInProgress},
		{State: TaskSubmitted, Deadline: past}, {State: TaskCancelled},
	} {
		counts.Add(task, now)
	}
	if want := (FollowUps{Done: 1, Overdue: 1, Blocked: 1, Running: 3, Cancelled: 1}); counts != want {
		t.Errorf("got %+v, not %+v", counts, want)
	}
}
