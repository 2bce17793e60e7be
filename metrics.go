package main

import (
	"context"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/rembuk/rembuk/store"
)

// newRegistry holds the figures of the process, the database and the bot.
func newRegistry(p *Program) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		p.handling,
		figures{p})
	return registry
}

// newHandling measures how long updates take.
func newHandling() prometheus.Histogram {
	return prometheus.NewHistogram(prometheus.HistogramOpts{Name: "rembuk_handling_seconds", Help: "How long an update took from being taken up to being committed.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5}})
}

// figures reads the figures of the program when they are asked for.
type figures struct{ program *Program }

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("rembuk_"+name, help, labels, nil)
}

var (
	figureWaiting   = describe("inbox_waiting", "Updates received and not handled yet.")
	figureUnhandled = describe("inbox_oldest_seconds", "Age of the oldest of them.")
	figureAside     = describe("inbox_set_aside", "Updates that could not be handled.")
	figureDue       = describe("outbox_due", "Messages that may be sent now.")
	figureUnsent    = describe("outbox_oldest_seconds", "Age of the oldest of them.")
	figureUnknown   = describe("outbox_unknown", "Messages for which the line broke after they went out.")
	figureSends     = describe("sends_total", "Attempts to send, by how they ended and what they were for.", "outcome", "priority")
	figureBroken    = describe("line_broken_total", "Requests after which the line broke.")
	figureTooMany   = describe("too_many_requests_total", "Times that Telegram asked for patience.")
	figureLate      = describe("reminders_late", "Reminders that have been due for a minute and are not decided.")
	figureLateBy    = describe("reminders_late_seconds", "How long the first of them has been due.")
	figurePoll      = describe("poll_age_seconds", "Time since Telegram last answered a poll, or the start.")
	figureBeat      = describe("written_age_seconds", "Time since something could last be written to the database, or the start.")
	figureStanding  = describe("standing", "1 where a part of the program stands still, as /healthz says.", "part")
	figureDatabase  = describe("database_bytes", "Size of the database.", "file")
	figureBackupAge = describe("backup_age_seconds", "Age of the newest backup in backup.folder.")
	figureBackup    = describe("backup_ok", "1 where the last backup could be made, and was restored for a test.")
	figureWholeAge  = describe("integrity_age_seconds", "Time since it was last looked whether the database is whole.")
	figureWhole     = describe("integrity_ok", "1 where it was whole.")
)

func (f figures) Describe(descriptions chan<- *prometheus.Desc) {
	for _, description := range []*prometheus.Desc{figureWaiting, figureUnhandled, figureAside, figureDue, figureUnsent, figureUnknown, figureSends, figureBroken,
		figureTooMany, figureLate, figureLateBy, figurePoll, figureBeat, figureStanding, figureDatabase, figureBackupAge, figureBackup, figureWholeAge, figureWhole} {
		descriptions <- description
	}
}

// Collect gives every figure that can be read. What the database does not tell is left
// out, and that it does not is one of the figures.
func (f figures) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	p, now := f.program, time.Now()
	gauge := func(description *prometheus.Desc, value float64, labels ...string) {
		metrics <- prometheus.MustNewConstMetric(description, prometheus.GaugeValue, value, labels...)
	}
	counter := func(description *prometheus.Desc, value int64, labels ...string) {
		metrics <- prometheus.MustNewConstMetric(description, prometheus.CounterValue, float64(value), labels...)
	}
	counter(figureBroken, p.bot.Broken())
	counter(figureTooMany, p.bot.TooMany())
	for _, sends := range p.bot.Sends() {
		counter(figureSends, sends.Count, sends.Outcome, sends.Priority)
	}
	signs := p.signs(ctx, now)
	gauge(figurePoll, signs.silence.Seconds())
	gauge(figureBeat, signs.unwritten.Seconds())
	gauge(figureStanding, one(signs.database != nil), "database")
	for _, part := range signs.parts() {
		gauge(figureStanding, one(part.length > part.patience), part.name)
	}
	for _, file := range []string{"", "-wal"} {
		if info, err := os.Stat(p.config.Database + file); err == nil {
			gauge(figureDatabase, float64(info.Size()), "database"+file)
		}
	}
	f.collectUpkeep(ctx, now, gauge)
	f.collectQueues(ctx, now, gauge)
}

func (f figures) collectUpkeep(ctx context.Context, now time.Time, gauge func(*prometheus.Desc, float64, ...string)) {
	p := f.program
	if p.config.Backup.Folder != "" {
		gauge(figureBackup, one(p.backups.ok()))
		if made, err := newestBackup(p.config.Backup.Folder); err == nil && !made.IsZero() {
			gauge(figureBackupAge, now.Sub(made).Seconds())
		}
	}
	if at, found, err := p.lastIntegrity(ctx); err == nil && !at.IsZero() {
		gauge(figureWholeAge, now.Sub(at).Seconds())
		gauge(figureWhole, one(found == whole))
	}
}

func (f figures) collectQueues(ctx context.Context, now time.Time, gauge func(*prometheus.Desc, float64, ...string)) {
	p := f.program
	var queues store.Queues
	rules := p.clock.Now()
	late := time.Duration(float64(loopPatience) * p.speed())
	err := p.store.View(ctx, func(tx *store.Tx) (err error) {
		queues, err = tx.Queues(now, rules.Add(-late))
		return err
	})
	if err != nil {
		return
	}
	for description, count := range map[*prometheus.Desc]int{figureWaiting: queues.Waiting, figureAside: queues.SetAside, figureDue: queues.Due,
		figureUnknown: queues.Unknown, figureLate: queues.Late} {
		gauge(description, float64(count))
	}
	for description, age := range map[*prometheus.Desc]time.Duration{figureUnhandled: ageOf(queues.WaitingSince, now), figureUnsent: ageOf(queues.DueSince, now),
		figureLateBy: time.Duration(float64(ageOf(queues.LateSince, rules)) / p.speed())} {
		gauge(description, age.Seconds())
	}
}

// ageOf is how long ago a moment was; 0 where there is none.
func ageOf(since, now time.Time) time.Duration {
	if since.IsZero() {
		return 0
	}
	return now.Sub(since)
}

func one(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}
