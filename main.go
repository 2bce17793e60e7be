// Command rembuk runs the Telegram bot of a city's smart city programme.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // an empty image holds no zones

	"github.com/alecthomas/kong"
	_ "golang.org/x/crypto/x509roots/fallback" // nor certificates
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr))
}

// Exit statuses of the program.
const (
	exitDone     = 0
	exitFailed   = 1 // the work could not be done, or check found something wrong
	exitMistaken = 2 // a flag, a key or a path is wrong
)

// run does what the arguments ask and returns the exit status. environment is
// in the form of os.Environ. No token reaches stdout or stderr.
func run(ctx context.Context, arguments, environment []string, stdout, stderr io.Writer) int {
	output, complaints := NewScrubber(stdout), NewScrubber(stderr)
	err := perform(ctx, arguments, environment, output, complaints)
	if err == nil || errors.Is(err, errHelped) {
		return exitDone
	}
	fmt.Fprintln(complaints, "rembuk:", err)
	var mistake *configError
	if errors.As(err, &mistake) {
		return exitMistaken
	}
	return exitFailed
}

// commandLine is what kong reads.
type commandLine struct {
	Serve struct {
		source
	} `cmd:"" help:"Run the bot by long polling."`
	Playground struct {
		Addr string `default:"127.0.0.1:8088" placeholder:"HOST:PORT" help:"Where the page is shown (${default}); it has no login."`
		Data string `placeholder:"DIR" help:"Keep database, chats and clock in this folder; without it, nothing is kept."`
	} `cmd:"" help:"A local Telegram in the browser with a sample city; needs no token and no network."`
	Check struct {
		source
		Alive bool `help:"Only tell whether a copy is running and alive; needs no network."`
	} `cmd:"" help:"Check configuration, database, token, groups and holidays; one line each with its cure."`
	Backup struct {
		source
		File string `arg:"" help:"File to write; must not exist yet."`
	} `cmd:"" help:"Copy the database, beside a running bot too."`
	Restore struct {
		source
		File  string `arg:"" help:"File that backup wrote."`
		Force bool   `help:"Restore although the present database has later events or cannot be read."`
	} `cmd:"" help:"Put a backup in the database's place; the bot must be stopped."`
	Pack struct {
		source
		Evaluation string `arg:"" help:"Which evaluation, such as E-1."`
		File       string `arg:"" help:"ZIP to write; must not exist yet."`
		Language   string `enum:"id,en" default:"id" help:"Language of its index: id or en (${default})."`
	} `cmd:"" help:"Write the evidence of an evaluation into a ZIP, beside a running bot too."`
	Verify struct {
		File string `arg:"" help:"ZIP that pack or the bot wrote."`
	} `cmd:"" help:"Compare a pack with the list of hashes in it; needs nothing but the file."`
}

// source says where the configuration comes from besides the environment.
type source struct {
	Config string   `placeholder:"FILE" help:"TOML file, see config.example.toml."`
	Set    []string `sep:"none" placeholder:"KEY=VALUE" help:"Set one key of the configuration; may be repeated."`
}

// errHelped ends the program after it has shown its help.
var errHelped = errors.New("help was shown")

func perform(ctx context.Context, arguments, environment []string, stdout, stderr *Scrubber) error {
	var line commandLine
	command, err := parse(&line, arguments, stdout, stderr)
	if err != nil {
		return err
	}
	load := func(from source) (Config, error) {
		config, err := readConfig(from.Config, from.Set, environment)
		stdout.Hide(config.Token)
		stderr.Hide(config.Token)
		return config, err
	}
	switch command {
	case "playground":
		return playground(ctx, line.Playground.Addr, line.Playground.Data, stdout)
	case "serve":
		return performWith(line.Serve.source, load, func(config Config) error {
			if config.Token == "" {
				return refuse("telegram.token (REMBUK_TELEGRAM_TOKEN) is missing; allowed: %s", tokenAllowed)
			}
			return serve(ctx, config, clockFor(config), stdout)
		})
	case "check":
		return performWith(line.Check.source, load, func(config Config) error {
			if line.Check.Alive {
				return checkAlive(ctx, config, stdout)
			}
			return check(ctx, config, clockFor(config), stdout)
		})
	case "backup <file>":
		return performWith(line.Backup.source, load, func(config Config) error { return backup(ctx, config, line.Backup.File, stdout) })
	case "pack <evaluation> <file>":
		return performWith(line.Pack.source, load, func(config Config) error {
			return pack(ctx, config, clockFor(config), line.Pack.Evaluation, line.Pack.File, line.Pack.Language, stdout)
		})
	case "verify <file>":
		return verifyPack(ctx, line.Verify.File, stdout)
	default:
		return performWith(line.Restore.source, load, func(config Config) error {
			return restore(ctx, config, line.Restore.File, line.Restore.Force, stdout)
		})
	}
}

func performWith(from source, load func(source) (Config, error), act func(Config) error) error {
	config, err := load(from)
	if err != nil {
		return err
	}
	return act(config)
}

// parse reads the command line. kong ends the process by itself after its help
// and with status 80 after a mistake; neither is wanted here.
func parse(line *commandLine, arguments []string, stdout, stderr io.Writer) (command string, err error) {
	helped := false
	parser, err := kong.New(line, kong.Name("rembuk"), kong.Writers(stdout, stderr), kong.Exit(func(int) { helped = true }),
		kong.Description("Rembuk ties a smart city programme's Telegram groups together, remembers who promised what by when, and reminds."))
	if err != nil {
		return "", err
	}
	parsed, err := parser.Parse(arguments)
	if helped {
		return "", errHelped
	}
	if err != nil {
		return "", refuse("%v; `rembuk --help` shows what is allowed", err)
	}
	return parsed.Command(), nil
}

// clockFor is the wall clock, or the rehearsal's.
func clockFor(config Config) Clock {
	if config.Rehearsal.Speed != 0 {
		return NewRehearsalClock(config.Rehearsal)
	}
	return WallClock{}
}
