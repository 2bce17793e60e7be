package bot

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

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

// TestAnAlbumTakesTheRoomOfItsFiles: it waits until all of it may leave, and one
// that is more than the limit is counted for as long as so many are.
func TestAnAlbumTakesTheRoomOfItsFiles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		album, single := store.Queued{Priority: store.PriorityAnswer, Messages: 10}, store.Queued{Priority: store.PriorityAnswer, Messages: 1}
		leaves := func(p *pace, row store.Queued) {
			if wait := p.delay(row, time.Now()); wait != 0 {
				t.Fatalf("%d messages wait %s", row.Messages, wait)
			}
			p.begin(row, time.Now())
			p.end(row, time.Now())
		}
		person := newPace(1)
		leaves(person, album)
		if wait := person.delay(single, time.Now()); wait != 2*privateLimit.counts() {
			t.Errorf("after an album of ten to a person the next waits %s", wait)
		}
		group := newPace(-1)
		for range 11 {
			leaves(group, single)
		}
		if wait := group.delay(album, time.Now()); wait != groupLimit.counts() {
			t.Errorf("where there is room for nine, an album of ten waits %s", wait)
		}
		time.Sleep(groupLimit.counts())
		leaves(group, album)
	})
}
