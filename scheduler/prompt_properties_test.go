package scheduler

import (
	"context"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// prompted is a city in which one prompt with rounds lives by chance.
type prompted struct {
	*city
	rapid    *rapid.T
	reminded map[string]bool // "round member"
	answered map[string]bool
	heard    int // how many notices were looked at
}

const promptedPeople = 5

// TestOnlyTheSilentAreRemindedAndOnce lets chance drive the rounds of a prompt:
// nobody is reminded twice in a round, nobody who has answered it, and nobody
// after its end or out of it.
func TestOnlyTheSilentAreRemindedAndOnce(t *testing.T) {
	total := 0
	rapid.Check(t, func(r *rapid.T) {
		p := &prompted{city: newCity(t, "2026-05-18 09:10"), rapid: r, reminded: make(map[string]bool), answered: make(map[string]bool)}
		defer func() { _ = p.store.Close() }()
		group := p.group(-1, council.KindWorkingGroup)
		for range promptedPeople {
			id := p.member("orang" + strconv.FormatInt(nextID(), 10))
			p.change(func(tx *store.Tx) error { return tx.SeenIn(id, group.ChatID) })
		}
		p.hidden("tersembunyi")
		p.change(func(tx *store.Tx) error {
			_, err := tx.CreatePrompt(council.Prompt{Text: "Siap?", Kind: council.AnswerYesNo, State: council.PromptWaiting, CreatedBy: 1,
				Targets: []council.Target{{GroupID: group.ID}}, CreatedAt: p.clock.now})
			return err
		})
		p.open(group.ID)
		for range rapid.IntRange(1, 25).Draw(r, "happenings") {
			p.happen(rapid.SampledFrom([]string{"hours", "days", "days", "answer", "answer", "aside", "deadline", "leave", "holiday", "close", "round", "leaves"}).Draw(r, "happening"), group)
		}
		p.live(20 * 24 * time.Hour)
		total += len(p.reminded)
	})
	if total == 0 {
		t.Error("nobody was ever reminded: the property says nothing")
	}
}

// alter changes the prompt and plans anew, as the bot does.
func (p *prompted) alter(change func(council.Prompt, council.Calendar) (council.Prompt, error)) {
	p.change(func(tx *store.Tx) error {
		before, err := tx.Prompt(1)
		if err != nil {
			return err
		}
		timing, err := p.voice.Timing(tx)
		if err != nil {
			return err
		}
		after, err := change(before, timing.Calendar)
		if err != nil {
			return nil // refused
		}
		if err := tx.SavePrompt(after); err != nil {
			return err
		}
		stay := func(reminder council.Reminder) bool { return council.StaysPrompt(reminder, after) }
		return tx.PlanReminders(after.Reference(), council.PlanPrompt(after, timing), stay)
	})
}

func (p *prompted) open(groupID int64) {
	hours := rapid.IntRange(1, 200).Draw(p.rapid, "hours to the deadline")
	p.alter(func(prompt council.Prompt, calendar council.Calendar) (council.Prompt, error) {
		return prompt.Open([]council.Asked{{GroupID: groupID}, {MemberID: 3}}, council.Deadline{At: p.clock.now.Add(time.Duration(hours) * time.Hour)}, p.clock.now, calendar), nil
	})
}

func (p *prompted) happen(what string, group council.Group) {
	pick := func(from, to int64) int64 { return rapid.Int64Range(from, to).Draw(p.rapid, what) }
	day := council.DayOf(p.clock.now, wita)
	switch what {
	case "hours":
		p.live(time.Duration(pick(1, 600)) * time.Minute)
	case "days":
		p.live(time.Duration(pick(1, 4)) * 24 * time.Hour)
	case "answer":
		p.answer(pick(1, promptedPeople), council.AnswerYes)
	case "aside":
		p.answer(pick(1, promptedPeople), "")
	case "deadline":
		hours := pick(1, 150)
		p.alter(func(prompt council.Prompt, _ council.Calendar) (council.Prompt, error) {
			return prompt.Reschedule(council.Deadline{At: p.clock.now.Add(time.Duration(hours) * time.Hour)})
		})
	case "leave":
		first := day.Add(int(pick(0, 3)))
		p.away(pick(1, promptedPeople), first.String(), first.Add(int(pick(0, 4))).String())
	case "holiday":
		off := store.Holiday{Date: day.Add(int(pick(0, 6))).String(), Name: "Libur"}
		p.change(func(tx *store.Tx) error { return tx.SetHoliday(off) })
	case "close":
		p.alter(func(prompt council.Prompt, _ council.Calendar) (council.Prompt, error) {
			return prompt.Close(p.clock.now)
		})
	case "round":
		p.open(group.ID)
	case "leaves":
		member := pick(1, promptedPeople)
		p.change(func(tx *store.Tx) error { return tx.Left(member, group.ChatID) })
	}
	p.turns()
}

func (p *prompted) answer(member int64, value string) {
	p.change(func(tx *store.Tx) error {
		prompt, err := tx.Prompt(1)
		if err != nil || prompt.Takes(prompt.Round.Number, p.clock.now) != nil {
			return err
		}
		former, err := tx.PromptAnswer(1, prompt.Round.Number, member)
		if notFoundIsNil(err) != nil {
			return err
		}
		former.MemberID, former.At = member, p.clock.now
		if value == "" {
			former.Aside = "nanti"
		} else {
			former.Value = value
			p.answered[roundOf(prompt.Round.Number, member)] = true
		}
		return tx.SaveAnswer(1, prompt.Round.Number, former, store.AnsweredBy{})
	})
}

func roundOf(round int, member int64) string {
	return strconv.Itoa(round) + " " + strconv.FormatInt(member, 10)
}

// live lets the clock run, as the loop wakes up.
func (p *prompted) live(length time.Duration) {
	until := p.clock.now.Add(length)
	for {
		next := p.turns()
		if next.After(until) {
			p.clock.now = until
			p.turns()
			return
		}
		p.clock.now = next
	}
}

func (p *prompted) turns() time.Time {
	for range 50 {
		next, err := p.scheduler.turn(context.Background())
		if err != nil {
			p.rapid.Fatal(err)
		}
		p.listen()
		if next.After(p.clock.now) {
			return next
		}
	}
	p.rapid.Fatal("the loop does not rest")
	return time.Time{}
}

// listen holds what was said against the prompt as it stands.
func (p *prompted) listen() {
	for _, notice := range p.voice.attempts[p.heard:] {
		for _, item := range notice.Items {
			prompt := item.Prompt
			if prompt.Number == 0 {
				continue
			}
			one := roundOf(prompt.Round.Number, notice.MemberID)
			switch {
			case p.reminded[one]:
				p.rapid.Fatalf("member %d is reminded twice of round %d", notice.MemberID, prompt.Round.Number)
			case p.answered[one]:
				p.rapid.Fatalf("member %d has answered round %d and is reminded", notice.MemberID, prompt.Round.Number)
			case prompt.Takes(int(item.Reminder.MilestoneID), p.clock.now) != nil:
				p.rapid.Fatalf("somebody is reminded of a round that takes no answers")
			case notice.GroupID != 0:
				p.rapid.Fatal("a group is reminded")
			}
			p.reminded[one] = true
		}
	}
	p.heard = len(p.voice.attempts)
}
