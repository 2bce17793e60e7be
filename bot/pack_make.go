package bot

import (
	"context"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// makerPack stands in the outbox for the pack of an evaluation, or a part of it.
const makerPack = "pack"

// makePack writes a pack as it stands when it is sent. Arguments: the evaluation's
// number, the language, the moment of asking in unix milliseconds, who asked and must
// still be allowed to, which part from 0, and where it is cut. What is said below it is
// what had to be left out.
func makePack(ctx context.Context, b *Bot, arguments []string, to io.Writer) (words string, err error) {
	if len(arguments) < 5 {
		return "", errors.New("pack: an evaluation, a language, a moment, a member and a part are expected")
	}
	number, wrong := strconv.ParseInt(arguments[0], 10, 64)
	at, alsoWrong := strconv.ParseInt(arguments[2], 10, 64)
	part, wrongToo := strconv.Atoi(arguments[4])
	cuts, wrongAsWell := readCuts(arguments[5:])
	if err := errors.Join(wrong, alsoWrong, wrongToo, wrongAsWell); err != nil {
		return "", err
	}
	speak := b.book.In(arguments[1])
	var contents report.PackContents
	err = b.store.View(ctx, func(tx *store.Tx) error {
		if err := b.mayStillExport(tx, pressArguments(arguments).number(3)); err != nil {
			return err
		}
		city, err := b.cityNow(tx)
		if err != nil {
			return err
		}
		if contents, err = report.GatherPack(tx, number, city.Name, speak, time.UnixMilli(at), city.Zone); err != nil {
			return err
		}
		return contents.AddStatistics(tx)
	})
	if err != nil {
		return "", err
	}
	contents.Cuts, contents.Part = cuts, part
	outcome, err := report.WritePack(ctx, to, contents, b.Vault.Open)
	return leftOut(speak, outcome.Problems), err
}

// mayStillExport refuses who may not take the city's evidence away any more.
func (b *Bot) mayStillExport(tx *store.Tx, memberID int64) error {
	member, err := tx.Member(memberID)
	if err != nil {
		return err
	}
	r := &request{Bot: b, tx: tx, now: b.Now(), private: true}
	if r.actor, err = tx.Actor(member); err != nil {
		return err
	}
	return r.may(council.ActionExport, council.Scope{})
}

// leftOutShown is how many of the files that were left out are named.
const leftOutShown = 5

// leftOut says which files are not in a pack, and what to do; empty where all are.
func leftOut(speak locale.Speaker, problems []report.PackProblem) string {
	if len(problems) == 0 {
		return ""
	}
	var named []string
	for _, problem := range problems[:min(len(problems), leftOutShown)] {
		named = append(named, problem.Code+" "+path.Base(problem.Path))
	}
	if more := len(problems) - len(named); more > 0 {
		named = append(named, speak.Count("notice.more", more))
	}
	return speak.Count("pack.left_out", len(problems), "Names", strings.Join(named, "; "), "Code", problems[0].Code)
}
