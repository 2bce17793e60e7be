package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
)

// further lists the commands that help names beside those of a menu, which holds no more.
var further = map[menu][]string{
	menuPrivate: {"ask", "questions", "answer", "forward", "idea", "ideas", "myideas", "support", "decide", "progress", "take", "newtask", "assign", "due",
		"waitfor", "evaluation", "indicators", "evidence", "readiness", "digest", "reminders", "leave", "quiet", "news", "undo", "language", "privacy", "withdraw",
		"meetings", "rsvp", "minutes", "decisions", "followups"},
	menuGroup:       {"ask", "idea", "evidence", "readiness", "progress", "assign", "due", "waitfor", "questions", "answer", "ideas", "search", "remind", "news", "meetings", "rsvp", "minutes", "decisions", "followups"},
	menuCommunity:   {"ideas", "myideas", "support", "news", "reminders", "tasks", "done", "leave", "quiet", "undo", "language", "privacy", "withdraw", "meetings", "rsvp"},
	menuCoordinator: {"newmeeting", "handover", "announce", "prompt", "poll", "engagement", "plan", "merge", "holidays", "settings", "wording", "recommendations", "export", "audit", "notify", "review"},
}

// help lists what the person can ask for here.
func (r *request) help() error {
	if r.actor.IsStranger() {
		return council.Refuse("stranger")
	}
	shown := menuOf(r.actor)
	switch {
	case !r.private:
		shown = menuOfGroup(r.group)
	case r.actor.Coordinates():
		shown = menuPrivate // theirs stands below
	}
	text := r.speak.Say("help.head") + r.helpOf(shown)
	if r.private && r.actor.Coordinates() {
		text += "\n\n" + r.speak.Say("help.coordinator") + r.helpOf(menuCoordinator)
	}
	return r.reply(text)
}

// helpOf lists the commands of a menu, each with what it does, and names the others.
func (r *request) helpOf(shown menu) string {
	var text strings.Builder
	for _, name := range menuCommands(shown) {
		text.WriteString("\n/" + commandWord(r.speak, name) + " – " + r.speak.Say("command."+name+".menu"))
	}
	others := make([]string, len(further[shown]))
	for i, name := range further[shown] {
		others[i] = "/" + commandWord(r.speak, name)
	}
	return text.String() + "\n" + r.speak.Say("help.further", "Commands", strings.Join(others, " "))
}
