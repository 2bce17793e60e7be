package main

import (
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// hidden stands where a token stood.
const hidden = "[token]"

// anyToken finds bot tokens, also with their colon escaped as in addresses.
var anyToken = regexp.MustCompile(`(?i)\d+(:|%3a)[\w-]{30,}`)

// Scrubber is a writer through which no token passes. Whatever way a message,
// an attribute, a group's name or an error has found into a line, the line is
// scrubbed as it leaves; slog writes each line in one call.
type Scrubber struct {
	mutex   sync.Mutex
	writer  io.Writer
	secrets []string
}

// NewScrubber writes to writer.
func NewScrubber(writer io.Writer) *Scrubber { return &Scrubber{writer: writer} }

// Hide takes the configured token out of every later line, whatever its shape.
func (s *Scrubber) Hide(token string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	token = strings.TrimSpace(token)
	escaped := strings.Replace(token, ":", "%3A", 1)
	for _, secret := range []string{token, escaped, strings.ToLower(escaped)} {
		if secret != "" && !slices.Contains(s.secrets, secret) {
			s.secrets = append(s.secrets, secret)
		}
	}
}

// Write scrubs one or more whole lines. It reports the length it was given.
func (s *Scrubber) Write(line []byte) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	text := string(line)
	for _, secret := range s.secrets {
		text = strings.ReplaceAll(text, secret, hidden)
	}
	text = anyToken.ReplaceAllString(text, hidden)
	if _, err := io.WriteString(s.writer, text); err != nil {
		return 0, err
	}
	return len(line), nil
}

// newLogger logs to output, which is scrubbed, in the configured form.
func newLogger(config Config, output *Scrubber) *slog.Logger {
	options := &slog.HandlerOptions{Level: config.LogLevel, ReplaceAttr: bytesAsText}
	if config.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(output, options))
	}
	return slog.New(slog.NewTextHandler(output, options))
}

// bytesAsText keeps JSON from encoding bytes in base64, which nobody could scrub.
func bytesAsText(_ []string, attribute slog.Attr) slog.Attr {
	if bytes, ok := attribute.Value.Any().([]byte); ok {
		return slog.String(attribute.Key, string(bytes))
	}
	return attribute
}
