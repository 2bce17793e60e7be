package story

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Write is the other direction of Read. Remarks are not kept.
func (s Script) Write() []byte {
	var comment strings.Builder
	comment.WriteString(s.Title + "\n")
	for _, key := range slices.Sorted(maps.Keys(s.Settings)) {
		comment.WriteString(key + ": " + s.Settings[key] + "\n")
	}
	if s.About != "" {
		comment.WriteString("\n" + s.About + "\n")
	}
	comment.WriteString("\n")
	var conversation strings.Builder
	for i, step := range s.Steps {
		if i > 0 && step.Acts() && !s.Steps[i-1].Acts() {
			conversation.WriteString("\n")
		}
		conversation.WriteString(step.String() + "\n")
	}
	files := []File{{"cast", []byte(s.Cast.String())}, {"story", []byte(conversation.String())}}
	for _, file := range s.Files {
		files = append(files, file.encoded())
	}
	return joinArchive(comment.String(), files)
}

// String writes the cast, one person or group a line.
func (c Cast) String() string {
	var lines strings.Builder
	for _, person := range c.People {
		lines.WriteString(person.Name)
		if person.Username != "" {
			lines.WriteString(" @" + person.Username)
		}
		if person.Coordinator {
			lines.WriteString(", coordinator")
		}
		if person.Started {
			lines.WriteString(", started")
		}
		if person.Language == "en" {
			lines.WriteString(", english")
		}
		lines.WriteString("\n")
	}
	for _, group := range c.Groups {
		fmt.Fprintf(&lines, "%s %s: %s", group.Kind, group.Title, strings.Join(group.Members, ", "))
		if group.Linked != "" {
			lines.WriteString("; linked as " + group.Linked)
		}
		if len(group.Topics) > 0 {
			lines.WriteString("; topics " + strings.Join(group.Topics, ", "))
		}
		lines.WriteString("\n")
	}
	return lines.String()
}

// String writes the step as a line of a script, with its gloss.
func (s Step) String() string {
	line := s.form()
	if s.Meanwhile {
		line = "meanwhile " + line
	}
	line = strings.ReplaceAll(strings.TrimRight(line, " \n"), "\n", "\n  ")
	line = strings.ReplaceAll(line, "\n  \n", "\n\n")
	if s.Gloss != "" {
		line += "\n= " + s.Gloss
	}
	return line
}

func (s Step) form() string {
	switch s.Kind {
	case Say, Edit, Press, PressOld, ForgeButton, ForgeData, Vote:
		return s.personActs()
	case At:
		return spaced("at", s.Date, s.Clock)
	case SetBack, Sleep:
		return spaced(string(s.Kind), s.Date, s.Clock)
	case LineBreaks, LineMended, FaultsEnd:
		return string(s.Kind)
	case Spoil:
		return spaced(string(Spoil), s.fileNames(), "is", s.Failure)
	case Pass:
		return lapse(s.Lapse)
	case Join, Leave, AddBot, RemoveBot:
		return spaced(s.Who, string(s.Kind), s.Place.Name())
	case Add:
		return spaced(s.Who, "adds", s.Whom, "to", s.Place.Name())
	case TakeOut:
		return spaced(s.Who, "takes", s.Whom, "out of", s.Place.Name())
	case Promote, Demote:
		return spaced(cmp.Or(s.Who, "the bot"), string(s.Kind), s.Place.Name())
	case Block, Unblock, Vanish, OpenLink:
		return spaced(s.Who, string(s.Kind))
	case Upgrade:
		return spaced(s.Place.Group, string(Upgrade))
	case DropTopic:
		return spaced("topic", s.Place.Topic, "of", s.Place.Group, "is deleted")
	case Restart, Kill, Die, Stop, Start:
		return spaced("the program", string(s.Kind))
	case Configure:
		return spaced("the key", s.Method, string(Configure)) + ": " + s.Text
	case Fault:
		return spaced("fault", s.Method, s.Failure, times(s.Times), s.Place.String())
	}
	return s.expects()
}

