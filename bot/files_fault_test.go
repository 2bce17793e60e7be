package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// shownFiles are the files of the bot's messages in a chat, album by album.
func (b *bubble) shownFiles(chat int64) (files []string) {
	album := ""
	for _, message := range b.telegram.Messages(chat) {
		switch {
		case !message.Bot || message.Media == nil:
		case message.MediaGroup != "" && message.MediaGroup == album:
			files[len(files)-1] += "+" + message.Media.Name
		default:
			files = append(files, message.Media.Name)
		}
		if message.Bot {
			album = message.MediaGroup
		}
	}
	return files
}

// fivePhotos is a message with an album of five.
func fivePhotos(chat int64, files map[string]store.File) store.Outgoing {
	out := plainRow(chat, store.PriorityAnswer, "lima foto")
	for range 5 {
		out.Payload.Files = append(out.Payload.Files, files[filePhoto])
	}
	return out
}

const wholeAlbum = "a.jpg+a.jpg+a.jpg+a.jpg+a.jpg"

// TestAnAlbumAtKills is sent once more after a kill in the middle, and not a third
// time: never half of it, and the words before it only once.
func TestAnAlbumAtKills(t *testing.T) {
	for kills := 1; kills <= 3; kills++ {
		t.Run(fmt.Sprint(kills), func(t *testing.T) {
			inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
				b.start()
				person := b.person("Baso")
				files, _ := b.filesKept(person)
				b.telegram.Fail(sim.Fault{Method: "sendMediaGroup", Kind: sim.Slow, Delay: time.Minute, Times: kills})
				b.queueFiles(fivePhotos(person, files))
				b.queue(plainRow(person, store.PriorityAnswer, "sesudahnya"))
				for range kills {
					synctest.Wait()
					b.kill()
					b.start()
				}
				synctest.Wait()
				if difference := cmp.Diff([]string{wholeAlbum, wholeAlbum}, b.shownFiles(person)); difference != "" {
					t.Errorf("shown:\n%s", difference)
				}
				said := slices.DeleteFunc(b.said(person, ""), func(text string) bool { return text == "" || strings.HasPrefix(text, "Selamat") })
				if want := []string{"lima foto", "sesudahnya"}; !slices.Equal(said[len(said)-2:], want) {
					t.Errorf("said %q", said)
				}
				if open, unknown := b.waiting(); open != 0 || unknown != 1 {
					t.Errorf("%d wait, %d are counted as perhaps sent twice", open, unknown)
				}
			})
		})
	}
}

// TestFilesAndFaults sends words, an album and a voice through each fault at each
// of them: the order stays, and only what may have arrived comes twice.
func TestFilesAndFaults(t *testing.T) {
	for _, fault := range faults {
		for after, method := range []string{"sendMessage", "sendMediaGroup", "sendVoice"} {
			t.Run(fault.name+" at "+method, func(t *testing.T) {
				inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
					b.start()
					person := b.person("Baso")
					files, _ := b.filesKept(person)
					out := fivePhotos(person, files)
					out.Payload.Files = append(out.Payload.Files, files[fileVoice])
					ordered := fault.fault
					ordered.Method = method
					b.telegram.Fail(ordered)
					before := len(b.telegram.Messages(person))
					b.queueFiles(out)
					time.Sleep(time.Minute)
					var got []string
					for _, message := range b.telegram.Messages(person)[before:] {
						if message.Media != nil {
							got = append(got, message.Media.Name)
						} else {
							got = append(got, message.Text)
						}
					}
					want := [][]string{{"lima foto"}, strings.Split(wholeAlbum, "+"), {"e.ogg"}}
					if fault.twice {
						want[after] = append(want[after], want[after]...)
					}
					if difference := cmp.Diff(slices.Concat(want...), got); difference != "" {
						t.Error(difference)
					}
				})
			})
		}
	}
}

