package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// stagePage is the playground's page in this process. It ends with the test.
type stagePage struct {
	t    *testing.T
	page *playgroundPage
	base string
	http *http.Client
}

func openStagePage(t *testing.T, empty bool) *stagePage {
	t.Helper()
	return openPage(t, &playgroundFolder{path: t.TempDir()}, empty)
}

// openKeptPage keeps everything in a folder, with the sample city or an empty one in it.
func openKeptPage(t *testing.T, path string, empty bool) *stagePage {
	t.Helper()
	folder, err := openPlaygroundFolder(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return openPage(t, folder, empty)
}

func openPage(t *testing.T, folder *playgroundFolder, empty bool) *stagePage {
	t.Helper()
	page := &playgroundPage{folder: folder, output: io.Discard, failed: func(err error) { t.Error(err) }}
	begin := page.begin
	if empty {
		begin = func(context.Context) error { return page.showCity(true) }
	}
	if err := begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-page.present().ready
	server := httptest.NewServer(page)
	t.Cleanup(func() {
		if err := page.end(); err != nil {
			t.Error(err)
		}
		server.CloseClientConnections()
		server.Close()
		if err := folder.close(); err != nil {
			t.Error(err)
		}
	})
	return &stagePage{t, page, server.URL, server.Client()}
}

// get reads what an endpoint shows.
func (s *stagePage) get(path string, into any) {
	s.t.Helper()
	response, err := s.http.Get(s.base + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		s.t.Fatalf("%s: %v", path, err)
	}
}

// upload is a file that is sent with a form.
type upload struct {
	name string
	data []byte
}

// post sends a form as the page does, and returns the code and what came back.
func (s *stagePage) post(path string, fields map[string]string, files ...upload) (int, map[string]any) {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			s.t.Fatal(err)
		}
	}
	for _, file := range files {
		part, err := form.CreateFormFile("file", file.name)
		if err != nil {
			s.t.Fatal(err)
		}
		if _, err := part.Write(file.data); err != nil {
			s.t.Fatal(err)
		}
	}
	form.Close()
	request, err := http.NewRequest(http.MethodPost, s.base+path, &body)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Origin", s.base)
	response, err := s.http.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	answer := map[string]any{}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		s.t.Fatalf("%s %v: %v", path, fields, err)
	}
	return response.StatusCode, answer
}

// must is post, and what is done must be taken.
func (s *stagePage) must(path string, fields map[string]string, files ...upload) map[string]any {
	s.t.Helper()
	code, answer := s.post(path, fields, files...)
	if code != http.StatusOK {
		s.t.Fatalf("%s %v is answered with %d %v", path, fields, code, answer)
	}
	return answer
}

// seenChat is what a person sees of a chat.
type seenChat struct {
	People []struct {
		ID   int64
		Name string
	}
	Chats []struct {
		ID    int64
		Title string
	}
	Chat *struct {
		Topics []struct {
			ID   int
			Name string
		}
		Messages []struct {
			ID      int
			Text    string
			Mine    bool
			Poll    *struct{ Closed bool }
			Buttons [][]struct{ Text, URL string }
		}
	}
}

// see opens a place as a person: "" is the private chat, "Dewan" a group, "Pokja / Sampah" a topic. The fields name it
// in forms.
func (s *stagePage) see(who, place string) (fields map[string]string, seen seenChat) {
	s.t.Helper()
	query := url.Values{}
	look := func() { seen = seenChat{}; s.get("/api/state?"+query.Encode(), &seen) }
	choose := func(field, name string, id func() int64) {
		if name == "" {
			return
		}
		query.Set(field, fmt.Sprint(id()))
		look()
	}
	look()
	choose("person", who, func() int64 {
		for _, person := range seen.People {
			if person.Name == who {
				return person.ID
			}
		}
		s.t.Fatalf("nobody is called %q", who)
		return 0
	})
	title, topic, _ := strings.Cut(place, " / ")
	if title == "" {
		query.Set("chat", query.Get("person"))
		look()
	}
	choose("chat", title, func() int64 {
		for _, chat := range seen.Chats {
			if chat.Title == title {
				return chat.ID
			}
		}
		s.t.Fatalf("%s has no chat %q", who, title)
		return 0
	})
	choose("thread", topic, func() int64 {
		for _, one := range seen.Chat.Topics {
			if one.Name == topic {
				return int64(one.ID)
			}
		}
		s.t.Fatalf("there is no topic %q", topic)
		return 0
	})
	fields = map[string]string{}
	for name := range query {
		fields[name] = query.Get(name)
	}
	return fields, seen
}

