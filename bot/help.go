package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// further lists the commands that help names beside those of a menu, which holds no more.
var further = map[menu][]string{
	menuPrivate: {"ask", "questions", "answer", "forward", "idea", "ideas", "myideas", "support", "decide", "progress", "take", "newtask", "assign", "due",
		"waitfor", "evaluation", "indicators", "evidence", "readiness", "digest", "reminders", "leave", "quiet", "news", "undo", "language", "privacy", "mydata", "deletedata", "withdraw",
		"meetings", "rsvp", "minutes", "decisions", "followups"},
	menuGroup:       {"ask", "idea", "evidence", "readiness", "progress", "assign", "due", "waitfor", "questions", "answer", "ideas", "search", "remind", "news", "meetings", "rsvp", "minutes", "decisions", "followups"},
	menuCommunity:   {"ideas", "myideas", "support", "news", "reminders", "tasks", "done", "leave", "quiet", "undo", "language", "privacy", "mydata", "deletedata", "withdraw", "meetings", "rsvp"},
	menuCoordinator: {"newmeeting", "handover", "announce", "prompt", "poll", "engagement", "plan", "merge", "holidays", "settings", "wording", "recommendations", "export", "audit", "notify", "review"},
}

// What a button of help shows, beside the topics.
const (
	helpStart = "start" // the topics
	helpAll   = "all"   // every command
)

// helpTopic is one button of help with the commands behind it.
type helpTopic struct {
	name     string
	commands []string
}

// helpTopics are the buttons of help, in their order. A command that stands in none is
// found among all commands only.
var helpTopics = []helpTopic{
	{"tasks", []string{"newtask", "tasks", "take", "progress", "blocked", "done", "assign", "due", "waitfor", "status", "digest", "search", "undo"}},
	{"ideas", []string{"idea", "ideas", "myideas", "support", "merge", "review", "decide"}},
	{"questions", []string{"ask", "questions", "answer", "forward", "prompt", "poll"}},
	{"meetings", []string{"newmeeting", "meetings", "rsvp", "minutes", "decisions", "followups"}},
	{"evaluation", []string{"newevaluation", "evaluation", "indicators", "evidence", "readiness", "recommendations", "engagement", "export"}},
	{"news", []string{"announce", "news", "notify"}},
	{"reminders", []string{"remind", "reminders", "leave", "quiet", "plan", "holidays"}},
	{"own", []string{"profile", "language", "privacy", "mydata", "withdraw", "deletedata"}},
	{"city", []string{"link", "role", "handover", "settings", "wording", "audit"}},
}

// help says who asks and where, what came before, and offers topics.
func (r *request) help() error {
	if r.actor.IsStranger() {
		return council.Refuse("stranger")
	}
	before, err := r.helpBefore()
	if err != nil {
		return err
	}
	lines := append([]string{r.helpHead()}, before...)
	return r.reply(joinedLines(append(lines, r.speak.Say("help_topic.choose"))...), r.topicRows()...)
}

// pressHelp shows a topic, all commands, or the topics again, for whoever presses.
func (r *request) pressHelp(arguments pressArguments) error {
	if r.actor.IsStranger() {
		return council.Refuse("stranger")
	}
	text, rows := "", [][]store.Button{{button(r.speak, "back", pressHelp, helpStart)}}
	place := slices.IndexFunc(helpTopics, func(topic helpTopic) bool { return topic.name == arguments.text(0) })
	switch {
	case arguments.text(0) == helpAll:
		text = r.allCommands()
	case place >= 0:
		text = r.topicText(helpTopics[place])
	case arguments.text(0) == helpStart:
		text, rows = joinedLines(r.helpHead(), r.speak.Say("help_topic.choose")), r.topicRows()
	default:
		return r.stale()
	}
	if err := r.edit(text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// helpHead says as whom the bot knows who asks; in a group, what the group is.
func (r *request) helpHead() string {
	if !r.private {
		if !r.linked() {
			return r.speak.Say("help.head")
		}
		return r.speak.Say("help_topic.head_group", "Group", r.groupName(r.group))
	}
	role := r.speak.Say("role.name." + string(guidedRole(r.actor)))
	return r.speak.Say("help_topic.head_private", "Person", greetPerson(r.speak, r.actor.Member), "Role", role)
}

// topicRows are the topics in which there is something for who asks here, two in a row.
func (r *request) topicRows() [][]store.Button {
	var rows [][]store.Button
	add := func(label string, button store.Button) {
		if len(rows) == 0 || len(rows[len(rows)-1]) == 2 {
			rows = append(rows, nil)
		}
		button.Text = label
		rows[len(rows)-1] = append(rows[len(rows)-1], button)
	}
	offered := r.offeredHere()
	for _, topic := range helpTopics {
		if slices.ContainsFunc(topic.commands, func(name string) bool { return slices.Contains(offered, name) }) {
			add(r.speak.Say("help_topic."+topic.name), store.Button{Data: data(pressHelp, topic.name)})
		}
	}
	add(r.speak.Say("help_topic.all"), store.Button{Data: data(pressHelp, helpAll)})
	if r.private {
		add(r.speak.Say("help_topic.begin"), store.Button{Data: data(pressGuidance, 1)})
	}
	return rows
}

// topicText lists the commands of a topic that are for who asks here.
func (r *request) topicText(topic helpTopic) string {
	offered := r.offeredHere()
	lines := []string{r.speak.Say("help_topic." + topic.name)}
	for _, name := range topic.commands {
		if slices.Contains(offered, name) {
			lines = append(lines, r.commandLine(name))
		}
	}
	return joinedLines(lines...)
}

func (r *request) commandLine(name string) string {
	return "/" + commandWord(r.speak, name) + " – " + r.speak.Say("command."+name+".menu")
}

// menusHere are the menus of which help speaks here.
func (r *request) menusHere() []menu {
	switch {
	case !r.private:
		return []menu{menuOfGroup(r.group)}
	case r.actor.Coordinates():
		return []menu{menuPrivate, menuCoordinator}
	}
	return []menu{menuOf(r.actor)}
}

// offeredHere names every command that help offers here.
func (r *request) offeredHere() []string {
	var names []string
	for _, shown := range r.menusHere() {
		names = append(append(names, menuCommands(shown)...), further[shown]...)
	}
	return names
}

// allCommands lists what the person can ask for here.
func (r *request) allCommands() string {
	text := r.speak.Say("help.head")
	for i, shown := range r.menusHere() {
		if i > 0 {
			text += "\n\n" + r.speak.Say("help.coordinator")
		}
		text += r.helpOf(shown)
	}
	return text
}

// helpOf lists the commands of a menu, each with what it does, and names the others.
func (r *request) helpOf(shown menu) string {
	var text strings.Builder
	for _, name := range menuCommands(shown) {
		text.WriteString("\n" + r.commandLine(name))
	}
	others := make([]string, len(further[shown]))
	for i, name := range further[shown] {
		others[i] = "/" + commandWord(r.speak, name)
	}
	return text.String() + "\n" + r.speak.Say("help.further", "Commands", strings.Join(others, " "))
}
