package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/table"
)

// How much is measured, and what must hold.
const (
	starts       = 3
	pageWithin   = 2.0 // seconds
	cityWithin   = 1.5 // seconds of a processor, since what else a machine does tells on the time
	monthWithin  = 3.0
	storySteps   = 40
	storyWithin  = 3.0
	tabsOpen     = 10
	turnsOfTabs  = 20
	liveWithin   = 0.5
	longMessages = 5000
	drawnWithin  = 0.1
	memoryBelow  = 100.0 // megabytes
)

// measures holds the playground that is measured.
type measures struct {
	binary   string
	memories []string // after each measure
	process  *program.Process
	page     page
}

// begin starts a playground and returns as soon as its page is answered.
func (m *measures) begin(ctx context.Context) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		return err
	}
	m.page = page{"http://" + address}
	if m.process, err = program.Start(ctx, m.binary, []string{"playground", "--addr", address}, nil); err != nil {
		return err
	}
	while, cancel := m.process.While(ctx)
	defer cancel()
	for {
		_, err := m.page.ask(while, "/", nil)
		if err == nil || while.Err() != nil {
			return errors.Join(err, context.Cause(while))
		}
		time.Sleep(time.Millisecond) // not there yet
	}
}

// end ends it as Ctrl+C does.
func (m *measures) end() error {
	if m.process == nil {
		return nil
	}
	status, err := m.process.Signal(syscall.SIGINT)
	if err == nil && status != 0 {
		err = fmt.Errorf("the playground ended with status %d\n%s", status, m.process.Output())
	}
	m.process = nil
	return err
}

// start measures how soon the page is there, and the city in it.
func (m *measures) start(ctx context.Context, report *table.Table) error {
	var shown, built, worked float64
	for range starts {
		if err := m.end(); err != nil {
			return err
		}
		began := time.Now()
		if err := m.begin(ctx); err != nil {
			return err
		}
		shown = max(shown, time.Since(began).Seconds())
		for now := (tools{Building: true}); now.Building; time.Sleep(5 * time.Millisecond) {
			if _, err := m.page.ask(ctx, "/api/tools", &now); err != nil {
				return err
			}
		}
		built = max(built, time.Since(began).Seconds())
		used, err := m.process.Usage()
		if err != nil {
			return err
		}
		worked = max(worked, used.CPU.Seconds())
	}
	report.TimedBelow(fmt.Sprintf("from the start to the page, slowest of %d", starts), "s", shown, pageWithin)
	report.Note("from the start to the finished sample city", "%.2f s", built)
	report.TimedBelow("seconds of a processor for that", "s", worked, cityWithin)
	return nil
}

// clock measures a jump over a month with everything that is said on the way.
func (m *measures) clock(ctx context.Context, report *table.Table) error {
	began := time.Now()
	for range 30 {
		if err := m.page.act(ctx, "clock", map[string]string{"by": "day"}); err != nil {
			return err
		}
	}
	report.TimedBelow("thirty days, one after the other", "s", time.Since(began).Seconds(), monthWithin)
	return nil
}

// story plays the shortest story that has so many steps.
func (m *measures) story(ctx context.Context, report *table.Table) error {
	var known struct {
		Stories []struct {
			Name  string
			Steps int
		}
	}
	if _, err := m.page.ask(ctx, "/api/stories", &known); err != nil {
		return err
	}
	name, steps := "", 0
	for _, one := range known.Stories {
		if one.Steps >= storySteps && (name == "" || one.Steps < steps) {
			name, steps = one.Name, one.Steps
		}
	}
	heard, err := m.page.listen(ctx)
	if err != nil {
		return err
	}
	began := time.Now()
	if err := m.page.act(ctx, "story/play", map[string]string{"name": name, "speed": "0"}); err != nil {
		return fmt.Errorf("play %q: %w", name, err)
	}
	var now struct {
		Story struct {
			Mode   string
			Done   int
			Failed []struct{ Reason string }
		}
	}
	for now.Story.Mode != "ended" {
		select {
		case <-heard:
		case <-ctx.Done():
			return ctx.Err()
		}
		if _, err := m.page.ask(ctx, "/api/story", &now); err != nil {
			return err
		}
	}
	took := time.Since(began).Seconds()
	if now.Story.Done != steps || len(now.Story.Failed) > 0 {
		return fmt.Errorf("%q: %d of %d steps were played, and %v came out otherwise", name, now.Story.Done, steps, now.Story.Failed)
	}
	report.TimedBelow(fmt.Sprintf("a story of %d steps at full speed (%s)", steps, name), "s", took, storyWithin)
	return m.page.act(ctx, "story/direct", map[string]string{"do": "leave"})
}

