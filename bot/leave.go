package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// leavePayload is in the link that shows one's leaves in private.
const leavePayload = "leave"

// leave is /cuti 3–7 Juni, /cuti besok, /cuti selesai. Alone it shows the leaves
// that are noted. Of a group only the short answer is seen; the rest is private.
func (r *request) leave() error {
	if err := r.may(council.ActionOwnReminders, council.Scope{}); err != nil {
		return err
	}
	text := strings.TrimSpace(r.text)
	if meaning, known := locale.Meaning("leave", text); known && meaning == "over" {
		return r.endPresentLeave()
	}
	if text == "" {
		return r.listLeaves()
	}
	return r.takeLeave(text)
}

// takeLeave notes the days that somebody wrote, or asks which are meant. What
// cannot be read leaves a question that asked for them open.
func (r *request) takeLeave(text string) error {
	meant, err := r.readLeave(text)
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if len(meant) > 1 || meant[0].Days() > surelyMeant {
		return r.askLeave(meant)
	}
	answer, err := r.keepLeave(meant[0])
	if err != nil {
		return err
	}
	return r.answerLeave(answer)
}

// answerDays takes the days that /cuti alone asked for.
func (r *request) answerDays(store.Dialog) error {
	if err := r.may(council.ActionOwnReminders, council.Scope{}); err != nil {
		return err
	}
	return r.takeLeave(strings.TrimSpace(r.text))
}

// askLeave offers the days that may be meant. The buttons are for the person
// who asked, also where others see them.
func (r *request) askLeave(meant []council.Leave) error {
	var rows [][]store.Button
	for _, leave := range meant {
		rows = append(rows, []store.Button{{Text: r.shortDays(r.speak, leave),
			Data: data(pressLeave, leaveSet, leave.First.String(), leave.Last.String(), r.actor.ID)}})
	}
	if len(meant) == 1 {
		return r.reply(r.speak.Say("leave.ask_long", "Days", r.leaveDays(r.speak, meant[0])), rows...)
	}
	return r.reply(r.speak.Say("leave.ask_which"), rows...)
}

// listLeaves shows the leaves that are not over, each with a button that ends
// it, and how to write one.
func (r *request) listLeaves() error {
	text, rows, err := r.leaveList()
	if err != nil {
		return err
	}
	if !r.private {
		return r.tellAside(r.speak.Say("leave.in_private"), text, rows...)
	}
	dialog := store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogLeave}
	if err := r.tx.SetDialog(dialog, r.now); err != nil {
		return err
	}
	return r.replyAbout("", dialogLeave, text, rows...)
}

func (r *request) leaveList() (string, [][]store.Button, error) {
	speak := r.speaker(r.actor.Member)
	today := r.todayThere()
	leaves, err := r.tx.Leaves(r.actor.ID, today)
	if err != nil {
		return "", nil, err
	}
	lines := []string{speak.Say("leave.none")}
	if len(leaves) > 0 {
		lines[0] = speak.Say("leave.list")
	}
	var rows [][]store.Button
	for _, leave := range leaves {
		line := "• " + r.leaveDays(speak, leave)
		if leave.Covers(today) {
			line += " " + speak.Say("leave.now")
		}
		lines = append(lines, line)
		rows = append(rows, []store.Button{{Text: speak.Say("button.end_leave", "Days", r.shortDays(speak, leave)), Data: data(pressLeave, leaveEnd, leave.ID)}})
	}
	return strings.Join(append(lines, speak.Say("leave.how")), "\n"), rows, nil
}

// tellAside answers shortly in a group and says the rest in private. Whoever
// cannot be written to gets a button that opens the private chat.
func (r *request) tellAside(short, full string, rows ...[]store.Button) error {
	reached, err := r.tell(r.actor.Member, "", aboutLeave, full, rows...)
	if err != nil {
		return err
	}
	var open [][]store.Button
	if !reached {
		open = append(open, []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(leavePayload)}})
	}
	if r.press != nil {
		return r.edit(short, open...)
	}
	return r.reply(short, open...)
}

// aboutLeave marks a message of the bot about somebody's leave.
const aboutLeave = "leave"

// todayThere is the city's day.
func (r *request) todayThere() council.Day { return council.DayOf(r.now, r.city.Zone) }
