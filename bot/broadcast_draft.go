package bot

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// officialDraft is an official notice that waits to be confirmed.
type officialDraft struct {
	Key    int64
	To     council.Addressees
	Kind   string    // kindBreach, kindOther; "": not yet said
	What   string    // of a breach: what happened to which data
	How    string    // when and how
	Doing  string    // what is being done about it
	Text   string    // of another notice, and of one that follows
	Found  time.Time // when the breach was found
	Follow int64     // the notice that it continues
	Unread []string  // names of addressees that were not understood
	Change string    `json:",omitempty"` // the only step that is to be answered again
}

const (
	kindBreach = "breach"
	kindOther  = "other"
)

// Steps of a draft, which are what is asked.
const (
	officialTo      = "to"
	officialKind    = "kind"
	officialWhat    = "what"
	officialHow     = "how"
	officialDoing   = "doing"
	officialFound   = "found"
	officialText    = "text"
	officialPreview = "preview"
)

// officialPart is how many characters each part of a notice about a breach may have.
const officialPart = 900

// missing is the first thing that a draft still lacks; officialPreview if nothing.
func (d officialDraft) missing() string {
	switch {
	case d.Change != "":
		return d.Change
	case d.To.None() || len(d.Unread) > 0:
		return officialTo
	case d.Kind == "":
		return officialKind
	case d.Kind == kindOther && d.Text == "":
		return officialText
	case d.Kind == kindBreach && d.What == "":
		return officialWhat
	case d.Kind == kindBreach && d.How == "":
		return officialHow
	case d.Kind == kindBreach && d.Doing == "":
		return officialDoing
	case d.Kind == kindBreach && d.Found.IsZero():
		return officialFound
	}
	return officialPreview
}

// words are what the notice says, as its author writes.
func (d officialDraft) words(speak locale.Speaker) string {
	if d.Kind != kindBreach {
		return d.Text
	}
	return speak.Say("official.part.what") + "\n" + d.What + "\n\n" + speak.Say("official.part.how") + "\n" + d.How + "\n\n" +
		speak.Say("official.part.doing") + "\n" + d.Doing
}

// following begins a notice that continues one, for the same people.
func (r *request) following(notice council.Announcement) officialDraft {
	return officialDraft{Key: r.draftKey(), To: notice.To, Kind: kindOther, Follow: notice.Official.Number}
}

// draftKey tells drafts apart: it is the message that begins one.
func (r *request) draftKey() int64 {
	if r.message != nil {
		return int64(r.message.ID)
	}
	return int64(r.pressed)
}

// goOnOfficial asks for what is still missing, and shows the preview when nothing is.
func (r *request) goOnOfficial(draft officialDraft) error {
	drop := []store.Button{button(r.speak, "cancel_form", pressOfficial, offDrop, draft.Key)}
	switch step := draft.missing(); step {
	case officialTo:
		return r.askOfficialTo(draft, 0)
	case officialKind:
		row := []store.Button{button(r.speak, "official_breach", pressOfficial, offBreach, draft.Key), button(r.speak, "official_other", pressOfficial, offOther, draft.Key)}
		return r.askOfficial(draft, step, r.speak.Say("official.ask.kind"), row, drop)
	case officialFound:
		now := []store.Button{button(r.speak, "official_now", pressOfficial, offNow, draft.Key)}
		return r.askOfficial(draft, step, r.speak.Say("official.ask.found"), now, drop)
	case officialPreview:
		if err := council.CheckAnnouncementText(draft.words(r.speak)); err != nil {
			return r.askShorter(draft, err)
		}
		return r.previewOfficial(draft)
	default:
		return r.askOfficial(draft, step, r.speak.Say("official.ask."+step), drop)
	}
}

// askShorter asks for the words anew of a draft that is too long; of a breach for the
// longest part, as often as that is needed.
func (r *request) askShorter(draft officialDraft, tooLong error) error {
	if draft.Kind != kindBreach {
		draft.Change = officialText
		return errorsOr(r.keepOfficial(draft, officialText), tooLong)
	}
	switch {
	case len(draft.What) >= max(len(draft.How), len(draft.Doing)):
		draft.Change = officialWhat
	case len(draft.How) >= len(draft.Doing):
		draft.Change = officialHow
	default:
		draft.Change = officialDoing
	}
	drop := []store.Button{button(r.speak, "cancel_form", pressOfficial, offDrop, draft.Key)}
	text := r.speak.Say("refused.official_part_long", "Most", idText(officialPart)) + "\n" + r.speak.Say("official.ask."+draft.Change)
	return r.askOfficial(draft, draft.Change, text, drop)
}

