package bot

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// answerRead is what was understood of an answer.
type answerRead struct {
	understood bool
	value      string
	words      string
	candidates []string // values that may be meant
}

// readAnswer reads words as the answer to a prompt. former is what the person has
// answered before: behind a yes or no that was pressed, words are the reason.
func (r *request) readAnswer(prompt council.Prompt, former council.PromptAnswer, text string) answerRead {
	switch prompt.Kind {
	case council.AnswerYesNo:
		return readYesNo(former, text)
	case council.AnswerChoice:
		return readChoice(prompt.Choices, text)
	case council.AnswerNumber:
		return readNumber(text)
	case council.AnswerDate:
		return r.readDate(text)
	}
	return answerRead{understood: true, value: council.ValueText, words: text}
}

// wordsToDecide is among how many words at the beginning yes or no is looked for.
const wordsToDecide = 3

func readYesNo(former council.PromptAnswer, text string) answerRead {
	words := strings.Fields(text)
	for from := 0; from < min(wordsToDecide, len(words)); from++ {
		value, count := leading("prompt_yes_no", words[from:])
		if count == 0 {
			continue
		}
		reason := strings.Join(words[from+count:], " ")
		if from > 0 {
			reason = text
		}
		return answerRead{understood: true, value: value, words: withoutBecause(reason)}
	}
	if former.Counts() {
		return answerRead{understood: true, value: former.Value, words: text}
	}
	return answerRead{}
}

// withoutBecause takes off what leads into a reason.
func withoutBecause(reason string) string {
	reason = strings.TrimLeft(reason, " ,.;:–-")
	word, rest := firstWord(reason)
	if _, leads := locale.Meaning("prompt_because", word); leads && rest != "" {
		return rest
	}
	return reason
}

// readChoice finds the one choice that is meant: by its letter or number, by its
// words, or by words that only one of them has.
func readChoice(choices []string, text string) answerRead {
	meant := func(place int) answerRead {
		return answerRead{understood: true, value: strconv.Itoa(place), words: ""}
	}
	folded := locale.FoldWord(text)
	if place := slices.IndexFunc(choices, func(choice string) bool { return locale.FoldWord(choice) == folded }); place >= 0 {
		return meant(place)
	}
	if number, err := strconv.Atoi(folded); err == nil && number >= 1 && number <= len(choices) {
		return meant(number - 1)
	}
	if len(folded) == 1 && int(folded[0]-'a') < len(choices) && folded[0] >= 'a' {
		return meant(int(folded[0] - 'a'))
	}
	var found []int
	for place, choice := range choices {
		if word := locale.FoldWord(choice); folded != "" && (strings.Contains(word, folded) || strings.Contains(folded, word)) {
			found = append(found, place)
		}
	}
	if len(found) == 1 {
		return meant(found[0])
	}
	return answerRead{}
}

func readNumber(text string) answerRead {
	number := reading.FindNumber(text)
	switch number.Outcome {
	case reading.Found:
		return answerRead{understood: true, value: numberValue(number.Value), words: text}
	case reading.Ambiguous:
		var read answerRead
		for _, candidate := range number.Candidates {
			read.candidates = append(read.candidates, numberValue(candidate))
		}
		return read
	}
	return answerRead{}
}

func numberValue(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }

// readDate reads a day, ahead or past. Of a date that may be several, each is offered.
func (r *request) readDate(text string) answerRead {
	due := reading.ReadDue(text, r.readingContext())
	if due.Outcome == reading.None {
		due = reading.FindDue(text, r.readingContext())
	}
	day := func(moment time.Time) string { return council.DayOf(moment, r.city.Zone).String() }
	switch {
	case (due.Outcome == reading.Found || due.Outcome == reading.Past) && !due.Time.IsZero():
		return answerRead{understood: true, value: day(due.Time), words: text}
	case due.Outcome == reading.Ambiguous:
		var read answerRead
		for _, candidate := range due.Candidates[:min(candidateLimit, len(due.Candidates))] {
			if value := day(candidate); !slices.Contains(read.candidates, value) {
				read.candidates = append(read.candidates, value)
			}
		}
		return read
	}
	return answerRead{}
}

// isValue tells whether a button's value is one that the prompt can have.
func isValue(prompt council.Prompt, value string) bool {
	switch prompt.Kind {
	case council.AnswerYesNo:
		return value == council.AnswerYes || value == council.AnswerNo
	case council.AnswerChoice:
		place, err := strconv.Atoi(value)
		return err == nil && place >= 0 && place < len(prompt.Choices)
	case council.AnswerNumber:
		number, err := strconv.ParseFloat(value, 64)
		return err == nil && !math.IsNaN(number) && !math.IsInf(number, 0)
	case council.AnswerDate:
		_, err := council.ParseDay(value)
		return err == nil
	}
	return false
}
