package bot

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestAFileIsFetchedWithinItsLimit asks a Telegram that answers in every way.
func TestAFileIsFetchedWithinItsLimit(t *testing.T) {
	const token, limit = "4200:secret", 100
	ok := func(path, size string) string {
		return `{"ok":true,"result":{"file_id":"f","file_unique_id":"u","file_size":` + size + `,"file_path":"` + path + `"}}`
	}
	refused := func(code, text string) string {
		return `{"ok":false,"error_code":` + code + `,"description":"` + text + `"}`
	}
	full := strings.Repeat("a", limit)
	for _, test := range []struct {
		name, answer string
		serve        func(http.ResponseWriter)
		content      string
		want         error // nil, errFileGone, errFileTooLarge
		later        bool  // it may work another time
	}{
		{"as large as it may be", ok("documents/a.txt", "100"), write(200, full), full, nil, false},
		{"with a blank in its path", ok("documents/a b.txt", "1"), write(200, "b"), "b", nil, false},
		{"larger than it may be", ok("documents/a.txt", "101"), nil, "", errFileTooLarge, false},
		{"larger than it says", ok("documents/a.txt", "5"), write(200, full+"a"), "", errFileTooLarge, false},
		{"too large for Telegram", refused("400", "Bad Request: file is too big"), nil, "", errFileTooLarge, false},
		{"not given out any more", refused("400", "Bad Request: wrong file_id or the file is temporarily unavailable"), nil, "", errFileGone, false},
		{"without a path", ok("", "5"), nil, "", errFileGone, false},
		{"on the server's own disk", ok("/etc/passwd", "5"), nil, "", errFileGone, false},
		{"outside of its folder", ok("../bot1/getMe", "5"), nil, "", errFileGone, false},
		{"a path that is gone", ok("documents/a.txt", "5"), write(404, "Not Found"), "", errFileGone, false},
		{"led elsewhere", ok("documents/a.txt", "5"), func(w http.ResponseWriter) {
			w.Header().Set("Location", "http://127.0.0.1:1/")
			w.WriteHeader(http.StatusFound)
		}, "", errFileGone, false},
		{"too many requests", refused("429", "Too Many Requests: retry after 3"), nil, "", nil, true},
		{"Telegram not well", refused("500", "Internal Server Error"), nil, "", nil, true},
		{"files not well", ok("documents/a.txt", "5"), write(502, "<html>"), "", nil, true},
		{"cut off", ok("documents/a.txt", "5"), func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "5")
			_, _ = w.Write([]byte("ab"))
			panic(http.ErrAbortHandler)
		}, "", nil, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Path == "/bot"+token+"/getFile":
					_, _ = w.Write([]byte(test.answer))
				case strings.HasPrefix(r.URL.Path, "/file/bot"+token+"/documents/") && test.serve != nil:
					test.serve(w)
				default:
					t.Errorf("%s was asked for", r.URL.Path)
				}
			}))
			defer server.Close()
			content, err := newAPI(server.URL, token, time.Second).fetch(t.Context(), "f", limit)
			if string(content) != test.content || test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("%d bytes, %v", len(content), err)
			}
			later := err != nil && !errors.Is(err, errFileGone) && !errors.Is(err, errFileTooLarge) && classify(store.Outgoing{Kind: store.KindFetch}, err) == endedLater
			if later != test.later || err == nil && test.want != nil {
				t.Errorf("later: %v, %v", later, err)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the token stands in %q", err)
			}
		})
	}
}

func write(code int, content string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.WriteHeader(code)
		_, _ = w.Write([]byte(content))
	}
}

// list is a file that can be read.
var list = sim.File{Name: "libur.txt", MIME: "text/plain", Bytes: []byte("1 Januari 2027 Tahun Baru\n")}

func (h *harness) sendFile(chat, person int64, file sim.File, caption string) []sim.Shown {
	h.t.Helper()
	return h.write(sim.Message{Chat: chat, Person: person, Document: &file, Caption: caption})
}

func TestAFetchedFileIsReadOnceAfterAKill(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	id := h.sentFile(sitti)
	h.change(func(tx *store.Tx) error { // the state in which a kill leaves a file that is being fetched
		actor, err := tx.ActorByTelegramID(sitti)
		if err != nil {
			return err
		}
		fetch := &store.Fetch{FileID: id, Purpose: fetchHolidays, MemberID: actor.ID, MessageID: 900, Limit: 1000, Until: time.Now().Add(time.Hour).UnixMilli()}
		if err := tx.Queue(store.Outgoing{ChatID: sitti, Kind: store.KindFetch, Payload: store.Payload{Fetch: fetch}}, time.Now()); err != nil {
			return err
		}
		open, err := tx.OpenOutbox()
		if err != nil {
			return err
		}
		_, err = tx.Claim(open[len(open)-1].ID)
		return err
	})
	h.restart()
	contains(t, only(t, h.heard(sitti)).Text, "Tahun Baru")
	h.restart()
	if again := h.heard(sitti); len(again) > 0 {
		t.Errorf("it is read again: %q", texts(again))
	}
}

