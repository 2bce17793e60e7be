package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// finding is one line of check. A note is not wrong, it is not there yet.
type finding struct {
	level   string
	subject string
	text    string
}

const (
	fine  = "ok"
	note  = "note"
	wrong = "wrong"
)

// check looks at everything the bot needs and says one line each, with its
// cure. It creates nothing. It fails if something is wrong.
func check(ctx context.Context, config Config, clock Clock, stdout io.Writer) error {
	findings := []finding{{fine, "config", fmt.Sprintf("database %s, Bot API %s", config.Database, config.API)}}
	contents, found := checkDatabase(ctx, config, clock.Now())
	findings = append(findings, found, checkToken(ctx, config))
	findings = append(findings, checkGroups(contents)...)
	if found.level == fine {
		findings = append(findings, checkPeople(contents)...)
	}
	findings = append(findings, checkBackups(config.Backup, time.Now(), contents.zone)...) // they are made in real time
	findings = append(findings, checkOfficer(config))
	findings = append(findings, checkHolidays(contents, clock.Now().Year()+1))
	findings = append(findings, checkSetAside(contents)...)
	findings = append(findings, checkSentences(contents)...)
	if found.level == fine {
		findings = append(findings, checkFiles(config, contents)...)
	}
	failed := 0
	for _, f := range findings {
		if f.level == wrong {
			failed++
		}
		fmt.Fprintf(stdout, "%-5s  %-9s  %s\n", f.level, f.subject, f.text)
	}
	if failed > 0 {
		return fmt.Errorf("check found %d wrong", failed)
	}
	return nil
}

// contents is what check reads from a database; empty where there is none.
type contents struct {
	groups   []council.Group
	holidays []store.Holiday
	aside    []store.SetAsideUpdate
	own      []store.OwnSentence   // that the city says in words of its own
	filed    []store.FiledEvidence // whose content must lie in the vault
	pending  int                   // pieces whose content is still to be fetched
	out      []council.Member      // who has something to do and cannot be written to
	zone     *time.Location
}

func checkDatabase(ctx context.Context, config Config, now time.Time) (contents, finding) {
	if _, err := os.Stat(config.Database); errors.Is(err, os.ErrNotExist) {
		return contents{zone: zoneIn(config, "")}, finding{note, "database", config.Database + " is not there yet; the first `rembuk serve` makes it"}
	}
	if err := store.Verify(ctx, config.Database); err != nil {
		return contents{zone: zoneIn(config, "")}, finding{wrong, "database", fmt.Sprintf("%s: %v; stop the bot and put the newest backup in its place with `rembuk restore FILE --force`", config.Database, err)}
	}
	read, err := readCopy(ctx, config, now)
	if err != nil {
		return contents{zone: zoneIn(config, "")}, finding{wrong, "database", fmt.Sprintf("%s is whole, but a copy beside it could not be opened: %v; make room on the disk, or use the version of rembuk that wrote it", config.Database, err)}
	}
	return read, finding{fine, "database", "whole, and this version can open it"}
}

// readCopy reads a copy: opening brings the tables up to date, and a check with
// a newer version must not do that to a database in use.
func readCopy(ctx context.Context, config Config, now time.Time) (read contents, err error) {
	draft, err := draftName(config.Database)
	if err != nil {
		return read, err
	}
	defer func() { err = errors.Join(err, removeIfThere(draft)) }()
	if err := store.Copy(ctx, config.Database, draft); err != nil {
		return read, err
	}
	copied := config
	copied.Database = draft
	return readContents(ctx, copied, now)
}

