package bot

import (
	"sort"
	"strings"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"
)

// entityText gives what an entity of a text covers. Telegram counts in UTF-16
// units; an entity that points past the text covers nothing.
func entityText(text string, entity models.MessageEntity) (string, bool) {
	start, end, ok := entitySpan(text, entity)
	if !ok {
		return "", false
	}
	return text[start:end], true
}

// entitySpan turns an entity's UTF-16 offsets into byte offsets.
func entitySpan(text string, entity models.MessageEntity) (start, end int, ok bool) {
	if entity.Offset < 0 || entity.Length <= 0 {
		return 0, 0, false
	}
	units, start, end := 0, -1, -1
	for at, r := range text {
		if units == entity.Offset {
			start = at
		}
		if units == entity.Offset+entity.Length {
			end = at
		}
		units += utf16.RuneLen(r)
	}
	if units == entity.Offset+entity.Length {
		end = len(text)
	}
	return start, end, start >= 0 && end > start
}

// splitCommand reads the command at the very beginning of a text: its word in
// lower case, the bot it is addressed to ("" if none), and what follows.
func splitCommand(text string, entities []models.MessageEntity) (word, addressee, rest string, ok bool) {
	for _, entity := range entities {
		if entity.Type != models.MessageEntityTypeBotCommand || entity.Offset != 0 {
			continue
		}
		command, found := entityText(text, entity)
		if !found || !strings.HasPrefix(command, "/") {
			return "", "", "", false
		}
		word, addressee, _ = strings.Cut(command[1:], "@")
		return strings.ToLower(word), addressee, strings.TrimSpace(text[len(command):]), true
	}
	return "", "", "", false
}

// foldCommand brings a command word to the form in which two are compared.
func foldCommand(word string) string {
	return strings.ReplaceAll(strings.ToLower(word), "_", "")
}

// commandLimit is how many bytes of a command that is none are compared; Telegram marks
// no longer ones.
const commandLimit = 64

// nearest gives the few words that are most like the one typed.
func nearest(typed string, words []string, count int) []string {
	sorted := append([]string(nil), words...)
	typed = foldCommand(typed[:min(len(typed), commandLimit)])
	sort.SliceStable(sorted, func(i, j int) bool {
		return distance(typed, foldCommand(sorted[i])) < distance(typed, foldCommand(sorted[j]))
	})
	return sorted[:min(count, len(sorted))]
}

// distance counts the letters to add, drop or change to get from one word to
// another (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		previous := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := previous
			if a[i-1] != b[j-1] {
				cost++
			}
			previous = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
