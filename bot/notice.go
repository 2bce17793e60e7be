package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// aboutNotice marks a message of the bot that nobody asked for: a reminder.
const aboutNotice = "notice"

// notice is one digest being written for one reader, as things stand now. It is
// written in the same way when it is said and whenever it is shown anew.
//
// Each kind of thing has a writer, which opens a section and adds what it has to
// say, part by part, with the buttons of each.
type notice struct {
	council.Notice // At is when it was said
	evaluationText // now is the present
	bot            *Bot
	tx             *store.Tx
	member         council.Member // zero when a group is told
	group          council.Group  // zero when a person is told
	greetings      []string       // stand above every page
	sections       []section
	parts          []part
	listed         map[int64]bool  // tasks that have a line already
	reported       map[string]bool // evaluations that a leader has been told of
}

// section is what belongs together in a digest.
type section struct {
	headline string // stands above its first part on every page; empty for none
	joined   bool   // to the section before, without an empty line
}

// part is what a page's end never tears apart.
type part struct {
	section int
	lines   []string
	rows    [][]store.Button
	own     *ownTask // for a task of the person's own
}

// Say queues one message with everything that is due for a person or a group,
// in the language and with the form of address of the reader. Whoever cannot be
// written to is passed over.
func (b *Bot) Say(_ context.Context, tx *store.Tx, due council.Notice) error {
	place, err := b.cityNow(tx)
	if err != nil {
		return err
	}
	n := b.newNotice(tx, place, due.At, due)
	if due.GroupID != 0 {
		return n.sayToGroup()
	}
	return n.sayToPerson()
}

func (b *Bot) newNotice(tx *store.Tx, place *city, now time.Time, due council.Notice) *notice {
	return &notice{Notice: due, evaluationText: evaluationText{city: place, now: now}, bot: b, tx: tx,
		listed: make(map[int64]bool), reported: make(map[string]bool)}
}

func (n *notice) sayToPerson() (err error) {
	if reached, err := n.meet(); err != nil || !reached {
		return err
	}
	n.Items = slices.SortedStableFunc(slices.Values(n.Items), earlierDue)
	if err := n.addOpenTasks(); err != nil {
		return err
	}
	if err := n.writePerson(); err != nil || len(n.parts) == 0 {
		return err
	}
	return n.sendDigest()
}

// meet finds out who is told, and whether that person can be written to.
func (n *notice) meet() (reached bool, err error) {
	if n.member, err = n.tx.Member(n.MemberID); err != nil {
		return false, err
	}
	n.speak = n.bot.speaker(n.member)
	return n.member.Answered(), nil // who rests is said only what that person set
}

func (n *notice) writePerson() error {
	for _, write := range []func() error{n.writeOwn, n.writeQuestions, n.writeEvaluations, n.writeCoordination, n.writeUnmanned, n.writeMissing, n.writeEvidence, n.writeLikeness, n.writeIdeas, n.writeRecommendations, n.writeMeetings, n.writePrivacy,
		n.writeYearMissing, n.writeAbsence, n.writeReport, n.writeQuestionReport, n.writeIdeaReport, n.writePrompts, n.writeScores, n.writeOwnReminders} {
		if err := write(); err != nil {
			return err
		}
	}
	n.taskButtons()
	return nil
}

// sayToGroup writes counts, and no names.
func (n *notice) sayToGroup() (err error) {
	if n.group, err = n.tx.Group(n.GroupID); err != nil {
		return err
	}
	n.speak = n.bot.book.In(n.group.Language)
	for _, write := range []func() error{n.writeAbsence, n.writeGroupMeetings, n.writeGroupEvaluations, n.writeWeekly, n.writeSummary, n.writeOwnReminders} {
		if err := write(); err != nil {
			return err
		}
	}
	if len(n.parts) == 0 {
		return nil
	}
	payload := n.whole()
	payload.About, payload.Subject = aboutNotice, soleSubject(n.reminders()).String()
	return n.tx.Queue(store.Outgoing{
		ChatID: n.group.ChatID, ThreadID: n.group.ThreadID, Kind: store.KindMessage, Priority: store.PriorityReminder, Payload: payload,
	}, time.Now())
}

// open begins a section; the first one begins the digest with a greeting.
func (n *notice) open(key string) {
	n.greet(n.speak.Say(key, "Greeting", n.greeting(), "Person", greetPerson(n.speak, n.member)))
	n.sections = append(n.sections, section{})
}

// greet begins the digest, once, and says when it comes late.
func (n *notice) greet(line string) {
	if len(n.greetings) > 0 {
		return
	}
	n.greetings = append(n.greetings, line)
	if n.Late {
		n.greetings = append(n.greetings, n.speak.Say("notice.late"))
	}
}

// headline gives the section that was opened last a line above its parts.
func (n *notice) headline(line string) { n.sections[len(n.sections)-1].headline = line }

// join begins a section that goes on with the one before.
func (n *notice) join(headline string) {
	n.sections = append(n.sections, section{headline: headline, joined: true})
}

// add writes lines that stand together into the section that was opened last.
func (n *notice) add(lines ...string) {
	n.parts = append(n.parts, part{section: len(n.sections) - 1, lines: lines})
}

// offer puts a row of buttons below the digest, on the page of the part that was
// added last.
func (n *notice) offer(row ...store.Button) {
	last := &n.parts[len(n.parts)-1]
	last.rows = append(last.rows, row)
}

// greeting fits the hour: pagi before 11, siang before 15, sore before 19.
func (n *notice) greeting() string {
	part := "evening"
	switch hour := n.At.In(n.city.Zone).Hour(); {
	case hour < 11:
		part = "morning"
	case hour < 15:
		part = "noon"
	case hour < 19:
		part = "afternoon"
	}
	return n.speak.Say("notice.greeting." + part)
}

// items gives the items for an audience.
func (n *notice) items(audience council.Audience) []council.Item {
	var items []council.Item
	for _, item := range n.Items {
		if item.Reminder.Audience == audience {
			items = append(items, item)
		}
	}
	return items
}

// reminders are those that the digest says, in its order.
func (n *notice) reminders() []council.Reminder {
	reminders := make([]council.Reminder, len(n.Items))
	for i, item := range n.Items {
		reminders[i] = item.Reminder
	}
	return reminders
}

// soleSubject is the one thing that these reminders are about; zero when they
// are about several, or about something that nobody names.
func soleSubject(reminders []council.Reminder) council.Reference {
	var sole council.Reference
	for _, reminder := range reminders {
		if !sole.IsZero() && reminder.Subject != sole {
			return council.Reference{}
		}
		sole = reminder.Subject
	}
	if strings.ContainsRune("TENQPAVRMH", rune(sole.Letter)) {
		return sole
	}
	return council.Reference{}
}
