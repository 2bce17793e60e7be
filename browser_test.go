//go:build browser

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// These tests press the buttons of the playground's page in Chromium:
//
//	go test -tags browser -run Browser .
//
// Pictures of what they see are kept in the folder that artifactsVariable names.
const artifactsVariable = "REMBUK_ARTIFACTS"

// patience is how long something in a page may take to come about.
const patience = 20 * time.Second

// device is what a page is looked at with.
type device struct {
	name          string
	width, height int64
	phone, dark   bool
}

var (
	phone     = device{name: "phone", width: 390, height: 844, phone: true}
	phoneDark = device{name: "phone-dark", width: 390, height: 844, phone: true, dark: true}
	desk      = device{name: "desk", width: 1280, height: 800}
	deskDark  = device{name: "desk-dark", width: 1280, height: 800, dark: true}
)

// browser is one Chromium with a profile of its own, which is gone afterwards.
type browser struct {
	t   *testing.T
	ctx context.Context
}

func openBrowser(t *testing.T) browser {
	t.Helper()
	allocator, end := chromedp.NewExecAllocator(t.Context(),
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-extensions", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-features", "Translate,OptimizationHints,MediaRouter"),
		// Whatever a page or the browser asks for, only this machine can be found.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)
	ctx, leave := chromedp.NewContext(allocator)
	t.Cleanup(func() { leave(); end() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return browser{t, ctx}
}

// tab is one page in a browser.
type tab struct {
	t      *testing.T
	ctx    context.Context
	device device
}

// open shows the playground in a tab that shares nothing with the others, as on
// another device. place is what stands behind # in the address: PERSON/CHAT, or nothing.
func (b browser) open(device device, address, place string) *tab {
	b.t.Helper()
	return b.show(device, address, place, chromedp.WithNewBrowserContext())
}

func (b browser) show(device device, address, place string, options ...chromedp.ContextOption) *tab {
	b.t.Helper()
	tab := &tab{t: b.t, device: device}
	ctx, leave := chromedp.NewContext(b.ctx, append(options, chromedp.WithListener(tab.hear))...)
	b.t.Cleanup(leave)
	tab.ctx = ctx
	if err := chromedp.Do(ctx); err != nil { // a tab lives as long as the context of the first call
		b.t.Fatalf("no tab: %v", err)
	}
	tab.run("look at it with this device", chromedp.Func(device.imitate))
	tab.run("open the page", chromedp.Navigate(address+"/#"+place))
	tab.until("chats and tools are there", `document.querySelectorAll("nav li button").length > 0 && seen(document.querySelector("header button[aria-controls=tools]"))`)
	return tab
}

func (d device) imitate(ctx context.Context, t *chromedp.Target) error {
	scheme, scale := "light", 1.0
	if d.dark {
		scheme = "dark"
	}
	if d.phone {
		scale = 2
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	size := emulation.SetDeviceMetricsOverrideParams{Width: d.width, Height: d.height, DeviceScaleFactor: scale, Mobile: d.phone}
	if _, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, size); err != nil {
		return err
	}
	if _, err := cdp.Call(ctx, t, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: d.phone}); err != nil {
		return err
	}
	_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
	return err
}

// hear fails the test for what the page should not have done.
func (b *tab) hear(event any) {
	switch event := event.(type) {
	case *runtime.EventExceptionThrown:
		b.t.Errorf("%s: the page throws %v", b.device.name, event.ExceptionDetails)
	case *log.EventEntryAdded:
		if event.Entry.Level == log.EntryLevelError && event.Entry.Source != log.EntrySourceNetwork {
			b.t.Errorf("%s: the browser complains: %s", b.device.name, event.Entry.Text)
		}
	}
}

// run carries out actions, which must not take longer than patience.
func (b *tab) run(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.fail(what, err)
	}
}

func (b *tab) fail(what string, err error) {
	b.t.Helper()
	b.keep("failed")
	b.t.Fatalf("%s: %s: %v", b.device.name, what, err)
}

