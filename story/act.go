package story

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/rembuk/rembuk/sim"
)

// act makes happen what the step says.
func (s *Stage) act(ctx context.Context, step Step) error {
	switch step.Kind {
	case At, SetBack, Pass, Sleep:
		return s.actOnClock(ctx, step)
	case Restart, Kill, Die, Stop, Start:
		return s.actOnProgram(ctx, step.Kind)
	case Say:
		return s.say(step)
	case Edit:
		return s.edit(step)
	case Press, PressOld, ForgeButton, ForgeData:
		return s.actOnButton(step)
	case OpenLink:
		return s.openLink(step)
	case Vote:
		return s.vote(step)
	case Fault:
		return s.order(step)
	case FaultsEnd:
		s.telegram.Heal()
		return nil
	case Spoil:
		return s.spoil(step)
	case Configure:
		return s.configure(step)
	case LineBreaks:
		s.cut = true
		s.telegram.BreakLine()
		return nil
	case LineMended:
		s.cut = false
		s.telegram.MendLine()
		return nil
	}
	return s.actOnMembership(step)
}

func (s *Stage) actOnClock(ctx context.Context, step Step) error {
	if step.Kind == Pass {
		return s.moveTo(ctx, s.program.Now().Add(step.Lapse))
	}
	day := step.Date
	if day == "" {
		day = s.program.Now().In(s.zone).Format("2006-01-02")
	}
	moment, err := readMoment(day, step.Clock, s.zone)
	if err != nil {
		return err
	}
	switch step.Kind {
	case SetBack:
		s.program.Set(moment)
		return nil
	case Sleep:
		return s.sleepUntil(ctx, moment)
	}
	return s.moveTo(ctx, moment)
}

// sleepUntil is what a program sees of a machine that sleeps: its connections
// are gone and the clock has jumped.
func (s *Stage) sleepUntil(ctx context.Context, moment time.Time) error {
	s.cut = true
	s.telegram.BreakLine()
	if err := s.quiet(ctx); err != nil {
		return err
	}
	s.program.Set(moment)
	s.cut = false
	s.telegram.MendLine()
	return nil
}

func (s *Stage) actOnProgram(ctx context.Context, kind Kind) error {
	switch kind {
	case Start:
		return s.start(ctx)
	case Stop:
		return s.stop(ctx)
	case Die:
		return s.kill(ctx)
	case Kill:
		return errors.Join(s.kill(ctx), s.start(ctx))
	}
	return errors.Join(s.stop(ctx), s.start(ctx))
}

// own is the place of the step, or the private chat of whoever acts.
func (s Step) own() Place {
	if s.Place.IsZero() {
		return Place{Person: s.Who}
	}
	return s.Place
}

func (s *Stage) say(step Step) error {
	chat, thread, err := s.chatOf(step.own())
	if err != nil {
		return err
	}
	message := sim.Message{Chat: chat, Thread: thread, Person: s.people[step.Who], Anonymous: step.Anonymous}
	message.Text, message.TextMention, err = s.mentions(step.Text)
	if err != nil {
		return err
	}
	if step.On != "" {
		meant, found := s.meant(chat, step, s.fromAnybody)
		if !found {
			return fmt.Errorf("there is no message with %q %s to reply to", step.On, step.own())
		}
		message.ReplyTo = meant.ID
	}
	if len(step.Files) == 0 {
		message.Location = readLocation(step.Location)
		s.telegram.Say(message)
		return nil
	}
	message.Text, message.Caption = "", message.Text
	s.telegram.Send(message, sentAs(step.Media), s.files(step.Files)...)
	return nil
}

// sentAs is how the local Telegram calls what a script sends.
func sentAs(media string) string {
	switch media {
	case "":
		return "document"
	case "round video":
		return "video_note"
	}
	return media
}

// mediaOf is how a script calls what the local Telegram shows.
func mediaOf(kind string) string {
	switch kind {
	case "document":
		return ""
	case "video_note":
		return "round video"
	}
	return kind
}

