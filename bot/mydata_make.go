package bot

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// makeMyData writes everything that is kept of a person as plain text. Arguments: the
// member and the language.
func makeMyData(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	if len(arguments) != 2 {
		return nil, errors.New("a member and a language are expected")
	}
	id, err := strconv.ParseInt(arguments[0], 10, 64)
	if err != nil {
		return nil, err
	}
	r := &request{Bot: b, tx: tx, now: b.Now(), speak: b.book.In(arguments[1])}
	if r.city, err = b.cityNow(tx); err != nil {
		return nil, err
	}
	member, err := tx.Member(id)
	if err != nil {
		return nil, err
	}
	return r.ownDataText(member)
}

func (r *request) ownDataText(member council.Member) ([]byte, error) {
	lines := []string{r.speak.Say("mydata.head", "City", r.city.Name), r.speak.Say("mydata.made", "Moment", r.speak.Moment(r.now, r.city.Zone)), r.speak.Say("mydata.others"), ""}
	lines = append(lines, r.identityLines(member)...)
	records, err := r.tx.OwnRecords(member.ID)
	if err != nil {
		return nil, err
	}
	section := ""
	for _, record := range records {
		if record.Section != section {
			section = record.Section
			lines = append(lines, "", strings.ToUpper(r.speak.Say("mydata.section."+section)))
		}
		lines = append(lines, r.recordLine(record))
	}
	trail, err := r.trailLines(member)
	if err != nil {
		return nil, err
	}
	lines = append(append(lines, "", strings.ToUpper(r.speak.Say("mydata.section.trail"))), trail...)
	return []byte(strings.Join(lines, "\n") + "\n"), nil
}

// identityLines say who the person is to the bot.
func (r *request) identityLines(member council.Member) []string {
	or := func(text string) string { return cmp.Or(text, r.speak.Say("mydata.none")) }
	return []string{
		strings.ToUpper(r.speak.Say("mydata.section.person")),
		r.speak.Say("mydata.name", "Name", or(member.Name)),
		r.speak.Say("mydata.username", "Username", or(member.Username)),
		r.speak.Say("mydata.telegram", "ID", idText(member.TelegramID)),
		r.speak.Say("mydata.address", "Address", or(member.Address)),
		r.speak.Say("mydata.language", "Language", r.speak.Say("language.name_"+member.Language)),
	}
}

// recordLine writes one thing, what is longer than a line indented below it.
func (r *request) recordLine(record store.OwnRecord) string {
	var parts []string
	if !record.At.IsZero() {
		parts = append(parts, r.when(record.At))
	}
	if record.Subject != "" {
		parts = append(parts, record.Subject)
	}
	if state := r.stateWord(record); state != "" {
		parts = append(parts, state)
	}
	if text := r.textOf(record); text != "" {
		parts = append(parts, strings.ReplaceAll(text, "\n", "\n  "))
	}
	return "- " + strings.Join(parts, " · ")
}

// stateWord says a state in words where there are any.
func (r *request) stateWord(record store.OwnRecord) string {
	for _, key := range []string{recordStates[record.Section] + record.State, "mydata.state." + record.State} {
		if record.State != "" && r.speak.Knows(key) {
			return r.speak.Say(key)
		}
	}
	return record.State
}

// recordStates are the sentences that say the states of the things in a part.
var recordStates = map[string]string{
	"role": "role.name.", "idea": "idea.state.", "task": "task.state.", "made_task": "task.state.", "evidence": "evidence.state.", "question": "question.state.", "request": "privacy.kind.",
}

func (r *request) when(at time.Time) string {
	local := at.In(r.city.Zone)
	return r.speak.Date(local) + " " + r.speak.Hour(local)
}

// trailLines say what was done by the person and about the person, without saying who
// the others are.
func (r *request) trailLines(member council.Member) ([]string, error) {
	happenings, err := r.tx.Trail(member.ID)
	if err != nil {
		return nil, err
	}
	teller := r.eventTeller()
	own := namePerson(r.speak, member)
	var lines []string
	for _, h := range happenings {
		for _, id := range peopleOf(h) {
			person, err := r.tx.Member(id)
			if notFoundIsNil(err) != nil {
				return nil, err
			}
			if teller.names[id] = r.speak.Say("person.unknown"); person.ID == member.ID {
				teller.names[id] = own
			}
		}
		what, err := teller.sentence(h)
		if err != nil {
			return nil, err
		}
		lines = append(lines, "- "+r.when(h.At)+" · "+what)
	}
	return lines, nil
}

// peopleOf lists the members whom the sentence of an event may name.
func peopleOf(h store.Happening) []int64 {
	ids := []int64{h.MemberID}
	for _, key := range []string{"member", "members"} {
		for text := range strings.SplitSeq(h.Detail[key], ",") {
			ids = append(ids, pressArguments{text}.number(0))
		}
	}
	if h.Subject.Letter == council.LeaveLetter || h.Subject.Letter == council.QuietLetter {
		ids = append(ids, h.Subject.Number)
	}
	return ids
}
