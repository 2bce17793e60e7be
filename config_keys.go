package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// key is one thing the program can be told. The key a.b is REMBUK_A_B in the
// environment.
type key struct {
	name    string
	usual   string // the default, as it would be written
	allowed string // what may be written, for messages and documents
	secret  bool   // never repeated in a message, never taken from a flag
	read    func(config *Config, value string) error
}

const tokenAllowed = "what @BotFather gave: digits, a colon, then at least 30 letters, digits, - or _"

var (
	tokenShape = regexp.MustCompile(`^\d+:[\w-]{30,}$`)
	// Local Telegrams of tests and tools use short tokens such as 123:TEST.
	localTokenShape = regexp.MustCompile(`^\d+:[\w-]+$`)
)

// keys lists every key in the order of config.example.toml.
func keys() []key {
	return []key{
		{name: "telegram.token", secret: true, allowed: tokenAllowed, read: readToken},
		{name: "telegram.api", usual: "https://api.telegram.org", allowed: "an http or https address", read: readAPI},
		{name: "database", usual: "rembuk.db", allowed: "the path of a file", read: func(c *Config, v string) error { c.Database = v; return nil }},
		{name: "owners", allowed: "Telegram user ids with commas between them", read: func(c *Config, v string) (err error) { c.Owners, err = owners(v); return err }},
		{name: "city", allowed: "the city's name in one line of at most 100 characters", read: readCity},
		{name: "zone", allowed: "an IANA zone such as Asia/Jakarta, Asia/Makassar or Asia/Jayapura", read: readZone},
		{name: "privacy.officer", allowed: "name, office and how to reach that person in one line of at most 200 characters", read: readOfficer},
		{name: "limits", usual: "telegram", allowed: `"telegram", or "off" with telegram.api on a loopback address`, read: readLimits},
		{name: "listen", allowed: "HOST:PORT such as 127.0.0.1:9090, or empty for off", read: readListen},
		{name: "rehearsal", allowed: "START@SPEED such as 2026-05-12T07:59:00+08:00@600, speed above 0 and at most 86400", read: readRehearsal},
		{name: "reminders.cron", usual: "0 8 * * *", allowed: cronAllowed, read: func(c *Config, v string) (err error) { c.Reminders, err = parseCron(v); return err }},
		{name: "summary.cron", usual: "0 8 * * 1", allowed: cronAllowed, read: func(c *Config, v string) (err error) { c.Summary, err = parseCron(v); return err }},
		{name: "files.folder", allowed: "a folder, or empty for one beside the database", read: func(c *Config, v string) error { c.Files = v; return nil }},
		{name: "retention.months", usual: "24", allowed: "a whole number from 1 to 600", read: readMonths},
		{name: "retention.cron", usual: "30 3 * * *", allowed: cronAllowed, read: func(c *Config, v string) (err error) { c.Retention.Schedule, err = parseCron(v); return err }},
		{name: "integrity.cron", usual: "0 4 * * *", allowed: cronAllowed, read: func(c *Config, v string) (err error) { c.Integrity, err = parseCron(v); return err }},
		{name: "backup.folder", allowed: "a folder, or empty for no backups", read: func(c *Config, v string) error { c.Backup.Folder = v; return nil }},
		{name: "backup.cron", usual: "30 2 * * *", allowed: cronAllowed, read: func(c *Config, v string) (err error) { c.Backup.Schedule, err = parseCron(v); return err }},
		{name: "backup.keep", usual: "14", allowed: "a whole number from 1 to 1000", read: readKeep},
		{name: "sentences.file", allowed: "the path of a TOML file with tables [id] and [en] of sentences by their keys, or empty for none", read: readSentences},
		{name: "log.level", usual: "info", allowed: `"debug", "info", "warn" or "error"`, read: readLevel},
		{name: "log.format", usual: "text", allowed: `"text" or "json"`, read: readFormat},
	}
}

// variable is the key's name in the environment.
func (k key) variable() string {
	return "REMBUK_" + strings.ToUpper(strings.ReplaceAll(k.name, ".", "_"))
}

func (k key) refuse(given written, cause error) error {
	if k.secret {
		return refuse("%s (%s, from %s) is not allowed; allowed: %s", k.name, k.variable(), given.source, k.allowed)
	}
	return refuse("%s (%s, from %s) %q is not allowed: %v; allowed: %s", k.name, k.variable(), given.source, given.value, cause, k.allowed)
}

