package bot

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/time/rate"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestAlbumsArriveWithinTelegramsLimits sends albums and words to groups and
// people, each several times, into a Telegram that keeps its limits.
func TestAlbumsArriveWithinTelegramsLimits(t *testing.T) {
	inBubble(t, sim.Options{Limits: true}, func(t *testing.T, b *bubble) {
		b.options.Limits = true
		b.start()
		writer := b.person("Baso")
		files, _ := b.filesKept(writer)
		chats := []int64{writer}
		for i := range 8 {
			chats = append(chats, b.group(fmt.Sprintf("Pokja %d", i), writer), b.person(fmt.Sprintf("Warga %d", i)))
		}
		time.Sleep(time.Hour) // greetings and menus are over
		began, want := time.Now(), make([]string, 0, 30)
		for i := range 3 {
			for _, chat := range chats {
				out := plainRow(chat, store.PriorityBroadcast, fmt.Sprintf("kabar %d", i))
				for range 10 {
					out.Payload.Files = append(out.Payload.Files, files[filePhoto])
				}
				b.queueFiles(out)
			}
			want = append(want, fmt.Sprintf("kabar %d", i), strings.Repeat("a.jpg ", 10))
		}
		for open := 1; open > 0 && time.Since(began) < time.Hour; open, _ = b.waiting() {
			time.Sleep(time.Second)
		}
		for _, chat := range chats {
			if difference := cmp.Diff(want, b.inOrder(chat, began)); difference != "" {
				t.Errorf("chat %d, in order:\n%s", chat, difference)
			}
		}
		if asked := b.bot.TooMany(); asked != 0 {
			t.Errorf("Telegram asked for patience %d times", asked)
		}
		if took := time.Since(began); took < 80*time.Second || took > 4*time.Minute {
			t.Errorf("33 messages to each took %s; Telegram allows 20 a minute", took)
		}
	})
}

// inOrder are the words and the albums of a chat since a moment.
func (b *bubble) inOrder(chat int64, since time.Time) (said []string) {
	album := ""
	for _, message := range b.telegram.Messages(chat) {
		switch {
		case !message.Bot || message.Date.Before(since):
			continue
		case message.Media == nil:
			said = append(said, message.Text)
		case message.MediaGroup == album:
			said[len(said)-1] += message.Media.Name + " "
		default:
			said = append(said, message.Media.Name+" ")
		}
		album = message.MediaGroup
	}
	return said
}

// TestAnAlbumTakesTheRoomOfItsFiles: it waits for a full bucket, and what comes
// after one of ten waits until there is room for all of them.
func TestAnAlbumTakesTheRoomOfItsFiles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bucket := rate.NewLimiter(2, 3)
		if wait := take(bucket, 10); wait != 0 {
			t.Fatalf("a full bucket lets an album wait %s", wait)
		}
		// Seven are owed: one more may leave when eight have been filled in.
		if wait := take(bucket, 1); wait != 4*time.Second {
			t.Errorf("after an album of ten the next waits %s", wait)
		}
		time.Sleep(4 * time.Second)
		if wait := take(bucket, 1); wait != 0 {
			t.Errorf("after that it still waits %s", wait)
		}
		if wait := take(bucket, 5); wait != 1500*time.Millisecond {
			t.Errorf("an album waits %s for a full bucket", wait)
		}
		g := newGate(true)
		p := g.paceOf(-1)
		if !p.free(10) || p.free(1) {
			t.Error("an album of ten leaves the group room for more")
		}
	})
}
