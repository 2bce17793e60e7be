package story

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A form is one way to write a line. Its named groups say into which field of Step a word goes (see fill).
type form struct {
	kind    Kind
	pattern *regexp.Regexp
}

// Pieces of forms. Names hold no quotes, brackets or colons, so that a head ends at its first colon.
const (
	who      = `(?P<who>[^\[\]":]+?)`
	whom     = `(?P<whom>[^\[\]":]+?)`
	in       = `(?: in (?P<in>[^\[\]":]+?))?`
	there    = `(?: in (?P<in>[^\[\]":]+?)| to (?P<to>[^\[\]":]+?))`
	earlier  = `(?:the (?P<back>\d+)(?:st|nd|rd|th) last )?`
	on       = `(?: on ` + earlier + `"(?P<on>[^"]+)")?`
	reply    = `(?: replying to ` + earlier + `"(?P<on>[^"]+)")?`
	sending  = `(?: sending (?:location (?P<location>-?[0-9.]+,-?[0-9.]+)|` + files + `))?`
	files    = `(?:(?P<media>photo|round video|video|audio|voice|animation)s? )?(?P<files>` + fileName + `(?:, ` + fileName + `)*)`
	fileName = `(?:"[^"]+"|[^\s:",]+)`
	button   = `\[(?P<button>[^\]]+)\]`
	saying   = `:\s*(?P<text>.*)`
	clock    = `(?P<clock>\d{2}:\d{2}(?::\d{2})?)`
	date     = `(?:(?P<date>\d{4}-\d{2}-\d{2}) )?`
	everyone = `(?P<toGroup>[^\[\]":]+?)`
)

// forms are tried in this order; the first that fits the whole line is taken. They
// are compiled for the first story: a bot that serves a city reads none.
var forms = sync.OnceValue(func() []form {
	return []form{
		write(At, `at `+date+clock),
		write(SetBack, `the clock is set back to `+date+clock),
		write(Pass, `(?P<number>\d+|a|an) (?P<unit>minute|hour|day)s? pass(?:es)?`),
		write(Bot, `bot`+there+reply+sending+saying),
		write(BotEdits, `bot edits`+there+saying),
		write(Card, `card "(?P<on>[^"]+)"`+there+saying),
		write(OneToast, `one toast`+saying),
		write(Toast, `toast(?: to `+who+`)?`+saying),
		write(Buttons, `buttons (?P<buttons>.+)`),
		write(Without, `no buttons(?: (?P<buttons>.+))?`),
		write(Nothing, `nothing`+there+`?`),
		write(Anything, `anything`+there+`?`),
		write(Never, `never "(?P<on>[^"]+)"`+there+`?`),
		write(Restart, `the program restarts`),
		write(Configure, `the key (?P<method>[a-z.]+) becomes`+saying),
		write(Kill, `the program is killed`),
		write(Die, `the program dies`),
		write(Stop, `the program stops`),
		write(Start, `the program starts`),
		write(Fault, `fault (?P<method>\w+) (?P<failure>429|500|broken before|broken after)(?: x(?P<times>\d+)| (?P<always>always))?`+there+`?`),
		write(FaultsEnd, `the faults end`),
		write(LineBreaks, `the line breaks`),
		write(LineMended, `the line is mended`),
		write(Sleep, `the machine sleeps until `+date+clock),
		write(Spoil, `the kept (?P<files>`+fileName+`) is (?P<failure>altered|lost)`),
		write(Upgrade, everyone+` becomes a supergroup`),
		write(DropTopic, `topic (?P<topic>.+) of `+everyone+` is deleted`),
		write(OpenLink, who+` opens the link in the log`),
		write(Join, who+` joins `+everyone),
		write(Leave, who+` leaves `+everyone),
		write(AddBot, who+` adds the bot to `+everyone),
		write(RemoveBot, who+` removes the bot from `+everyone),
		write(Add, who+` adds `+whom+` to `+everyone),
		write(TakeOut, who+` takes `+whom+` out of `+everyone),
		write(Promote, `(?:the bot|`+who+`) becomes an administrator of `+everyone),
		write(Demote, `(?:the bot|`+who+`) is no administrator of `+everyone),
		write(Block, who+` blocks the bot`),
		write(Unblock, who+` unblocks the bot`),
		write(Vanish, who+` deletes the account`),
		write(PressOld, who+` presses the old `+button+in+on),
		write(Press, who+` presses `+button+in+on),
		write(ForgeButton, who+` forges `+button+` of (?P<of>[^\[\]":]+?)`+in),
		write(ForgeData, who+` forges "(?P<text>[^"]+)"`+in),
		write(Vote, who+` votes (?:(?P<buttons>\[.+\])|for nothing)`+in+on),
		write(Edit, who+` edits `+earlier+`"(?P<on>[^"]+)"`+in+saying),
		write(Say, who+`(?P<anonymous> anonymously)?`+in+reply+sending+saying),
	}
})