func (s Step) personActs() string {
	switch s.Kind {
	case Press:
		return spaced(s.Who, "presses", bracket(s.Buttons), s.Place.String(), s.quoted("on"))
	case PressOld:
		return spaced(s.Who, "presses the old", bracket(s.Buttons), s.Place.String(), s.quoted("on"))
	case ForgeButton:
		return spaced(s.Who, "forges", bracket(s.Buttons), "of", s.Of.Name(), s.Place.String())
	case ForgeData:
		return spaced(s.Who, quote("forges", s.Text), s.Place.String())
	case Vote:
		return spaced(s.Who, "votes", cmp.Or(bracket(s.Buttons), "for nothing"), s.Place.String(), s.quoted("on"))
	case Edit:
		return spaced(s.Who, s.quoted("edits"), s.Place.String()) + ": " + s.Text
	}
	var anonymously string
	if s.Anonymous {
		anonymously = "anonymously"
	}
	return spaced(s.Who, anonymously, s.Place.String(), s.quoted("replying to"), s.sending()) + ": " + s.Text
}

// quoted writes which message is meant, after a word.
func (s Step) quoted(after string) string {
	if s.Back > 1 {
		after += " the " + ordinal(s.Back) + " last"
	}
	return quote(after, s.On)
}

func ordinal(n int) string {
	if tens := n % 100; tens < 11 || tens > 13 {
		switch n % 10 {
		case 1:
			return fmt.Sprintf("%dst", n)
		case 2:
			return fmt.Sprintf("%dnd", n)
		case 3:
			return fmt.Sprintf("%drd", n)
		}
	}
	return fmt.Sprintf("%dth", n)
}

// sending writes the files that are sent, in quotes where a name needs them.
func (s Step) sending() string {
	if s.Location != "" {
		return "sending location " + s.Location
	}
	if len(s.Files) == 0 {
		return ""
	}
	return spaced("sending", s.Media, s.fileNames())
}

func (s Step) fileNames() string {
	names := slices.Clone(s.Files)
	for i, name := range names {
		if !plainName.MatchString(name) {
			names[i] = `"` + name + `"`
		}
	}
	return strings.Join(names, ", ")
}

var plainName = regexp.MustCompile(`^[^\s:",]+$`)

func (s Step) expects() string {
	switch s.Kind {
	case Bot, BotEdits:
		return spaced(string(s.Kind), s.Place.String(), s.quoted("replying to"), s.sending()) + ":" + below(s.Text)
	case Card:
		return spaced(quote("card", s.On), s.Place.String()) + ":" + below(s.Text)
	case OneToast:
		return "one toast: " + s.Text
	case Toast:
		if s.Who != "" {
			return "toast to " + s.Who + ": " + s.Text
		}
		return "toast: " + s.Text
	case Buttons, Without:
		return spaced(string(s.Kind), bracket(s.Buttons))
	}
	return spaced(string(s.Kind), quote("", s.On), s.Place.String())
}

// Name writes the place without its preposition.
func (p Place) Name() string {
	_, name, _ := strings.Cut(p.String(), " ")
	return name
}

// below puts a text of several lines under the head, and a single line behind it.
func below(text string) string {
	if strings.Contains(text, "\n") {
		return "\n" + text
	}
	return " " + text
}

func spaced(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "" }), " ")
}

func quote(before, words string) string {
	if words == "" {
		return ""
	}
	return strings.TrimSpace(before + ` "` + words + `"`)
}

func bracket(labels []string) string {
	if len(labels) == 0 {
		return ""
	}
	return "[" + strings.Join(labels, "] [") + "]"
}

func times(n int) string {
	switch {
	case n == 0:
		return ""
	case n < 0:
		return "always"
	}
	return fmt.Sprintf("x%d", n)
}

func lapse(d time.Duration) string {
	switch {
	case d%(24*time.Hour) == 0:
		return fmt.Sprintf("%d days pass", d/(24*time.Hour))
	case d%time.Hour == 0:
		return fmt.Sprintf("%d hours pass", d/time.Hour)
	}
	return fmt.Sprintf("%d minutes pass", d/time.Minute)
}