// TestAFileThatTelegramDoesNotKnowAnyMore leaves out only itself: the words go, the
// others of its album go, and in its place a line says so.
func TestAFileThatTelegramDoesNotKnowAnyMore(t *testing.T) {
	gone := store.File{Kind: filePhoto, FileID: "AgACgone"}
	named := store.File{Kind: fileDocument, FileID: "BQACgone", Name: "laporan.pdf"}
	for _, test := range []struct {
		name, text string
		files      func(map[string]store.File) []store.File
		said       []string
		shown      []string
	}{
		{"alone", "Mohon dilihat", func(map[string]store.File) []store.File { return []store.File{named} },
			[]string{"Mohon dilihat\n\nBerkas laporan.pdf belum dapat disampaikan di sini."}, nil},
		{"alone without words", "", func(map[string]store.File) []store.File { return []store.File{gone} },
			[]string{"Satu berkas belum dapat disampaikan di sini."}, nil},
		{"in an album", "Mohon dilihat", func(f map[string]store.File) []store.File { return []store.File{f[filePhoto], gone, f[fileVideo]} },
			[]string{"Mohon dilihat", "Satu berkas belum dapat disampaikan di sini."}, []string{"a.jpg", "c.mp4"}},
		{"the first of an album", "Mohon dilihat", func(f map[string]store.File) []store.File { return []store.File{gone, f[filePhoto], f[fileVideo]} },
			[]string{"Mohon dilihat", "Satu berkas belum dapat disampaikan di sini."}, []string{"a.jpg", "c.mp4"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
				b.start()
				person := b.person("Baso")
				files, _ := b.filesKept(person)
				before := len(b.telegram.Messages(person))
				out := plainRow(person, store.PriorityAnswer, test.text)
				out.Payload.Files, out.Payload.Subject, out.UniqueKey = test.files(files), "Q-1", "once"
				b.queueFiles(out)
				synctest.Wait()
				var said []string
				for _, message := range b.telegram.Messages(person)[before:] {
					if message.Text != "" {
						said = append(said, message.Text)
					}
					b.change(func(tx *store.Tx) error {
						subject, _, err := tx.MessageAbout(person, message.ID)
						if subject != "Q-1" {
							t.Errorf("message %d is about %q", message.ID, subject)
						}
						return err
					})
				}
				if difference := cmp.Diff(test.said, said); difference != "" {
					t.Errorf("said:\n%s", difference)
				}
				if difference := cmp.Diff(test.shown, b.shownFiles(person)); difference != "" {
					t.Errorf("shown:\n%s", difference)
				}
				if open, _ := b.waiting(); open != 0 || !b.reachable(person) {
					t.Errorf("%d rows are open, reachable %v", open, b.reachable(person))
				}
			})
		})
	}
}

// TestAnAlbumWithAKeyIsTakenApartWhole: only one row can have the key, and the
// others go all the same.
func TestAnAlbumWithAKeyIsTakenApartWhole(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		b.change(func(tx *store.Tx) error {
			out := fivePhotos(person, map[string]store.File{filePhoto: {Kind: filePhoto, FileID: "x"}})
			out.Payload.Text, out.UniqueKey, out.NotBefore = "", "once", time.Now().Add(time.Hour)
			if err := tx.Queue(out, time.Now()); err != nil {
				return err
			}
			taken, err := tx.TakeQueued(func(store.Queued) bool { return true })
			if err != nil {
				return err
			}
			return b.bot.out.withoutFiles(tx, taken[0], errNotMade)
		})
		if open, _ := b.waiting(); open != 5 {
			t.Errorf("%d rows wait for five photos", open)
		}
	})
}

func (b *bubble) reachable(person int64) (open bool) {
	b.t.Helper()
	b.change(func(tx *store.Tx) error {
		member, err := tx.MemberByTelegramID(person)
		open = member.Reach == council.ReachOpen
		return err
	})
	return open
}

// TestAGroupThatAllowsNoPhotosIsNotGone: it is told in words, and stays linked.
func TestAGroupThatAllowsNoPhotosIsNotGone(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	coordinator := h.coordinator("Sitti Contoh", "sitti_contoh")
	group := h.linkedGroup("Dewan", "dewan", coordinator)
	h.heard(group)
	h.sim.Fail(sim.Fault{Method: "sendPhoto", Chat: group, Kind: sim.Refuse, Code: http.StatusBadRequest, Times: -1,
		Description: "Bad Request: not enough rights to send photos to the chat"})
	h.change(func(tx *store.Tx) error {
		out := plainRow(group, store.PriorityAnswer, "Foto TPS")
		out.Payload.Files = []store.File{{Kind: filePhoto, FileID: "x"}}
		return queueWithFiles(tx, out)
	})
	h.sent()
	contains(t, only(t, h.heard(group)).Text, "Foto TPS", "belum dapat disampaikan")
	h.look(func(tx *store.Tx) error {
		found, err := tx.GroupOf(group, 0)
		if !found.Reachable {
			t.Error("the group counts as lost")
		}
		return err
	})
}

