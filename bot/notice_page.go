package bot

import (
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/store"
)

// How much one page of a digest holds. Telegram takes 4,096 characters and 100
// buttons; there is room left for the greeting and for turning the page.
const (
	pageTasks   = 5 // of the person's own, with their buttons
	pageText    = messageLimit - 300
	pageButtons = 90
)

// messageLimit is below the 4,096 units that Telegram takes, with room for
// letters that count twice.
const messageLimit = 3500

// pages divides the parts into what one message holds, in their order.
func (n *notice) pages() [][]part {
	var pages [][]part
	tasks, text, buttons := 0, 0, 0
	for _, part := range n.parts {
		t, l, b := part.size()
		l += len(n.sections[part.section].headline)
		if len(pages) == 0 || tasks+t > pageTasks || text+l > pageText || buttons+b > pageButtons {
			pages = append(pages, nil)
			tasks, text, buttons = 0, 0, 0
		}
		tasks, text, buttons = tasks+t, text+l, buttons+b
		pages[len(pages)-1] = append(pages[len(pages)-1], part)
	}
	return pages
}

// size is how much of a page a part takes: tasks, bytes of text, buttons.
func (p part) size() (tasks, text, buttons int) {
	if p.own != nil {
		tasks = 1
	}
	for _, line := range p.lines {
		text += len(line) + 1
	}
	for _, row := range p.rows {
		buttons += len(row)
	}
	return tasks, text, buttons
}

// whole is everything in one message.
func (n *notice) whole() store.Payload {
	return store.Payload{Text: n.text(n.parts), Buttons: rowsOf(n.parts)}
}

// page is one page of the digest with this id, or the nearest one that there is,
// and says how much comes after it.
func (n *notice) page(wanted int, digestID int64) (store.Payload, int) {
	pages := n.pages()
	here := min(max(wanted, 0), len(pages)-1)
	parts := pages[here]
	payload := store.Payload{Text: n.text(parts), Buttons: n.pageRows(parts), About: cardDigest, Subject: digestSubject(digestID)}
	if len(pages) == 1 {
		return payload, here
	}
	after := 0
	for _, later := range pages[here+1:] {
		after += len(later)
	}
	if after > 0 {
		payload.Text += "\n" + n.speak.Count("notice.more", after)
	}
	turn := func(text string, page int) store.Button {
		return store.Button{Text: text, Data: data(pressDigest, digestID, page)}
	}
	row := []store.Button{turn(strconv.Itoa(here+1)+"/"+strconv.Itoa(len(pages)), here)}
	if here > 0 {
		row = append([]store.Button{turn(n.speak.Say("button.previous"), here-1)}, row...)
	}
	if after > 0 {
		row = append(row, turn(n.speak.Say("button.next"), here+1))
	}
	payload.Buttons = append(payload.Buttons, row)
	return payload, here
}

// text writes parts below the greeting, each section under its headline.
func (n *notice) text(parts []part) string {
	lines := append([]string(nil), n.greetings...)
	last := -1
	for i, part := range parts {
		if part.section != last {
			section := n.sections[part.section]
			if i > 0 && !section.joined {
				lines = append(lines, "")
			}
			if section.headline != "" {
				lines = append(lines, section.headline)
			}
			last = part.section
		}
		lines = append(lines, part.lines...)
	}
	return strings.Join(lines, "\n")
}

// pageRows are the buttons of a page; the one for another day stands below those of the
// person's own tasks, before what else the digest asks.
func (n *notice) pageRows(parts []part) [][]store.Button {
	own := 0
	for i, part := range parts {
		if part.own != nil {
			own = i + 1
		}
	}
	rows := rowsOf(parts[:own])
	if row := n.dateRow(parts); row != nil {
		rows = append(rows, row)
	}
	return append(rows, rowsOf(parts[own:])...)
}

func rowsOf(parts []part) [][]store.Button {
	var rows [][]store.Button
	for _, part := range parts {
		rows = append(rows, part.rows...)
	}
	return rows
}
