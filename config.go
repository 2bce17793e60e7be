package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/locale"
	"github.com/robfig/cron/v3"
)

// Config is everything the program can be told, as plain values. Its keys,
// their defaults and what they allow are listed by keys.
type Config struct {
	Token     string
	API       string // base URL of the Bot API, without a slash at the end
	Database  string // path of the SQLite file
	Files     string // folder of what people file; empty: beside the database, see filesFolder
	Owners    []int64
	City      string
	Officer   string         // who looks after personal data, and how to reach that person; empty: no consent is asked
	Zone      *time.Location // nil: asked of the first coordinator
	Pacing    bool           // false only with limits = "off"
	Listen    string         // empty: no health page, no metrics
	Rehearsal Rehearsal
	Reminders cron.Schedule // when the morning's reminders go out, in the city's zone
	Summary   cron.Schedule // when the week is summed up, in the city's zone
	Retention RetentionPlan
	Integrity cron.Schedule // when the whole database is looked at, in the city's zone
	Backup    BackupPlan
	Sentences []locale.Wording // in which words the city says sentences, from sentences.file
	LogLevel  slog.Level
	LogFormat string // "text" or "json"
}

// Rehearsal is a clock that starts at Start at every start of the program and
// runs Speed times as fast as the wall clock. Speed 0 means no rehearsal.
type Rehearsal struct {
	Start time.Time
	Speed float64
}

// RetentionPlan says for how long people are remembered of whom nothing more is heard,
// and when that is looked after.
type RetentionPlan struct {
	Months   int
	Schedule cron.Schedule
}

// BackupPlan says where and when a running copy saves its database.
type BackupPlan struct {
	Folder   string // empty: no backups of its own
	Schedule cron.Schedule
	Keep     int // how many of its own backups stay in the folder
}

// configError is a mistake in a flag, the environment or the file: one line
// that names the key and what it allows. The program ends with status 2.
type configError struct{ line string }

func (e *configError) Error() string { return e.line }

func refuse(format string, values ...any) error {
	return &configError{line: fmt.Sprintf(format, values...)}
}

// settings are the values of keys as they were written, with where they stand.
type settings map[string]written

type written struct{ value, source string }

// readConfig brings flag, environment, file and default together, in this
// order of rank. file is the path of a TOML file or empty; flags are
// "key=value" pairs; environment is in the form of os.Environ.
func readConfig(file string, flags, environment []string) (Config, error) {
	values := settings{}
	for _, key := range keys() {
		values[key.name] = written{key.usual, "default"}
	}
	if err := values.addFile(file); err != nil {
		return Config{}, err
	}
	if err := values.addEnvironment(environment); err != nil {
		return Config{}, err
	}
	if err := values.addFlags(flags); err != nil {
		return Config{}, err
	}
	return values.config()
}

// usualConfig holds every default and nothing else.
func usualConfig() Config {
	var config Config
	for _, key := range keys() {
		if key.usual != "" {
			if err := key.read(&config, key.usual); err != nil {
				panic("default of " + key.name + ": " + err.Error())
			}
		}
	}
	return config
}

func (s settings) config() (Config, error) {
	var config Config
	for _, key := range keys() {
		given := s[key.name]
		if given.value == "" && key.usual == "" {
			continue
		}
		if err := key.read(&config, given.value); err != nil {
			return Config{}, key.refuse(given, err)
		}
	}
	return config, config.agree()
}

// agree checks what no key can say alone.
func (c *Config) agree() error {
	local := isLoopback(c.API)
	if !local && c.Token != "" && !tokenShape.MatchString(c.Token) {
		return refuse("telegram.token (REMBUK_TELEGRAM_TOKEN) does not look like a token; allowed: %s", tokenAllowed)
	}
	if !local && !c.Pacing {
		return refuse(`limits (REMBUK_LIMITS) "off" is allowed only with telegram.api on a loopback address; allowed otherwise: "telegram"`)
	}
	if !local && c.Rehearsal.Speed != 0 {
		return refuse("rehearsal (REMBUK_REHEARSAL) is allowed only with telegram.api on a loopback address; leave it empty otherwise")
	}
	if err := reachableFile(c.Database); err != nil {
		return refuse("database (REMBUK_DATABASE) %q cannot be reached: %v; allowed: the path of a file in a folder that exists and can be written", c.Database, err)
	}
	if err := reachableFolder(c.Files); c.Files != "" && err != nil {
		return refuse("files.folder (REMBUK_FILES_FOLDER) %q cannot be reached: %v; allowed: a folder in one that exists, which can be written, or empty for one beside the database", c.Files, err)
	}
	if c.Backup.Folder != "" {
		if err := writableFolder(c.Backup.Folder); err != nil {
			return refuse("backup.folder (REMBUK_BACKUP_FOLDER) %q cannot be reached: %v; allowed: a folder that exists and can be written, or empty for no backups", c.Backup.Folder, err)
		}
	}
	return nil
}

// filesFolder is where the contents of what people file are kept.
func (c *Config) filesFolder() string {
	if c.Files != "" {
		return c.Files
	}
	return c.Database + ".files"
}

// isLoopback tells whether the address stays on this machine. Names other than
// localhost are not resolved: who controls a name controls where it points.
func isLoopback(address string) bool {
	parsed, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.ToLower(parsed.Hostname())
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

func reachableFile(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("it is not a file")
	}
	real, err := realPath(path)
	if err != nil {
		return err
	}
	return writableFolder(filepath.Dir(real))
}

// reachableFolder is for a folder that is there, or can be made.
func reachableFolder(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return writableFolder(filepath.Dir(path))
	}
	return writableFolder(path)
}

func writableFolder(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, plainPathError(err))
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", path)
	}
	const writeAndEnter = 2 | 1
	if err := syscall.Access(path, writeAndEnter); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// owners reads comma-separated ids, each once.
func owners(value string) ([]int64, error) {
	var ids []int64
	for part := range strings.SplitSeq(value, ",") {
		id, err := positive(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}
