package bot

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// pressRecommendation answers the buttons of recommendations.
const pressRecommendation = "recom"

// aboutRecommendation marks a message about recommendations.
const aboutRecommendation = "recommendation"

// What is done with a recommendation, as words.toml names it and buttons carry it.
const (
	recommendationAdd     = "add"
	recommendationAll     = "all"
	recommendationOwner   = "owner"
	recommendationDue     = "due"
	recommendationLink    = "link"
	recommendationUnlink  = "unlink"
	recommendationDone    = "done"
	recommendationDropped = "dropped"
	recommendationMeasure = "measure"
	recommendationOpen    = "one"   // its page
	recommendationGuide   = "guide" // first and last: owner and date one by one
	recommendationLater   = "later" // not now
	recommendationSkip    = "skip"  // a step of the guide
	recommendationUndo    = "undo"  // a number and a version
	recommendationUnmake  = "unmake"
)

// recommendation is /rekomendasi: the list, one with its own story, or a change of it.
func (r *request) recommendation() error {
	if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
		return err
	}
	number, rest := r.recommendationNamed()
	deed, words := leadingMeaning("recommendation", rest)
	switch {
	case number == 0 && deed == recommendationAdd:
		return r.addRecommendations(words)
	case number == 0 && (rest == "" || deed == recommendationAll):
		return r.listRecommendations(deed == recommendationAll)
	case number == 0:
		return council.Refuse("which_recommendation")
	case rest == "":
		return r.showRecommendation(number)
	}
	if err := r.mayInPlace(council.ActionRecommendation); err != nil {
		return err
	}
	return r.doRecommendation(number, deed, words)
}

// doRecommendation makes a change that is written behind the number.
func (r *request) doRecommendation(number int64, deed, words string) error {
	switch deed {
	case recommendationOwner, recommendationDue, recommendationDone, recommendationDropped:
		if words == "" {
			return r.askRecommendation(recommendationDraft{Number: number}, deed)
		}
		return r.tellRecommendation(number, deed, words)
	case recommendationLink, recommendationUnlink:
		if words == "" {
			return r.askRecommendation(recommendationDraft{Number: number}, deed)
		}
		return r.linkRecommendation(number, words, deed == recommendationUnlink)
	case recommendationMeasure:
		measure, known := locale.Meaning("recommendation_measure", words)
		if !known {
			return council.Refuse("recommendation_measure")
		}
		return r.measureRecommendation(number, measure)
	}
	return council.Refuse("recommendation_unclear", "Reference", council.Reference{Letter: council.RecommendationLetter, Number: number}.String())
}

// recommendationNamed is the recommendation at the beginning of the text, or the one that
// is replied to, and what stands behind it; 0 for none.
func (r *request) recommendationNamed() (number int64, rest string) {
	word, after := firstWord(strings.TrimSpace(r.text))
	if reference, ok := council.ParseReference(word); ok && reference.Letter == council.RecommendationLetter {
		return reference.Number, strings.TrimSpace(after)
	}
	if r.about.Letter == council.RecommendationLetter {
		return r.about.Number, strings.TrimSpace(r.text)
	}
	return 0, strings.TrimSpace(r.text)
}

// leadingMeaning reads up to three words at the beginning of a text that mean something
// in a table of words; "" where they mean nothing. The rest keeps its lines.
func leadingMeaning(table, text string) (meaning, rest string) {
	rest = text
	var words []string
	for range 3 {
		end := strings.IndexAny(rest, " \n\t:")
		word := rest
		if end >= 0 {
			word = rest[:end]
		}
		if words = append(words, word); word == "" {
			break
		}
		rest = strings.TrimLeft(strings.TrimPrefix(rest, word), " \n\t:")
		if found, known := locale.Meaning(table, strings.Join(words, " ")); known {
			meaning, text = found, rest
		}
	}
	return meaning, text
}

// addRecommendations is /rekomendasi tambah: a list in the message, or in the one that
// is replied to; with neither it is asked for.
func (r *request) addRecommendations(text string) error {
	if err := r.mayInPlace(council.ActionRecommendation); err != nil {
		return err
	}
	if reply := r.message.ReplyToMessage; text == "" && reply != nil && !r.ofBot(reply) {
		text, _ = body(reply)
	}
	if text == "" {
		return r.askRecommendation(recommendationDraft{}, recommendationAdd)
	}
	evaluation, text, err := r.evaluationOfRecommendations(text)
	if err != nil {
		return err
	}
	items := reading.Items(text)
	switch {
	case len(items) == 0:
		return r.askRecommendation(recommendationDraft{}, recommendationAdd)
	case len(items) > council.RecommendationsAtOnce:
		return council.Refuse("recommendation_many")
	}
	for _, item := range items {
		if err := recommendationFits(item); err != nil {
			return err
		}
	}
	var recorded []council.Recommendation
	for _, item := range items {
		recommendation, err := r.recordRecommendation(item, evaluation)
		if err != nil {
			return err
		}
		recorded = append(recorded, recommendation)
	}
	return r.answerRecorded(recorded)
}

