package bot

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// makerStatistics makes the files of what the bot has counted, which are filed as evidence.
const makerStatistics = "statistics"

// The files of the bot's own statistics, in the order in which report.Statistics has them.
var statisticsFiles = []string{"picture", "sheet"}

// makeStatistics makes a file of what the bot has counted. Arguments: which file, the
// language, and up to when it counts in unix milliseconds.
func makeStatistics(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	if len(arguments) != 3 || !slices.Contains(statisticsFiles, arguments[0]) {
		return nil, errors.New("statistics: a file, a language and a moment are expected")
	}
	until, err := strconv.ParseInt(arguments[2], 10, 64)
	if err != nil {
		return nil, err
	}
	city, err := b.cityNow(tx)
	if err != nil {
		return nil, err
	}
	files, err := report.Statistics(tx, b.book.In(arguments[1]), time.UnixMilli(until), city.Zone, city.Name)
	if err != nil || len(files) == 0 {
		return nil, errors.Join(err, errors.New("nothing was counted"))
	}
	return bytes.Clone(files[slices.Index(statisticsFiles, arguments[0])].Content), nil
}

// statisticsRow offers a coordinator to file what the bot has counted: for an indicator,
// or, with 0, for those that are being asked about. Nothing for anybody else, and in groups.
func (r *request) statisticsRow(indicator int64) [][]store.Button {
	if !r.private || !r.actor.Coordinates() {
		return nil
	}
	return [][]store.Button{{button(r.speak, "evidence_statistics", pressEvidence, evidenceStatistics, indicator)}}
}

// pressStatistics is [Ajukan statistik keterlibatan]: the sheet and the picture, as of
// this moment, are filed for the indicator, or for those that are being asked about.
func (r *request) pressStatistics(id int64, _ pressArguments) error {
	if err := r.may(council.ActionCheck, council.Scope{}); err != nil {
		return err
	}
	indicators, err := r.statisticsFor(id)
	if err != nil {
		return err
	}
	if len(indicators) == 0 {
		return r.stale()
	}
	until := r.now.Add(time.Millisecond) // what happens at this moment has happened
	counted, err := report.Counted(r.tx, until, r.city.Zone)
	switch {
	case err != nil:
		return err
	case !counted:
		return council.Refuse("evidence_no_statistics")
	}
	if id == 0 {
		if err := r.endDialogOf(dialogEvidence); err != nil {
			return err
		}
	}
	return errors.Join(r.fileStatistics(indicators, until), r.toast(""))
}

// statisticsFor are the indicators of evaluations being prepared that are meant.
func (r *request) statisticsFor(id int64) ([]int64, error) {
	ids := []int64{id}
	if id == 0 {
		draft, err := r.evidenceBeingAsked()
		if err != nil {
			return nil, err
		}
		ids = draft.Indicators
	}
	for _, one := range ids {
		if _, err := r.changeable(one); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// fileStatistics files both files for each indicator, in the place of those of earlier.
func (r *request) fileStatistics(indicators []int64, until time.Time) error {
	day := r.day().String()
	for _, indicator := range indicators {
		filed, err := r.tx.EvidenceOf(indicator)
		if err != nil {
			return err
		}
		for _, which := range statisticsFiles {
			piece := council.Evidence{Kind: fileDocument, MemberID: r.actor.ID, Personal: council.PersonalNo,
				From: council.Place{ChatID: r.chatID, ThreadID: r.thread}, Name: r.speak.Say("evidence.statistics."+which, "Day", day),
				FileID: madeFileID(store.File{Maker: makerStatistics, Arguments: []string{which, r.speak.Language, strconv.FormatInt(until.UnixMilli(), 10)}})}
			piece.UniqueID = piece.FileID
			earlier := madeFileID(store.File{Maker: makerStatistics, Arguments: []string{which, ""}})
			for _, other := range filed {
				if other.Counts() && strings.HasPrefix(other.FileID, earlier) {
					piece.TakesPlace = other.Number
				}
			}
			if _, _, err := r.filePiece(piece, []int64{indicator}); err != nil {
				return err
			}
		}
	}
	undo := store.Undo{Subject: council.Reference{Letter: council.EvidenceLetter, Number: r.filing}.String(), MemberID: r.actor.ID, Version: r.filing, ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, evidenceBefore{Filed: true}); err != nil {
		return err
	}
	return r.showFiling(0)
}
