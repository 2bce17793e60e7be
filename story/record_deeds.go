package story

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/sim"
)

// album puts files that were sent together into one deed, which has them all.
func (r *Recorder) album(deeds []deed) []deed {
	var joined []deed
	for _, one := range deeds {
		if one.act.Kind == sim.Says {
			one.step = r.sent(one.act.Said)
			if last := len(joined) - 1; last >= 0 && one.act.Said.MediaGroup != "" &&
				joined[last].act.Said.MediaGroup == one.act.Said.MediaGroup {
				joined[last].step.Files = append(joined[last].step.Files, one.step.Files...)
				continue
			}
		}
		joined = append(joined, one)
	}
	return joined
}

// sent is what somebody sent beside words. Its files are kept.
func (r *Recorder) sent(said sim.Message) (step Step) {
	switch {
	case said.Location != nil:
		step.Location = said.Location.String()
	case said.Photo != nil:
		step.Files, step.Media = r.keep(said.Photo), "photo"
	case said.Document != nil:
		step.Files = r.keep(said.Document)
	case said.Media != nil:
		step.Files, step.Media = r.keep(said.Media), mediaOf(said.Kind)
	}
	return step
}

// keep keeps a file that was sent, and returns its name in the archive.
func (r *Recorder) keep(file *sim.File) []string {
	kept := File{strings.ReplaceAll(file.Name, `"`, "'"), file.Bytes}
	for number := 2; ; number++ {
		same := slices.IndexFunc(r.files, func(other File) bool { return other.Name == kept.Name })
		if same < 0 {
			r.files = append(r.files, kept)
		}
		if same < 0 || bytes.Equal(r.files[same].Data, kept.Data) {
			return []string{kept.Name}
		}
		kept.Name = fmt.Sprintf("%d/%s", number, file.Name)
	}
}

// kinds are the acts that become a step of the same name without more ado.
var kinds = map[sim.ActKind]Kind{
	sim.Joins: Join, sim.Leaves: Leave, sim.AddsBot: AddBot, sim.RemovesBot: RemoveBot, sim.Blocks: Block,
	sim.Unblocks: Unblock, sim.Vanishes: Vanish, sim.Migrates: Upgrade, sim.Heals: FaultsEnd,
	sim.BreaksLine: LineBreaks, sim.MendsLine: LineMended,
}

// stepOf makes a step of what happened. What a script cannot say is noted as a problem.
func (r *Recorder) stepOf(one deed) (step Step, known bool) {
	act := one.act
	if act.Kind == "" {
		return one.step, true
	}
	step = Step{Kind: kinds[act.Kind], Who: r.stage.chats[act.Person].Person, Place: r.stage.chats[act.Chat]}
	if step.Who != "" && step.Place.Person == step.Who {
		step.Place = Place{} // the own private chat
	}
	switch act.Kind {
	case sim.Says:
		r.says(&step, one)
	case sim.Edits:
		step.Kind, step.Text, step.On, step.Back = Edit, plainText(act.Text), one.words, one.back
	case sim.Presses:
		step.Kind, step.Buttons, step.On, step.Back = Press, []string{labelPattern(act.Text)}, one.words, one.back
	case sim.Votes:
		step.Kind, step.On, step.Back = Vote, one.words, one.back
		for _, option := range act.Options {
			step.Buttons = append(step.Buttons, labelPattern(option))
		}
	case sim.Forges:
		step.Kind, step.Text = ForgeData, act.Text
	case sim.Joins, sim.Leaves:
		r.isMoved(&step, act)
	case sim.Promotes:
		step.Kind = Demote
		if act.On {
			step.Kind = Promote
		}
	case sim.Migrates, sim.DropsTopic:
		r.changesGroup(&step, act)
	case sim.Faults:
		return r.faultOf(act.Fault)
	case sim.BreaksLine, sim.MendsLine:
		r.stage.cut = act.Kind == sim.BreaksLine
	}
	if step.Kind == "" {
		r.problems = append(r.problems, fmt.Errorf("a script cannot say that somebody %s", act.Kind))
	}
	return step, step.Kind != ""
}

