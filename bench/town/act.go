package town

import (
	"slices"
	"strings"
)

// act is something that somebody did, and what must come of it.
type act struct {
	what       string   // in words, with its mark
	effects    []string // of Kept.Effects: each must be there once
	answers    []answer // each must have been sent once
	pressed    string   // the id of a press, which must be answered
	leaves     standing // how the thing stands afterwards, until the next act that says so
	missing    answer   // it could not be done, since this message was not to be seen
	impossible bool
}

// standing is how a thing stands: in the database, and on its card.
type standing struct {
	mark, state string
	chat        int64  // in which its card is
	shows       string // what the card says of it
}

// answer is a message that must come of an act.
type answer struct {
	chat   int64
	words  []string // that it holds, wherever
	opens  string   // how it begins; empty: of no interest
	button string   // how the label of one of its buttons begins; empty: of no interest
	direct bool     // it answers in the chat in which the act was said, and keeps the order of that
}

// meets tells whether a message that was sent is the one.
func (a answer) meets(said Said) bool {
	return said.Chat == a.chat && strings.HasPrefix(said.Text, a.opens) && holds(said.Text, a.words) && (a.button == "" || slices.ContainsFunc(said.Buttons, a.begins))
}

func (a answer) begins(label string) bool { return strings.HasPrefix(label, a.button) }

// in is an answer in a chat.
func in(chat int64, words ...string) answer { return answer{chat: chat, words: words} }

// opening is an answer in a chat that begins so: a card that is sent anew may hold the same.
func opening(chat int64, words string) answer {
	return answer{chat: chat, words: []string{words}, opens: words}
}

// directly is an answer in the chat in which the act was said.
func directly(chat int64, words ...string) answer {
	return answer{chat: chat, words: words, direct: true}
}

// with asks for a button.
func (a answer) with(button string) answer {
	a.button = button
	return a
}
