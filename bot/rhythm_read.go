package bot

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// rhythmReader goes through the words of a wish.
type rhythmReader struct {
	text, zone string
	hours      council.Hours // outside of them reminders rest
	words      []rhythmWord
	at         int
	audience   string
	steps      map[string][]int
	wish       rhythmWish
	about      bool // something was said that only a wish for a rhythm says
}

// rhythmWord is a word with where it ends in the text.
type rhythmWord struct {
	text string
	end  int
}

// readRhythm reads "H-21 H-7 H pukul 07.45", "dewan H-14 H-7, pimpinan H-3",
// "kalimat …" or "biasa". zone is how the city's zone is written behind an
// hour, hours are the city's. A text that speaks of something else, as a date, is not about a rhythm.
// Refusals: "rhythm_unread", "rhythm_hour", "bad_step", "too_many_steps",
// "no_steps", "wording_missing", "wording_long".
func readRhythm(text, zone string, hours council.Hours) (wish rhythmWish, about bool, err error) {
	r := &rhythmReader{text: text, zone: zone, hours: hours, words: rhythmWords(text), audience: rhythmGroups, steps: make(map[string][]int),
		wish: rhythmWish{ladders: make(map[string]council.Ladder)}}
	for r.at < len(r.words) {
		if err := r.next(); err != nil {
			return rhythmWish{}, r.about, err
		}
	}
	if err := r.makeLadders(); err != nil {
		return rhythmWish{}, r.about, err
	}
	return r.wish, r.about, nil
}

// spacedStep is a step as people write it: "H - 7", "h–7".
var spacedStep = regexp.MustCompile(`(?i)^[hd]\s*[-–—−]\s*\d+`)

// rhythmWords parts a text at blanks and marks; what is written "H - 7" is one word.
func rhythmWords(text string) []rhythmWord {
	separates := func(letter rune) bool { return unicode.IsSpace(letter) || strings.ContainsRune(",;/·&", letter) }
	var words []rhythmWord
	for at := 0; at < len(text); {
		if letter, size := utf8.DecodeRuneInString(text[at:]); separates(letter) {
			at += size
			continue
		}
		end := len(text)
		if found := spacedStep.FindString(text[at:]); found != "" {
			end = at + len(found)
		} else if length := strings.IndexFunc(text[at:], separates); length >= 0 {
			end = at + length
		}
		words = append(words, rhythmWord{strings.Trim(text[at:end], ".:()!?\"'"), end})
		at = end
	}
	return words
}

// meaning is what the next words mean, two of them before one, and how many they are.
func (r *rhythmReader) meaning() (meaning string, length int) {
	for length = min(2, len(r.words)-r.at); length > 0; length-- {
		words := ""
		for _, word := range r.words[r.at : r.at+length] {
			words += " " + word.text
			if locale.FoldWord(word.text) == "" {
				words = "" // marks alone belong to no name
				break
			}
		}
		if meaning, known := locale.Meaning("rhythm", words); known {
			return meaning, length
		}
	}
	return "", 1
}

func (r *rhythmReader) next() error {
	word := r.words[r.at].text
	if days, isStep := stepDays(word); isStep {
		r.about = true
		r.at++
		r.steps[r.audience] = append(r.steps[r.audience], days)
		return nil
	}
	meaning, length := r.meaning()
	r.at += length
	r.about = r.about || meaning != "" && meaning != rhythmHour && meaning != rhythmFiller
	switch meaning {
	case rhythmGroups, rhythmCouncil, rhythmLeader, rhythmTasks:
		r.audience = meaning
		return r.usualNext(func() { r.wish.ladders[meaning] = nil })
	case rhythmDay:
		r.steps[r.audience] = append(r.steps[r.audience], 0)
	case rhythmHour:
		return r.hour()
	case rhythmWording:
		return r.wording()
	case rhythmSilent:
		r.wish.worded = true
	case rhythmUsual:
		r.wish.usual = true
	case rhythmFiller:
	default:
		if word != "" {
			return council.Refuse("rhythm_unread", "Word", shorten(word, phraseLimit))
		}
	}
	return nil
}

