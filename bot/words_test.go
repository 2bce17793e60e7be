package bot

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestCommandsAreFoundByTelegramsRules(t *testing.T) {
	const command = models.MessageEntityTypeBotCommand
	entity := func(kind models.MessageEntityType, offset, length int) models.MessageEntity {
		return models.MessageEntity{Type: kind, Offset: offset, Length: length}
	}
	for _, row := range []struct {
		name, text            string
		entities              []models.MessageEntity
		word, addressee, rest string
		ok                    bool
	}{
		{"alone", "/status", []models.MessageEntity{entity(command, 0, 7)}, "status", "", "", true},
		{"with words", "/selesai T-12 ya", []models.MessageEntity{entity(command, 0, 8)}, "selesai", "", "T-12 ya", true},
		{"to this bot", "/status@rembuk_bot lingkungan", []models.MessageEntity{entity(command, 0, 18)}, "status", "rembuk_bot", "lingkungan", true},
		{"in capitals", "/STATUS@Rembuk_Bot", []models.MessageEntity{entity(command, 0, 18)}, "status", "Rembuk_Bot", "", true},
		{"on a line of its own", "/tugas_baru\nRekap tonase", []models.MessageEntity{entity(command, 0, 11)}, "tugas_baru", "", "Rekap tonase", true},
		{"characters of two units behind it", "/tugas 😀😀", []models.MessageEntity{entity(command, 0, 6)}, "tugas", "", "😀😀", true},
		{"the second of two", "/tugas /status", []models.MessageEntity{entity("bold", 0, 3), entity(command, 0, 6), entity(command, 7, 7)}, "tugas", "", "/status", true},
		{"not at the beginning", "mohon /status", []models.MessageEntity{entity(command, 6, 7)}, "", "", "", false},
		{"behind a character of two units", "😀/status", []models.MessageEntity{entity(command, 2, 7)}, "", "", "", false},
		{"not seen as one by Telegram", "/status", nil, "", "", "", false},
		{"another kind of entity", "/status", []models.MessageEntity{entity("bold", 0, 7)}, "", "", "", false},
		{"past the text", "/s", []models.MessageEntity{entity(command, 0, 60)}, "", "", "", false},
		{"in the middle of a character", "/😀", []models.MessageEntity{entity(command, 0, 2)}, "", "", "", false},
		{"of no length", "/status", []models.MessageEntity{entity(command, 0, 0)}, "", "", "", false},
		{"without a slash", "status", []models.MessageEntity{entity(command, 0, 6)}, "", "", "", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			word, addressee, rest, ok := splitCommand(row.text, row.entities)
			if word != row.word || addressee != row.addressee || rest != row.rest || ok != row.ok {
				t.Errorf("found %q to %q with %q (%v)", word, addressee, rest, ok)
			}
		})
	}
}

func TestEntitiesCoverWhatTelegramSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("a é😀\u200d🇮🇩/ "))).Draw(t, "text")
		units := utf16.Encode([]rune(text))
		offset := rapid.IntRange(-2, len(units)+2).Draw(t, "offset")
		length := rapid.IntRange(-2, len(units)+2).Draw(t, "length")
		got, ok := entityText(text, models.MessageEntity{Offset: offset, Length: length})
		inside := offset >= 0 && length > 0 && offset+length <= len(units) &&
			!splits(units, offset) && !splits(units, offset+length)
		if ok != inside {
			t.Fatalf("[%d, %d) of %d units: found %v", offset, offset+length, len(units), ok)
		}
		if want := ""; ok {
			if want = string(utf16.Decode(units[offset : offset+length])); got != want {
				t.Errorf("covers %q, not %q", got, want)
			}
		}
	})
}

// splits tells whether a place is between the two units of one character.
func splits(units []uint16, at int) bool {
	return at > 0 && at < len(units) && utf16.IsSurrogate(rune(units[at])) && units[at] >= 0xdc00
}

func FuzzEntities(f *testing.F) {
	f.Add("/status", 0, 7)
	f.Add("😀/s", 2, 1<<62)
	f.Add("\xff/", -1, 5)
	f.Fuzz(func(t *testing.T, text string, offset, length int) {
		entity := models.MessageEntity{Type: models.MessageEntityTypeBotCommand, Offset: offset, Length: length}
		covered, ok := entityText(text, entity)
		if ok && (covered == "" || !strings.Contains(text, covered)) {
			t.Errorf("covers %q in %q", covered, text)
		}
		if _, _, rest, ok := splitCommand(text, []models.MessageEntity{entity}); ok && !strings.Contains(text, rest) {
			t.Errorf("what follows is %q in %q", rest, text)
		}
	})
}

func TestTheNearestWordsComeFirst(t *testing.T) {
	words := []string{"selesai", "status", "tugas", "tugas_baru", "tenggat"}
	for _, row := range []struct {
		typed string
		want  []string
	}{
		{"statsu", []string{"status", "selesai", "tugas"}},
		{"TUGASBARU", []string{"tugas_baru", "tugas", "selesai"}},
		{"tengat", []string{"tenggat", "tugas", "selesai"}},
		{"", []string{"tugas", "status", "selesai"}},
	} {
		if difference := cmp.Diff(row.want, nearest(row.typed, words, 3)); difference != "" {
			t.Errorf("%q:\n%s", row.typed, difference)
		}
	}
	if all := nearest("x", words, 9); len(all) != len(words) {
		t.Errorf("of five words nine were asked and %d came", len(all))
	}
}

func TestDistanceIsADistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringMatching(`[a-c]{0,6}`).Draw(t, "a"), rapid.StringMatching(`[a-c]{0,6}`).Draw(t, "b")
		c := rapid.StringMatching(`[a-c]{0,6}`).Draw(t, "c")
		if distance(a, b) != distance(b, a) || (distance(a, b) == 0) != (a == b) || distance(a, b) > max(len(a), len(b)) {
			t.Errorf("from %q to %q: %d, and back %d", a, b, distance(a, b), distance(b, a))
		}
		if distance(a, c) > distance(a, b)+distance(b, c) {
			t.Errorf("the way from %q to %q is shorter over %q", a, c, b)
		}
	})
}
