package story

import "time"

// Script is a story as it was written.
type Script struct {
	Name     string            // of the file, for reports
	Title    string            // the first line of the archive's comment
	About    string            // the prose under it
	Settings map[string]string // lines "key: value" of the comment: "interrupt", "zone", "city", …
	Cast     Cast
	Steps    []Step
	Files    []File // what people send
}

// Cast is everybody and every group of a story.
type Cast struct {
	People []Person
	Groups []Group
}

// Person is one of the cast.
type Person struct {
	Name        string // "dr. Herlina Pabokori"
	Username    string // without @; empty when there is none
	Coordinator bool   // an owner of the bot
	Started     bool   // the private chat has been opened
	Language    string // of Telegram's own menus: "id" or "en"
}

// GroupKind is what a group is for Telegram.
type GroupKind string

// Kinds of groups, in the words of the cast.
const (
	Supergroup GroupKind = "group"
	BasicGroup GroupKind = "basic group"
	Forum      GroupKind = "forum"
)

// Group is a group of the cast.
type Group struct {
	Title   string
	Kind    GroupKind
	Members []string // whole names
	Linked  string   // words after /hubungkan with which it is linked before the story begins; empty: not linked
	Topics  []string // of a forum
}

// Place is where something is said: a group (or one topic of it), or somebody's private chat with the bot.
// The zero Place is everywhere.
type Place struct {
	Person string
	Group  string
	Topic  string
}

// IsZero reports whether no particular place is meant.
func (p Place) IsZero() bool { return p == Place{} }

// String writes the place as scripts do, with its preposition: "in Dewan", "in Pokja / Sampah", "to Baso Irfandi".
func (p Place) String() string {
	switch {
	case p.Person != "":
		return "to " + p.Person
	case p.Topic != "":
		return "in " + p.Group + " / " + p.Topic
	case p.Group != "":
		return "in " + p.Group
	}
	return ""
}

// Kind is what a step does.
type Kind string

// Steps that make something happen.
const (
	At          Kind = "at"
	Pass        Kind = "pass"
	SetBack     Kind = "the clock is set back to"
	Say         Kind = "say"
	Edit        Kind = "edit"
	Press       Kind = "press"
	PressOld    Kind = "press old"
	ForgeButton Kind = "forge button"
	ForgeData   Kind = "forge data"
	Vote        Kind = "votes"
	Join        Kind = "joins"
	Leave       Kind = "leaves"
	Add         Kind = "adds"         // Who adds Whom to a group
	TakeOut     Kind = "takes out of" // Who takes Whom out of a group
	AddBot      Kind = "adds the bot to"
	RemoveBot   Kind = "removes the bot from"
	Promote     Kind = "becomes an administrator of" // Who, or the bot
	Demote      Kind = "is no administrator of"
	Block       Kind = "blocks the bot"
	Unblock     Kind = "unblocks the bot"
	Vanish      Kind = "deletes the account"
	OpenLink    Kind = "opens the link in the log"
	Upgrade     Kind = "becomes a supergroup"
	DropTopic   Kind = "topic is deleted"
	Restart     Kind = "restarts"
	Kill        Kind = "is killed" // and starts again
	Die         Kind = "dies"
	Stop        Kind = "stops"
	Start       Kind = "starts"
	Fault       Kind = "fault"
	FaultsEnd   Kind = "the faults end"
	LineBreaks  Kind = "the line breaks"
	LineMended  Kind = "the line is mended"
	Sleep       Kind = "the machine sleeps until"
	Spoil       Kind = "the kept"
	Configure   Kind = "becomes" // a key of the configuration, from the next start on
)

// Steps that expect something.
const (
	Bot      Kind = "bot"
	BotEdits Kind = "bot edits"
	Card     Kind = "card"
	Toast    Kind = "toast"
	OneToast Kind = "one toast"
	Buttons  Kind = "buttons"
	Without  Kind = "no buttons"
	Nothing  Kind = "nothing"
	Anything Kind = "anything"
	Never    Kind = "never"
)

// Step is one line of a story. Which fields are used depends on its kind.
type Step struct {
	Line      int // in the script's file, from 1; 0 when it was not read from one
	Kind      Kind
	Meanwhile bool   // does not wait for what came of the step before
	Who       string // whole name of the person who acts or is answered
	Whom      string // whole name of the person who is added or taken out
	Anonymous bool   // as an anonymous administrator
	Place     Place
	Of        Place    // whose button is forged
	On        string   // words of the message meant
	Back      int      // 2: not the latest message with these words, but the one before; 0 and 1: the latest
	Text      string   // what is said, or the pattern that is expected
	Files     []string // what is sent with it, by names in the archive; several are an album
	Media     string   // as what: photo, video, audio, voice, animation, round video; empty: as documents
	Location  string   // a place on the map that is sent: "-2.5,121.1"
	Buttons   []string // labels; for a press exactly one; for a vote the options, none to take it back
	Date      string   // "2026-05-11", or empty: the same day
	Clock     string   // "09:12" or "09:12:30"
	Lapse     time.Duration
	Method    string // the Bot API method a fault strikes, "any" for all
	Failure   string // "429", "500", "broken before", "broken after"; of what is kept "altered", "lost"
	Times     int    // 0 counts as once, below 0 is until the faults end
	Gloss     string // what it means in English
}

// Acts reports whether the step makes something happen, rather than expecting something.
func (s Step) Acts() bool {
	switch s.Kind {
	case Bot, BotEdits, Card, Toast, OneToast, Buttons, Without, Nothing, Anything, Never:
		return false
	}
	return true
}
