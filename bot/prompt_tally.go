package bot

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// datesCounted is how many dates a count names.
const datesCounted = 3

// tallyText adds up the answers of a round in one line: "3 jawaban · Ya 2 · Tidak 1".
func (r *request) tallyText(speak locale.Speaker, prompt council.Prompt, answers []council.PromptAnswer) string {
	tally := council.TallyAnswers(prompt, answers)
	parts := []string{speak.Count("prompt.answers", tally.Answers)}
	switch prompt.Kind {
	case council.AnswerYesNo:
		parts = append(parts, speak.Say("button.yes")+" "+strconv.Itoa(tally.Options[0]), speak.Say("button.no")+" "+strconv.Itoa(tally.Options[1]))
	case council.AnswerChoice:
		for place, count := range tally.Options {
			parts = append(parts, shorten(prompt.Choices[place], phraseLimit)+" "+strconv.Itoa(count))
		}
	case council.AnswerNumber:
		if tally.Answers > 0 {
			parts = append(parts, speak.Say("prompt.numbers", "Mean", numberText(speak, tally.Mean()),
				"Smallest", numberText(speak, tally.Smallest), "Largest", numberText(speak, tally.Largest), "Sum", numberText(speak, tally.Sum)))
		}
	case council.AnswerDate:
		for _, named := range tally.Dates[:min(datesCounted, len(tally.Dates))] {
			parts = append(parts, dateText(speak, named.Date)+" ("+strconv.Itoa(named.Count)+")")
		}
	}
	return strings.Join(parts, " · ")
}

// valueText writes the value of an answer; empty where words alone are the answer.
func valueText(speak locale.Speaker, prompt council.Prompt, value string) string {
	switch prompt.Kind {
	case council.AnswerYesNo:
		if value == council.AnswerYes {
			return speak.Say("button.yes")
		}
		return speak.Say("button.no")
	case council.AnswerChoice:
		if place, err := strconv.Atoi(value); err == nil && place >= 0 && place < len(prompt.Choices) {
			return prompt.Choices[place]
		}
	case council.AnswerNumber:
		if number, err := strconv.ParseFloat(value, 64); err == nil {
			return numberText(speak, number)
		}
	case council.AnswerDate:
		if day, err := council.ParseDay(value); err == nil {
			return dateText(speak, day)
		}
	}
	return ""
}

func dateText(speak locale.Speaker, day council.Day) string {
	return speak.Day(time.Date(day.Year, day.Month, day.Day, 12, 0, 0, 0, time.UTC))
}

// decimals is how many digits are written behind the comma.
const decimals = 2

// numberText writes a number as the language does: "1.500,25".
func numberText(speak locale.Speaker, number float64) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(number), 'f', decimals, 64), ".")
	thousands, comma := ".", ","
	if speak.Language == locale.English {
		thousands, comma = ",", "."
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + thousands + whole[at:]
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += comma + fraction
	}
	if number < 0 {
		return "-" + whole
	}
	return whole
}
