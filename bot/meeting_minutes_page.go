package bot

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// How many lines of minutes stand on a page, and how much of each.
const (
	minutesLinesPage = 10
	minutesShown     = 200
)

// minuteKinds are the parts of minutes, in the order in which a document has them.
var minuteKinds = []council.MinuteKind{council.MinuteNote, council.MinuteDecision, council.MinuteTask}

// numberedMinutes are the lines that stand now, in the order of a document.
func (r *request) numberedMinutes(m council.Meeting) ([]council.Minute, error) {
	lines, err := r.standingMinutes(m)
	slices.SortStableFunc(lines, func(a, b council.Minute) int {
		return slices.Index(minuteKinds, a.Kind) - slices.Index(minuteKinds, b.Kind)
	})
	return lines, err
}

// minutesText is a page of the minutes with what may be done with them.
func (r *request) minutesText(m council.Meeting, wanted int64) (string, [][]store.Button, error) {
	lines, err := r.numberedMinutes(m)
	if err != nil {
		return "", nil, err
	}
	pages := max(1, (len(lines)+minutesLinesPage-1)/minutesLinesPage)
	page := min(max(int(wanted), 1), pages)
	from := (page - 1) * minutesLinesPage
	shown := lines[from:min(len(lines), from+minutesLinesPage)]
	words, err := r.minutesHead(m)
	if err != nil {
		return "", nil, err
	}
	numbered, err := r.minutesLines(r.speak, shown, from, minutesShown)
	if err != nil {
		return "", nil, err
	}
	if len(lines) == 0 {
		numbered = []string{r.speak.Say("minutes.empty")}
	}
	var rows [][]store.Button
	if m.Minutes.State != council.MinutesAgreed {
		rows = r.minutesNumbers(m, shown, from)
	}
	var turn []store.Button
	if page > 1 {
		turn = append(turn, button(r.speak, "previous", pressMinutes, minutesShow, m.Number, page-1))
	}
	if page < pages {
		turn = append(turn, button(r.speak, "next", pressMinutes, minutesShow, m.Number, page+1))
	}
	deeds, err := r.minutesButtons(m)
	return strings.Join(append(words, numbered...), "\n"), filledRows(append(append(rows, turn), deeds...)...), err
}

// minutesHead says what minutes these are, how they stand, and how many were there.
func (r *request) minutesHead(m council.Meeting) ([]string, error) {
	there, err := r.tx.Attendees(m.Number)
	if err != nil {
		return nil, err
	}
	state := m.Minutes.State
	if state == council.MinutesNone {
		state = council.MinutesDraft
	}
	return []string{
		r.speak.Say("minutes.head", "Reference", m.Reference().String(), "Title", agendaTitle(m.Title)),
		r.speak.Say("minutes.state."+string(state), "N", max(1, m.Minutes.Edition)) + " · " + r.speak.Count("minutes.present", len(there)),
	}, nil
}

// minutesLines writes lines with their numbers, below the names of their parts.
func (r *request) minutesLines(speak locale.Speaker, lines []council.Minute, before, limit int) ([]string, error) {
	var words []string
	var kind council.MinuteKind
	for i, line := range lines {
		if line.Kind != kind {
			kind = line.Kind
			words = append(words, speak.Say("minutes.part."+string(kind)))
		}
		text, err := r.minuteWords(speak, line)
		if err != nil {
			return nil, err
		}
		words = append(words, strconv.Itoa(before+i+1)+". "+shorten(text, limit))
	}
	return words, nil
}

// minuteWords is a line with the thing it is about; a follow-up says how that stands.
func (r *request) minuteWords(speak locale.Speaker, line council.Minute) (string, error) {
	text := plainLine(line.Text)
	if line.Kind != council.MinuteTask || line.Subject.IsZero() {
		return joinParts(line.Subject.String(), text), nil
	}
	state, err := r.agendaState(speak, line.Subject)
	return joinParts(line.Subject.String(), text, state), err
}

// minutesNumbers open the lines of a page by their numbers.
func (r *request) minutesNumbers(m council.Meeting, lines []council.Minute, before int) (rows [][]store.Button) {
	for i, line := range lines {
		if i%agendaNumbersInRow == 0 {
			rows = append(rows, nil)
		}
		number := store.Button{Text: strconv.Itoa(before + i + 1), Data: data(pressMinutes, minutesLine, m.Number, line.ID)}
		rows[len(rows)-1] = append(rows[len(rows)-1], number)
	}
	return rows
}

