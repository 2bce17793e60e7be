package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// polled keeps a poll with a copy in each of the chats.
func polled(t *testing.T, tx *Tx, chats ...int64) (council.Poll, []council.PollCopy) {
	t.Helper()
	person := people(t, tx, "Sitti")[0]
	copies := make([]council.PollCopy, len(chats))
	for i, chat := range chats {
		copies[i] = council.PollCopy{GroupID: int64(i + 1), Kind: council.KindCouncil, ChatID: chat, ThreadID: 4, State: council.CopyWaiting}
	}
	poll, copies, err := tx.CreatePoll(council.Poll{Question: "Kapan?", Options: []string{"Senin", "Selasa"}, Several: true, Named: true,
		Deadline: council.Deadline{At: noon.Add(time.Hour), Zone: "Asia/Makassar"}, State: council.PollOpen, CreatedBy: person.ID, CreatedAt: noon}, copies)
	ok(t, err)
	return poll, copies
}

func TestAPollIsReadAsItWasKept(t *testing.T) {
	tx := writing(t)
	poll, copies := polled(t, tx, -1, -2)
	if difference := cmp.Diff(poll, got(tx.Poll(poll.Number))(t)); difference != "" {
		t.Error(difference)
	}
	poll.State, poll.ClosedAt, poll.Version, poll.Deadline.At = council.PollClosing, noon, 2, time.Time{}
	ok(t, tx.SavePoll(poll))
	if difference := cmp.Diff(poll, got(tx.Poll(poll.Number))(t)); difference != "" {
		t.Error(difference)
	}
	one := copies[0]
	one.MessageID, one.TelegramID, one.State, one.Tally = 7, "5", council.CopyFinal, council.Tally{Votes: []int{2, 1}, Voters: 2, Final: true}
	ok(t, tx.SavePollCopy(one))
	for _, kept := range []council.PollCopy{got(tx.PollCopy(one.ID))(t), got(tx.PollCopyOf("5"))(t), got(tx.PollCopies(poll.Number))(t)[0]} {
		if difference := cmp.Diff(one, kept); difference != "" {
			t.Error(difference)
		}
	}
	if waits := got(tx.CountUnsettled(poll.Number))(t); waits != 1 {
		t.Errorf("%d copies are waited for", waits)
	}
	if _, err := tx.PollCopyOf(""); !errors.Is(err, ErrNotFound) {
		t.Errorf("a copy without an id was found by none: %v", err)
	}
	if here := got(tx.PollCopiesIn(-1))(t); len(here) != 0 {
		t.Errorf("what is counted to the end is waited for: %+v", here)
	}
}

// TestCountsThatComeEarly are kept only while something is being posted.
func TestCountsThatComeEarly(t *testing.T) {
	tx := writing(t)
	ok(t, tx.KeepStrayTally("1", council.Tally{Votes: []int{1}, Voters: 1}))
	if _, err := tx.TakeStrayTally("1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("counts of a stranger's poll are kept: %v", err)
	}
	_, copies := polled(t, tx, -1)
	ok(t, tx.KeepStrayTally("1", council.Tally{Votes: []int{1, 0}, Voters: 1}))
	ok(t, tx.KeepStrayTally("1", council.Tally{Votes: []int{1, 1}, Voters: 2, Final: true}))
	ok(t, tx.KeepStrayTally("1", council.Tally{Votes: []int{0, 0}}))
	ok(t, tx.KeepStrayTally("2", council.Tally{Votes: []int{3, 0}, Voters: 3}))
	if difference := cmp.Diff(council.Tally{Votes: []int{1, 1}, Voters: 2, Final: true}, got(tx.TakeStrayTally("1"))(t)); difference != "" {
		t.Error(difference)
	}
	copies[0].State = council.CopyPosted
	ok(t, tx.SavePollCopy(copies[0]))
	if _, err := tx.TakeStrayTally("1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("counts were given twice: %v", err)
	}
	if left := number(t, tx, `SELECT count(*) FROM poll_stray`); left != 0 {
		t.Errorf("%d counts of strangers' polls stay", left)
	}
}

// TestAPollStaysBehindInAGroupThatGrows, but for one that was not posted yet.
func TestAPollStaysBehindInAGroupThatGrows(t *testing.T) {
	tx := writing(t)
	_, copies := polled(t, tx, -1, -1, -1, -2)
	for i, state := range []council.PollCopyState{council.CopyPosted, council.CopyWaiting, council.CopyFinal} {
		copies[i].State, copies[i].MessageID = state, 8
		ok(t, tx.SavePollCopy(copies[i]))
		kind, message := KindPoll, 0
		if state != council.CopyWaiting {
			kind, message = KindStopPoll, 8
		}
		ok(t, tx.Queue(Outgoing{ChatID: -1, Kind: kind, UniqueKey: string(state), Payload: Payload{MessageID: message, Poll: &Poll{Copy: copies[i].ID}}}, noon))
	}
	ok(t, tx.Migrate(-1, -100))
	for i, want := range []struct {
		state   council.PollCopyState
		missing string
		chat    int64
	}{{council.CopyMissing, council.MissingMoved, -100}, {council.CopyWaiting, "", -100}, {council.CopyFinal, "", -100}, {council.CopyWaiting, "", -2}} {
		if one := got(tx.PollCopy(copies[i].ID))(t); one.State != want.state || one.Missing != want.missing || one.ChatID != want.chat || i < 3 && one.MessageID != 0 {
			t.Errorf("%d: %+v, want %+v", i, one, want)
		}
	}
	for key, waits := range map[string]bool{"posted": false, "waiting": true, "final": false} {
		if got(tx.WaitsKeyed(key))(t) != waits {
			t.Errorf("the row of the %s copy waits: %v", key, !waits)
		}
	}
	if dropped := got(tx.DropKeyed("waiting", "ended", noon))(t); !dropped || got(tx.WaitsKeyed("waiting"))(t) || got(tx.DropKeyed("waiting", "ended", noon))(t) {
		t.Error("a row that had not left was not dropped once")
	}
}

// TestWhatWasDoneCanBePlannedAgain, once it is forgotten.
func TestWhatWasDoneCanBePlannedAgain(t *testing.T) {
	tx := writing(t)
	act := council.Reminder{Subject: council.Reference{Letter: council.PollLetter, Number: 1}, Step: council.StepPollShow, Audience: council.ToBot, Anchor: noon, Due: noon}
	for range 2 {
		ok(t, tx.AddReminders([]council.Reminder{act, act}))
		due := got(tx.DueActs(noon))(t)
		if len(due) != 1 {
			t.Fatalf("%d are due", len(due))
		}
		ok(t, tx.EndReminder(due[0].ID, true, "due", noon))
		ok(t, tx.AddReminders([]council.Reminder{act}))
		if due := got(tx.DueActs(noon))(t); len(due) != 0 {
			t.Fatalf("done twice: %+v", due)
		}
		ok(t, tx.ForgetActs(act.Subject, act.Step))
	}
}
