package council

import (
	"slices"
	"strconv"
	"time"
)

// PromptState is where a prompt stands in its life.
type PromptState string

// States of a prompt.
const (
	PromptOpen      PromptState = "open"      // a round takes answers
	PromptWaiting   PromptState = "waiting"   // one that repeats waits for its next round
	PromptClosed    PromptState = "closed"    // no round is to come
	PromptWithdrawn PromptState = "withdrawn" // it is as if it had not been asked
)

// Prompt is a question put to named people or groups, once or in rounds.
type Prompt struct {
	Number     int64
	Text       string // at most PromptLimit runes
	Kind       AnswerKind
	Choices    []string // for AnswerChoice
	ShowTexts  bool     // answers in words may be opened in a group; else counts only
	Targets    []Target
	TaskNumber int64       // a check-in on this task: its assignees are asked; 0: none
	Recurrence *Recurrence // nil: once
	Next       time.Time   // by the rule, when the next round is; zero if none is to come
	Length     RoundLength // how long each round of one that repeats takes answers
	State      PromptState
	Round      Round // the present one, or the last; Number 0 before the first
	CreatedBy  int64 // member id
	CreatedAt  time.Time
	Version    int64 // grows with every change
}

// PromptLimit is the longest text of a prompt, in runes.
const PromptLimit = 700

// Target is whom a prompt is put to: one of a member, a group, everybody with a
// role, everybody who acts in a position.
type Target struct {
	MemberID   int64
	GroupID    int64
	Role       Role
	PositionID int64
}

// Round is one time that a prompt is asked, with answers of its own.
type Round struct {
	Number   int // from 1
	OpenedAt time.Time
	Deadline Deadline // zero: without one
	ClosedAt time.Time
	Asked    []Asked
}

// Asked is a person who is asked, or a group in which everybody is.
type Asked struct {
	MemberID int64
	GroupID  int64 // of a person: the group whose card carries the question; 0: it came in private, or nowhere
}

// RoundLength is how long a round lasts from its local date: so many days later, until
// so many minutes after midnight. The zero RoundLength lasts until the next round.
type RoundLength struct {
	Days   int
	Minute int
}

// Reference of the prompt.
func (p Prompt) Reference() Reference { return Reference{PromptLetter, p.Number} }

// Ended tells whether nothing more will come of it.
func (p Prompt) Ended() bool { return p.State == PromptClosed || p.State == PromptWithdrawn }

// Repeats tells whether another round is to come.
func (p Prompt) Repeats() bool { return p.Recurrence != nil && !p.Next.IsZero() }

// Opens is when the next round is opened; zero when none is to come. What comes
// by its date in the month yields to the working day after a day off.
func (p Prompt) Opens(calendar Calendar) time.Time {
	if p.Repeats() && p.Recurrence.Unit == EveryMonth && !calendar.Workday(p.Next) {
		return calendar.NextWorkday(p.Next)
	}
	return p.Next
}

// Following gives the prompt with its next round after a moment. Days off are
// passed over, except by what comes by its date in the month.
func (p Prompt) Following(after time.Time, calendar Calendar) Prompt {
	if p.Recurrence == nil {
		return p
	}
	next := p.Next
	if next.IsZero() {
		next = p.Recurrence.Next(after, calendar)
	}
	for range searchedForMatch {
		dayOff := p.Recurrence.Unit != EveryMonth && !calendar.Workday(next)
		if next.IsZero() || next.After(after) && !dayOff {
			break
		}
		next = p.Recurrence.Next(next, calendar)
	}
	p.Next = next
	return p
}

// Open begins the next round and, for one that repeats, finds the one after it.
func (p Prompt) Open(asked []Asked, deadline Deadline, now time.Time, calendar Calendar) Prompt {
	p = p.Following(now, calendar)
	p.Round = Round{Number: p.Round.Number + 1, OpenedAt: now, Deadline: p.roundDeadline(deadline, now, calendar), Asked: asked}
	p.State = PromptOpen
	p.Version++
	return p
}

// roundDeadline is until when a round that opens now takes answers.
func (p Prompt) roundDeadline(given Deadline, now time.Time, calendar Calendar) Deadline {
	if p.Recurrence == nil {
		return given
	}
	next := p.Opens(calendar)
	end := next
	if p.Length != (RoundLength{}) {
		end = calendar.at(calendar.Day(now).Add(p.Length.Days), p.Length.Minute)
	}
	if !next.IsZero() && (end.After(next) || !end.After(now)) {
		end = next
	}
	return Deadline{At: end.UTC(), Zone: calendar.zone().String()}
}

// Close ends the present round. Refusals: "prompt_ended", "prompt_waiting".
func (p Prompt) Close(now time.Time) (Prompt, error) {
	switch p.State {
	case PromptWaiting:
		return p, p.refuse("prompt_waiting")
	case PromptOpen:
	default:
		return p, p.refuse("prompt_ended")
	}
	p.State, p.Round.ClosedAt = PromptClosed, now
	if p.Repeats() {
		p.State = PromptWaiting
	}
	p.Version++
	return p, nil
}

// Stop lets no further round come; the present one goes on. Refusals:
// "prompt_ended", "prompt_once".
func (p Prompt) Stop() (Prompt, error) {
	switch {
	case p.Ended():
		return p, p.refuse("prompt_ended")
	case !p.Repeats():
		return p, p.refuse("prompt_once")
	}
	p.Next = time.Time{}
	if p.State == PromptWaiting {
		p.State = PromptClosed
	}
	p.Version++
	return p, nil
}

// Withdraw takes the prompt back. Refusal: "prompt_ended".
func (p Prompt) Withdraw(now time.Time) (Prompt, error) {
	if p.Ended() {
		return p, p.refuse("prompt_ended")
	}
	p.State, p.Next, p.Round.ClosedAt = PromptWithdrawn, time.Time{}, now
	p.Version++
	return p, nil
}

// Reschedule sets until when the present round takes answers; the zero Deadline
// is without one. Refusals: "prompt_ended", "prompt_waiting".
func (p Prompt) Reschedule(deadline Deadline) (Prompt, error) {
	if p.State != PromptOpen {
		_, err := p.Close(time.Time{})
		return p, err
	}
	p.Round.Deadline = deadline
	p.Version++
	return p, nil
}

// Takes tells whether an answer of a round counts at a moment. Refusals:
// "prompt_round_over", "prompt_closed", "prompt_withdrawn".
func (p Prompt) Takes(round int, now time.Time) error {
	over := !p.Round.Deadline.IsZero() && !now.Before(p.Round.Deadline.At)
	switch {
	case p.State == PromptWithdrawn:
		return p.refuse("prompt_withdrawn")
	case round != p.Round.Number:
		return p.refuse("prompt_round_over")
	case p.State != PromptOpen || over:
		return p.refuse("prompt_closed")
	}
	return nil
}

// AsksGroup tells whether everybody in a group is asked in the present round.
func (p Prompt) AsksGroup(groupID int64) bool {
	return slices.Contains(p.Round.Asked, Asked{GroupID: groupID}) && groupID != 0
}

// Asks tells whether somebody may answer in the present round: who was asked in
// person, or is seen in a group that is asked.
func (p Prompt) Asks(actor Actor) bool {
	return !actor.IsStranger() && slices.ContainsFunc(p.Round.Asked, func(a Asked) bool {
		return a.MemberID == actor.ID && actor.ID != 0 || a.MemberID == 0 && actor.In(a.GroupID)
	})
}

func (p Prompt) refuse(code string) error {
	return Refuse(code, "Reference", p.Reference().String(), "Round", strconv.Itoa(p.Round.Number))
}