// minutesButtons are what can be done with the minutes as they stand.
func (r *request) minutesButtons(m council.Meeting) ([][]store.Button, error) {
	editions, err := r.tx.MinutesEditions(m.Number)
	if err != nil {
		return nil, err
	}
	if _, err := m.Open(r.now); err != nil {
		return nil, nil // they cannot be written: too early, or it was not held
	}
	var rows [][]store.Button
	switch m.Minutes.State {
	case council.MinutesAgreed:
		rows = append(rows, []store.Button{button(r.speak, "minutes_correct", pressMinutes, minutesCorrect, m.Number)})
		if r.may(council.ActionMeeting, council.Scope{}) == nil {
			rows = append(rows, []store.Button{button(r.speak, "minutes_evidence", pressMinutes, minutesEvidence, m.Number, 1)})
		}
	case council.MinutesProposed:
		if _, err := r.mayAgree(m, m.Minutes.Proposal); err == nil {
			rows = append(rows, agreeRow(r.speak, m))
		}
		rows = append(rows, []store.Button{button(r.speak, "minutes_paper", pressMinutes, minutesDocument, m.Number, 0)}, r.chairRow(m))
	default:
		rows = append(rows, []store.Button{button(r.speak, "minutes_add", pressMinutes, minutesAdd, m.Number)}, r.attendanceKeepRow(r.speak, m))
		if m.Minutes.State == council.MinutesDraft {
			rows = append(rows, []store.Button{button(r.speak, "minutes_paper", pressMinutes, minutesDocument, m.Number, 0),
				button(r.speak, "minutes_offer", pressMinutes, minutesOffer, m.Number)}, r.chairRow(m))
		}
		if len(editions) > 0 {
			rows = append(rows, []store.Button{button(r.speak, "minutes_drop", pressMinutes, minutesDrop, m.Number)})
		}
	}
	return append(rows, r.editionRow(m, editions)), nil
}

// editionRow offers every edition that was agreed.
func (r *request) editionRow(m council.Meeting, editions []council.MinutesEdition) (row []store.Button) {
	for _, edition := range editions[max(0, len(editions)-agendaNumbersInRow):] {
		row = append(row, store.Button{Text: r.speak.Say("button.minutes_edition", "N", edition.Edition),
			Data: data(pressMinutes, minutesDocument, m.Number, edition.Edition)})
	}
	return row
}

// chairRow lets a coordinator say that another one leads.
func (r *request) chairRow(m council.Meeting) []store.Button {
	if r.may(council.ActionMeeting, council.Scope{}) != nil {
		return nil
	}
	return []store.Button{button(r.speak, "minutes_chair", pressMinutes, minutesChair, m.Number, 0)}
}

// minutesCaption stands below a document: which edition it is, and who agreed to it.
func (r *request) minutesCaption(speak locale.Speaker, m council.Meeting, edition int) (string, error) {
	head := speak.Say("minutes.head", "Reference", m.Reference().String(), "Title", agendaTitle(m.Title))
	editions, err := r.tx.MinutesEditions(m.Number)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(editions, func(one council.MinutesEdition) bool { return one.Edition == edition })
	if at < 0 {
		return head + "\n" + speak.Say("minutes.state.draft", "N", edition), nil
	}
	agreed, err := r.minutesAgreedBy(speak, m, editions[at])
	if edition > 1 {
		agreed = speak.Say("minutes.corrected", "N", edition) + " " + agreed
	}
	return head + "\n" + agreed, err
}

// minutesAgreedBy says by whom and when an edition was agreed.
func (r *request) minutesAgreedBy(speak locale.Speaker, m council.Meeting, edition council.MinutesEdition) (string, error) {
	member, err := r.tx.Member(edition.AgreedBy)
	if err != nil {
		return "", err
	}
	key := "minutes.agreed"
	if edition.OnBehalf {
		key = "minutes.agreed_on_behalf"
	}
	return speak.Say(key, "Person", namePerson(speak, member), "Moment", speak.Moment(edition.AgreedAt, r.city.Zone)), nil
}
