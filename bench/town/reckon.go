package town

import (
	"errors"
	"fmt"
	"maps"
	"sort"
	"strings"
	"syscall"

	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

// Result is what a run has shown.
type Result struct {
	Kills         int
	AtRest        int // of these, when the program had come to rest
	Acts          int
	Messages      int
	Lost          []string // acts without their effect, or without their answer
	DoneTwice     []string // effects beyond the first, and those of nothing that anybody did
	SaidTwice     int      // copies beyond the first of messages that were on their way when the program ended
	Repeated      []string // copies of messages that were not, or beyond the second
	OutOfOrder    []string // answers that came before that of an earlier command of their chat
	LeftOpen      []string // messages that were on their way at two ends, and are not tried a third time
	UnderWay      int      // messages that were on their way when the program ended, over all its ends
	TwiceUnderWay int      // of these, messages that were at two ends
	Violations    []string // what the bot should not have sent
	Aside         int      // updates that could not be handled
	Disorderly    int      // ends by SIGTERM with another status than 0
	Ended         float64  // the longest time from a signal to the end, in seconds
}

// Good tells whether nothing was lost, done twice, or in disorder, and nothing repeated
// or left open but what may be.
func (r Result) Good() bool {
	return r.SaidTwice <= r.UnderWay && len(r.LeftOpen) <= r.TwiceUnderWay && len(r.Lost)+len(r.DoneTwice)+len(r.Repeated)+len(r.OutOfOrder)+len(r.Violations)+r.Aside+r.Disorderly == 0
}

// reckon compares what was done with what is there.
func (l *life) reckon() (Result, error) {
	opened, err := store.Open(l.ctx, l.rembuk.Database())
	if err != nil {
		return Result{}, err
	}
	kept, err := readKept(l.ctx, opened, vault.At(l.rembuk.Database()+".files"))
	if err = errors.Join(err, opened.Close()); err != nil {
		return Result{}, err
	}
	r := Result{Kills: l.kills, AtRest: l.atRest, Acts: len(l.town.acts), Violations: l.town.telegram.Violations(), Aside: len(kept.Aside), Ended: l.slowest.Seconds()}
	if l.plan.Signal == syscall.SIGTERM {
		for _, status := range l.statuses {
			if status != 0 {
				r.Disorderly++
			}
		}
	}
	said := l.town.wire.Said()
	r.Messages = len(said)
	r.compare(l.town, kept, judge{said: said, underWay: l.underWay})
	return r, nil
}

// compare holds what was done against what is in the database and was said.
func (r *Result) compare(t *Town, kept Kept, j judge) {
	r.UnderWay, r.TwiceUnderWay = len(j.messages()), len(j.twice())
	r.compareEffects(t.acts, kept.Effects)
	r.compareStandings(t, kept.States, j)
	r.compareAnswers(t, j)
	r.compareCopies(t.acts, kept.GivenUp, j)
}

// compareEffects looks for each effect in the database, and for others.
func (r *Result) compareEffects(acts []act, effects map[string]int) {
	wanted := map[string]int{}
	for _, a := range acts {
		for _, effect := range a.effects {
			wanted[effect]++
			if effects[effect] < wanted[effect] {
				r.Lost = append(r.Lost, fmt.Sprintf("%s: %q is not in the database", a.what, effect))
			}
		}
	}
	for effect, times := range effects {
		if times > wanted[effect] {
			r.DoneTwice = append(r.DoneTwice, fmt.Sprintf("%q is %d times in the database; people did it %d times", effect, times, wanted[effect]))
		}
	}
	sort.Strings(r.DoneTwice)
}

// compareStandings looks how each thing stands, in the database and on its card.
func (r *Result) compareStandings(t *Town, states map[string]string, j judge) {
	last := map[string]act{}
	for _, a := range t.acts {
		if a.leaves.mark != "" {
			last[a.leaves.mark] = a
		}
	}
	for mark, a := range last {
		if states[mark] != a.leaves.state {
			r.Lost = append(r.Lost, fmt.Sprintf("%s: it is %q, and must be %q", a.what, states[mark], a.leaves.state))
		}
		if _, shown := t.find(a.leaves.chat, "", mark, a.leaves.shows); !shown && !j.leftOpen(in(a.leaves.chat, mark)) {
			r.Lost = append(r.Lost, fmt.Sprintf("%s: no card in %d shows %q", a.what, a.leaves.chat, a.leaves.shows))
		}
	}
	sort.Strings(r.Lost)
}

// compareAnswers looks for the answers of each act.
func (r *Result) compareAnswers(t *Town, j judge) {
	order, times := map[int64]int{}, timesWanted(t.acts)
	for _, a := range t.acts {
		if a.impossible && j.leftOpen(a.missing) {
			continue // where it was to be said, it is told that it is left open
		} else if a.impossible {
			r.Lost = append(r.Lost, a.what)
		}
		if a.pressed != "" {
			if _, answered := t.telegram.Toast(a.pressed); !answered {
				r.Lost = append(r.Lost, a.what+": the press was not answered")
			}
		}
		for _, wanted := range a.answers {
			r.compareAnswer(a, wanted, times[wanted.key()], j, order)
			times[wanted.key()] = 0 // it is judged
		}
	}
}

// compareAnswer looks for an answer that must have come so many times; 0: it was looked
// for already. order is where the last direct answer stood, by chat.
func (r *Result) compareAnswer(a act, wanted answer, times int, j judge, order map[int64]int) {
	first, copies := j.count(wanted.meets)
	what := fmt.Sprintf("%s: %q in %d", a.what, wanted.words, wanted.chat)
	switch {
	case times == 0:
		return
	case copies < times && j.leftOpen(wanted):
		r.LeftOpen = append(r.LeftOpen, what)
		return
	case copies < times:
		r.Lost = append(r.Lost, fmt.Sprintf("%s was said %d times, and must be %d times", what, copies, times))
		return
	}
	// Of a card that is left open nobody knows where it stands: twice it may have been said,
	// and it is sent anew with its next face, which may be left open, too.
	leftOpen := 2 * j.leftOpenTimes(wanted)
	most := times + leftOpen + max(0, min(times, j.excuses(wanted)-leftOpen))
	if copies > most {
		r.Repeated = append(r.Repeated, fmt.Sprintf("%s was said %d times, and must be %d times", what, copies, times))
	}
	if !wanted.direct {
		return
	}
	if first < order[wanted.chat] {
		r.OutOfOrder = append(r.OutOfOrder, what)
	}
	order[wanted.chat] = max(order[wanted.chat], first)
}

// compareCopies looks for messages that are the same word for word, whatever they
// are about. Notices of so many messages given up are the same words each time.
func (r *Result) compareCopies(acts []act, givenUp map[int]int, j judge) {
	type same struct {
		chat                  int64
		text, markup, replyTo string
	}
	wanted := wantedMoreThanOnce(acts)
	times := map[same]int{}
	for _, said := range j.said {
		times[same{said.Chat, said.Text, said.Markup, said.ReplyTo}]++
	}
	for message, count := range times {
		exactly := answer{chat: message.chat, words: []string{message.text}}
		least := 1
		for meant, times := range wanted {
			if meant.chat == message.chat && holds(message.text, strings.Split(meant.words, "\n")) {
				least = times
			}
		}
		for messages, notices := range givenUp {
			if strings.Contains(message.text, fmt.Sprintf("dua kali terputus: %d.", messages)) {
				least = notices
			}
		}
		r.SaidTwice += max(0, count-least)
		if count > least+min(least, j.excuses(exactly)) {
			r.Repeated = append(r.Repeated, fmt.Sprintf("%q was said %d times in %d", message.text, count, message.chat))
		}
	}
	sort.Strings(r.Repeated)
}

// key is what answers have in common that are the same to whoever reads them.
type key struct {
	chat          int64
	words, button string
}

func (a answer) key() key { return key{a.chat, strings.Join(a.words, "\n"), a.button} }

// timesWanted is how often each answer must come.
func timesWanted(acts []act) map[key]int {
	times := map[key]int{}
	for _, a := range acts {
		for _, wanted := range a.answers {
			times[wanted.key()]++
		}
	}
	return times
}

// wantedMoreThanOnce are the answers that must come several times: what is handed in
// again is answered with the same words.
func wantedMoreThanOnce(acts []act) map[key]int {
	times := timesWanted(acts)
	maps.DeleteFunc(times, func(_ key, count int) bool { return count == 1 })
	return times
}

// judge knows everything that was said, and what was on its way.
type judge struct {
	said     []Said
	underWay []store.Outgoing
}

// messages are those of what was on its way whose repetition people see.
func (j judge) messages() (rows []store.Outgoing) {
	for _, row := range j.underWay {
		if row.Kind == store.KindMessage || row.Kind == store.KindCard {
			rows = append(rows, row)
		}
	}
	return rows
}

// count counts the messages that are meant, and tells where the first one stands.
func (j judge) count(meant func(Said) bool) (first, copies int) {
	for at, said := range j.said {
		if !meant(said) {
			continue
		}
		if copies++; copies == 1 {
			first = at
		}
	}
	return first, copies
}

// excuses is how often a message that is meant was on its way when the program ended.
func (j judge) excuses(wanted answer) (times int) {
	for _, row := range j.messages() {
		if row.ChatID == wanted.chat && holds(row.Payload.Text, wanted.words) {
			times++
		}
	}
	return times
}

// twice are the messages that were on their way at two ends, by their number in the outbox.
func (j judge) twice() map[int64]store.Outgoing {
	before, twice := map[int64]bool{}, map[int64]store.Outgoing{}
	for _, row := range j.messages() {
		if before[row.ID] {
			twice[row.ID] = row
		}
		before[row.ID] = true
	}
	return twice
}

// leftOpen tells whether the message was on its way at two ends.
func (j judge) leftOpen(wanted answer) bool { return j.leftOpenTimes(wanted) > 0 }

// leftOpenTimes tells of how many messages that are meant this is so.
func (j judge) leftOpenTimes(wanted answer) (times int) {
	for _, row := range j.twice() {
		if row.ChatID == wanted.chat && holds(row.Payload.Text, wanted.words) {
			times++
		}
	}
	return times
}
