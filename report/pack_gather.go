package report

import (
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// GatherPack reads what goes into the pack of an evaluation as it stands now: every
// indicator, and of the evidence what counts. ErrNotFound where there is no such
// evaluation.
func GatherPack(tx *store.Tx, number int64, city string, speak locale.Speaker, at time.Time, zone *time.Location) (PackContents, error) {
	contents := PackContents{City: city, At: at, Zone: zone, Speak: speak}
	var err error
	if contents.Evaluation, err = tx.Evaluation(number); err != nil {
		return contents, err
	}
	standings, err := tx.Standings(number)
	if err != nil {
		return contents, err
	}
	filed, err := tx.EvidenceFor(number)
	if err != nil {
		return contents, err
	}
	byIndicator := make(map[int64][]council.Evidence, len(standings))
	for _, evidence := range filed {
		if evidence.Counts() {
			byIndicator[evidence.IndicatorID] = append(byIndicator[evidence.IndicatorID], evidence)
		}
	}
	for _, standing := range standings {
		contents.Indicators = append(contents.Indicators, PackIndicator{standing, byIndicator[standing.ID]})
	}
	contents.Statistics, err = packStatistics(tx, speak, at, zone, city)
	return contents, err
}