// tabs lets many tabs listen while somebody writes.
func (m *measures) tabs(ctx context.Context, report *table.Table) error {
	shown, _, err := m.page.state(ctx, 0, 0, nil)
	if err != nil {
		return err
	}
	group, err := shown.group()
	if err != nil {
		return err
	}
	tabs := make([]<-chan struct{}, tabsOpen)
	for at := range tabs {
		if tabs[at], err = m.page.listen(ctx); err != nil {
			return err
		}
	}
	slowest := 0.0
	for turn := range turnsOfTabs {
		for _, heard := range tabs {
			for len(heard) > 0 {
				<-heard
			}
		}
		began := time.Now()
		if err := m.say(ctx, shown.Person, group, fmt.Sprintf("/status %d", turn)); err != nil {
			return err
		}
		for _, heard := range tabs {
			select {
			case <-heard:
			case <-ctx.Done():
				return errors.New("a tab hears nothing")
			}
			if _, _, err := m.page.state(ctx, shown.Person, shown.Person, nil); err != nil {
				return err
			}
		}
		slowest = max(slowest, time.Since(began).Seconds())
	}
	report.TimedBelow(fmt.Sprintf("%d tabs hear of a message and fetch it, slowest of %d", tabsOpen, turnsOfTabs), "s", slowest, liveWithin)
	return nil
}

// say lets the first person write in a group. The bot does not see what is no
// command.
func (m *measures) say(ctx context.Context, person, group int64, text string) error {
	return m.page.act(ctx, "say", map[string]string{"person": strconv.FormatInt(person, 10), "chat": strconv.FormatInt(group, 10), "text": text})
}

// longChat fills a chat and opens it at its end and in its middle.
func (m *measures) longChat(ctx context.Context, report *table.Table) error {
	shown, _, err := m.page.state(ctx, 0, 0, nil)
	if err != nil {
		return err
	}
	group, err := shown.group()
	if err != nil {
		return err
	}
	for number := range longMessages {
		if err := m.say(ctx, shown.Person, group, fmt.Sprintf("Pesan nomor %d: rekap tonase bank sampah minggu ini sudah masuk semua.", number)); err != nil {
			return err
		}
	}
	slowest, largest := 0.0, 0
	around := url.Values{}
	for range 20 {
		began := time.Now()
		open, size, err := m.page.state(ctx, shown.Person, group, around)
		if err != nil {
			return err
		}
		slowest, largest = max(slowest, time.Since(began).Seconds()), max(largest, size)
		if open.Chat == nil || open.Chat.Total < longMessages {
			return fmt.Errorf("the chat does not show its messages: %+v", open.Chat)
		}
		around.Set("before", strconv.Itoa(open.Chat.Messages[0].ID)) // on, towards the beginning
	}
	report.TimedBelow(fmt.Sprintf("a window of a chat with %d messages, slowest of 20", longMessages), "s", slowest, drawnWithin)
	report.Note("its size", "%.0f kB", float64(largest)/1000)
	return nil
}

// memory looks at what all of this has taken.
func (m *measures) memory(report *table.Table) error {
	used, err := m.process.Usage()
	if err != nil {
		return err
	}
	report.Below("memory after all of this, at its peak", "MB", program.Megabytes(used.Peak), memoryBelow)
	return nil
}