// TestFilesThatAreMade are uploaded as they are when they leave.
func TestFilesThatAreMade(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		content := []byte("isi \x00\xff")
		b.prepare = func(bot *Bot) {
			bot.makers["table"] = func(_ context.Context, tx *store.Tx, _ *Bot, arguments []string) ([]byte, error) {
				if _, _, err := tx.CountOutbox(time.Now()); err != nil {
					return nil, err
				}
				return append([]byte(strings.Join(arguments, ",")), content...), nil
			}
			bot.makers["heavy"] = func(context.Context, *store.Tx, *Bot, []string) ([]byte, error) {
				return bytes.Repeat([]byte("x"), photoLimit+1), nil
			}
		}
		b.start()
		person := b.person("Baso")
		before := len(b.telegram.Messages(person))
		for _, file := range []store.File{
			{Kind: fileDocument, Maker: "table", Arguments: []string{"P-1", "2026"}, Name: "rekap mei.csv"},
			{Kind: filePhoto, Maker: "heavy", Name: "peta.png"},
		} {
			out := plainRow(person, store.PriorityAnswer, "Rekap "+file.Name)
			out.Payload.Files, out.Payload.Buttons = []store.File{file}, [][]store.Button{{{Text: "Sudah dibaca", Data: "1:x"}}}
			out.Payload.ReplyTo, out.Payload.Silent = 1, true
			b.queueFiles(out)
		}
		synctest.Wait()
		messages := b.telegram.Messages(person)[before:]
		if len(messages) != 2 {
			t.Fatalf("%d messages arrived", len(messages))
		}
		table, heavy := messages[0], messages[1]
		if table.Document == nil || string(table.Document.Bytes) != "P-1,2026"+string(content) || table.Document.Name != "rekap mei.csv" ||
			table.Text != "Rekap rekap mei.csv" || table.ReplyTo != 1 || !hasButton(table, "Sudah dibaca") {
			t.Errorf("it came as %+v", table)
		}
		if heavy.Document == nil || len(heavy.Document.Bytes) != photoLimit+1 {
			t.Error("what is too large for a photo comes as a document")
		}
	})
}

// TestALargeFileGoesOverARealLine whole, after the line has broken in the middle.
func TestALargeFileGoesOverARealLine(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	person := h.private("Baso")
	content := bytes.Repeat([]byte("0123456789abcdef"), 12<<20/16)
	h.bot.makers["large"] = func(context.Context, *store.Tx, *Bot, []string) ([]byte, error) { return content, nil }
	h.sim.Fail(sim.Fault{Method: "sendDocument", Kind: sim.BreakBefore})
	out := plainRow(person, store.PriorityAnswer, "Peta")
	out.Payload.Files = []store.File{{Kind: fileDocument, Maker: "large", Name: "peta <2026> \"a\".tif"}}
	h.queueFiles(out)
	got := only(t, h.heard(person))
	if got.Media == nil || !bytes.Equal(got.Media.Bytes, content) || got.Media.Name != "peta <2026> \"a\".tif" || got.Text != "Peta" {
		t.Errorf("it came as %q with the words %q", got.Media.Name, got.Text)
	}
}

// TestAFileThatCannotBeMade is tried three times, and then its words go with a
// polite line. What comes behind it waits only that long.
func TestAFileThatCannotBeMade(t *testing.T) {
	for name, maker := range map[string]func(try int) ([]byte, error){
		"it errs":          func(int) ([]byte, error) { return nil, errors.New("no numbers") },
		"it panics":        func(int) ([]byte, error) { panic("no numbers") },
		"nothing is in it": func(int) ([]byte, error) { return nil, nil },
		"it is too large":  func(int) ([]byte, error) { return make([]byte, uploadLimit+1), nil },
		"it errs twice": func(try int) ([]byte, error) {
			return []byte("isi"), []error{1: errors.New("x"), 2: errors.New("x"), 3: nil}[try]
		},
		"nobody can make it": nil,
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
				attempts := 0
				b.prepare = func(bot *Bot) {
					if maker != nil {
						bot.makers["table"] = func(context.Context, *store.Tx, *Bot, []string) ([]byte, error) {
							attempts++
							return maker(attempts)
						}
					}
				}
				b.start()
				person := b.person("Baso")
				before := len(b.said(person, ""))
				out := plainRow(person, store.PriorityAnswer, "Rekap")
				out.Payload.Files = []store.File{{Kind: fileDocument, Maker: "table", Name: "rekap.csv"}}
				b.queueFiles(out)
				b.queue(plainRow(person, store.PriorityAnswer, "sesudahnya"))
				time.Sleep(10 * time.Second)
				want := []string{"Rekap\n\nMohon maaf, berkas rekap.csv belum dapat dibuat. Silakan diminta sekali lagi nanti.", "sesudahnya"}
				if name == "it errs twice" {
					want[0] = "Rekap"
				}
				if difference := cmp.Diff(want, b.said(person, "")[before:]); difference != "" {
					t.Error(difference)
				}
				if maker != nil && attempts != tries {
					t.Errorf("it was tried %d times", attempts)
				}
				if open, unknown := b.waiting(); open != 0 || unknown != 0 {
					t.Errorf("%d rows are open, %d unknown", open, unknown)
				}
				if b.logged("no numbers") != 0 && name == "it panics" {
					t.Error("what the maker panicked with may hold words, and stands in the log")
				}
			})
		})
	}
}
