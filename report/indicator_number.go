package report

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// sheetNumber is a weight that was read.
type sheetNumber struct {
	value   float64
	percent bool // it was written with a sign or a word for percent
}

// readNumber reads a number as people and sheets write it, in either format: "12,5",
// "12.5", "1.250,75", "1,250.75", "7,5 %", "7.5E-2". A single sign with any digits
// behind it stands before decimals.
func readNumber(text string) (n sheetNumber, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, word := range []string{"%", "persen", "percent"} {
		if before, is := strings.CutSuffix(text, word); is {
			text, n.percent = strings.TrimSpace(before), true
		}
	}
	point, comma := strings.LastIndex(text, "."), strings.LastIndex(text, ",")
	thousands, decimals := "", "."
	switch {
	case point >= 0 && comma > point, strings.Count(text, ".") > 1:
		thousands, decimals = ".", ","
	case comma >= 0 && point > comma, strings.Count(text, ",") > 1:
		thousands = ","
	case comma >= 0:
		decimals = ","
	}
	whole, part, _ := strings.Cut(text, decimals)
	if thousands != "" {
		groups := strings.Split(whole, thousands)
		if slices.ContainsFunc(groups[1:], func(group string) bool { return len(group) != 3 }) {
			return sheetNumber{}, false
		}
		whole = strings.Join(groups, "")
	}
	if text = whole; part != "" {
		text += "." + part
	}
	if strings.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789.+-e", r) }) {
		return sheetNumber{}, false
	}
	var err error
	n.value, err = strconv.ParseFloat(text, 64)
	return n, err == nil && !math.IsInf(n.value, 0) && !math.IsNaN(n.value)
}

// weightsOf gives weights in hundredths of a percent. Where no number is above 1 and
// together they are about 1, the sheet shows them as percent and keeps them as parts.
func weightsOf(numbers []sheetNumber) []int {
	sum, most, count := 0.0, 0.0, 0
	for _, n := range numbers {
		if n.percent || n.value == 0 {
			continue
		}
		sum += n.value
		most = max(most, n.value)
		count++
	}
	scale := 1.0
	if count > 1 && most <= 1 && sum <= 1.5 {
		scale = 100
	}
	weights := make([]int, len(numbers))
	for i, n := range numbers {
		if !n.percent {
			n.value *= scale
		}
		weights[i] = int(math.Round(n.value * council.WholeWeight / 100))
	}
	return weights
}

// isWeight tells whether a number can be a part of the whole.
func (n sheetNumber) isWeight() bool { return n.value >= 0 && n.value <= 100 }