func readToken(config *Config, value string) error {
	config.Token = strings.TrimSpace(value)
	if !localTokenShape.MatchString(config.Token) {
		return fmt.Errorf("it does not look like a token")
	}
	return nil
}

func readAPI(config *Config, value string) error {
	parsed, err := url.Parse(value)
	if err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
		return fmt.Errorf("it is no such address")
	}
	if parsed.User != nil || parsed.RawQuery != "" || parsed.Fragment != "" {
		return fmt.Errorf("it may hold no user, query or fragment")
	}
	config.API = strings.TrimRight(value, "/")
	return nil
}

func readCity(config *Config, value string) error {
	config.City = strings.TrimSpace(value)
	if strings.ContainsAny(config.City, "\r\n") || len([]rune(config.City)) > 100 {
		return fmt.Errorf("it is too long")
	}
	return nil
}

func readOfficer(config *Config, value string) error {
	config.Officer = strings.TrimSpace(value)
	if strings.ContainsAny(config.Officer, "\r\n") || len([]rune(config.Officer)) > 200 {
		return fmt.Errorf("it is too long")
	}
	return nil
}

func readZone(config *Config, value string) error {
	zone, err := time.LoadLocation(value)
	if err != nil || value == "Local" {
		return fmt.Errorf("there is no such zone")
	}
	config.Zone = zone
	return nil
}

func readLimits(config *Config, value string) error {
	config.Pacing = value == "telegram"
	if value != "telegram" && value != "off" {
		return fmt.Errorf("there is no such choice")
	}
	return nil
}

func readListen(config *Config, value string) error {
	_, port, err := net.SplitHostPort(value)
	if err != nil {
		return fmt.Errorf("it is no such address")
	}
	if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
		return fmt.Errorf("the port must be a number from 1 to 65535")
	}
	config.Listen = value
	return nil
}

func readRehearsal(config *Config, value string) error {
	start, speed, found := strings.Cut(value, "@")
	if !found {
		return fmt.Errorf("the @ is missing")
	}
	moment, err := time.Parse(time.RFC3339, start)
	if err != nil {
		return fmt.Errorf("the start cannot be read")
	}
	times, err := strconv.ParseFloat(speed, 64)
	if err != nil || !(times > 0 && times <= 86400) {
		return fmt.Errorf("the speed cannot be used")
	}
	config.Rehearsal = Rehearsal{Start: moment, Speed: times}
	return nil
}

func readKeep(config *Config, value string) error {
	number, err := positive(value)
	if err != nil || number > 1000 {
		return fmt.Errorf("it is no such number")
	}
	config.Backup.Keep = int(number)
	return nil
}

func readMonths(config *Config, value string) error {
	number, err := positive(value)
	if err != nil || number > 600 {
		return fmt.Errorf("it is no such number")
	}
	config.Retention.Months = int(number)
	return nil
}

func readLevel(config *Config, value string) error {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, known := levels[value]
	if !known {
		return fmt.Errorf("there is no such choice")
	}
	config.LogLevel = level
	return nil
}

func readFormat(config *Config, value string) error {
	if value != "text" && value != "json" {
		return fmt.Errorf("there is no such choice")
	}
	config.LogFormat = value
	return nil
}

func positive(value string) (int64, error) {
	number, err := strconv.ParseInt(value, 10, 64)
	if err != nil || number <= 0 {
		return 0, fmt.Errorf("%q is not a whole number above 0", value)
	}
	return number, nil
}

// firesAt tells an expression from every other that fires at different moments.
func firesAt(schedule cron.Schedule) []uint64 {
	fields := schedule.(*cron.SpecSchedule)
	return []uint64{fields.Minute, fields.Hour, fields.Dom, fields.Month, fields.Dow}
}

const cronAllowed = `five fields of cron such as "0 8 * * *" (minute, hour, day of month, month, day of week)`

// parseCron reads five fields and nothing else. The library's prefix TZ= makes
// its parser panic on some inputs, its descriptors (@every) have no fixed hour,
// and an expression that never comes (30 February) would silence everything.
func parseCron(expression string) (cron.Schedule, error) {
	if strings.Contains(expression, "TZ=") {
		return nil, fmt.Errorf("a zone cannot be given here, the city's zone holds")
	}
	five := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	schedule, err := five.Parse(expression)
	if err != nil {
		return nil, fmt.Errorf("it cannot be read (%w)", err)
	}
	if schedule.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, fmt.Errorf("no day ever matches it")
	}
	return schedule, nil
}
