package story

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// Program is the bot's side of a story. What it keeps outlives Stop and Kill. Start, Stop and Kill are not called
// while one of the others runs.
type Program interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error // orderly: finishes what is in hand
	Kill() error                    // without finishing anything
	Log() string                    // what it has logged since the story began
	Now() time.Time                 // its clock, which stands still between calls of Set
	Set(now time.Time)
	Next() (time.Time, bool)         // when the next thing falls due, if anything waits
	Quiet(ctx context.Context) error // until everything is handled and said
}

// Keeper is a Program that keeps what people send.
type Keeper interface {
	Spoil(content []byte, lost bool) error // what is kept of a file is changed behind its back, or taken away
}

// Configured is a Program whose configuration can be changed.
type Configured interface {
	Configure(key, value string) error // from the next start on
}

// Stage is a local Telegram with the cast of one script on it.
type Stage struct {
	// Rule is asked about every message of the bot, as new or as edited; its error fails the story. Nil allows all.
	Rule func(place Place, message sim.Shown) error
	// Patience is how long, in real time, the bot may take to come to rest; 0 means 30 seconds.
	Patience time.Duration
	// Repeats lets a message count as one that the bot says once more, word for word and directly after it, because the
	// line broke before it heard that the message was taken. Without it the story must expect both.
	Repeats bool

	script   Script
	zone     *time.Location
	telegram *sim.Server
	program  Program
	people   map[string]int64  // by whole name
	groups   map[string]*stand // by title
	chats    map[int64]Place   // where a chat id is; a group keeps its former ids
	watch    watch
	running  bool
	faulty   bool // a fault has been ordered
	cut      bool // the line is broken
	seen     sight
}

// stand is where a group stands in the local Telegram.
type stand struct {
	chat   int64
	topics map[string]int // thread ids
}

// NewStage puts the people and groups of the script on the local Telegram. Moments in the script are in the zone.
func NewStage(script Script, telegram *sim.Server, zone *time.Location) *Stage {
	s := &Stage{script: script, zone: zone, telegram: telegram, people: map[string]int64{},
		groups: map[string]*stand{}, chats: map[int64]Place{}, watch: newWatch()}
	for _, person := range script.Cast.People {
		first, last := person.names()
		id := telegram.Person(sim.Person{FirstName: first, LastName: last, Username: person.Username, LanguageCode: person.Language})
		s.people[person.Name] = id
		s.chats[id] = Place{Person: person.Name}
	}
	for _, group := range script.Cast.Groups {
		s.raise(group)
	}
	return s
}

func (s *Stage) raise(group Group) {
	members := group.Members
	if group.Linked != "" && len(members) > 1 {
		members = members[:1] // the others join when the bot is there, so that it has seen them
	}
	ids := make([]int64, len(members))
	for i, member := range members {
		ids[i] = s.people[member]
	}
	here := &stand{topics: map[string]int{}}
	here.chat = s.telegram.Group(sim.Group{Title: group.Title, Supergroup: group.Kind == Supergroup,
		Forum: group.Kind == Forum, Members: ids})
	if len(group.Topics) > 0 { // message 1 of a forum belongs to the topic General, so another one comes first
		s.telegram.Say(sim.Message{Chat: here.chat, Person: ids[0], Text: group.Title})
	}
	for _, topic := range group.Topics {
		here.topics[topic] = s.telegram.Topic(here.chat, topic)
	}
	s.groups[group.Title] = here
	s.chats[here.chat] = Place{Group: group.Title}
}

// Owners are the ids of the cast's coordinators, as they go into the bot's settings.
func (s *Stage) Owners() []int64 {
	var owners []int64
	for _, person := range s.script.Cast.People {
		if person.Coordinator {
			owners = append(owners, s.people[person.Name])
		}
	}
	return owners
}

// Begins is the moment at which the script begins, in the zone.
func (s Script) Begins(zone *time.Location) (time.Time, error) {
	return readMoment(s.Steps[0].Date, s.Steps[0].Clock, zone)
}

func readMoment(date, clock string, zone *time.Location) (time.Time, error) {
	if len(clock) == len("09:12") {
		clock += ":00"
	}
	return time.ParseInLocation(time.DateTime, date+" "+clock, zone)
}

// prepare brings about what the cast takes for granted: groups that are linked and private chats that are open. The
// coordinators open theirs first, and everybody else when the groups are there in which the bot has seen them.
func (s *Stage) prepare(ctx context.Context) error {
	if err := s.openChats(ctx, true); err != nil {
		return err
	}
	for _, group := range s.script.Cast.Groups {
		if group.Linked != "" {
			if err := s.link(ctx, group); err != nil {
				return err
			}
		}
	}
	err := s.openChats(ctx, false)
	s.watch.dropAll()
	return err
}

func (s *Stage) openChats(ctx context.Context, ofCoordinators bool) error {
	for _, person := range s.script.Cast.People {
		if person.Started && person.Coordinator == ofCoordinators {
			id := s.people[person.Name]
			s.telegram.Say(sim.Message{Chat: id, Person: id, Text: "/start"})
		}
	}
	return s.quiet(ctx)
}

// link lets the first member of a group link it, and the others join then.
func (s *Stage) link(ctx context.Context, group Group) error {
	chat, first := s.groups[group.Title].chat, s.people[group.Members[0]]
	s.telegram.AddBot(chat, first)
	s.telegram.Say(sim.Message{Chat: chat, Person: first, Text: "/hubungkan " + group.Linked})
	if err := s.quiet(ctx); err != nil {
		return err
	}
	if _, found := s.latest(chat, "telah terhubung sebagai", s.fromBot); !found {
		return fmt.Errorf("the group %s of the cast could not be linked as %q", group.Title, group.Linked)
	}
	for _, member := range group.Members[1:] {
		s.telegram.Join(chat, s.people[member])
	}
	return s.quiet(ctx)
}

// chatOf finds the chat and the topic that a place means now.
func (s *Stage) chatOf(place Place) (chat int64, thread int, err error) {
	if place.Person != "" {
		return s.people[place.Person], 0, nil
	}
	here := s.groups[place.Group]
	if place.Topic == "" {
		return here.chat, 0, nil
	}
	thread, found := here.topics[place.Topic]
	if !found {
		return 0, 0, fmt.Errorf("%s has no topic %q", place.Group, place.Topic)
	}
	return here.chat, thread, nil
}

// whereabouts is the place of a message.
func (s *Stage) whereabouts(message sim.Shown) Place {
	place := s.chats[message.Chat]
	if message.Thread == 0 || place.Group == "" {
		return place
	}
	for name, thread := range s.groups[place.Group].topics {
		if thread == message.Thread {
			place.Topic = name
		}
	}
	return place
}

// latest finds the latest message in a chat that a pattern and a condition fit.
func (s *Stage) latest(chat int64, pattern string, fits func(sim.Shown) bool) (sim.Shown, bool) {
	return s.meant(chat, Step{On: pattern}, fits)
}

// meant finds the message in a chat that a step means.
func (s *Stage) meant(chat int64, step Step, fits func(sim.Shown) bool) (sim.Shown, bool) {
	back := max(step.Back, 1)
	for _, message := range slices.Backward(s.messages(chat)) {
		if message.Deleted || message.Service != "" || !fits(message) || !matches(step.On, message.Text) {
			continue
		}
		if back--; back == 0 {
			return message, true
		}
	}
	return sim.Shown{}, false
}

func (s *Stage) fromBot(message sim.Shown) bool { return message.Bot }

func (s *Stage) fromAnybody(sim.Shown) bool { return true }
