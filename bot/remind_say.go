package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// writeOwnReminders says what somebody asked to be reminded of: to a person with
// buttons to answer, to a group without. Alone it needs no greeting.
func (n *notice) writeOwnReminders() error {
	var items []council.Item
	for _, item := range n.Items {
		if item.Own.Number != 0 {
			items = append(items, item)
		}
	}
	if len(items) == 0 {
		return nil
	}
	n.openReminders()
	for _, item := range items {
		if err := n.writeReminder(item, len(items) > 1); err != nil {
			return err
		}
	}
	return nil
}

func (n *notice) openReminders() {
	headline := n.speak.Say("reminder.headline", "Person", greetPerson(n.speak, n.member))
	if n.GroupID != 0 {
		headline = n.speak.Say("reminder.headline_group")
	}
	first := len(n.sections) == 0
	if n.sections = append(n.sections, section{}); first {
		n.greet(headline)
	} else {
		n.headline(headline)
	}
}

// writeReminder writes one reminder, with what was answered to it.
func (n *notice) writeReminder(item council.Item, several bool) error {
	words := n.reminderWords()
	line, err := words.line(item.Own, council.OwnReminderLimit)
	if err != nil {
		return err
	}
	if n.GroupID != 0 {
		n.add(line)
		return nil
	}
	answer, err := words.answer(item.Own, item.Reminder.Anchor)
	switch {
	case err != nil:
		return err
	case answer.done:
		n.add("✓ " + line)
		return nil
	case answer.until.IsZero():
		n.add(line)
	default:
		n.add(line, n.speak.Say("reminder.waits", "Moment", n.speak.Moment(answer.until, n.city.Zone)))
	}
	n.offer(n.reminderRow(item.Own, several)...)
	return nil
}

func (n *notice) reminderRow(own council.OwnReminder, several bool) []store.Button {
	if !several {
		return []store.Button{button(n.speak, "reminder_done", pressReminder, reminderDone, own.Number),
			button(n.speak, "reminder_later", pressReminder, reminderLater, own.Number),
			button(n.speak, "reminder_date", pressReminder, reminderAnew, own.Number)}
	}
	named := func(label, verb string) store.Button {
		return store.Button{Text: n.speak.Say("button."+label+"_one", "Reference", own.Reference().String()), Data: data(pressReminder, verb, own.Number)}
	}
	return []store.Button{named("reminder_done", reminderDone), named("reminder_later", reminderLater), named("reminder_date", reminderAnew)}
}