// readLocation reads "-2.5,121.1" as far as a form lets it through; nil for none.
func readLocation(text string) *sim.Location {
	north, east, found := strings.Cut(text, ",")
	if !found {
		return nil
	}
	latitude, _ := strconv.ParseFloat(north, 64)
	longitude, _ := strconv.ParseFloat(east, 64)
	return &sim.Location{Latitude: latitude, Longitude: longitude}
}

// spoil meddles with what the program keeps of a file.
func (s *Stage) spoil(step Step) error {
	keeper, keeps := s.program.(Keeper)
	if !keeps {
		return errors.New("this program keeps no files")
	}
	return keeper.Spoil(s.files(step.Files)[0].Bytes, step.Failure == "lost")
}

func (s *Stage) configure(step Step) error {
	configured, can := s.program.(Configured)
	if !can {
		return errors.New("this program has no configuration")
	}
	return configured.Configure(step.Method, step.Text)
}

// files are the named ones of the archive. In an archive no two files may have the same name, so what is sent is
// called by what stands behind the last "/" of it.
func (s *Stage) files(names []string) []sim.File {
	var files []sim.File
	for _, name := range names {
		for _, file := range s.script.Files {
			if file.Name == name {
				files = append(files, sim.File{Name: path.Base(name), MIME: "application/octet-stream", Bytes: file.Data})
			}
		}
	}
	return files
}

var mention = regexp.MustCompile(`@\(([^)]+)\)`)

// mentions turns "@(Nurhikmah)" into Telegram's mention of a person without a username: the plain name, marked.
func (s *Stage) mentions(text string) (string, []sim.TextMention, error) {
	var plain strings.Builder
	var marks []sim.TextMention
	for {
		at := mention.FindStringSubmatchIndex(text)
		if at == nil {
			return plain.String() + text, marks, nil
		}
		person, err := s.script.Cast.person(text[at[2]:at[3]])
		if err != nil {
			return "", nil, err
		}
		plain.WriteString(text[:at[0]])
		marks = append(marks, sim.TextMention{Offset: units(plain.String()), Length: units(person.Name),
			Person: s.people[person.Name]})
		plain.WriteString(person.Name)
		text = text[at[1]:]
	}
}

// units is the length of a text as Telegram counts it.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

func (s *Stage) edit(step Step) error {
	chat, _, err := s.chatOf(step.own())
	if err != nil {
		return err
	}
	writer := s.people[step.Who]
	meant, found := s.meant(chat, step, func(message sim.Shown) bool { return message.Person == writer })
	if !found {
		return fmt.Errorf("%s has no message with %q %s to edit", step.Who, step.On, step.own())
	}
	s.telegram.Edit(chat, meant.ID, step.Text)
	return nil
}

var startLink = regexp.MustCompile(`t\.me/\S+?\?start=([A-Za-z0-9_-]+)`)

// openLink follows the latest start link that the program has logged.
func (s *Stage) openLink(step Step) error {
	links := startLink.FindAllStringSubmatch(s.program.Log(), -1)
	if len(links) == 0 {
		return errors.New("the program has logged no link t.me/…?start=…")
	}
	s.follow(step.Who, links[len(links)-1][1])
	return nil
}

// follow opens the private chat by a start link, as Telegram does.
func (s *Stage) follow(who, parameter string) {
	id := s.people[who]
	s.telegram.Say(sim.Message{Chat: id, Person: id, Text: strings.TrimSpace("/start " + parameter)})
}

// followButton follows a button that opens an address; only start links of the bot lead anywhere here.
func (s *Stage) followButton(who, address string) error {
	link, err := url.Parse(address)
	if err != nil || link.Host != "t.me" || !strings.EqualFold(link.Path, "/"+s.telegram.BotUsername()) {
		return fmt.Errorf("the button opens %q, which is no private chat with the bot", address)
	}
	s.follow(who, link.Query().Get("start"))
	return nil
}
