package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// reckon compares what people did with the chats and with the trail in the database.
func (r *result) reckon(ctx context.Context, now *running) error {
	r.reckonAnswers(now)
	done := make(map[string][]int64)
	err := now.opened.View(ctx, func(tx *store.Tx) error {
		aside, err := tx.SetAsideUpdates()
		if err != nil {
			return err
		}
		r.aside = len(aside)
		return readTrail(tx, now.known, done)
	})
	if err != nil {
		return err
	}
	r.reckonTrail(now.town.deeds, done)
	return nil
}

// readTrail lists the numbers of the events that each deed has led to, by its mark.
func readTrail(tx *store.Tx, last int64, done map[string][]int64) error {
	words := commentWords{tx: tx, said: make(map[int64]string), read: make(map[council.Reference]bool)}
	for more := true; more; {
		page, err := tx.EventsAfter(store.EventFilter{}, last, 1000)
		if err != nil {
			return err
		}
		for _, event := range slices.Backward(page.List) { // the newest is first
			last = event.ID
			mark := ""
			switch event.Kind {
			case council.EventCreated:
				task, err := tx.Task(event.Subject.Number)
				if err != nil {
					return err
				}
				mark = task.Title
			case council.EventCommented:
				said, err := words.of(event)
				if err != nil {
					return err
				}
				mark = markIn(said)
			case council.EventTaken:
				mark = "1:take:" + strings.TrimPrefix(event.Subject.String(), "T-")
			}
			if mark != "" {
				done[mark] = append(done[mark], event.ID)
			}
		}
		more = page.Newer
	}
	return nil
}

// commentWords are what people said about things, by the number of the event.
type commentWords struct {
	tx   *store.Tx
	said map[int64]string
	read map[council.Reference]bool // whose history is
}

func (c commentWords) of(event store.Happening) (string, error) {
	if !c.read[event.Subject] {
		c.read[event.Subject] = true
		history, err := c.tx.History(event.Subject, 0, 1_000_000)
		if err != nil {
			return "", err
		}
		for _, happened := range history {
			c.said[happened.ID] = happened.Words
		}
	}
	return c.said[event.ID], nil
}

func markIn(words string) string {
	if _, rest, found := strings.Cut(words, "item-"); found && len(rest) >= 7 {
		return "item-" + rest[:7]
	}
	return ""
}

// row is what must keep an order: the messages of a chat, or everything that one person does there.
type row struct {
	chat, person int64
}

// reckonTrail counts the deeds that have no event, or several, and those whose event
// stands before that of an earlier one.
func (r *result) reckonTrail(deeds []deed, done map[string][]int64) {
	latest := make(map[row]int64)
	for _, deed := range deeds {
		takes := strings.HasPrefix(deed.mark, "1:take:")
		if deed.kind != order && deed.kind != reply && !takes {
			continue
		}
		events := done[deed.mark]
		if len(events) == 0 {
			r.lost++
			continue
		}
		r.twice += len(events) - 1
		rows := []row{{deed.chat, deed.person}}
		if !takes {
			rows = append(rows, row{chat: deed.chat})
		}
		for _, row := range rows {
			if events[0] < latest[row] {
				r.disorder++
				break
			}
			latest[row] = events[0]
		}
	}
}

// reckonAnswers finds when each deed was answered.
func (r *result) reckonAnswers(now *running) {
	first := now.watch.first()
	private := make(map[int64]int)
	answers := make(map[int64]map[int]time.Time) // by group and message
	cards := make(map[string]time.Time)          // by title
	for _, group := range now.town.groups {
		answers[group] = make(map[int]time.Time)
		for _, message := range now.town.telegram.Messages(group) {
			if message.Bot && !message.Date.Before(first) {
				note(answers[group], message.ReplyTo, message.Date)
				note(cards, markIn(message.Text), message.Date)
			}
		}
	}
	asked := make(map[place]bool) // who has asked for something before, and where
	for number, deed := range now.town.deeds {
		at, known := time.Time{}, false
		where := place{deed.chat, deed.person}
		bound := asked[where]
		asked[where] = bound || deed.kind != talk && deed.kind != press
		switch deed.kind {
		case press:
			at, known = now.watch.at(deed.press)
			if _, taken := now.town.telegram.Toast(deed.press); known && !taken {
				r.tooLate++
			}
		case list:
			private[deed.person]++
			continue
		case talk, reply: // a reply stands in the history, and nothing is said to it
			continue
		default:
			if at, known = answers[deed.chat][deed.id]; !known {
				at, known = cards[deed.mark]
			}
		}
		switch {
		case !known:
			r.unanswered++
		case number >= now.town.gathered: // it is among those meanwhile
		case deed.kind == press:
			r.presses = append(r.presses, at.Sub(first))
			if !bound {
				r.unbound = append(r.unbound, at.Sub(first))
			}
		default:
			r.answers = append(r.answers, at.Sub(first))
		}
	}
	for person, count := range private {
		r.unanswered += max(0, count-saidIn(now.town.telegram, person, first))
	}
	r.presses, r.unbound, r.answers = sorted(r.presses), sorted(r.unbound), sorted(r.answers)
}

// place is one person in one chat.
type place struct{ chat, person int64 }

// note keeps the first moment of something.
func note[K comparable](first map[K]time.Time, what K, at time.Time) {
	if known, there := first[what]; !there || at.Before(known) {
		first[what] = at
	}
}

// saidIn counts what the bot has said to a person since.
func saidIn(telegram *sim.Server, person int64, since time.Time) (count int) {
	for _, message := range telegram.Messages(person) {
		if message.Bot && !message.Date.Before(since) {
			count++
		}
	}
	return count
}
