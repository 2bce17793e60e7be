package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"syscall"

	"github.com/rembuk/rembuk/bench/load"
	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/sim"
)

// stand is a local Telegram and one bot, each in a process of its own.
type stand struct {
	url, folder   string
	owner         int64
	telegram, bot *program.Process
}

// starter starts a bot against the Telegram of a stand.
type starter func(context.Context, *stand) (*program.Process, error)

func (b *bench) startEcho(ctx context.Context, s *stand) (*program.Process, error) {
	return program.Start(ctx, b.echo, []string{"-api", s.url, "-token", sim.DefaultToken}, nil)
}

func (b *bench) startRembuk(ctx context.Context, s *stand) (*program.Process, error) {
	return program.Rembuk{Binary: b.rembuk, Folder: s.folder, API: s.url, Token: sim.DefaultToken, Owner: s.owner}.Start(ctx)
}

// on starts a new Telegram with a bot, does something with them when the bot is
// ready, and ends both.
func (b *bench) on(ctx context.Context, start starter, link bool, do func(context.Context, *stand) error) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // kills what still runs
	s := &stand{}
	if s.folder, err = os.MkdirTemp(b.folder, "stand-"); err != nil {
		return err
	}
	if err := s.open(ctx, b, link); err != nil {
		return err
	}
	if s.bot, err = start(ctx, s); err != nil {
		return err
	}
	while, done := s.bot.While(ctx)
	defer done()
	if err := s.ask(while, "/ready", nil, nil); err != nil {
		return err
	}
	if err := do(while, s); err != nil {
		return err
	}
	done()
	for _, process := range []*program.Process{s.bot, s.telegram} {
		if _, err := process.Signal(syscall.SIGTERM); err != nil {
			return err
		}
	}
	return nil
}

func (s *stand) open(ctx context.Context, b *bench, link bool) (err error) {
	s.telegram, err = program.Start(ctx, b.telegram, []string{"-groups", strconv.Itoa(b.groups), "-link=" + strconv.FormatBool(link)}, nil)
	if err != nil {
		return err
	}
	if s.url, err = s.telegram.WaitFor(ctx, "listening "); err != nil {
		return err
	}
	owner, err := s.telegram.WaitFor(ctx, "owner ")
	if err != nil {
		return err
	}
	s.owner, err = strconv.ParseInt(owner, 10, 64)
	return err
}

// stood is how the bot stood a load, and what it used for that.
type stood struct {
	load.Result
	program.Usage
}

// carry puts a load on the bot.
func (s *stand) carry(ctx context.Context, order load.Order) (stood, error) {
	var result stood
	before, err := s.bot.Usage()
	if err != nil {
		return result, err
	}
	if err := s.ask(ctx, "/load", order, &result.Result); err != nil {
		return result, err
	}
	result.Usage, err = s.bot.Usage()
	result.CPU -= before.CPU
	return result, err
}

// ask posts something to the Telegram's own side.
func (s *stand) ask(ctx context.Context, path string, question, result any) error {
	body, err := json.Marshal(question)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		return err
	}
	defer func() { _ = response.Body.Close() }() // the answer has been read
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, text)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(text, result)
}