func (r *Recorder) says(step *Step, one deed) {
	said := one.act.Said
	step.Kind, step.Anonymous, step.On, step.Back = Say, said.Anonymous, one.words, one.back
	step.Files, step.Media, step.Location = one.step.Files, one.step.Media, one.step.Location
	step.Place.Topic = r.topic(step.Place.Group, said.Thread)
	text := said.Text
	if len(step.Files) > 0 {
		text = said.Caption
	}
	step.Text = plainText(r.withMentions(text, said.TextMention))
	if payload, found := strings.CutPrefix(text, "/start "); found && step.Place.IsZero() {
		r.linked(step, payload)
	}
}

// plainText is a text as a script reads it again.
func plainText(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// withMentions writes people who are named without a username as scripts do: @(Nurhikmah).
func (r *Recorder) withMentions(text string, mentions []sim.TextMention) string {
	mentions = slices.Clone(mentions)
	slices.SortFunc(mentions, func(a, b sim.TextMention) int { return b.Offset - a.Offset })
	for _, mention := range mentions {
		before, _ := cutUnits(text, mention.Offset)
		_, after := cutUnits(text, mention.Offset+mention.Length)
		text = before + "@(" + r.stage.chats[mention.Person].Person + ")" + after
	}
	return text
}

// cutUnits cuts a text where Telegram counts so many units.
func cutUnits(text string, count int) (before, after string) {
	for at, letter := range text {
		if count <= 0 {
			return text[:at], text[at:]
		}
		count -= units(string(letter))
	}
	return text, ""
}

// linked looks for the button or the line of the log that leads to a private chat in this way.
func (r *Recorder) linked(step *Step, payload string) {
	for chat, place := range r.stage.chats {
		for _, message := range r.stage.messages(chat) {
			for _, button := range slices.Concat(message.Buttons...) {
				link, err := url.Parse(button.URL)
				if err != nil || link.Query().Get("start") != payload || message.Deleted {
					continue
				}
				*step = Step{Kind: Press, Who: step.Who, Buttons: []string{labelPattern(button.Text)}, Place: place}
				if place.Person == step.Who {
					step.Place = Place{}
				}
				step.On, step.Back = lead(r.stage.messages(chat), sim.Act{Kind: sim.Presses, Message: message.ID, Text: button.Text})
				return
			}
		}
	}
	for _, link := range startLink.FindAllStringSubmatch(r.stage.program.Log(), -1) {
		if link[1] == payload {
			*step = Step{Kind: OpenLink, Who: step.Who}
		}
	}
}

// isMoved says who adds a person to a group or takes them out, if that is somebody else.
func (r *Recorder) isMoved(step *Step, act sim.Act) {
	if act.By == 0 {
		return
	}
	step.Who, step.Whom = r.stage.chats[act.By].Person, step.Who
	step.Kind = map[Kind]Kind{Join: Add, Leave: TakeOut}[step.Kind]
}

func (r *Recorder) changesGroup(step *Step, act sim.Act) {
	step.Who = ""
	if act.Kind == sim.DropsTopic {
		step.Kind, step.Place.Topic = DropTopic, r.topic(step.Place.Group, act.Message)
	}
}

// topic names a topic of a group.
func (r *Recorder) topic(group string, thread int) string {
	if here := r.stage.groups[group]; here != nil && thread != 0 {
		for name, id := range here.topics {
			if id == thread {
				return name
			}
		}
	}
	return ""
}

// failures are the faults that a script can order.
var failures = map[string]sim.FaultKind{"429": sim.Error429, "500": sim.Error500,
	"broken before": sim.BreakBefore, "broken after": sim.BreakAfter}

// faultOf orders the same fault. One that only makes the bot wait changes nothing of what it says.
func (r *Recorder) faultOf(fault sim.Fault) (step Step, known bool) {
	step = Step{Kind: Fault, Method: fault.Method, Times: fault.Times, Place: r.stage.chats[fault.Chat]}
	if step.Method == "" {
		step.Method = "any"
	}
	for name, kind := range failures {
		if kind == fault.Kind {
			step.Failure = name
		}
	}
	if step.Failure == "" {
		if fault.Kind != sim.Slow {
			r.problems = append(r.problems, fmt.Errorf("a script cannot order a fault of the kind %d", fault.Kind))
		}
		return Step{}, false
	}
	r.stage.faulty = true
	return step, true
}
