package council

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func optionsNamed(count int) []string {
	options := make([]string, count)
	for i := range options {
		options[i] = strings.Repeat("a", i+1)
	}
	return options
}

func TestWhatTelegramTakesOfAPoll(t *testing.T) {
	long := func(length int) string { return strings.Repeat("é", length) }
	for name, row := range map[string]struct {
		question string
		options  []string
		want     string
	}{
		"the fewest options":    {"Kapan?", optionsNamed(2), ""},
		"the most options":      {"Kapan?", optionsNamed(12), ""},
		"the longest question":  {long(300), optionsNamed(2), ""},
		"the longest option":    {"Kapan?", []string{"ya", long(100)}, ""},
		"no options":            {"Kapan?", nil, "poll_few_options"},
		"one option":            {"Kapan?", optionsNamed(1), "poll_few_options"},
		"too many options":      {"Kapan?", optionsNamed(13), "poll_many_options"},
		"a question too long":   {long(301), optionsNamed(2), "poll_question_long"},
		"an option too long":    {"Kapan?", []string{"ya", long(101)}, "poll_option_long"},
		"the same option twice": {"Kapan?", []string{"ya", "tidak", "ya"}, "poll_option_twice"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if refusal := (Poll{Question: row.question, Options: row.options}).Check(); refusal != nil {
				got = refusal.Code
			}
			if got != row.want {
				t.Errorf("refused with %q, want %q", got, row.want)
			}
		})
	}
}

func TestAPollEndsOnce(t *testing.T) {
	now := time.Date(2026, 6, 12, 7, 0, 0, 0, time.UTC)
	for _, row := range []struct{ by, settled PollState }{{PollClosing, PollClosed}, {PollCancelling, PollCancelled}} {
		ended, err := Poll{Number: 3, State: PollOpen, Version: 1}.End(row.by, now)
		if err != nil || ended.State != row.by || !ended.ClosedAt.Equal(now) || ended.Version != 2 || !ended.State.Ended() || ended.State.Settled() != row.settled {
			t.Errorf("%s: %+v, %v", row.by, ended, err)
		}
		for _, state := range []PollState{ended.State, ended.State.Settled()} {
			ended.State = state
			var refusal *Refusal
			if again, err := ended.End(PollCancelling, now); !errors.As(err, &refusal) || refusal.Code != "poll_ended" || again.State != state {
				t.Errorf("%s ended again: %v", state, err)
			}
		}
	}
}

func TestACopyThatIsLost(t *testing.T) {
	counted, changed := PollCopy{State: CopyPosted, TelegramID: "1"}.Count(Tally{Votes: []int{1, 0}, Voters: 1}, 2)
	if !changed || counted.State != CopyPosted {
		t.Fatalf("%+v", counted)
	}
	lost := counted.Lose(MissingLeft)
	result := Result([]PollCopy{lost, {State: CopyFinal, Kind: KindCouncil, MessageID: 1, Tally: Tally{Votes: []int{0, 2}, Voters: 2, Final: true}}}, 2)
	if result.Voters != 3 || !slices.Equal(result.Votes, []int{1, 2}) || result.Asked != 2 || len(result.Missing) != 1 || !AllSettled([]PollCopy{lost}) {
		t.Errorf("%+v", result)
	}
	if late, _ := lost.Count(Tally{Votes: []int{1, 1}, Voters: 2, Final: true}, 2); late.State != CopyMissing || len(Result([]PollCopy{late}, 2).Missing) != 0 {
		t.Errorf("its last counts came all the same: %+v", late)
	}
	if final := (PollCopy{State: CopyFinal}).Lose(MissingDeleted); final.State != CopyFinal {
		t.Errorf("what is counted to the end was lost: %+v", final)
	}
}

// TestTotalsAreTheSumOverGroups: whatever Telegram tells, in whatever order, twice
// and late, each copy stands as its last counts before the final ones say, and the
// result is the sum over the copies, in all and by kind.
func TestTotalsAreTheSumOverGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		options := rapid.IntRange(PollFewestOptions, PollMostOptions).Draw(t, "options")
		copies := make([]PollCopy, rapid.IntRange(1, 6).Draw(t, "groups"))
		want := make([]Tally, len(copies))
		for i := range copies {
			copies[i] = PollCopy{State: CopyPosted, TelegramID: "x", Kind: rapid.SampledFrom(GroupKinds).Draw(t, "kind")}
			want[i].Votes = make([]int, options)
		}
		for range rapid.IntRange(0, 30).Draw(t, "updates") {
			at := rapid.IntRange(0, len(copies)-1).Draw(t, "of")
			tally := Tally{Votes: rapid.SliceOfN(rapid.IntRange(0, 50), options, options).Draw(t, "votes"), Final: rapid.IntRange(0, 9).Draw(t, "final") == 0}
			for _, votes := range tally.Votes {
				tally.Voters = max(tally.Voters, votes)
			}
			for range rapid.IntRange(1, 2).Draw(t, "times") {
				copies[at], _ = copies[at].Count(tally, options)
			}
			if !want[at].Final {
				want[at] = tally
			}
			if foreign, changed := copies[at].Count(Tally{Votes: make([]int, options+1), Voters: 9}, options); changed || foreign.Tally.Voters != want[at].Voters {
				t.Fatalf("counts of another poll were taken: %+v", foreign)
			}
		}
		result := Result(copies, options)
		voters, votes, byKind := 0, make([]int, options), 0
		for _, tally := range want {
			voters += tally.Voters
			for i, count := range tally.Votes {
				votes[i] += count
			}
		}
		for _, sum := range result.ByKind {
			byKind += sum.Voters
		}
		if result.Voters != voters || !slices.Equal(result.Votes, votes) || byKind != voters || result.Groups != len(copies) {
			t.Fatalf("got %+v, want %d voters, %v", result, voters, votes)
		}
	})
}
