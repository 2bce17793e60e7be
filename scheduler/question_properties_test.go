package scheduler

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// asked is a city in which one question lives by chance.
type asked struct {
	*city
	rapid  *rapid.T
	taken  map[string]bool // in which round the leader was told, and the asker
	heard  int             // how many notices were looked at
	acted  int
	before council.Question
}

// TestAQuestionIsTakenUpOnceInARound lets chance drive the life of a question: it
// is taken up, and the asker told, at most once in each round, never before its
// target, while the asker explains or after an answer, and in the end if it waits.
func TestAQuestionIsTakenUpOnceInARound(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a := &asked{city: newCity(t, "2026-10-07 10:12"), rapid: r, taken: make(map[string]bool)}
		defer func() { _ = a.store.Close() }()
		for _, person := range []string{"Fadli", "PIC", "wakil", "Sekda", "Ramlah", "lain"} {
			a.member(person)
		}
		a.change(func(tx *store.Tx) error { return tx.GrantRole(ramlah, council.RoleCoordinator, "granted") })
		for chat, kind := range []council.GroupKind{council.KindCommunity, council.KindCouncil, council.KindWorkingGroup} {
			a.group(int64(-chat-1), kind)
		}
		a.holds(council.Position{Kind: council.PositionInCharge, GroupID: 2}, pic, standIn)
		a.holds(council.Position{Kind: council.PositionSecretary}, sekda)
		a.question(fadli, council.Addressee{GroupID: 2})
		for range rapid.IntRange(1, 40).Draw(r, "happenings") {
			a.happen(rapid.SampledFrom([]string{"hours", "days", "days", "days", "week", "reply", "clarify", "clarify", "explain", "explain", "reopen", "reopen", "forward", "need",
				"holiday", "leave", "asleep"}).Draw(r, "happening"))
		}
		a.live(30 * 24 * time.Hour)
		if now := a.read(); now.Late(a.clock.now) && !now.Escalated {
			r.Fatalf("%s: it waits since %s and was never taken up", a.local(), now.Target.In(wita))
		}
	})
}

func (a *asked) happen(what string) {
	pick := func(from, to int64) int64 { return rapid.Int64Range(from, to).Draw(a.rapid, what) }
	day := council.DayOf(a.clock.now, wita)
	switch what {
	case "hours":
		a.live(time.Duration(pick(1, 600)) * time.Minute)
	case "days":
		a.live(time.Duration(pick(1, 5)) * 24 * time.Hour)
	case "week":
		a.live(7 * 24 * time.Hour)
	case "asleep":
		a.clock.now = a.clock.now.Add(time.Duration(pick(1, 12*24)) * time.Hour)
		a.turns()
	case "reply":
		a.reply(1)
	case "clarify":
		a.clarify(1)
	case "explain":
		a.explain(1)
	case "reopen":
		a.alter(1, func(q council.Question, calendar council.Calendar) (council.Question, error) {
			return q.Reopen(a.clock.now, calendar)
		})
	case "forward":
		a.forward(1, []council.Addressee{{GroupID: 2}, {GroupID: 3}, {MemberID: other}}[pick(0, 2)])
	case "need":
		until := day.Add(int(pick(-1, 20)))
		a.alter(1, func(q council.Question, calendar council.Calendar) (council.Question, error) {
			return q.NeedTime(until, a.clock.now, calendar)
		})
	case "holiday":
		off := store.Holiday{Date: day.Add(int(pick(0, 9))).String(), Name: "Libur"}
		a.change(func(tx *store.Tx) error { return tx.SetHoliday(off) })
	case "leave":
		first := day.Add(int(pick(0, 5)))
		a.away(rapid.SampledFrom([]int64{pic, standIn, ramlah}).Draw(a.rapid, "who"), first.String(), first.Add(int(pick(0, 6))).String())
	}
	a.turns()
}

func (a *asked) local() string { return a.clock.now.In(wita).Format("Mon 2006-01-02 15:04:05") }

func (a *asked) read() (question council.Question) {
	a.change(func(tx *store.Tx) (err error) {
		question, err = tx.Question(1)
		return err
	})
	return question
}

// live lets the clock run, as the loop wakes up.
func (a *asked) live(length time.Duration) {
	until := a.clock.now.Add(length)
	for {
		next := a.turns()
		if next.After(until) {
			a.clock.now = until
			a.turns()
			return
		}
		a.clock.now = next
	}
}

// turns lets the loop go round until it rests, and holds what was said against the
// question as it stands.
func (a *asked) turns() time.Time {
	for range 50 {
		a.before = a.read()
		next, err := a.scheduler.turn(context.Background())
		if err != nil {
			a.rapid.Fatalf("%s: %v", a.local(), err)
		}
		a.listen()
		if next.After(a.clock.now) {
			return next
		}
	}
	a.rapid.Fatalf("the loop does not rest at %s", a.local())
	return time.Time{}
}

// listen looks at what was said in the last turn.
func (a *asked) listen() {
	for _, notice := range a.voice.attempts[a.heard:] {
		for _, item := range notice.Items {
			if item.Question.Number == 0 {
				continue // the holidays of the next year
			}
			a.allowed(string(item.Reminder.Step), string(item.Reminder.Audience), notice.MemberID)
		}
	}
	a.heard = len(a.voice.attempts)
	for range a.voice.done[a.acted:] {
		a.allowed("answer_late", "bot", 0)
	}
	a.acted = len(a.voice.done)
}

func (a *asked) allowed(step, audience string, member int64) {
	question, now := a.before, a.clock.now
	local := now.In(wita)
	if question.State != council.QuestionWaiting {
		a.rapid.Fatalf("%s: %s is said of a question that is %s", a.local(), step, question.State)
	}
	near := question.Target.After(now) && question.Target.Sub(now) <= 24*time.Hour
	if (local.Hour() < 7 || local.Hour() > 16) && !near {
		a.rapid.Fatalf("%s: %s is said outside of working time", a.local(), step)
	}
	if step != "answer_late" {
		if audience == "responsible" && !slices.Contains([]int64{pic, standIn, other}, member) {
			a.rapid.Fatalf("%s: %d hears %s", a.local(), member, step)
		}
		return
	}
	round := fmt.Sprint(audience, question.ReopenedAt.UnixMilli())
	if !now.After(question.Target) || a.taken[round] || audience == "leader" && member != sekda {
		a.rapid.Fatalf("%s: taken up to %d, as %s, with the target %s; before: %t", a.local(), member, audience, question.Target.In(wita), a.taken[round])
	}
	a.taken[round] = true
}