// recommendationFits refuses words that are too long to be kept whole.
func recommendationFits(words string) error {
	if length := utf8.RuneCountInString(plainLine(words)); length > council.RecommendationLimit {
		return council.Refuse("recommendation_long", "N", strconv.Itoa(length), "Limit", strconv.Itoa(council.RecommendationLimit))
	}
	return nil
}

// evaluationOfRecommendations is the evaluation that stands before a list, otherwise the
// newest that was begun; 0 where there is none.
func (r *request) evaluationOfRecommendations(text string) (int64, string, error) {
	if reference, rest, named := nextReference(text, false); named && reference.Letter == council.EvaluationLetter {
		evaluation, err := r.evaluation(reference)
		return evaluation.Number, strings.TrimLeft(rest, ": "), err
	}
	evaluation, err := r.evaluationToList()
	return evaluation.Number, text, err
}

func (r *request) recordRecommendation(text string, evaluation int64) (council.Recommendation, error) {
	text = plainLine(text)
	recommendation, err := r.tx.CreateRecommendation(council.Recommendation{Evaluation: evaluation, Text: text, Measure: measureOf(text),
		State: council.RecommendationOpen, CreatedBy: r.actor.ID, CreatedAt: r.now})
	if err != nil {
		return recommendation, err
	}
	return recommendation, r.record(recommendation.Reference(), council.EventCreated, "")
}

// measureOf recognises what a recommendation is about that the bot can count itself.
func measureOf(text string) council.Measure {
	words := strings.Fields(text)
	for at := range words {
		for count := min(4, len(words)-at); count > 0; count-- {
			if measure, known := locale.Meaning("recommendation_text", strings.Join(words[at:at+count], " ")); known {
				return council.Measure(measure)
			}
		}
	}
	return council.MeasureNone
}

// answerRecorded says what was recorded, and offers to name who is in charge, and until when.
func (r *request) answerRecorded(recorded []council.Recommendation) error {
	first, last := recorded[0].Number, recorded[len(recorded)-1].Number
	lines := []string{r.speak.Count("recommendation.recorded", len(recorded))}
	for _, recommendation := range recorded[:min(len(recorded), r.recommendationsShown())] {
		lines = append(lines, recommendation.Reference().String()+" · "+shorten(recommendation.Text, cardTitleLimit))
	}
	rows := [][]store.Button{
		{button(r.speak, "yes", pressRecommendation, recommendationGuide, first, last), button(r.speak, "recommendation_later", pressRecommendation, recommendationLater, first, last)},
		{button(r.speak, "undo", pressRecommendation, recommendationUnmake, first, last)},
	}
	subject := ""
	if first == last {
		subject = recorded[0].Reference().String()
	}
	return r.replyAbout(subject, aboutRecommendation, strings.Join(lines, "\n"), rows...)
}

// recommendationsShown is how many recommendations a message lists; in a group two
// beside its headline.
func (r *request) recommendationsShown() int {
	if r.private {
		return council.RecommendationsAtOnce
	}
	return 2
}

// pressUnmakeRecommendations takes back that recommendations were recorded just now.
func (r *request) pressUnmakeRecommendations(first, last int64) error {
	if first <= 0 || last < first || last-first >= council.RecommendationsAtOnce {
		return r.stale()
	}
	var gone []string
	for number := first; number <= last; number++ {
		recommendation, err := r.tx.Recommendation(number)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		switch {
		case recommendation.CreatedBy != r.actor.ID || recommendation.Version != 1:
			continue
		case r.now.Sub(recommendation.CreatedAt) > undoTime:
			return council.Refuse("undo_too_late", "Reference", recommendation.Reference().String())
		}
		withdrawn, err := recommendation.End(council.RecommendationWithdrawn, "", r.now)
		if err != nil {
			continue // it is withdrawn already
		}
		if err := r.keepRecommendation(withdrawn, council.EventUndone, ""); err != nil {
			return err
		}
		gone = append(gone, recommendation.Reference().String())
	}
	if len(gone) == 0 {
		return council.Refuse("nothing_to_undo")
	}
	if err := r.endDialogOf(dialogRecommendation); err != nil {
		return err
	}
	text := r.speak.Say("recommendation.unmade", "References", strings.Join(gone, ", "))
	return errors.Join(r.edit(text), r.toast(text))
}
