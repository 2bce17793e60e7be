package bot

import (
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// taskLine is a task as somebody wrote it in one line:
// "@baso_contoh Rekap tonase bank sampah #lingkungan, tenggat Jumat 16.00".
type taskLine struct {
	Title      string
	FullText   string
	MemberIDs  []int64
	Kind       council.GroupKind // of the group named by a tag; empty if none was
	Dimension  council.Dimension
	Partners   []council.Dimension // the working groups with which it is shared
	Evaluation int64
	Recommends int64 // the recommendation for which it is
	Meeting    int64 // the meeting of which it is a follow-up
	Due        reading.Due
	DuePhrase  string // the words of the date as written
	Recurrence *council.Recurrence
}

// readTaskLine takes a line apart. Whatever is not understood stays in the title.
func (r *request) readTaskLine(text string, entities []models.MessageEntity) (taskLine, error) {
	var line taskLine
	rest, members, err := r.takeMentions(text, entities)
	if err != nil {
		return line, err
	}
	line.MemberIDs = members
	rest, wish := takePartners(rest, true, r.city.Groups)
	line.Partners = wish.With
	rest = r.takeTags(rest, &line)
	if rest, line.Recommends, err = r.takeRecommendation(rest); err != nil {
		return line, err
	}
	if rest, line.Meeting, err = r.takeMeeting(rest); err != nil {
		return line, err
	}
	rest = r.takeRecurrence(rest, &line)
	rest = r.takeDue(rest, &line)
	line.Title, line.FullText = titleOf(tidy(rest))
	return line, nil
}

// takeMentions finds the people named in a text and takes their names out of
// it. A @username not seen until now is kept for when that person appears.
func (r *request) takeMentions(text string, entities []models.MessageEntity) (string, []int64, error) {
	type span struct{ start, end int }
	var spans []span
	var ids []int64
	for _, entity := range entities {
		start, end, ok := entitySpan(text, entity)
		if !ok {
			continue
		}
		switch {
		case entity.Type == models.MessageEntityTypeMention && council.FoldUsername(text[start:end]) != council.FoldUsername(r.Username()):
			member, err := r.mentioned(text[start:end])
			if err != nil {
				return "", nil, err
			}
			ids = append(ids, member.ID)
		case entity.Type == models.MessageEntityTypeTextMention && entity.User != nil && !entity.User.IsBot:
			member, err := r.known(entity.User)
			if err != nil {
				return "", nil, err
			}
			ids = append(ids, member.ID)
		case entity.Type == models.MessageEntityTypeBotCommand && start == 0, entity.Type == models.MessageEntityTypeMention:
		default:
			continue
		}
		spans = append(spans, span{start, end})
	}
	sort.Slice(spans, func(i, j int) bool { return spans[i].start > spans[j].start })
	for _, s := range spans {
		text = text[:s.start] + text[s.end:]
	}
	return text, ids, nil
}

// mentioned finds or keeps a person who is named as "@username".
func (r *request) mentioned(username string) (council.Member, error) {
	member, err := r.tx.Mentioned(username)
	if err != nil {
		return member, err
	}
	return member, r.tx.Heard(member.ID, r.now)
}

// known finds or keeps a person whom Telegram names by id.
func (r *request) known(user *models.User) (council.Member, error) {
	member, _, err := r.tx.Appeared(user.ID, user.Username, startLanguage(user, r.city.Language), r.now)
	if err != nil {
		return member, err
	}
	if err := r.tx.Heard(member.ID, r.now); err != nil || member.Name != "" {
		return member, err
	}
	actor, err := r.tx.Actor(member)
	if err != nil || onlyCommunity(actor) {
		return member, err
	}
	return r.tx.Seen(user.ID, displayName(user), user.Username, member.Language, r.now)
}

// takeTags takes out words that name a group ("#lingkungan") or an evaluation ("E-1").
func (r *request) takeTags(text string, line *taskLine) string {
	var kept []string
	for _, word := range strings.Split(text, " ") {
		bare := strings.Trim(word, ",.;:()")
		if tag, isTag := strings.CutPrefix(bare, "#"); isTag {
			if kind, dimension, known := r.groupWords(tag); known {
				line.Kind, line.Dimension = kind, dimension
				kept = append(kept, strings.Replace(word, bare, "", 1))
				continue
			}
		}
		if reference, ok := council.ParseReference(bare); ok && reference.Letter == council.EvaluationLetter && strings.Contains(bare, "-") {
			if _, err := r.tx.Evaluation(reference.Number); err == nil {
				line.Evaluation = reference.Number
				kept = append(kept, strings.Replace(strings.TrimLeft(word, "#"), strings.TrimLeft(bare, "#"), "", 1))
				continue
			}
		}
		kept = append(kept, word)
	}
	return strings.Join(kept, " ")
}

// takeRecurrence takes out what comes again.
func (r *request) takeRecurrence(text string, line *taskLine) string {
	found, ok := reading.FindRecurrence(text)
	if !ok {
		return text
	}
	line.Recurrence = r.ruleOf(found, deadlineHour)
	return withoutRecurrence(text, found)
}

// ruleOf makes a rule of a repetition that was read, at the given hour unless one
// was said. Without a day of its own it counts from the day on which it was written.
func (r *request) ruleOf(found reading.Recurrence, hour int) *council.Recurrence {
	written := r.written.In(r.city.Zone)
	rule := council.Recurrence{Unit: council.Unit(found.Unit), Every: max(found.Every, 1), Weekday: found.Weekday, Others: found.Others, Day: found.Day}
	if !found.HasDay {
		rule.Weekday, rule.Day = written.Weekday(), written.Day()
	}
	rule.Hour, rule.Minute = hour, 0
	if found.HasHour {
		rule.Hour, rule.Minute = found.Hour, found.Minute
		if found.Zone != nil {
			local := time.Date(written.Year(), written.Month(), written.Day(), found.Hour, found.Minute, 0, 0, found.Zone).In(r.city.Zone)
			rule.Hour, rule.Minute = local.Hour(), local.Minute()
		}
	}
	return &rule
}

// withoutRecurrence is a text without a repetition and what leads into it.
func withoutRecurrence(text string, found reading.Recurrence) string {
	before := strings.TrimRight(text[:found.Start], " ,;:")
	for range 2 { // "due by"
		if cut := strings.LastIndexAny(before, " ,;"); isMarker(before[cut+1:]) {
			before = strings.TrimRight(before[:cut+1], " ,;:")
		}
	}
	return before + " " + text[found.End:]
}

// isMarker tells whether words lead into a date: "tenggat", "by".
func isMarker(words string) bool {
	_, leads := locale.Meaning("marker", words)
	return leads
}

// withoutMarker takes what leads into a date off the beginning of its phrase.
func withoutMarker(phrase string) string {
	words := strings.Fields(phrase)
	for count := min(2, len(words)-1); count > 0; count-- {
		if isMarker(strings.Join(words[:count], " ")) {
			return strings.Join(words[count:], " ")
		}
	}
	return phrase
}

// deadlineHour is when a task is due that was given a day without an hour.
const deadlineHour = 16

func (r *request) takeDue(text string, line *taskLine) string {
	if line.Recurrence != nil {
		return text
	}
	line.Due = reading.FindDue(text, r.readingContext())
	if line.Due.End <= line.Due.Start {
		return text
	}
	line.DuePhrase = withoutMarker(strings.Trim(text[line.Due.Start:line.Due.End], " ,."))
	return text[:line.Due.Start] + text[line.Due.End:]
}

// readingContext is what dates in this request are read against.
func (r *request) readingContext() reading.Context {
	return reading.Context{Now: r.written.In(r.city.Zone), Holidays: r.city.Holidays}
}

// deadlineOf gives a date that was read the zone it was given in.
func (r *request) deadlineOf(due reading.Due) council.Deadline {
	zone := r.city.Zone.String()
	if due.Given != nil {
		zone = officialZones[due.Given.String()]
	}
	return council.Deadline{At: due.Time.UTC(), Zone: zone}
}

// officialZones are the zones of the country, by the letters people write.
var officialZones = map[string]string{"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}

func (r *request) deadlineAt(at time.Time) council.Deadline {
	return council.Deadline{At: at.UTC(), Zone: r.city.Zone.String()}
}

// gaps are what taking words out leaves before the marks behind them.
var gaps = strings.NewReplacer(" ,", ",", " .", ".", ",,", ",")

// tidy closes the gaps that taking words out has left.
func tidy(text string) string {
	text = gaps.Replace(strings.Join(strings.Fields(text), " "))
	return strings.Trim(text, " ,;:-–")
}

// titleOf shortens what is too long for a title, and then keeps it in full beside it.
func titleOf(text string) (title, full string) {
	if utf8.RuneCountInString(text) <= council.TitleLimit {
		return text, ""
	}
	return shorten(text, council.TitleLimit), text
}
