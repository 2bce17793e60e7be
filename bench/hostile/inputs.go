package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf16"
)

// kind is who writes.
type kind int

const (
	stranger kind = iota
	member        // of a community
	staff         // of a working group
)

var kindNames = [...]string{"people outside every group", "members of a community", "members of a working group"}

// input is one update that somebody may cause.
type input struct {
	name   string
	who    kind
	build  func(person int64) string
	broken bool // nobody can read it: the program is to say so, and to set it aside
}

// longText is how many characters a message may have.
const longText = 4096

// repeated is a text of the greatest length.
func repeated(part string) string {
	runes := []rune(strings.Repeat(part, longText/len([]rune(part))+1))
	return string(runes[:longText])
}

// texts are words at which a reader may take longer than their length asks for.
func texts() map[string]string {
	made := map[string]string{"different words": differentWords(), "known words": repeated(strings.Join(vocabulary, " ") + " ")}
	for name, part := range map[string]string{
		"one letter": "a", "capitals": "A", "emoji": "😀", "digits": "9", "digits apart": "9 ", "opening brackets": "(", "brackets": "()", "blanks": " ", "lines": "\n",
		"slashes": "/", "dots": ".", "hyphens": "-", "commas": ",", "colons": "tenggat: ", "dates": "1 Januari 2026 ", "numeric dates": "1.1.26 ", "tomorrows": "besok ",
		"clocks": "jam 9 - ", "every": "setiap Senin dan ", "lengths": "2 minggu 3 hari ", "names": "@a ", "long names": "@abcdefghijklmnopqrstuvwxyz ", "references": "T-12 ",
		"references together": "T-12,I-3,", "addresses": "a.b/", "long address": "a.", "web": "www.a.b ", "links": "https://t.me/+AAAA ", "money": "Rp1.000.000 ", "long numbers": "7301234567890001 ",
		"numbers": "seratus dua puluh ribu ", "combining": "a\u0301", "invisible": "\u200b", "turned": "\u202e", "or": "besok atau ", "for": "untuk semua ",
		"complaints": "kenapa jalan rusak?! ", "ideas": "usul: ", "quotes": "\"'", "backslashes": "\\", "nothing": "\u0000", "hashes": "#pokja ", "hours": "08.00-09.00 ",
		"percent": "100% {{.}} ", "lists": "1. a\n", "prefixes": "menge", "prefixes again": "di", "syllables": "penyeberangan", "long words": strings.Repeat("x", 200) + " ",
	} {
		made[name] = repeated(part)
	}
	return made
}

// differentWords has as many words as fit, no two the same.
func differentWords() string {
	var text strings.Builder
	for number := 0; text.Len() < longText; number++ {
		text.WriteString(strconv.FormatInt(int64(number)*7919%46656+46656, 36) + " ")
	}
	return text.String()[:longText]
}

// messages counts what people have written.
var messages atomic.Int64

// quoted is a text as JSON has it.
func quoted(text string) string {
	written, err := json.Marshal(text)
	if err != nil {
		return `""` // no text is like that
	}
	return string(written)
}

// message is one with anything in it.
func message(chat, person int64, rest string) string {
	place := fmt.Sprintf(`{"id":%d,"type":"private","first_name":"Warga"}`, chat)
	if chat < 0 {
		place = fmt.Sprintf(`{"id":%d,"type":"supergroup","title":"Grup"}`, chat)
	}
	return fmt.Sprintf(`{"message_id":%d,"date":%d,"chat":%s,"from":{"id":%d,"is_bot":false,"first_name":"Warga","last_name":"%d","language_code":"id"},%s}`,
		messages.Add(1), time.Now().Unix(), place, person, person, rest)
}

// update is one of a kind; the telegram puts its id in.
func update(field, content string) string { return `{"update_id":#,"` + field + `":` + content + `}` }

// written is a text, with the command at its beginning marked.
func written(text string) string {
	marks := ""
	if strings.HasPrefix(text, "/") {
		command, _, _ := strings.Cut(text, " ")
		marks = fmt.Sprintf(`,"entities":[{"type":"bot_command","offset":0,"length":%d}]`, len(utf16.Encode([]rune(command))))
	}
	return `"text":` + quoted(text) + marks
}

func private(person int64, text string) string {
	return update("message", message(person, person, written(text)))
}

func inGroup(chat, person int64, text string) string {
	return update("message", message(chat, person, written(text)))
}

// toBot is a reply to what the bot has said.
func toBot(chat, person int64, text string) string {
	reply := fmt.Sprintf(`,"reply_to_message":{"message_id":1000001,"date":1,"chat":{"id":%d,"type":"supergroup","title":"Grup"},"from":{"id":%d,"is_bot":true,"first_name":"Rembuk"},"text":"x"}`, chat, bot)
	return update("message", message(chat, person, written(text)+reply))
}