// sentFile is the id of a file that a person sends, as Telegram gives it.
func (h *harness) sentFile(person int64) (id string) {
	h.t.Helper()
	read := h.bot.readers[fetchHolidays]
	h.bot.readers[fetchHolidays] = func(r *request, file fetchedFile) error {
		id = file.FileID
		return read(r, file)
	}
	contains(h.t, only(h.t, h.sendFile(person, person, list, "/libur")).Text, "Tahun Baru")
	return id
}

func TestAFileThatCannotBeReadIsGivenUp(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	read := 0
	h.bot.readers["stumbling"] = func(*request, fetchedFile) error {
		read++
		panic("it stumbles")
	}
	id := h.sentFile(sitti)
	h.queueFetch(sitti, store.Fetch{FileID: id, Purpose: "stumbling", Limit: 1000})
	contains(t, only(t, h.heard(sitti)).Text, "kirim ulang")
	if read != tries {
		t.Errorf("it was tried %d times, not %d", read, tries)
	}
	h.queueFetch(sitti, store.Fetch{FileID: id, Purpose: "of a newer version", Limit: 1000})
	contains(t, only(t, h.heard(sitti)).Text, "kirim ulang")
}

// queueFetch lets a file be fetched as if a member had asked for it.
func (h *harness) queueFetch(person int64, fetch store.Fetch) {
	h.t.Helper()
	h.change(func(tx *store.Tx) error {
		actor, err := tx.ActorByTelegramID(person)
		if err != nil {
			return err
		}
		fetch.MemberID, fetch.MessageID = actor.ID, 900
		return tx.Queue(store.Outgoing{ChatID: person, Kind: store.KindFetch, Payload: store.Payload{Fetch: &fetch}}, time.Now())
	})
}

func TestWhyAFileIsNotReadIsSaid(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	file := func(name string, content []byte) sim.File { return sim.File{Name: name, Bytes: content} }
	for _, test := range []struct {
		name string
		file sim.File
		want string
	}{
		{"too large", file("libur.txt", bytes.Repeat([]byte("a"), holidayFileLimit+1)), "terlalu besar"},
		{"another kind", file("libur.pdf", list.Bytes), "belum dapat dibaca"},
		{"no text inside", file("libur.txt", []byte("PK\x03\x04\x00\x00")), "belum dapat dibaca"},
		{"empty", file("libur.csv", []byte(" \n\n")), "kosong"},
		{"no dates", file("libur.txt", []byte("selamat pagi")), "belum terbaca"},
	} {
		t.Run(test.name, func(t *testing.T) {
			contains(t, only(t, h.sendFile(sitti, sitti, test.file, "/libur")).Text, test.want)
		})
	}
	id := h.sentFile(sitti)
	fetch := store.Fetch{FileID: id, Purpose: fetchHolidays, Limit: 5}
	h.queueFetch(sitti, fetch)
	contains(t, only(t, h.heard(sitti)).Text, "terlalu besar")
	fetch.FileID = "BQAC-gone"
	h.queueFetch(sitti, fetch)
	contains(t, only(t, h.heard(sitti)).Text, "tidak dapat diambil lagi")
	h.sim.Fail(sim.Fault{Method: "getFile", Kind: sim.Error500, Times: -1})
	fetch.FileID = id
	h.queueFetch(sitti, fetch) // whose patience has ended long ago
	contains(t, only(t, h.heard(sitti)).Text, "tidak dapat diambil lagi")
}

func TestAFileBeingFetchedHoldsNobodyUp(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.sim.Fail(sim.Fault{Method: "getFile", Kind: sim.Error429, RetryAfter: 2})
	changed, unsubscribe := h.sim.Subscribe()
	defer unsubscribe()
	h.sim.Say(sim.Message{Chat: sitti, Person: sitti, Document: &list, Caption: "/libur"})
	contains(t, only(t, h.say(sitti, sitti, "/libur 2030")).Text, "2030")
	for read := h.heard(sitti); ; read = h.heard(sitti) {
		if len(read) > 0 {
			contains(t, only(t, read).Text, "Tahun Baru")
			return
		}
		select {
		case <-changed:
		case <-time.After(10 * time.Second):
			t.Fatal("the file is never read")
		}
	}
}