// finders are what the tests find things with in the page. What is pressed must
// be seen, and nothing may lie over it.
const finders = `
	const seen = (element) => element?.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
	const nameOf = (element) => {
		const copy = (element.labels?.[0] ?? element).cloneNode(true);
		for (const one of copy.querySelectorAll("[aria-hidden=true], select, textarea")) one.remove();
		return (element.getAttribute("aria-label") ?? copy.textContent).replace(/\s+/g, " ").trim();
	};
	const messages = () => [...document.querySelectorAll("[role=log] li")];
	const inside = (where) => where.startsWith("message ") ? messages().filter((item) => item.textContent.includes(where.slice(8))).slice(-1)
		: [...document.querySelectorAll(where)].filter(seen);
	const buttons = "button, a[href], summary, [role=option], [role=menuitem], [role=tab]";
	const button = (where, words) => inside(where).flatMap((scope) => [...scope.querySelectorAll(buttons)])
		.filter((one) => seen(one) && !one.disabled && nameOf(one).includes(words))
		.sort((a, b) => (nameOf(b) === words) - (nameOf(a) === words))[0];
	const spot = (element) => {
		if (!element || !seen(element)) return null;
		const middle = () => { const box = element.getBoundingClientRect(); return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; };
		const free = () => element.contains(document.elementFromPoint(middle().x, middle().y));
		if (!free()) element.scrollIntoView({ block: "center", behavior: "instant" });
		return free() ? middle() : null;
	};
	const unlessMissing = (problem) => { if (problem instanceof TypeError) return null; throw problem; };
	const said = (words) => messages().some((item) => item.textContent.includes(words));
`

// until waits until an expression in the page is true.
func (b *tab) until(what, expression string) {
	b.t.Helper()
	await[any](b, what, expression)
}

// await waits until an expression in the page is true, and reads what it is.
func await[T any](b *tab, what, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for {
		found, err := chromedp.Run(ctx, chromedp.Poll[T]("(() => {"+finders+"try { return ("+expression+"); } catch (problem) { return unlessMissing(problem); } })()",
			chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(patience)))
		if err == nil {
			return found
		}
		if ctx.Err() != nil || !loadsAnew(err) {
			b.fail(what, err)
		}
	}
}

// loadsAnew tells whether a script came to nothing because the tab was loading
// its page anew, as it does when another city or a story takes its place.
func loadsAnew(err error) bool {
	return strings.Contains(err.Error(), "navigated") || strings.Contains(err.Error(), "context with specified id")
}

// press presses the button with these words in what where selects: a selector of
// elements, or "message WORDS" for the latest message with these words.
func (b *tab) press(where, words string) {
	b.t.Helper()
	b.pressAt(fmt.Sprintf("press [%s] in %s", words, where), fmt.Sprintf("button(%s, %s)", script(where), script(words)))
}

// pressAt presses an element: with the mouse on a desk, with a finger on a phone.
func (b *tab) pressAt(what, element string) {
	b.t.Helper()
	at := await[struct{ X, Y float64 }](b, what, "spot("+element+")")
	if b.device.phone {
		b.run(what, chromedp.TapXY(at.X, at.Y))
	} else {
		b.run(what, chromedp.MouseClickXY(at.X, at.Y))
	}
}

// script writes a text as JavaScript does.
func script(text string) string {
	body, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(body)
}

// chat opens a chat. On a phone the way leads over the list.
func (b *tab) chat(title string) {
	b.t.Helper()
	if b.device.phone && await[string](b, "a chat or the list", `seen(document.querySelector("nav")) ? "list" : "chat"`) == "chat" {
		b.press(".bar", "Kembali")
	}
	b.press("nav", title)
	b.until("open "+title, fmt.Sprintf(`document.querySelector("main section h2").textContent === %s && messages().length > 0`, script(title)))
}

// write writes into the field for messages and sends it with the button.
func (b *tab) write(text string) {
	b.t.Helper()
	b.pressAt("the field for messages", `document.querySelector("form textarea")`)
	b.insert(text)
	b.press("form", "Kirim")
	b.until("it is sent", `document.querySelector("form textarea").value === ""`)
}

// choose chooses from a list by typing the beginning of what is wanted.
func (b *tab) choose(list, wanted string) {
	b.t.Helper()
	b.until("go to the list", fmt.Sprintf(`(document.querySelector(%[1]s).focus(), document.activeElement.matches(%[1]s))`, script(list)))
	b.run("choose "+wanted, chromedp.KeyEvent(wanted))
	b.until(wanted+" is chosen", fmt.Sprintf(`document.querySelector(%s).selectedOptions[0].textContent.startsWith(%s)`, script(list), script(wanted)))
}

// insert is typing a text where the focus is.
func (b *tab) insert(text string) {
	b.t.Helper()
	b.run("type "+text, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
}

// sees waits for a message with these words in the open chat.
func (b *tab) sees(words string) {
	b.t.Helper()
	b.until("see "+words, "said("+script(words)+")")
}

// keep takes a picture of what is seen.
func (b *tab) keep(name string) {
	b.t.Helper()
	folder := os.Getenv(artifactsVariable)
	if folder == "" {
		folder = filepath.Join(b.t.TempDir(), "artifacts")
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.MkdirAll(folder, 0o755)
	}
	if err == nil {
		test := strings.ReplaceAll(strings.TrimPrefix(b.t.Name(), "TestBrowser"), "/", "-")
		err = os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%s-%s.png", test, b.device.name, name)), picture, 0o644)
	}
	if err != nil {
		b.t.Errorf("no picture: %v", err)
	}
}
