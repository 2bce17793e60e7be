package council

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// AnswerKind is what a prompt is answered with.
type AnswerKind string

// Kinds of answers.
const (
	AnswerText   AnswerKind = "text"
	AnswerChoice AnswerKind = "choice"
	AnswerYesNo  AnswerKind = "yes_no" // with a reason
	AnswerNumber AnswerKind = "number"
	AnswerDate   AnswerKind = "date"
)

// AnswerKinds lists the kinds in the order in which they are offered.
var AnswerKinds = []AnswerKind{AnswerText, AnswerYesNo, AnswerChoice, AnswerNumber, AnswerDate}

// Values of answers to a question for yes or no.
const (
	AnswerYes = "yes"
	AnswerNo  = "no"
)

// PromptAnswer is what one person answered in a round, as it stands. A later answer
// takes the place of the earlier one.
type PromptAnswer struct {
	MemberID int64
	GroupID  int64  // the group in which it was given; 0: in private
	Value    string // yes, no; a choice's place from 0; a number; a date, 2026-06-04; "text" where only words are asked for. Empty: none that counts
	Words    string // as they were written; a reason beside a value
	Aside    string // words that do not count: not understood, or after the end
	At       time.Time
}

// ValueText is the Value of an answer in words alone.
const ValueText = "text"

// Counts tells whether the answer counts.
func (a PromptAnswer) Counts() bool { return a.Value != "" }

// PromptTally is what the answers of a round add up to.
type PromptTally struct {
	Answers  int
	Options  []int // by place: of choices as they are listed, of yes and no in this order
	Sum      float64
	Smallest float64
	Largest  float64
	Dates    []DateCount // the most frequent first, then by date
}

// DateCount is how many named a date.
type DateCount struct {
	Date  Day
	Count int
}

// Mean is the average of the numbers; 0 without any.
func (t PromptTally) Mean() float64 {
	if t.Answers == 0 {
		return 0
	}
	return t.Sum / float64(t.Answers)
}

// TallyAnswers adds up the answers of a round.
func TallyAnswers(prompt Prompt, answers []PromptAnswer) PromptTally {
	var tally PromptTally
	switch prompt.Kind {
	case AnswerChoice:
		tally.Options = make([]int, len(prompt.Choices))
	case AnswerYesNo:
		tally.Options = make([]int, 2)
	}
	for _, answer := range answers {
		if answer.Counts() {
			tally.add(prompt.Kind, answer.Value)
		}
	}
	slices.SortStableFunc(tally.Dates, func(a, b DateCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), a.Date.Sub(b.Date))
	})
	return tally
}

func (t *PromptTally) add(kind AnswerKind, value string) {
	t.Answers++
	switch kind {
	case AnswerChoice:
		if place, err := strconv.Atoi(value); err == nil && place >= 0 && place < len(t.Options) {
			t.Options[place]++
		}
	case AnswerYesNo:
		if value == AnswerYes {
			t.Options[0]++
		} else {
			t.Options[1]++
		}
	case AnswerNumber:
		t.addNumber(value)
	case AnswerDate:
		t.addDate(value)
	}
}

func (t *PromptTally) addNumber(value string) {
	number, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return
	}
	if t.Answers == 1 {
		t.Smallest, t.Largest = number, number
	}
	t.Sum += number
	t.Smallest, t.Largest = min(t.Smallest, number), max(t.Largest, number)
}

func (t *PromptTally) addDate(value string) {
	date, err := ParseDay(value)
	if err != nil {
		return
	}
	at := slices.IndexFunc(t.Dates, func(d DateCount) bool { return d.Date == date })
	if at < 0 {
		t.Dates = append(t.Dates, DateCount{date, 1})
		return
	}
	t.Dates[at].Count++
}