func write(kind Kind, pattern string) form {
	return form{kind, regexp.MustCompile(`(?s)^(?P<meanwhile>meanwhile )?` + pattern + `$`)}
}

// readStep reads one line of a story.
func (c Cast) readStep(line string) (Step, error) {
	for _, form := range forms() {
		match := form.pattern.FindStringSubmatch(line)
		if match == nil {
			continue
		}
		step := Step{Kind: form.kind}
		for i, name := range form.pattern.SubexpNames() {
			if name == "" || match[i] == "" {
				continue
			}
			if err := c.fill(&step, name, match[i]); err != nil {
				return Step{}, err
			}
		}
		return step, nil
	}
	return Step{}, fmt.Errorf("this line has none of the forms that a story knows: %q", line)
}

// fill puts what stood in a form's named group where it belongs.
func (c Cast) fill(step *Step, name, value string) (err error) {
	switch name {
	case "meanwhile":
		step.Meanwhile = true
	case "anonymous":
		step.Anonymous = true
	case "who":
		var person Person
		person, err = c.person(value)
		step.Who = person.Name
	case "whom":
		var person Person
		person, err = c.person(value)
		step.Whom = person.Name
	case "in", "toGroup":
		topic := step.Place.Topic
		step.Place, err = c.place(value)
		if topic != "" {
			step.Place.Topic = topic
		}
	case "to":
		var person Person
		person, err = c.person(value)
		step.Place = Place{Person: person.Name}
	case "of":
		step.Of, err = c.anywhere(value)
	case "topic":
		step.Place.Topic = value
	case "unit":
		step.Lapse *= map[string]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour}[value]
	case "number":
		step.Lapse = time.Duration(count(value))
	case "times":
		step.Times = count(value)
	case "always":
		step.Times = -1
	case "back":
		step.Back = count(value)
	case "media":
		step.Media = value
	case "location":
		step.Location = value
	case "files":
		step.Files = readFileNames(value)
	case "button":
		step.Buttons = []string{value}
	case "buttons":
		step.Buttons, err = readButtons(value)
	default:
		step.fillWord(name, value)
	}
	return err
}

func (s *Step) fillWord(name, value string) {
	switch name {
	case "on":
		s.On = value
	case "text":
		s.Text = value
	case "clock":
		s.Clock = value
	case "date":
		s.Date = value
	case "method":
		s.Method = value
	case "failure":
		s.Failure = value
	}
}

// anywhere reads the name of a person (whose private chat is meant) or of a group.
func (c Cast) anywhere(called string) (Place, error) {
	if person, err := c.person(called); err == nil {
		return Place{Person: person.Name}, nil
	}
	return c.place(called)
}

// count reads "a", "an" or digits that a form has let through.
func count(word string) int {
	if number, err := strconv.Atoi(word); err == nil {
		return number
	}
	return 1
}

var fileNames = regexp.MustCompile(fileName)

func readFileNames(text string) []string {
	names := fileNames.FindAllString(text, -1)
	for i, name := range names {
		names[i] = strings.Trim(name, `"`)
	}
	return names
}

var buttonLabels = regexp.MustCompile(`\[([^\]]+)\]`)

func readButtons(text string) ([]string, error) {
	if left := strings.TrimSpace(buttonLabels.ReplaceAllString(text, "")); left != "" {
		return nil, fmt.Errorf("%q stands outside of [buttons]", left)
	}
	var labels []string
	for _, label := range buttonLabels.FindAllStringSubmatch(text, -1) {
		labels = append(labels, label[1])
	}
	return labels, nil
}
