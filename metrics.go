package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/rembuk/rembuk/bot"
	"github.com/rembuk/rembuk/store"
)

// newRegistry holds the figures of the process, the database and the bot.
func newRegistry(opened *store.Store, running *bot.Bot) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "rembuk_line_broken_total", Help: "Requests after which the line broke."},
			func() float64 { return float64(running.Broken()) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "rembuk_too_many_requests_total", Help: "Times that Telegram asked for patience."},
			func() float64 { return float64(running.TooMany()) }),
		queues{
			store:   opened,
			waiting: prometheus.NewDesc("rembuk_inbox_waiting", "Updates received and not handled yet.", nil, nil),
			aside:   prometheus.NewDesc("rembuk_inbox_set_aside", "Updates that could not be handled.", nil, nil),
			due:     prometheus.NewDesc("rembuk_outbox_due", "Messages that may be sent now.", nil, nil),
			unknown: prometheus.NewDesc("rembuk_outbox_unknown", "Messages for which the line broke after they went out.", nil, nil),
		})
	return registry
}

// queues reads the figures of the database when they are asked for.
type queues struct {
	store                        *store.Store
	waiting, aside, due, unknown *prometheus.Desc
}

func (q queues) Describe(descriptions chan<- *prometheus.Desc) {
	prometheus.DescribeByCollect(q, descriptions)
}

func (q queues) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	var waiting, aside, due, unknown int
	err := q.store.View(ctx, func(tx *store.Tx) (err error) {
		if waiting, err = tx.CountWaiting(); err != nil {
			return err
		}
		updates, err := tx.SetAsideUpdates()
		if err != nil {
			return err
		}
		aside = len(updates)
		due, unknown, err = tx.CountOutbox(time.Now())
		return err
	})
	if err != nil {
		metrics <- prometheus.NewInvalidMetric(q.waiting, err)
		return
	}
	for description, value := range map[*prometheus.Desc]int{q.waiting: waiting, q.aside: aside, q.due: due, q.unknown: unknown} {
		metrics <- prometheus.MustNewConstMetric(description, prometheus.GaugeValue, float64(value))
	}
}