// usualNext lets a name be followed by "as usual"; otherwise steps must follow.
func (r *rhythmReader) usualNext(asUsual func()) error {
	if r.at < len(r.words) {
		if meaning, length := r.meaning(); meaning == rhythmUsual {
			r.at += length
			asUsual()
			return nil
		}
	}
	r.steps[r.audience] = append([]int{}, r.steps[r.audience]...)
	return nil
}

// stepDays reads "H-7", "h7" or "D-7"; a step after the day is negative.
func stepDays(word string) (days int, isStep bool) {
	word = strings.ToLower(strings.Join(strings.Fields(word), ""))
	rest, isStep := strings.CutPrefix(word, "h")
	if !isStep {
		rest, isStep = strings.CutPrefix(word, "d")
	}
	sign := 1
	if after, found := strings.CutPrefix(rest, "+"); found {
		rest, sign = after, -1
	}
	for _, dash := range []string{"-", "–", "—", "−"} {
		rest = strings.TrimPrefix(rest, dash)
	}
	days, err := strconv.Atoi(rest)
	return sign * days, isStep && err == nil && strings.Trim(rest, "0123456789") == "" && len(rest) < 6
}

var clockForm = regexp.MustCompile(`^(\d{1,2})(?:[.:](\d{2}))?$`)

// hour reads the time of day that follows "pukul". One to six o'clock without a
// nought before it are those after noon, as everywhere.
func (r *rhythmReader) hour() error {
	if r.at == len(r.words) {
		return council.Refuse("rhythm_hour", "Hour", "")
	}
	if meaning, length := r.meaning(); meaning == rhythmUsual {
		r.at, r.about, r.wish.minute = r.at+length, true, usualMinute
		return nil
	}
	word := r.words[r.at].text
	r.at++
	clock := clockForm.FindStringSubmatch(word)
	if clock == nil {
		return council.Refuse("rhythm_unread", "Word", shorten(word, phraseLimit))
	}
	hour, minute := number(clock[1]), number(clock[2])
	if hour >= 1 && hour <= 6 && len(clock[1]) == 1 {
		hour += 12
	}
	if r.at < len(r.words) && strings.EqualFold(r.words[r.at].text, r.zone) {
		r.at++
	}
	if total := hour*60 + minute; minute > 59 || !r.hours.Holds(total) {
		r.about = r.about || r.at == len(r.words)
		return council.Refuse("rhythm_hour", "Hour", word)
	}
	r.wish.minute = hour*60 + minute
	return nil
}

// number reads one or two digits; none are nought.
func number(digits string) int {
	value, _ := strconv.Atoi(digits)
	return value
}

// wording takes everything that follows as the sentence, as it was typed.
func (r *rhythmReader) wording() error {
	sentence := strings.TrimSpace(r.text[r.words[r.at-1].end:])
	r.at = len(r.words)
	meaning, known := locale.Meaning("rhythm", sentence)
	switch {
	case sentence == "":
		return council.Refuse("wording_missing")
	case known && meaning == rhythmUsual:
		sentence = ""
	case utf8.RuneCountInString(sentence) > wordingLimit:
		return council.Refuse("wording_long", "N", strconv.Itoa(wordingLimit), "Length", strconv.Itoa(utf8.RuneCountInString(sentence)))
	}
	r.wish.wording, r.wish.worded = sentence, true
	return nil
}

// makeLadders makes ladders of the steps that were named for each audience.
func (r *rhythmReader) makeLadders() error {
	if len(r.steps) > 0 {
		r.about = true
	}
	for _, audience := range slices.Sorted(maps.Keys(r.steps)) {
		for _, days := range r.steps[audience] {
			if days < 0 {
				return council.Refuse("bad_step", "Step", "H+"+strconv.Itoa(-days))
			}
		}
		ladder, err := council.NewLadder(r.steps[audience])
		if err != nil {
			return stepNamed(err)
		}
		r.wish.ladders[audience] = ladder
	}
	r.about = r.about || r.wish.minute != 0
	return nil
}

// stepNamed writes the step that was refused as people do.
func stepNamed(err error) error {
	var refusal *council.Refusal
	if errors.As(err, &refusal) && refusal.Code == "bad_step" {
		return council.Refuse("bad_step", "Step", "H-"+refusal.Details["Step"])
	}
	return err
}
