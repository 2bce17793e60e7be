package report

import (
	"time"

	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// GatherPack reads what goes into the pack of an evaluation as it stands now: every
// indicator, and of the evidence what counts; AddStatistics has the rest. ErrNotFound
// where there is no such evaluation.
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
	contents.Indicators = make([]PackIndicator, len(standings))
	for i, standing := range standings { // both are in the order of codes
		count := 0
		for count < len(filed) && filed[count].IndicatorID == standing.ID {
			count++
		}
		contents.Indicators[i] = PackIndicator{standing, filed[:count:count]}
		filed = filed[count:]
	}
	return contents, nil
}

// AddStatistics counts what groups do together, for the pack.
func (c *PackContents) AddStatistics(tx *store.Tx) (err error) {
	c.Statistics, err = Statistics(tx, c.Speak, c.At, c.Zone, c.City)
	return err
}

// SizeWords is how much the pack takes, about: "1,2 GB".
func (c PackContents) SizeWords() string {
	var size int64
	for _, indicator := range c.Indicators {
		for _, evidence := range indicator.Evidence {
			size += evidence.Size
		}
	}
	return sizeWords(c.Speak, size)
}
