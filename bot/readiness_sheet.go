package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// makerMissing stands in the outbox for the list of what is missing.
const makerMissing = "missing_sheet"

// sendMissing sends a coordinator what is missing as a workbook, which is made when
// it leaves.
func (r *request) sendMissing(evaluation council.Evaluation) error {
	if err := r.mayName(); err != nil {
		return err
	}
	reference := evaluation.Reference().String()
	if err := r.record(evaluation.Reference(), council.EventExported, "", "what", makerMissing); err != nil {
		return err
	}
	file := store.File{Kind: fileDocument, Maker: makerMissing,
		Name:      r.speak.Say("readiness.sheet_file", "Reference", strings.ToLower(reference), "Day", r.day().String()),
		Arguments: []string{strconv.FormatInt(evaluation.Number, 10), r.speak.Language, idText(r.actor.ID)}}
	return r.sendReady(file, r.speak.Say("readiness.sheet_made", "Reference", reference, "Name", evaluation.Name), reference)
}

// sendReady sends a file about an evaluation below what was pressed.
func (r *request) sendReady(file store.File, caption, reference string) error {
	if err := queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: caption, Subject: reference, Files: []store.File{file}}}); err != nil {
		return err
	}
	return r.toast(r.speak.Say("export.making"))
}

// makeMissing makes the list of what is missing as things stand now. Arguments: the
// number of the evaluation, the language, and the id of the member who asked for it,
// who must still be allowed to.
func makeMissing(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	if len(arguments) != 3 {
		return nil, errors.New("missing_sheet: a number, a language and a member are expected")
	}
	r, err := b.askedBy(tx, pressArguments(arguments).number(2), arguments[1])
	if err != nil {
		return nil, err
	}
	if err := r.mayName(); err != nil {
		return nil, err
	}
	standings, err := tx.Standings(pressArguments(arguments).number(0))
	if err != nil {
		return nil, err
	}
	var lines []report.MissingLine
	for _, office := range council.MissingByOffice(standings) {
		for _, standing := range office.Missing {
			more, err := r.missingLines(standing)
			if err != nil {
				return nil, err
			}
			lines = append(lines, more...)
		}
	}
	return workbook([]report.Sheet{report.MissingSheet(lines, r.city.Zone, r.speak)}, nil)
}

// missingLines are an indicator with each open task that is to bring it, or alone.
func (r *request) missingLines(standing council.IndicatorStanding) ([]report.MissingLine, error) {
	tasks, err := r.tx.TasksOfIndicator(standing.ID)
	if err != nil {
		return nil, err
	}
	var lines []report.MissingLine
	for _, task := range tasks {
		if task.State.Ended() {
			continue
		}
		persons, err := r.personsOf(r.tx, r.speak, task)
		if err != nil {
			return nil, err
		}
		lines = append(lines, report.MissingLine{IndicatorStanding: standing, Task: task, Persons: persons})
	}
	if len(lines) == 0 {
		lines = []report.MissingLine{{IndicatorStanding: standing}}
	}
	return lines, nil
}
