package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
)

type shy struct{ Token string }

func (s shy) String() string { return "stringer " + s.Token }

type valuer struct{ token string }

func (v valuer) LogValue() slog.Value {
	return slog.GroupValue(slog.String("inner", v.token), slog.Any("error", errors.New(v.token)))
}

func TestNoTokenReachesTheLog(t *testing.T) {
	const configured = "123:TEST" // too short for the general shape
	for _, format := range []string{"text", "json"} {
		for _, token := range []string{goodToken, configured} {
			address, err := url.Parse("https://api.telegram.org/bot" + token + "/getMe")
			if err != nil {
				t.Fatal(err)
			}
			wrapped := fmt.Errorf("send: %w", &url.Error{Op: "Post", URL: address.String(), Err: errors.New("EOF " + token)})
			hostile := map[string]func(*slog.Logger){
				"message":        func(l *slog.Logger) { l.Info("bot" + token + "/x") },
				"attribute":      func(l *slog.Logger) { l.Info("m", "a", token) },
				"key":            func(l *slog.Logger) { l.Info("m", token, 1) },
				"error":          func(l *slog.Logger) { l.Error("m", "error", wrapped) },
				"address":        func(l *slog.Logger) { l.Info("m", "url", address) },
				"escaped":        func(l *slog.Logger) { l.Info("m", "url", url.QueryEscape(token)) },
				"stringer":       func(l *slog.Logger) { l.Info("m", "s", shy{token}) },
				"valuer":         func(l *slog.Logger) { l.Info("m", "v", valuer{token}) },
				"bytes":          func(l *slog.Logger) { l.Info("m", "b", []byte(token)) },
				"struct":         func(l *slog.Logger) { l.Info("m", "c", Config{Token: token}) },
				"list":           func(l *slog.Logger) { l.Info("m", "l", []string{"x", token}) },
				"nested groups":  func(l *slog.Logger) { l.WithGroup("g").With("a", token).Info("m", slog.Group("h", "b", token)) },
				"group's name":   func(l *slog.Logger) { l.WithGroup(token).Info("m", "a", 1) },
				"with":           func(l *slog.Logger) { l.With("a", token).Warn("m") },
				"in other words": func(l *slog.Logger) { l.Info("m", "html", "<a href=\"/bot"+token+"\">x</a>") },
			}
			for name, say := range hostile {
				t.Run(format+" "+name, func(t *testing.T) {
					var output bytes.Buffer
					scrubber := NewScrubber(&output)
					scrubber.Hide(configured + "\n")
					say(newLogger(Config{LogFormat: format}, scrubber))
					_, secret, _ := strings.Cut(token, ":")
					if strings.Contains(output.String(), secret) || !strings.Contains(output.String(), hidden) {
						t.Errorf("%s", output.String())
					}
				})
			}
		}
	}
}

func TestScrubbingLeavesTheRest(t *testing.T) {
	const line = `time=2026-05-12T08:00:00.000+08:00 level=INFO msg="T-12 said" chat=-1001234567890 at=12:30 address=127.0.0.1:8088` + "\n"
	var output bytes.Buffer
	scrubber := NewScrubber(&output)
	scrubber.Hide("")
	length, err := scrubber.Write([]byte(line))
	if err != nil || length != len(line) || output.String() != line {
		t.Errorf("%d %v %q", length, err, output.String())
	}
}

func TestLevelHoldsBack(t *testing.T) {
	var output bytes.Buffer
	logger := newLogger(Config{LogLevel: slog.LevelWarn}, NewScrubber(&output))
	logger.Info("quiet")
	logger.Warn("loud")
	if got := output.String(); strings.Contains(got, "quiet") || !strings.Contains(got, "loud") {
		t.Error(got)
	}
}
