package bot

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// pollDraft is a poll on its way: what has been said of it so far. It is kept in a
// conversation's row, so that it survives a restart at every step.
type pollDraft struct {
	Groups     []int64
	Nobody     bool // groups were named of which none is linked
	Question   string
	Options    []string
	Deadline   council.Deadline
	NoDeadline bool
	Several    bool
	Named      bool
	Preview    int // which message the preview of this draft answers

	unread reading.Due // a date that was not understood
	phrase string      // its words
}

func (d pollDraft) poll() council.Poll {
	return council.Poll{Question: d.Question, Options: d.Options, Several: d.Several, Named: d.Named, Deadline: d.Deadline, State: council.PollOpen}
}

// readPoll reads "Dewan, Komunitas: Kapan lokakarya? Senin / Selasa / Rabu sampai
// Jumat 15.00" into a draft. What is not said stays as it was.
func (r *request) readPoll(text string, draft pollDraft) (pollDraft, error) {
	text = strings.TrimSpace(plainBlanks(text))
	if head, rest, found := strings.Cut(text, ":"); found {
		groups, ok, err := r.pollGroupsNamed(head)
		if err != nil {
			return draft, err
		}
		if ok {
			draft.setGroups(groups)
			text = strings.TrimSpace(rest)
		}
	}
	text = r.readPollEnd(text, &draft)
	question, options := splitChoice(text)
	if question != "" {
		draft.Question = question
	}
	draft.setOptions(options)
	return draft, nil
}

func (d *pollDraft) setGroups(groups []council.Group) {
	d.Groups, d.Nobody = nil, len(groups) == 0
	for _, group := range groups {
		d.Groups = append(d.Groups, group.ID)
	}
}

// setOptions takes options that were named, and among them the words that say how
// is voted.
func (d *pollDraft) setOptions(texts []string) {
	var options []string
	for _, text := range texts {
		if option := d.takeManner(text); option != "" {
			options = append(options, option)
		}
	}
	if len(options) > 0 {
		d.Options = options
	}
}

// takeManner takes words like "boleh lebih dari satu" off the end of an option.
func (d *pollDraft) takeManner(option string) string {
	option = tidy(option)
	for {
		cut := strings.LastIndexAny(option, ",(")
		manner, known := locale.Meaning("poll_manner", option[cut+1:])
		switch {
		case !known:
			return option
		case manner == "several" || manner == "single":
			d.Several = manner == "several"
		default:
			d.Named = manner == "named"
		}
		if cut < 0 {
			return ""
		}
		option = tidy(option[:cut])
	}
}

// readPollEnd takes the end of the poll off the end of a text. Days may be options
// too, so only what follows a word like "sampai" behind the last option counts.
func (r *request) readPollEnd(text string, draft *pollDraft) string {
	start := lastPart(text)
	tail := text[start:]
	for at := len(tail); at > 0; {
		at = strings.LastIndexFunc(strings.TrimRightFunc(tail[:at], isBreak), isBreak) + 1
		word, _ := firstWord(tail[at:])
		if _, leads := locale.Meaning("poll_end", word); !leads {
			continue
		}
		due := reading.ReadDue(tail[at:], r.readingContext())
		if due.Outcome == reading.None && !due.NoDeadline || due.Outcome == reading.Vague {
			continue
		}
		draft.setEnd(r, due, tail[at:])
		return strings.TrimRight(text[:start+at], " ,;(\n")
	}
	return text
}

// plainBlanks turns the blanks that telephones write into plain ones.
func plainBlanks(text string) string {
	return strings.Map(func(letter rune) rune {
		if letter != '\n' && unicode.IsSpace(letter) {
			return ' '
		}
		return letter
	}, text)
}

func isBreak(letter rune) bool {
	return unicode.IsSpace(letter) || letter == ',' || letter == '('
}

// setEnd takes a date that was read.
func (d *pollDraft) setEnd(r *request, due reading.Due, phrase string) {
	d.unread, d.phrase = reading.Due{}, ""
	switch {
	case due.NoDeadline:
		d.Deadline, d.NoDeadline = council.Deadline{}, true
	case due.Outcome == reading.Found && due.Time.After(r.now):
		d.Deadline, d.NoDeadline = r.deadlineOf(due), false
	default:
		d.Deadline, d.NoDeadline = council.Deadline{}, false
		d.unread, d.phrase = due, strings.TrimSpace(phrase)
	}
}

// lastPart is where the last option begins, or what follows the question.
func lastPart(text string) int {
	start := strings.LastIndex(text, "?") + 1
	if cuts := separators(text); len(cuts) > 0 {
		start = max(start, cuts[len(cuts)-1]+1)
	}
	return start
}

// separators are where options are parted: at slashes that stand in no date, at
// semicolons and at the ends of lines.
func separators(text string) []int {
	var cuts []int
	for at := range len(text) {
		switch text[at] {
		case '\n', ';':
			cuts = append(cuts, at)
		case '/':
			if at == 0 || at+1 == len(text) || !isDigit(text[at-1]) || !isDigit(text[at+1]) {
				cuts = append(cuts, at)
			}
		}
	}
	return cuts
}

// splitChoice parts a question from its options. Without a question mark the
// question is the first of several lines, or what stands before the last colon.
func splitChoice(text string) (question string, options []string) {
	cuts := separators(text)
	if len(cuts) == 0 {
		end := strings.LastIndex(text, "?") + 1
		if end == 0 || strings.TrimSpace(text[end:]) == "" {
			return strings.TrimSpace(text), nil
		}
		return strings.TrimSpace(text[:end]), splitOptions(text[end:])
	}
	end := strings.LastIndex(text[:cuts[0]], "?") + 1
	if end == 0 {
		end = strings.Index(text, "?") + 1
	}
	if line := strings.IndexByte(text, '\n'); end == 0 && line == cuts[0] {
		end = line
	}
	if end == 0 {
		end = strings.LastIndex(text[:cuts[0]], ": ") + 1
	}
	return strings.TrimRight(strings.TrimSpace(text[:end]), ":"), splitOptions(text[end:])
}

// bullet is what people put before the lines of a list.
var bullet = regexp.MustCompile(`^(?:[-•*–]|\d{1,2}[.)]|[A-Za-z][.)])\s+`)

// splitOptions parts options at slashes, semicolons and lines; at commas where
// there is none of these.
func splitOptions(text string) []string {
	cuts := separators(text)
	if len(cuts) == 0 {
		return cleanOptions(strings.Split(text, ","))
	}
	var parts []string
	start := 0
	for _, cut := range append(cuts, len(text)) {
		parts = append(parts, text[start:cut])
		start = cut + 1
	}
	return cleanOptions(parts)
}

func cleanOptions(parts []string) []string {
	var options []string
	for _, part := range parts {
		part = strings.TrimSpace(bullet.ReplaceAllString(strings.TrimSpace(part), ""))
		if part = strings.TrimRight(part, ".,"); part != "" {
			options = append(options, part)
		}
	}
	return options
}
