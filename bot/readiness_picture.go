package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// makerReadiness stands in the outbox for the picture of how complete an evaluation is.
const makerReadiness = "readiness"

// sendReadinessPicture sends the picture with its figures in words, for those who
// cannot see it. It is made when it leaves, and counts up to this moment.
func (r *request) sendReadinessPicture(evaluation council.Evaluation) error {
	standings, err := r.tx.Standings(evaluation.Number)
	if err != nil {
		return err
	}
	if len(standings) == 0 {
		return r.stale()
	}
	all, byDimension := council.ReadinessOf(standings)
	caption := []string{r.speak.Say("readiness.picture.title", "Name", evaluation.Name), report.ReadinessTotal(r.speak, all), r.dimensionsInLine(byDimension)}
	if left := r.countsLeft(all); len(left) > 0 {
		caption = append(caption, strings.Join(left, " · "))
	}
	reference := evaluation.Reference().String()
	file := store.File{Kind: filePhoto, Maker: makerReadiness,
		Name:      r.speak.Say("readiness.picture_file", "Reference", strings.ToLower(reference), "Day", r.day().String()),
		Arguments: []string{strconv.FormatInt(evaluation.Number, 10), r.speak.Language, strconv.FormatInt(r.now.UnixMilli(), 10)}}
	return r.sendReady(file, strings.Join(caption, "\n"), reference)
}

// makeReadiness makes the picture. Arguments: the number of the evaluation, the
// language, and the moment of asking in unix milliseconds, which is its last day.
func makeReadiness(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	if len(arguments) != 3 {
		return nil, errors.New("readiness: a number, a language and a moment are expected")
	}
	asked := pressArguments(arguments).number(2)
	r := &request{Bot: b, tx: tx, now: time.UnixMilli(asked), speak: b.book.In(arguments[1])}
	evaluation, err := tx.Evaluation(pressArguments(arguments).number(0))
	if err != nil {
		return nil, err
	}
	if r.city, err = b.cityNow(tx); err != nil {
		return nil, err
	}
	picture, err := r.readinessPicture(evaluation)
	if err != nil {
		return nil, err
	}
	return picture.Picture(r.speak)
}

// readinessPicture gathers what the picture shows.
func (r *request) readinessPicture(evaluation council.Evaluation) (picture report.Readiness, err error) {
	picture = report.Readiness{City: r.city.Name, Evaluation: evaluation, At: r.now, Zone: r.city.Zone}
	if picture.Standings, err = r.tx.Standings(evaluation.Number); err != nil {
		return picture, err
	}
	picture.Spans, err = r.tx.EvidenceSpans(evaluation.Number)
	return picture, err
}
