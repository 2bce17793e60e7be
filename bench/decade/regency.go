package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// regency is one Telegram, and the program on a database with a share of ten years.
type regency struct {
	share    float64
	telegram *sim.Server
	rembuk   program.Rembuk
	owner    int64
	groups   map[council.GroupKind]int64 // one chat of each kind
	running  *program.Process
	filling  time.Duration
	keeps    bool // a copy of what was filled in, beside the database
	wire     wire
}

// wire stands before the Telegram and notes when the program first polls.
type wire struct {
	http.Handler
	polls chan time.Time // holds one
}

func (w *wire) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	if strings.HasSuffix(request.URL.Path, "/getUpdates") {
		select {
		case w.polls <- time.Now():
		default:
		}
	}
	w.Handler.ServeHTTP(response, request)
}

// found makes the regency: the program its database, then the years.
func found(ctx context.Context, binary, folder string, share float64, keeps bool) (*regency, func(), error) {
	r := &regency{share: share, keeps: keeps, telegram: sim.New(sim.Options{Lenient: true}), groups: map[council.GroupKind]int64{}}
	r.wire = wire{Handler: r.telegram.Handler(), polls: make(chan time.Time, 1)}
	server := httptest.NewServer(&r.wire)
	r.owner = r.telegram.Person(sim.Person{FirstName: "Ibu Ratna", Username: "ratna_contoh", LanguageCode: "id"})
	r.rembuk = program.Rembuk{Binary: binary, Folder: folder, API: server.URL, Token: r.telegram.Token(), Owner: r.owner}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, server.Close, err
	}
	if err := r.settleIn(ctx, filepath.Join(folder, "filled.db")); err != nil {
		return r, server.Close, err
	}
	return r, server.Close, r.once(ctx) // and it sees what hangs on the open things
}

// settleIn fills the regency's database, of which a copy is kept for the next run in the
// same folder; where there is one already, that is taken.
func (r *regency) settleIn(ctx context.Context, kept string) error {
	if _, err := os.Stat(kept); err == nil {
		return errors.Join(copyFile(kept, r.rembuk.Database()), r.link(ctx))
	}
	if err := errors.Join(r.link(ctx), r.once(ctx)); err != nil {
		return err
	}
	began := time.Now()
	if err := fill(ctx, r.rembuk.Database(), r.share, began); err != nil {
		return err
	}
	r.filling = time.Since(began)
	if !r.keeps {
		return nil
	}
	return copyFile(r.rembuk.Database(), kept)
}

// copyFile copies a database that nobody has open, in the place of what was left of an
// earlier one.
func copyFile(from, to string) (err error) {
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(to + end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}

// groupsOfEach is how many groups of each kind there are, in the order of their ids;
// what is filled in names them by these.
var groupsOfEach = []struct {
	kind  council.GroupKind
	count int
}{{council.KindSecretariat, 1}, {council.KindCouncil, 1}, {council.KindWorkingGroup, 36}, {council.KindCommunity, 8}}

// link links the groups as if that had been done long ago.
func (r *regency) link(ctx context.Context) (err error) {
	opened, err := store.Open(ctx, r.rembuk.Database())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	return opened.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Seen(r.owner, "Ibu Ratna", "ratna_contoh", "id", time.Now()); err != nil {
			return err
		}
		for _, each := range groupsOfEach {
			for number := range each.count {
				group := council.Group{Title: fmt.Sprintf("%s %d", each.kind, number+1), Kind: each.kind, Language: "id"}
				if each.kind == council.KindWorkingGroup {
					group.Dimension = council.Dimensions[number%len(council.Dimensions)]
				}
				group.ChatID = r.telegram.Group(sim.Group{Title: group.Title, Supergroup: true, Members: []int64{r.owner}})
				r.groups[each.kind] = group.ChatID
				if _, err := tx.LinkGroup(group); err != nil {
					return err
				}
				r.telegram.AddBot(group.ChatID, r.owner)
			}
		}
		return nil
	})
}

// start starts the program and returns how long it took to its first poll.
func (r *regency) start(ctx context.Context) (took time.Duration, err error) {
	select {
	case <-r.wire.polls:
	default:
	}
	began := time.Now()
	if r.running, err = r.rembuk.Start(ctx); err != nil {
		return 0, err
	}
	while, cancel := r.running.While(ctx)
	defer cancel()
	select {
	case at := <-r.wire.polls:
		return at.Sub(began), nil
	case <-while.Done():
		return 0, context.Cause(while)
	}
}

// stop ends the program in order.
func (r *regency) stop() error {
	_, err := r.running.Signal(os.Interrupt)
	return err
}

// once starts the program, lets it finish what there is to do, and ends it.
func (r *regency) once(ctx context.Context) error {
	if _, err := r.start(ctx); err != nil {
		return err
	}
	return errors.Join(r.settle(ctx), r.stop())
}

// settle waits until everything is handled and sent.
func (r *regency) settle(ctx context.Context) (err error) {
	opened, err := store.Open(ctx, r.rembuk.Database())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	return r.wait(ctx, func() bool {
		var open int
		looked := opened.View(ctx, func(tx *store.Tx) error {
			waiting, err := tx.CountWaiting()
			if err != nil {
				return err
			}
			due, _, err := tx.CountOutbox(time.Now())
			open = waiting + due
			return err
		})
		return looked == nil && open == 0 && r.telegram.PollWaiting()
	})
}

// wait waits until a condition holds, which it looks at whenever Telegram has changed.
func (r *regency) wait(ctx context.Context, condition func() bool) error {
	ctx, cancel := r.running.While(ctx)
	defer cancel()
	changed, unsubscribe := r.telegram.Subscribe()
	defer unsubscribe()
	for !condition() {
		select {
		case <-changed:
		case <-time.After(2 * time.Millisecond): // a call is counted a little after what it changed
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}
