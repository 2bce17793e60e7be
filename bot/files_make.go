package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/rembuk/rembuk/store"
)

// fileMaker makes a file at the moment when it is sent, out of what the database
// says then. arguments are ids, states and dates, as File.Arguments had them.
type fileMaker func(ctx context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error)

// fileMakers maps what makes files, by the word in File.Maker. These words stand in
// the outbox: they are added to, never changed.
func fileMakers() map[string]fileMaker {
	return map[string]fileMaker{
		makerContent:     makeContent,
		makerInvolvement: makeInvolvement,
		makerIdeasSheet:  makeIdeasSheet,
		makerPipeline:    makePipeline,
		makerTemplate:    makeTemplate, makerSheetLines: makeSheetLines,
		makerExport:  makeExport,
		makerAudit:   makeAudit,
		makerMissing: makeMissing, makerReadiness: makeReadiness,
		makerProfile:  makeProfile,
		makerMyData:   makeMyData,
		makerCalendar: makeCalendar, makerInvitationLetter: makeInvitationLetter,
		makerAttendanceList: makeAttendanceList, makerMinutes: makeMinutes,
		makerStatistics: makeStatistics,
		makerWordings:   makeWordings,
	}
}

// Telegram's limits on files that a bot uploads, in bytes.
const (
	uploadLimit = 50 << 20
	photoLimit  = 10 << 20
)

// errNotMade is a file that cannot be made, however often it is tried.
var errNotMade = errors.New("the file could not be made")

// make makes a file. What fails for a reason of its own is given up after three
// tries; when the database does not work, nothing is lost by waiting. Errors are
// errNotMade and, when the program is ending, the context's.
func (s *sender) make(ctx context.Context, file store.File) (madeFile, error) {
	pause := newPause()
	for failures := 0; ; {
		content, err := s.bot.makeFile(ctx, file)
		switch {
		case err == nil:
			return content, nil
		case s.ctx.Err() != nil:
			return madeFile{}, s.ctx.Err()
		case !store.Unavailable(err):
			failures++
		}
		s.bot.log.Error("a file could not be made", "maker", file.Maker, "failures", failures, "error", err.Error())
		if failures == tries {
			return madeFile{}, errNotMade
		}
		wait(s.ctx, pause.next(err))
	}
}

// makeFile tries once to make a file.
func (b *Bot) makeFile(ctx context.Context, file store.File) (made madeFile, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &store.PanicError{Value: value, Stack: debug.Stack()}
		}
		if err != nil {
			made.close()
		}
	}()
	if write, known := b.writers[file.Maker]; known {
		made, err = b.makeOnDisk(ctx, write, file.Arguments)
	} else {
		made, err = b.makeInMemory(ctx, file)
	}
	switch {
	case err != nil:
		return made, err
	case made.size == 0:
		return made, errors.New("there is nothing in it")
	case made.size > uploadLimit:
		return made, fmt.Errorf("it has %d bytes, more than %d", made.size, uploadLimit)
	}
	return made, nil
}

// askedBy is a request of the member who asked for a file. Whether that member may still
// have it is for its maker to ask.
func (b *Bot) askedBy(tx *store.Tx, memberID int64, language string) (*request, error) {
	r := &request{Bot: b, tx: tx, now: b.Now(), private: true, speak: b.book.In(language)}
	member, err := tx.Member(memberID)
	if err != nil {
		return nil, err
	}
	if r.actor, err = tx.Actor(member); err != nil {
		return nil, err
	}
	r.city, err = b.cityNow(tx)
	return r, err
}

func (b *Bot) makeInMemory(ctx context.Context, file store.File) (madeFile, error) {
	maker, known := b.makers[file.Maker]
	if !known {
		return madeFile{}, errors.New("nothing makes such a file")
	}
	var content []byte
	err := b.store.View(ctx, func(tx *store.Tx) (err error) {
		if _, err := b.cityNow(tx); err != nil { // and with it the city's own sentences
			return err
		}
		content, err = maker(ctx, tx, b, file.Arguments)
		return err
	})
	return madeFile{content: bytes.NewReader(content), size: int64(len(content))}, err
}
