//go:build browser

package main

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"golang.org/x/sync/errgroup"
)

const (
	manyMessages = 5000
	// mostInPage is how many of them may be in the page at once.
	mostInPage = 250
	// usualFrame is for half of the frames, slowFrame for 95 of 100, in
	// milliseconds. Both are generous, since the machine may have other work.
	usualFrame, slowFrame = 50.0, 300.0
	mostMemory            = 100 << 20
)

// Thousands of messages scroll smoothly, and what one reads stays where it is.
func TestBrowserManyMessages(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		group, fadli := page.id("Forum Komunitas"), page.id("Fadli")
		var saying errgroup.Group
		saying.SetLimit(2)
		for number := range manyMessages {
			saying.Go(func() error {
				code, body := page.try("say", "person", fmt.Sprint(fadli), "chat", fmt.Sprint(group), "text", fmt.Sprintf("pesan %d dari banyak pesan", number))
				if code != http.StatusOK {
					return fmt.Errorf("%d %s", code, body)
				}
				return nil
			})
		}
		if err := saying.Wait(); err != nil {
			t.Fatal(err)
		}
		b := openBrowser(t)
		for _, device := range []device{desk, phone} {
			sitti := b.open(device, page.address, fmt.Sprintf("%d/%d", page.id("Sitti"), group))
			sitti.sees("dari banyak pesan")
			sitti.toEnd()
			sitti.scrollUp()
			sitti.staysWhileOthersTalk(func(text string) {
				page.act("say", "person", fmt.Sprint(fadli), "chat", fmt.Sprint(group), "text", text)
			})
			sitti.keep("scrolled")
		}
		var memory runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&memory)
		t.Logf("memory in use: %d MB", memory.HeapInuse>>20)
		if memory.HeapInuse > mostMemory {
			t.Errorf("%d MB of memory are in use", memory.HeapInuse>>20)
		}
	})
}

// toEnd goes to the latest message with the button that leads there: a chat
// opens where one has not read on.
func (b *tab) toEnd() {
	b.t.Helper()
	last := fmt.Sprintf(`said("pesan %d dari")`, manyMessages-1)
	if !await[struct{ There bool }](b, "where it opens", "{ there: "+last+" }").There {
		b.press(".view", "Ke pesan terakhir")
	}
	b.until("the latest message is there", last)
}

// scroll goes up by about a screen, with the wheel or with a finger.
func (b *tab) scroll() {
	b.t.Helper()
	at := await[struct{ X, Y float64 }](b, "the messages", `spot(document.querySelector("[role=log]"))`)
	if b.device.phone {
		b.run("swipe", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error { return swipe(ctx, t, at.X, at.Y-250, at.Y+250) }))
		return
	}
	b.run("turn the wheel", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.SynthesizeScrollGesture, input.SynthesizeScrollGestureParams{X: at.X, Y: at.Y, YDistance: 600,
			Speed: 8000, GestureSourceType: input.GestureSourceTypeMouse})
		return err
	}))
}

// swipe puts a finger down, moves it in a few steps and lifts it.
func swipe(ctx context.Context, t *chromedp.Target, x, from, to float64) error {
	touch := func(kind input.DispatchTouchEventType, points ...*input.TouchPoint) error {
		_, err := cdp.Call(ctx, t, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: append([]*input.TouchPoint{}, points...)})
		return err
	}
	if err := touch(input.DispatchTouchEventTypeTouchStart, &input.TouchPoint{X: x, Y: from}); err != nil {
		return err
	}
	for step := 1.0; step <= 5; step++ {
		if err := touch(input.DispatchTouchEventTypeTouchMove, &input.TouchPoint{X: x, Y: from + (to-from)*step/5}); err != nil {
			return err
		}
	}
	return touch(input.DispatchTouchEventTypeTouchEnd)
}

// scrollUp scrolls far up, over several windows of messages.
func (b *tab) scrollUp() {
	b.t.Helper()
	b.run("measure frames", chromedp.Evaluate[chromedp.Void](`void (() => {
		window.frames = [];
		let last = performance.now();
		const frame = (now) => { frames.push(now - last); last = now; requestAnimationFrame(frame); };
		requestAnimationFrame(frame);
	})()`))
	highest := manyMessages
	for turns := 0; highest > manyMessages-2*mostInPage; turns++ {
		if turns == 100 {
			b.t.Fatalf("%s: scrolling up leads no higher than message %d", b.device.name, highest)
		}
		b.scroll()
		shown := await[struct{ Count, First int }](b, "what is in the page", `{ count: messages().length, first: Number(messages().map((item) => item.textContent.match(/pesan (\d+) dari/)?.[1]).find(Boolean)) }`)
		if shown.Count > mostInPage {
			b.t.Fatalf("%s: %d messages are in the page at once", b.device.name, shown.Count)
		}
		highest = shown.First
	}
	frames := await[[]float64](b, "the frames", "window.frames")
	slices.Sort(frames)
	usual, slow := frames[len(frames)/2], frames[len(frames)*95/100]
	b.t.Logf("%s: %d frames, half of them within %.0f ms, 95 %% within %.0f ms, the slowest %.0f ms", b.device.name, len(frames), usual, slow, frames[len(frames)-1])
	if usual > usualFrame || slow > slowFrame {
		b.t.Errorf("%s: half of the frames take up to %.0f ms, 95 %% up to %.0f ms", b.device.name, usual, slow)
	}
}

// staysWhileOthersTalk looks that what is read stays in its place while messages come.
func (b *tab) staysWhileOthersTalk(say func(string)) {
	b.t.Helper()
	const place = `(() => {
		const top = document.querySelector("[role=log]").getBoundingClientRect().top;
		const item = messages().find((one) => one.getBoundingClientRect().top > top);
		return { id: item.id, top: item.getBoundingClientRect().top };
	})()`
	type read struct {
		ID  string
		Top float64
	}
	// A page that was thrown with a finger glides on: it rests when ten looks in a row find it in one place.
	b.until("it has come to rest", `(() => {
		const now = JSON.stringify(`+place+`);
		window.rests = window.lastPlace === now ? (window.rests ?? 0) + 1 : 0;
		window.lastPlace = now;
		return rests >= 10;
	})()`)
	before := await[read](b, "what is read", place)
	news := "kabar baru untuk " + b.device.name
	say(news)
	b.until("the list of chats tells of it", `document.querySelector("nav").textContent.includes(`+script(news)+`)`)
	after := await[read](b, "what is read", place)
	if after.ID != before.ID || after.Top-before.Top > 2 || before.Top-after.Top > 2 {
		b.t.Errorf("%s: what is read moves from %v to %v", b.device.name, before, after)
	}
}
