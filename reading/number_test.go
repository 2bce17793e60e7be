package reading

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbers(t *testing.T) {
	for _, line := range rows(t, "numbers.txt") {
		text, expected := line.fields[0], line.fields[1]
		t.Run(text, func(t *testing.T) {
			number := FindNumber(text)
			if got := amount(number); got != expected {
				t.Errorf("%s: %s, want %s", line.position, got, expected)
			}
			if len(line.fields) > 2 && text[number.Start:number.End] != line.fields[2] {
				t.Errorf("%s: it stands in %q, want %q", line.position, text[number.Start:number.End], line.fields[2])
			}
		})
	}
}

// amount writes a Number in a line: "about 200 orang", "ambiguous range 5 10 percent", "none".
func amount(number Number) string {
	write := func(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
	var words []string
	switch number.Outcome {
	case Found:
		if number.Approximate {
			words = append(words, "about")
		}
		words = append(words, write(number.Value))
	case Ambiguous:
		words = append(words, "ambiguous", number.Reason)
		for _, candidate := range number.Candidates {
			words = append(words, write(candidate))
		}
	default:
		words = append(words, string(number.Outcome))
	}
	if number.Unit != "" {
		words = append(words, number.Unit)
	}
	return strings.Join(words, " ")
}

// TestWrittenAmountsAreReadBack writes amounts the Indonesian way, with dots between thousands and a decimal comma.
func TestWrittenAmountsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.IntRange(0, 999_999_999).Draw(t, "whole")
		hundredths := rapid.IntRange(0, 99).Draw(t, "hundredths")
		text := fmt.Sprintf("%s,%02d", withDots(whole), hundredths)
		want := float64(whole) + float64(hundredths)/100
		number := FindNumber("Capaian " + text + " ton")
		if number.Outcome != Found || number.Unit != "ton" || number.Value-want > 1e-6 || want-number.Value > 1e-6 {
			t.Fatalf("%q: %+v, want %v", text, number, want)
		}
	})
}

func withDots(whole int) string {
	if whole < 1000 {
		return strconv.Itoa(whole)
	}
	return withDots(whole/1000) + fmt.Sprintf(".%03d", whole%1000)
}