func (r *request) goOnWith(draft officialDraft, _ pressArguments) error {
	draft.Unread, draft.Change = nil, ""
	return r.quietly(r.goOnOfficial(draft))
}

// quietly ends a press with no word of its own, unless something failed.
func (r *request) quietly(err error) error {
	if err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) askOfficial(draft officialDraft, step, text string, rows ...[]store.Button) error {
	return r.askOn(dialogOfficial, step, draft, text, rows...)
}

// keepOfficial keeps a draft that is not shown, with what is asked.
func (r *request) keepOfficial(draft officialDraft, step string) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	return r.tx.SetDialog(store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogOfficial, Step: step, Data: string(kept)}, r.now)
}

// waitingOfficial is the draft to which a button belongs; false when it is another one's.
func (r *request) waitingOfficial(key int64) (draft officialDraft, waits bool, err error) {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogOfficial {
		return draft, false, notFoundIsNil(err)
	}
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return draft, false, err
	}
	onQuestion, err := r.onQuestion()
	return draft, draft.Key == key && onQuestion, err
}

// answerOfficial takes what was written about a draft.
func (r *request) answerOfficial(dialog store.Dialog) error {
	if err := r.may(council.ActionAnnouncement, council.Scope{}); err != nil {
		return err
	}
	var draft officialDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	words := strings.TrimSpace(r.text)
	part := map[string]*string{officialWhat: &draft.What, officialHow: &draft.How, officialDoing: &draft.Doing, officialText: &draft.Text}[dialog.Step]
	switch {
	case words == "":
		return council.Refuse("announcement_empty")
	case dialog.Step == officialTo:
		return r.answerOfficialTo(draft, words)
	case dialog.Step == officialFound:
		return r.answerFound(draft, words)
	case part == nil && dialog.Step == officialPreview && draft.Kind == kindOther: // the words, as they should be
		part = &draft.Text
	case part == nil: // a button was expected: the question stands as it is
		return r.goOnOfficial(draft)
	case draft.Kind == kindBreach && len([]rune(words)) > officialPart:
		return council.Refuse("official_part_long", "Most", idText(officialPart))
	}
	*part, draft.Change = words, ""
	return r.goOnOfficial(draft)
}

func (r *request) chooseBreach(draft officialDraft, _ pressArguments) error {
	draft.Kind = kindBreach
	return r.quietly(r.goOnOfficial(draft))
}

func (r *request) chooseOther(draft officialDraft, _ pressArguments) error {
	draft.Kind = kindOther
	return r.quietly(r.goOnOfficial(draft))
}

// answerFound takes the moment at which a breach was found.
func (r *request) answerFound(draft officialDraft, words string) error {
	found, read := r.readFound(words)
	if !read {
		return r.askOfficial(draft, officialFound, r.speak.Say("official.ask.found_unread", "Phrase", shorten(words, phraseLimit)),
			[]store.Button{button(r.speak, "official_now", pressOfficial, offNow, draft.Key)})
	}
	if err := council.CheckFound(found, r.now); err != nil {
		return err
	}
	draft.Found, draft.Change = found, ""
	return r.goOnOfficial(draft)
}

// readFound reads a moment that is over: "kemarin 15.30", "3 Juni 2026 pukul 08.00", "tadi
// pagi jam 7". A day without an hour begins in the morning: the clock then runs out sooner.
func (r *request) readFound(words string) (time.Time, bool) {
	if word, known := locale.Meaning("official_found", words); known && word == "now" {
		return r.now, true
	}
	due := reading.ReadDue(words, r.readingContext())
	if due.Outcome != reading.Found && due.Outcome != reading.Past || due.Time.IsZero() {
		return r.foundDaysAgo(words)
	}
	at := r.beginning(due)
	if at.After(r.now) {
		if last, read := r.lastSuch(words, due.Kind); read {
			at = last
		}
	}
	return at.UTC(), true
}

