package bot

import (
	"context"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// aboutNotice marks a message of the bot that nobody asked for: a reminder.
const aboutNotice = "notice"

// notice is one digest being written for one reader.
type notice struct {
	council.Notice
	evaluationText
	bot      *Bot
	tx       *store.Tx
	member   council.Member // zero when a group is told
	group    council.Group  // zero when a person is told
	lines    []string
	listed   map[int64]bool // tasks that have a line already
	tasks    []int64        // own tasks, in the order of their lines
	buttons  [][]store.Button
	about    map[string]bool // the references that have a line
	reported map[string]bool // evaluations that a leader has been told of
}

// Say queues one message with everything that is due for a person or a group,
// in the language and with the form of address of the reader. Whoever cannot be
// written to is passed over.
func (b *Bot) Say(_ context.Context, tx *store.Tx, due council.Notice) error {
	place, err := b.cityNow(tx)
	if err != nil {
		return err
	}
	n := &notice{Notice: due, evaluationText: evaluationText{city: place, now: due.At}, bot: b, tx: tx,
		listed: make(map[int64]bool), about: make(map[string]bool), reported: make(map[string]bool)}
	if due.GroupID != 0 {
		return n.sayToGroup()
	}
	return n.sayToPerson()
}

func (n *notice) sayToPerson() (err error) {
	if n.member, err = n.tx.Member(n.MemberID); err != nil {
		return err
	}
	if n.member.Reach != council.ReachOpen || n.member.TelegramID == 0 {
		return nil
	}
	n.speak = n.bot.speaker(n.member)
	for _, write := range []func() error{n.writeOwn, n.writeEvaluations, n.writeCoordination, n.writeReport} {
		if err := write(); err != nil {
			return err
		}
	}
	n.taskButtons()
	return n.queue(n.member.TelegramID, 0)
}

// queue puts the digest into the outbox. A digest about one thing carries its
// reference, so that replying to it names the thing.
func (n *notice) queue(chatID int64, thread int) error {
	if len(n.lines) == 0 {
		return nil
	}
	payload := store.Payload{Text: shorten(strings.Join(n.lines, "\n"), messageLimit), Buttons: n.buttons, About: aboutNotice}
	if len(n.about) == 1 {
		for reference := range n.about {
			payload.Subject = reference
		}
	}
	return n.tx.Queue(store.Outgoing{
		ChatID: chatID, ThreadID: thread, Kind: store.KindMessage, Priority: store.PriorityReminder, Payload: payload,
	}, time.Now())
}

// messageLimit is below the 4,096 units that Telegram takes, with room for
// letters that count twice.
const messageLimit = 3500

func (n *notice) add(lines ...string) { n.lines = append(n.lines, lines...) }

// open begins the digest with a greeting, once.
func (n *notice) open(key string) {
	if len(n.lines) > 0 {
		n.add("")
		return
	}
	n.add(n.speak.Say(key, "Greeting", n.greeting(), "Person", greetPerson(n.speak, n.member)))
	n.apologise()
}

// apologise says that a digest comes late.
func (n *notice) apologise() {
	if n.Late {
		n.add(n.speak.Say("notice.late"))
	}
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

// items gives the items for an audience, each subject once.
func (n *notice) items(audience council.Audience) []council.Item {
	var items []council.Item
	for _, item := range n.Items {
		if item.Reminder.Audience == audience {
			items = append(items, item)
		}
	}
	return items
}

// sayToGroup writes counts, and no names.
func (n *notice) sayToGroup() (err error) {
	if n.group, err = n.tx.Group(n.GroupID); err != nil {
		return err
	}
	n.speak = n.bot.book.In(n.group.Language)
	n.open("notice.group")
	for _, evaluation := range n.evaluations(n.items(council.ToGroup)) {
		if err := n.writeEvaluation(evaluation); err != nil {
			return err
		}
		dimensions, err := n.dimensions(evaluation[0].Evaluation)
		if err != nil {
			return err
		}
		n.add(n.progress(evaluation[0].Counts, dimensions)...)
		switch counts := evaluation[0].Counts; {
		case counts.Total > 0 && counts.Done >= counts.Total:
			n.add(n.speak.Say("notice.complete"))
		case counts.Total > 0 && n.group.Kind == council.KindWorkingGroup:
			n.add(n.speak.Say("notice.private"))
		}
	}
	return n.queue(n.group.ChatID, n.group.ThreadID)
}

func (n *notice) dimensions(evaluation council.Evaluation) ([]store.DimensionCount, error) {
	tasks, err := n.tx.TasksFor(evaluation)
	if err != nil {
		return nil, err
	}
	return n.tx.CountByDimension(tasks)
}

// evaluations puts the items of one evaluation together: several of its dates may
// be spoken of on one morning.
func (n *notice) evaluations(items []council.Item) [][]council.Item {
	var together [][]council.Item
	where := make(map[int64]int)
	for _, item := range items {
		at, known := where[item.Evaluation.Number]
		if !known {
			at = len(together)
			where[item.Evaluation.Number] = at
			together = append(together, nil)
		}
		together[at] = append(together[at], item)
	}
	return together
}

// writeEvaluation writes an evaluation with the dates that are spoken of, and why
// that is earlier than usual.
func (n *notice) writeEvaluation(items []council.Item) error {
	evaluation := items[0].Evaluation
	reference := evaluation.Reference().String()
	n.about[reference] = true
	n.add(reference + " · " + evaluation.Name)
	moved := make(map[string]bool)
	for _, item := range items {
		n.add(n.milestones([]council.Milestone{item.Milestone}, false)...)
		if why := n.whyMoved(item.Reminder.Step, item.Milestone.Deadline); why != "" {
			moved[n.speak.Say("notice.moved", "Step", string(item.Reminder.Step), "Why", why)] = true
		}
	}
	for sentence := range moved {
		n.add(sentence)
	}
	return nil
}