// message is the id of the latest message in a place that contains words and has a button, if that is named.
func (s *stagePage) message(who, place, words, button string) string {
	s.t.Helper()
	_, seen := s.see(who, place)
	for i := len(seen.Chat.Messages) - 1; i >= 0; i-- {
		message := seen.Chat.Messages[i]
		if !strings.Contains(message.Text, words) {
			continue
		}
		for _, row := range message.Buttons {
			for _, one := range row {
				if one.Text == button {
					return fmt.Sprint(message.ID)
				}
			}
		}
		if button == "" {
			return fmt.Sprint(message.ID)
		}
	}
	s.t.Fatalf("%s sees no message with %q and [%s] in %q", who, words, button, place)
	return ""
}

func (s *stagePage) say(who, place, text string, files ...upload) {
	s.t.Helper()
	fields, _ := s.see(who, place)
	fields["text"] = text
	s.must("/api/say", fields, files...)
	s.settle()
}

func (s *stagePage) reply(who, place, on, text string, files ...upload) {
	s.t.Helper()
	fields, _ := s.see(who, place)
	fields["text"], fields["message"] = text, s.message(who, place, on, "")
	s.must("/api/say", fields, files...)
	s.settle()
}

func (s *stagePage) edit(who, place, on, text string) {
	s.t.Helper()
	fields, _ := s.see(who, place)
	fields["text"], fields["message"] = text, s.message(who, place, on, "")
	s.must("/api/edit", fields)
	s.settle()
}

func (s *stagePage) press(who, place, button, on string) {
	s.t.Helper()
	fields, _ := s.see(who, place)
	fields["button"], fields["message"] = button, s.message(who, place, on, button)
	s.must("/api/press", fields)
	s.settle()
}

// vote chooses options of the latest poll in a group by their places, "" to take the vote back.
func (s *stagePage) vote(who, place, options string) {
	s.t.Helper()
	fields, seen := s.see(who, place)
	for _, message := range seen.Chat.Messages {
		if message.Poll != nil {
			fields["message"] = fmt.Sprint(message.ID)
		}
	}
	fields["options"] = options
	s.must("/api/vote", fields)
	s.settle()
}

// settle waits for the bot, as somebody does who reads before going on.
func (s *stagePage) settle() {
	s.t.Helper()
	shown := s.page.present()
	if _, err := shown.running(); err == nil {
		if err := shown.Quiet(s.t.Context()); err != nil {
			s.t.Fatal(err)
		}
	}
}

// seenStory is what the page shows of the story that is played.
type seenStory struct {
	Story *struct {
		Name, Mode, Problem string
		Steps, Done         int
		Failed              []struct {
			Step          int
			Reason, There string
		}
		Person, Chat int64
	}
	Recorded  int
	Recording bool
}

func (s *stagePage) story() (seen seenStory) {
	s.t.Helper()
	s.get("/api/story", &seen)
	return seen
}

// play plays a story until its mode is the one given.
func (s *stagePage) play(name, speed string) {
	s.t.Helper()
	s.must("/api/story/play", map[string]string{"name": name, "speed": speed})
}

// awaitMode waits until the story is played so far.
func (s *stagePage) awaitMode(mode string) seenStory {
	s.t.Helper()
	changed, done := s.page.present().telegram.Subscribe()
	defer done()
	late := time.After(2 * time.Minute)
	for {
		seen := s.story()
		if seen.Story == nil {
			s.t.Fatal("no story is on the page")
		}
		if seen.Story.Mode == mode {
			return seen
		}
		select {
		case <-changed:
		case <-late:
			s.t.Fatalf("the story is %q for ever: %+v", seen.Story.Mode, seen.Story)
		}
	}
}
