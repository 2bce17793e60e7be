package bot

import (
	"sort"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// command is one thing people can ask for. Its words stand in the sentences
// under "command.<name>.word"; the name is the English one.
type command struct {
	name   string
	answer func(*request) error
	menus  []menu // in which menus it is shown
}

// menu is one of the lists that Telegram shows beside the message field.
type menu string

// Menus, by where and to whom they are shown. Each holds at most eight commands.
const (
	menuPrivate     menu = "private"
	menuGroup       menu = "group"
	menuCoordinator menu = "coordinator"
	menuCommunity   menu = "community" // in communities' groups, and to people known from those alone
)

// menuLimit is how many commands a menu shows.
const menuLimit = 8

// commands lists everything people can ask for; in a menu they stand in this order.
func commands() []command {
	return []command{
		{"start", (*request).start, nil},
		{"idea", (*request).giveIdea, []menu{menuCommunity}},
		{"ideas", (*request).listIdeas, nil},
		{"myideas", (*request).myIdeas, nil},
		{"ask", (*request).askQuestion, []menu{menuCommunity}},
		{"questions", (*request).listQuestions, []menu{menuCommunity}},
		{"newtask", (*request).newTask, []menu{menuGroup, menuCoordinator}},
		{"tasks", (*request).listTasks, []menu{menuPrivate, menuGroup}},
		{"take", (*request).take, []menu{menuGroup}},
		{"progress", (*request).progress, nil},
		{"blocked", (*request).blocked, []menu{menuPrivate, menuGroup}},
		{"done", (*request).done, []menu{menuPrivate, menuGroup}},
		{"assign", (*request).assign, nil},
		{"due", (*request).due, nil},
		{"waitfor", (*request).waitFor, nil},
		{"evidence", (*request).evidence, nil},
		{"newevaluation", (*request).newEvaluation, []menu{menuCoordinator}},
		{"evaluation", (*request).showEvaluations, []menu{menuCoordinator}},
		{"newmeeting", (*request).newMeeting, nil},
		{"meetings", (*request).meetings, nil},
		{"rsvp", (*request).rsvp, nil},
		{"indicators", (*request).indicators, nil},
		{"readiness", (*request).readiness, nil},
		{"status", (*request).status, []menu{menuPrivate, menuGroup, menuCoordinator, menuCommunity}},
		{"recommendations", (*request).recommendation, nil},
		{"plan", (*request).plan, nil},
		{"digest", (*request).digest, []menu{menuGroup, menuCoordinator}},
		{"engagement", (*request).involvement, nil},
		{"export", (*request).export, nil},
		{"audit", (*request).audit, nil},
		{"notify", (*request).notify, nil},
		{"remind", (*request).remind, []menu{menuPrivate, menuCommunity}},
		{"reminders", (*request).listReminders, nil},
		{"prompt", (*request).prompt, nil},
		{"search", (*request).search, []menu{menuPrivate}},
		{"announce", (*request).announce, nil},
		{"news", (*request).news, nil},
		{"leave", (*request).leave, nil},
		{"quiet", (*request).quiet, nil},
		{"answer", (*request).answerQuestion, nil},
		{"forward", (*request).forwardQuestion, nil},
		{"merge", (*request).merge, nil},
		{"review", (*request).review, nil},
		{"decide", (*request).decideIdeaNamed, nil},
		{"support", (*request).support, nil},
		{"minutes", (*request).minutes, nil},
		{"decisions", (*request).decisions, nil},
		{"followups", (*request).listFollowUps, nil},
		{"undo", (*request).undo, nil},
		{"poll", (*request).newPoll, nil},
		{"holidays", (*request).holidays, nil},
		{"link", (*request).link, []menu{menuCoordinator}},
		{"role", (*request).role, []menu{menuCoordinator}},
		{"handover", (*request).handover, nil},
		{"profile", (*request).profile, []menu{menuPrivate, menuCommunity}},
		{"language", (*request).language, nil},
		{"settings", (*request).settings, nil},
		{"wording", (*request).wording, nil},
		{"privacy", (*request).privacy, nil},
		{"mydata", (*request).myData, nil},
		{"deletedata", (*request).erase, nil},
		{"withdraw", (*request).withdrawConsent, nil},
		{"help", (*request).help, []menu{menuPrivate, menuGroup, menuCoordinator, menuCommunity}},
		{"menu", (*request).help, nil},
		{"cancel", (*request).cancel, []menu{menuPrivate, menuCommunity}},
	}
}

// commandWords maps every accepted word, folded, to its command: the words of
// all languages, with and without underscore.
func commandWords(book *locale.Book) map[string]command {
	words := make(map[string]command)
	for _, known := range commands() {
		words[foldCommand(known.name)] = known
		for _, language := range locale.Languages {
			words[foldCommand(commandWord(book.In(language), known.name))] = known
			for _, alias := range commandAliases(book.In(language), known.name) {
				words[foldCommand(alias)] = known
			}
		}
	}
	return words
}

func commandWord(speak locale.Speaker, name string) string {
	return speak.Say("command." + name + ".word")
}

// commandAliases are further words for a command, as "command.<name>.also" has them.
func commandAliases(speak locale.Speaker, name string) []string {
	key := "command." + name + ".also"
	if !speak.Knows(key) {
		return nil
	}
	return strings.Fields(speak.Say(key))
}

// onCommand answers a command, or says which ones are most like it.
func (r *request) onCommand(word string) error {
	known, found := r.words[foldCommand(word)]
	if open, err := r.openTo(word); err != nil || !open {
		return errorsOr(err, council.Refuse("stranger"))
	}
	if !found {
		return r.unknownCommand(word)
	}
	if known.name != "cancel" && known.name != "help" && known.name != "menu" {
		// A new command ends what was being asked; nothing has been lost by
		// that, since every answer so far was kept only for that question.
		if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
			return err
		}
	}
	return known.answer(r)
}

// openTo tells whether a command is answered for this person: people outside every
// group have those that are open to all, and may give ideas where that is opened to them.
func (r *request) openTo(word string) (bool, error) {
	if !r.actor.IsStranger() || r.openToAll(word) {
		return true, nil
	}
	switch r.words[foldCommand(word)].name {
	case "privacy", "withdraw", "mydata", "deletedata":
		return r.ownDataOpen()
	case "idea", "cancel":
		return r.strangersMay()
	}
	return false, nil
}

// openToAll tells whether a command is answered wherever it is asked: the two by
// which people and groups come in.
func (r *request) openToAll(word string) bool {
	name := r.words[foldCommand(word)].name
	return name == "start" || name == "link"
}

func (r *request) unknownCommand(word string) error {
	if !r.private && !r.linked() {
		return nil
	}
	var words []string
	for _, known := range commands() {
		words = append(words, commandWord(r.speak, known.name))
	}
	sort.Strings(words)
	near := nearest(word, words, 3)
	return r.reply(r.speak.Say("command.unknown", "First", near[0], "Second", near[1], "Third", near[2]))
}

func menuCommands(shown menu) []string {
	var names []string
	for _, known := range commands() {
		for _, m := range known.menus {
			if m == shown && len(names) < menuLimit {
				names = append(names, known.name)
			}
		}
	}
	return names
}

// cancel ends what the bot was asking.
func (r *request) cancel() error {
	if cancelled, err := r.cancelIdea(); err != nil || cancelled {
		return err
	}
	open, err := r.tx.EndDialog(r.chatID, r.actor.ID)
	if err != nil {
		return err
	}
	if !open {
		return r.reply(r.speak.Say("dialog.none"))
	}
	return r.reply(r.speak.Say("dialog.cancelled"))
}