// lastSuch reads a weekday, or a date without a year, as the last one that has come.
func (r *request) lastSuch(words, kind string) (time.Time, bool) {
	context := r.readingContext()
	switch {
	case kind == "weekday":
		context.Now = context.Now.AddDate(0, 0, -7)
	case isDate(kind):
		context.Now = context.Now.AddDate(-1, 0, 1)
	default:
		return time.Time{}, false
	}
	due := reading.ReadDue(words, context)
	at := r.beginning(due)
	return at, due.Outcome == reading.Found && !at.After(r.now)
}

// beginning is the moment that was read; of a day without an hour it is where the day begins.
func (r *request) beginning(due reading.Due) time.Time {
	if due.HasHour {
		return due.Time
	}
	return council.DayOf(due.Time, r.city.Zone).At(0, 0, r.city.Zone)
}

// foundDaysAgo reads "kemarin" and "hari ini" with an hour behind or without.
func (r *request) foundDaysAgo(words string) (time.Time, bool) {
	fields := strings.Fields(words)
	for length := min(2, len(fields)); length > 0; length-- {
		period, known := locale.Meaning("audit_period", strings.Join(fields[:length], " "))
		if !known || period != "today" && period != "yesterday" {
			continue
		}
		day, _ := r.auditPeriod(period)
		rest := strings.Join(fields[length:], " ")
		if rest == "" {
			return day.At(0, 0, r.city.Zone).UTC(), true
		}
		context := r.readingContext()
		context.Now = day.At(0, 0, r.city.Zone)
		due := reading.ReadDue(rest, context)
		return due.Time.UTC(), due.Outcome == reading.Found && due.HasHour
	}
	return time.Time{}, false
}

func (r *request) foundNow(draft officialDraft, _ pressArguments) error {
	draft.Found, draft.Change = r.now, ""
	return r.quietly(r.goOnOfficial(draft))
}

func (r *request) dropOfficial(_ officialDraft, _ pressArguments) error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.edit(r.speak.Say("official.dropped")); err != nil {
		return err
	}
	return r.toast(r.speak.Say("dialog.cancelled"))
}

// changeOfficial shows what of a draft can be changed.
func (r *request) changeOfficial(draft officialDraft, _ pressArguments) error {
	text, err := r.officialPreviewText(draft)
	if err != nil {
		return err
	}
	row := []store.Button{button(r.speak, "announcement_to", pressOfficial, offTo, draft.Key), button(r.speak, "announcement_text", pressOfficial, offText, draft.Key)}
	if draft.Kind == kindBreach {
		row = append(row, button(r.speak, "official_found", pressOfficial, offFound, draft.Key))
	}
	back := []store.Button{button(r.speak, "back", pressOfficial, offOn, draft.Key)}
	return r.quietly(r.askOfficial(draft, officialPreview, text, row, back))
}

func (r *request) askOfficialToAgain(draft officialDraft, _ pressArguments) error {
	return r.quietly(r.askOfficialTo(draft, 0))
}

// askOfficialTextAgain asks for the words anew: of a breach for the part that is chosen.
func (r *request) askOfficialTextAgain(draft officialDraft, arguments pressArguments) error {
	part := arguments.text(0)
	switch {
	case draft.Kind == kindOther:
		draft.Change = officialText
	case part == officialWhat || part == officialHow || part == officialDoing:
		draft.Change = part
	default:
		var rows [][]store.Button
		for _, one := range []string{officialWhat, officialHow, officialDoing} {
			rows = append(rows, []store.Button{{Text: r.speak.Say("official.part." + one), Data: data(pressOfficial, offText, draft.Key, one)}})
		}
		rows = append(rows, []store.Button{button(r.speak, "back", pressOfficial, offOn, draft.Key)})
		return r.quietly(r.askOfficial(draft, officialPreview, r.speak.Say("official.ask.which"), rows...))
	}
	return r.quietly(r.goOnOfficial(draft))
}

func (r *request) askFoundAgain(draft officialDraft, _ pressArguments) error {
	draft.Change = officialFound
	return r.quietly(r.goOnOfficial(draft))
}
