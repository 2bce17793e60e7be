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

// makerAudit stands in the outbox for the record of events as a sheet.
const makerAudit = "audit"

// How much of the record goes into one sheet, and how much is read at once. Of more events
// the newest are there; a narrower filter brings the others.
const (
	auditSheetLimit = 100_000
	auditSheetRead  = 500
)

// exportAudit sends what a filter lets through as a sheet, and records that.
func (r *request) exportAudit(filter auditFilter) error {
	what, err := r.auditFilterText(filter)
	if err != nil {
		return err
	}
	detail := []string{"what", makerAudit, "subject", filter.Subject.String(), "matter", string(filter.Matter)}
	if filter.Member != 0 {
		detail = append(detail, "of", idText(filter.Member))
	}
	if !filter.always() {
		detail = append(detail, "from", filter.From.String(), "to", filter.To.String())
	}
	if err := r.record(council.Reference{}, council.EventExported, "", detail...); err != nil {
		return err
	}
	newest, _, err := r.tx.LastEvent()
	if err != nil {
		return err
	}
	file := store.File{
		Kind: fileDocument, Maker: makerAudit, Name: r.speak.Say("audit.file", "Day", r.day().String()),
		Arguments: []string{filter.data(auditExport, newest+1), r.speak.Language, idText(r.actor.ID)},
	}
	text := r.speak.Say("audit.made", "What", what, "Most", strconv.Itoa(auditSheetLimit))
	if err := queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Files: []store.File{file}}}); err != nil {
		return err
	}
	return r.toast(r.speak.Say("export.making"))
}

// makeAudit makes the record of events as a sheet. Arguments: the filter as a button
// carries it with the event before which all were recorded, the language, and the id of the
// member who asked for it, who must still be allowed to.
func makeAudit(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	parts := pressArguments(strings.Split(pressArguments(arguments).text(0), ":"))
	if len(arguments) != 3 || len(parts) < 4 {
		return nil, errors.New("audit: a filter, a language and a member are expected")
	}
	filter, read := auditFilterOf(parts[4:])
	if !read {
		return nil, errors.New("audit: there is no such filter")
	}
	r, err := b.askedBy(tx, pressArguments(arguments).number(2), arguments[1])
	if err != nil {
		return nil, err
	}
	if err := r.mayAudit(); err != nil {
		return nil, err
	}
	return r.auditSheet(filter, parts.number(3))
}

// auditSheet writes the events before one, the newest first, as they are read.
func (r *request) auditSheet(filter auditFilter, before int64) ([]byte, error) {
	var failed error
	sheet := report.Sheet{Name: r.speak.Say("audit.sheet.name"), Language: r.speak.Language}
	for _, column := range []struct {
		name  string
		kind  report.ColumnKind
		width float64
	}{{"moment", report.ColumnMoment, 0}, {"who", report.ColumnText, 28}, {"what", report.ColumnText, 60}, {"thing", report.ColumnText, 24}, {"detail", report.ColumnText, 40}} {
		sheet.Columns = append(sheet.Columns, report.Column{Heading: r.speak.Say("audit.sheet." + column.name), Kind: column.kind, Width: column.width})
	}
	sheet.Others = func(yield func([]any) bool) { failed = r.auditRows(filter, before, yield) }
	content, err := workbook([]report.Sheet{sheet}, nil)
	return content, errors.Join(err, failed)
}

func (r *request) auditRows(filter auditFilter, before int64, yield func([]any) bool) error {
	teller := r.eventTeller()
	for written := 0; written < auditSheetLimit; {
		page, err := r.tx.EventsBefore(r.eventFilter(filter), before, auditSheetRead)
		if err != nil || len(page.List) == 0 {
			return err
		}
		for _, happening := range page.List {
			row, err := teller.row(happening)
			if err != nil || !yield(row) {
				return err
			}
		}
		written, before = written+len(page.List), page.List[len(page.List)-1].ID
	}
	return nil
}

// row is an event as the columns of the sheet have it: its moment in the city's zone, who,
// what, which thing, and the detail as it is kept.
func (t *eventTeller) row(h store.Happening) ([]any, error) {
	who, err := t.who(h)
	if err != nil {
		return nil, err
	}
	what, err := t.sentence(h)
	if err != nil {
		return nil, err
	}
	thing, err := t.thing(h.Subject)
	return []any{h.At.In(t.city.Zone).Truncate(time.Minute), who, what, thing, rawDetail(h.Event)}, err
}
