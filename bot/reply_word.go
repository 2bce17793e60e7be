package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// replyWord is what somebody means who answers a message with a word or two.
type replyWord string

// Meanings of short replies, as words.toml names them.
const (
	wordNone    replyWord = ""
	wordAgreed  replyWord = "agreed"  // "siap", "ok pak"
	wordDone    replyWord = "done"    // "sdh"
	wordNotYet  replyWord = "not_yet" // "blm"
	wordLater   replyWord = "later"   // "nanti"
	wordCan     replyWord = "can"     // "bisa"
	wordCannot  replyWord = "cannot"  // "gak bisa"
	wordUnclear replyWord = "unclear" // "blm jelas"
	wordSupport replyWord = "support" // "dukung"
	wordGood    replyWord = "good"    // "sesuai"
)

// readReplyWord tells what a short reply plainly means; wordNone for whatever says more
// than that, or may mean several things. What asks is no answer, except that something
// is not clear.
func readReplyWord(text string) replyWord {
	var words []string
	for _, word := range reading.ReplyWords(text) {
		if plain, known := locale.Meaning("reply_spelling", word); known {
			word = plain
		}
		if _, filler := locale.Meaning("reply_filler", word); !filler {
			words = append(words, word)
		}
	}
	meaning := meaningOfReply(words)
	if strings.Contains(text, "?") && meaning != wordUnclear {
		return wordNone
	}
	return meaning
}

// meaningOfReply looks words up as they stand together, or one by one where all mean the same.
func meaningOfReply(words []string) replyWord {
	if whole, known := locale.Meaning("reply", strings.Join(words, " ")); known {
		return replyWord(whole)
	}
	common := wordNone
	for i, word := range words {
		meaning, known := locale.Meaning("reply", word)
		if !known || i > 0 && replyWord(meaning) != common {
			return wordNone
		}
		common = replyWord(meaning)
	}
	return common
}

// shortReply is what the message means that is being answered; wordNone when files came along.
func (r *request) shortReply() replyWord {
	if len(filesOf(r.message)) > 0 {
		return wordNone
	}
	return readReplyWord(r.text)
}

// means tells whether a short reply is one of these.
func (w replyWord) means(any ...replyWord) bool { return slices.Contains(any, w) }

// offer answers a short reply with what may have been meant, on buttons; in a group to the
// same person about the same thing once in ten minutes, so that it is not flooded.
func (r *request) offer(about council.Reference, kind, what, text string, rows ...[]store.Button) error {
	if r.private {
		return r.replyAbout(about.String(), kind, text, rows...)
	}
	payload := store.Payload{Text: text, Buttons: rows, Subject: about.String(), About: kind, ReplyTo: r.message.ID}
	since := idText(r.now.UnixMilli() / tenMinutes.Milliseconds())
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload,
		UniqueKey: strings.Join([]string{"offer", what, about.String(), idText(r.chatID), idText(r.actor.ID), since}, ":"),
	}, time.Now())
}
