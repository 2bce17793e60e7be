package main

import (
	"regexp"
	"time"
)

// These find the number of a task and the title of its command in a card.
var (
	titleShape  = regexp.MustCompile(`item-[0-9]{7}`)
	numberShape = regexp.MustCompile(`\bT-[0-9]+\b`)
)

// reckon compares what people wrote so far with what the machine that goes on
// holds. What a machine before it lost stays lost: it is counted anew each time.
func (f *failover) reckon(tasks map[string]int) {
	r := &f.result
	answered, numbers := f.cards()
	r.lost, r.holes, r.unanswered = 0, 0, 0
	lost := map[string]bool{}
	for title := range f.written {
		if tasks[title] == 0 {
			lost[title] = true
			r.lag = max(r.lag, f.lagOf(title, answered))
		} else if _, known := answered[title]; !known {
			r.unanswered++
		}
	}
	f.lost, r.lost, r.holes = lost, len(lost), f.holes(lost)
	r.numberedTwice = 0
	for _, titles := range numbers {
		r.numberedTwice += len(titles) - 1
	}
	outcome := f.city.Outcome(tasks)
	r.doneTwice, r.saidTwice, r.outOfOrder = outcome.DoneTwice, outcome.SaidTwice, outcome.OutOfOrder
}

// cards tells when each command was first answered, and which commands were told
// which number.
func (f *failover) cards() (answered map[string]time.Time, numbers map[string]map[string]bool) {
	answered, numbers = map[string]time.Time{}, map[string]map[string]bool{}
	for _, call := range f.telegram.Calls() {
		title, number := titleShape.FindString(call.Params["text"]), numberShape.FindString(call.Params["text"])
		if call.Method != "sendMessage" || call.Outcome != "200" || title == "" || number == "" {
			continue
		}
		if _, known := answered[title]; !known {
			answered[title] = call.At
		}
		if numbers[number] == nil {
			numbers[number] = map[string]bool{}
		}
		numbers[number][title] = true
	}
	return answered, numbers
}

// lagOf is how long before the loss of its machine a lost command was answered;
// where it was taken and not answered yet, how long before it was written.
func (f *failover) lagOf(title string, answered map[string]time.Time) time.Duration {
	known, said := answered[title]
	if !said {
		known = f.written[title]
	}
	if at := f.machineOf(title); at < len(f.killed) {
		return f.killed[at].Sub(known)
	}
	return time.Since(known) // no machine was lost after it: a lag that no must allows
}

// holes counts what was kept between two lost commands of one machine. A replica
// that is late ends early, and what Telegram had not handed over comes after it:
// what is lost lies between the two, in one piece.
func (f *failover) holes(lost map[string]bool) int {
	first, last := make([]string, len(f.killed)), make([]string, len(f.killed))
	for title := range lost {
		at := f.machineOf(title)
		if at == len(f.killed) {
			continue // its lag is told, and no must allows it
		}
		if first[at] == "" {
			first[at], last[at] = title, title
		} else {
			first[at], last[at] = min(first[at], title), max(last[at], title)
		}
	}
	count := 0
	for title := range f.written {
		at := f.machineOf(title)
		if at < len(first) && !lost[title] && first[at] < title && title < last[at] {
			count++
		}
	}
	return count
}

// machineOf is which machine was at work when a command was written.
func (f *failover) machineOf(title string) int {
	for number, killed := range f.killed {
		if f.written[title].Before(killed) {
			return number
		}
	}
	return len(f.killed)
}