// readContents opens a database that is there; it makes none.
func readContents(ctx context.Context, config Config, now time.Time) (read contents, err error) {
	database := config.Database
	if _, err := os.Stat(database); err != nil {
		return read, err
	}
	opened, err := store.Open(ctx, database)
	if err != nil {
		return read, err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	err = opened.View(ctx, func(tx *store.Tx) (err error) {
		if read.groups, err = tx.Groups(); err != nil {
			return err
		}
		if read.holidays, err = tx.Holidays(); err != nil {
			return err
		}
		if read.aside, err = tx.SetAsideUpdates(); err != nil {
			return err
		}
		if read.own, err = tx.OwnSentences(); err != nil {
			return err
		}
		if read.filed, err = tx.EvidenceInVault(); err != nil {
			return err
		}
		if read.pending, err = tx.CountPendingEvidence(); err != nil {
			return err
		}
		zone, err := tx.Setting(store.SettingZone)
		if err != nil {
			return err
		}
		read.zone = zoneIn(config, zone)
		read.out, err = tx.Unreachable(council.DayOf(now, read.zone), -1)
		return err
	})
	return read, err
}

func checkToken(ctx context.Context, config Config) finding {
	if config.Token == "" {
		return finding{wrong, "token", "missing; set REMBUK_TELEGRAM_TOKEN to " + tokenAllowed}
	}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	client, err := telegram.New(config.Token, telegram.WithServerURL(config.API), telegram.WithSkipGetMe(), telegram.WithHTTPClient(time.Second, &http.Client{}))
	if err != nil {
		return finding{wrong, "token", fmt.Sprintf("cannot be used: %v", err)}
	}
	me, err := client.GetMe(ctx)
	switch {
	case errors.Is(err, telegram.ErrorUnauthorized), errors.Is(err, telegram.ErrorNotFound):
		return finding{wrong, "token", "refused by the Bot API; ask @BotFather for the present one (/mybots, API Token)"}
	case err != nil:
		return finding{wrong, "token", fmt.Sprintf("the Bot API at %s cannot be asked: %s; check the network and telegram.api", config.API, oneLine(err))}
	case me.CanReadAllGroupMessages:
		return finding{note, "token", "@" + me.Username + " reads whole groups; turn privacy mode on with @BotFather (/setprivacy) and add the bot to its groups again"}
	}
	return finding{fine, "token", "@" + me.Username}
}

func checkGroups(read contents) []finding {
	if len(read.groups) == 0 {
		return []finding{{note, "groups", "none linked yet; add the bot to a group and write /hubungkan there"}}
	}
	lost := []finding{}
	for _, group := range read.groups {
		if !group.Reachable {
			lost = append(lost, finding{note, "groups", fmt.Sprintf("group %d (%s) cannot be reached; add the bot to it again", group.ID, group.Kind)})
		}
	}
	return append([]finding{{fine, "groups", fmt.Sprintf("%d linked, %d can be reached", len(read.groups), len(read.groups)-len(lost))}}, lost...)
}

func checkOfficer(config Config) finding {
	if config.Officer == "" {
		return finding{note, "privacy", "nobody is named yet who looks after personal data, and nobody is asked to agree until then; set privacy.officer (REMBUK_PRIVACY_OFFICER)"}
	}
	return finding{fine, "privacy", config.Officer}
}

func checkHolidays(read contents, year int) finding {
	start := fmt.Sprintf("%04d-", year)
	known := slices.ContainsFunc(read.holidays, func(day store.Holiday) bool { return strings.HasPrefix(day.Date, start) })
	builtIn, err := locale.HolidayYears()
	if err != nil {
		return finding{wrong, "holidays", fmt.Sprintf("the built-in list cannot be read: %v", err)}
	}
	if known || slices.ContainsFunc(builtIn, func(list locale.HolidayYear) bool { return list.Year == year }) {
		return finding{fine, "holidays", fmt.Sprintf("known up to %d", year)}
	}
	return finding{note, "holidays", fmt.Sprintf("%d is not there yet; once the joint decree is out, a coordinator sends its list with /libur, pasted or as a .txt or .csv file", year)}
}

func checkSetAside(read contents) []finding {
	if len(read.aside) == 0 {
		return []finding{{fine, "updates", "none set aside"}}
	}
	var lines []finding
	for _, update := range read.aside {
		lines = append(lines, finding{note, "updates", fmt.Sprintf("update %d (%s) of %s was set aside: %s; report it with this line",
			update.UpdateID, update.Kind, update.At.UTC().Format(time.RFC3339), update.Reason)})
	}
	return lines
}

// checkSentences notes which of the city's own sentences fit those of this version no
// more: one that is there no more is never said, and a value that is gone is left out.
// Nothing is said of a city without sentences of its own.
func checkSentences(read contents) (lines []finding) {
	if len(read.own) == 0 {
		return nil
	}
	wordings := make([]locale.Wording, len(read.own))
	for i, own := range read.own {
		wordings[i] = locale.Wording(own)
	}
	fitting, flaws, err := locale.CheckBuiltIn(wordings)
	if err != nil {
		return []finding{{wrong, "sentences", fmt.Sprintf("the built-in ones cannot be read: %v", err)}}
	}
	lines = append(lines, finding{fine, "sentences", fmt.Sprintf("%d of the city's own, %d fit this version", len(wordings), len(fitting))})
	for _, flaw := range flaws {
		cure := "a coordinator words it anew with /kalimat, or takes the usual one"
		if flaw.Kind == locale.FlawKey {
			cure = "it is said no more; it goes when a coordinator takes back all of them in /kalimat"
		}
		lines = append(lines, finding{note, "sentences", oneLine(flaw) + "; " + cure})
	}
	return lines
}

// checkAlive tells, without network or listener, whether a copy holds the lock
// of the database and has written its heartbeat within the last minute.
func checkAlive(ctx context.Context, config Config, stdout io.Writer) error {
	locked, err := isLocked(config.Database)
	if err != nil {
		return err
	}
	if !locked {
		return fmt.Errorf("no copy is running on %s; start one with `rembuk serve`", config.Database)
	}
	beat, err := store.ReadHeartbeat(ctx, config.Database)
	if err != nil {
		return err
	}
	if beat.IsZero() {
		return fmt.Errorf("a copy has begun on %s, but has written no heartbeat yet; ask again in a moment", config.Database)
	}
	if age := time.Since(beat); age > time.Minute {
		return fmt.Errorf("a copy is running on %s, but its last heartbeat was at %s; restart it", config.Database, beat.UTC().Format(time.RFC3339))
	}
	fmt.Fprintln(stdout, "alive")
	return nil
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }
