package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressAudit turns pages of the record of events, narrows what it shows and takes it
// along. What follows is what is done, an event's id, and the filter.
const pressAudit = "audit"

// What a button of the record does. These words stand in buttons: they are added to, never
// changed.
const (
	auditOlder  = "o" // what was recorded before the event
	auditNewer  = "n" // what was recorded after it
	auditShow   = "s" // from the newest on
	auditExport = "x" // takes it along as a sheet
)

// auditPage is how many events stand on a page.
const auditPage = 10

// audit is /jejak, for coordinators in private: who did what to which thing and when.
func (r *request) audit() error {
	if err := r.mayAudit(); err != nil {
		return err
	}
	filter, unread, err := r.readAuditFilter()
	if err != nil {
		return err
	}
	if len(unread) > 0 {
		return r.reply(r.speak.Say("audit.unread", "Phrase", shorten(strings.Join(unread, ", "), phraseLimit)), r.auditPeriods(auditFilter{}))
	}
	page, err := r.tx.EventsBefore(r.eventFilter(filter), 0, auditPage)
	if err != nil {
		return err
	}
	text, rows, err := r.auditFace(filter, page)
	if err != nil {
		return err
	}
	return r.reply(text, rows...)
}

// mayAudit refuses everybody but coordinators, and groups: names stand in the record.
func (r *request) mayAudit() error {
	if err := r.may(council.ActionExport, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("audit_in_private")
	}
	return nil
}

// pressAudit answers the buttons below a page of the record.
func (r *request) pressAudit(arguments pressArguments) error {
	if err := r.mayAudit(); err != nil {
		return err
	}
	filter, read := auditFilterOf(arguments[min(2, len(arguments)):])
	if !read {
		return r.stale()
	}
	var page store.EventPage
	var err error
	switch event := arguments.number(1); arguments.text(0) {
	case auditOlder:
		page, err = r.tx.EventsBefore(r.eventFilter(filter), event, auditPage)
	case auditNewer:
		page, err = r.tx.EventsAfter(r.eventFilter(filter), event, auditPage)
	case auditShow:
		page, err = r.tx.EventsBefore(r.eventFilter(filter), 0, auditPage)
	case auditExport:
		return r.exportAudit(filter)
	default:
		return r.stale()
	}
	if err != nil {
		return err
	}
	text, rows, err := r.auditFace(filter, page)
	if err != nil {
		return err
	}
	if err := r.edit(text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// auditFace is a page of the record with what can be done from there.
func (r *request) auditFace(filter auditFilter, page store.EventPage) (string, [][]store.Button, error) {
	what, err := r.auditFilterText(filter)
	if err != nil {
		return "", nil, err
	}
	lines := []string{r.speak.Say("audit.head", "What", what)}
	if len(page.List) == 0 {
		lines = append(lines, r.speak.Say("audit.none"))
	}
	teller := r.eventTeller()
	for _, happening := range page.List {
		line, err := teller.line(happening)
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, line)
	}
	var rows [][]store.Button
	if turn := r.auditTurn(filter, page); len(turn) > 0 {
		rows = append(rows, turn)
	}
	if filter.always() {
		rows = append(rows, r.auditPeriods(filter))
	}
	if filter == (auditFilter{}) {
		rows = append(rows, r.auditMatters()...)
	}
	if len(page.List) > 0 {
		rows = append(rows, []store.Button{{Text: r.speak.Say("button.audit_export"), Data: filter.data(auditExport, 0)}})
	}
	return strings.Join(lines, "\n"), rows, nil
}

func (r *request) auditTurn(filter auditFilter, page store.EventPage) (row []store.Button) {
	if page.Older {
		row = append(row, store.Button{Text: r.speak.Say("button.older"), Data: filter.data(auditOlder, page.List[len(page.List)-1].ID)})
	}
	if page.Newer {
		row = append(row, store.Button{Text: r.speak.Say("button.newer"), Data: filter.data(auditNewer, page.List[0].ID)})
	}
	return row
}

// auditPeriods offer the days that are asked for most.
func (r *request) auditPeriods(filter auditFilter) (row []store.Button) {
	for _, period := range []string{"today", "this_week", "this_month"} {
		filter.From, filter.To = r.auditPeriod(period)
		row = append(row, store.Button{Text: r.speak.Say("audit.period." + period), Data: filter.data(auditShow, 0)})
	}
	return row
}

// auditMatters offer what concerns how the bot itself is run.
func (r *request) auditMatters() (rows [][]store.Button) {
	for _, together := range [][]council.Matter{{council.MatterRoles, council.MatterSettings, council.MatterGroups}, {council.MatterPositions, council.MatterExports, council.MatterPrivacy}} {
		var row []store.Button
		for _, matter := range together {
			row = append(row, store.Button{Text: r.speak.Say("audit.matter." + string(matter)), Data: auditFilter{Matter: matter}.data(auditShow, 0)})
		}
		rows = append(rows, row)
	}
	return rows
}
