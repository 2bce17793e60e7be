package reading

import "strings"

// dimensionOf maps things to the dimension of a smart city to which they belong.
var dimensionOf = readDimensions()

func readDimensions() map[string]string {
	of := make(map[string]string)
	for _, words := range wordLines("dimensions.txt") {
		for _, word := range words[1:] {
			of[strings.ReplaceAll(word, "_", " ")] = words[0]
		}
	}
	return of
}

// Dimension guesses to which dimension of a smart city a text belongs, by what it
// is about: "governance", "branding", "economy", "living", "society" or
// "environment"; "" where nothing tells enough, or two are as likely as each other.
func Dimension(terms []Term) string {
	weights := make(map[string]float64)
	for _, term := range terms {
		if dimension := dimensionOf[term.Key]; dimension != "" {
			weights[dimension] += term.Weight
		}
	}
	best, second, likeliest := 0.0, 0.0, ""
	for dimension, weight := range weights {
		switch {
		case weight > best:
			best, second, likeliest = weight, best, dimension
		case weight > second:
			second = weight
		}
	}
	if best == second || best <= weightCommon {
		return ""
	}
	return likeliest
}
