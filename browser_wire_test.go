//go:build browser

package main

import (
	"context"
	"strings"
	"testing"

	permission "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// lastRow is a script for what the newest row of the wire says.
const lastRow = `[...document.querySelectorAll("#tools-wire li")].at(-1)?.textContent ?? ""`

func TestBrowserWire(t *testing.T) {
	// The city is made here: a copied one has nothing on its wire yet, and the list is to be long.
	inPlayground(t, "", func(page openPlayground) {
		b := openBrowser(t)
		for _, device := range []device{desk, phoneDark} {
			watchWire(t, b.as(device, page, "Sitti"), page.address)
		}
	})
}

func watchWire(t *testing.T, b *tab, address string) {
	t.Helper()
	b.chat("Forum Komunitas")
	b.write("/bantuan")
	b.sees("/bantuan")
	if b.device.phone {
		b.press("header", "Alat")
	}
	b.press("[role=tablist]", "Kawat")
	b.until("rows are there", `document.querySelectorAll("#tools-wire li").length > 5`)
	if rows := await[int](b, "rows", `document.querySelectorAll("#tools-wire li").length`); rows > 40 {
		t.Errorf("%d rows are in the page at once", rows)
	}
	b.pressAt("this chat only", `document.querySelector("#tools-wire input[type=checkbox]")`)
	b.until("only this chat is shown", `[...document.querySelectorAll("#tools-wire li")].every((row) => row.textContent.includes("Forum Komunitas"))`)
	b.choose("#tools-wire select", "sendMessage")
	b.until("only this method is shown", `document.querySelectorAll("#tools-wire li").length > 0 && [...document.querySelectorAll("#tools-wire li b")].every((name) => name.textContent === "sendMessage")`)
	b.keep("filtered")
	b.press("#tools-wire ol", "sendMessage")
	b.until("parameters and answer are shown", `(() => {
		const bodies = [...document.querySelectorAll("#tools-wire pre")].map((body) => JSON.parse(body.textContent));
		return bodies.length === 2 && bodies[0].chat_id < 0 && bodies[1].ok === true && bodies[1].result.text === bodies[0].text;
	})()`)
	b.keep("open")
	if curl := b.copied(address, "#tools-wire", "Salin sebagai curl"); !strings.HasPrefix(curl, `curl -sS "http://127.0.0.1:`) || !strings.Contains(curl, `/bot$TOKEN/sendMessage" -H 'Content-Type: application/json' -d '{"chat_id":`) {
		t.Errorf("the line is %s", curl)
	}
	b.pressAt("the row that is open", `document.querySelector("#tools-wire pre").closest("li").querySelector("button")`)
	b.until("it is closed again", `!document.querySelector("#tools-wire pre")`)
	pauseWire(b)
}

// pauseWire stops the list, looks that nothing comes, and lets it go on.
func pauseWire(b *tab) {
	b.t.Helper()
	b.press("#tools-wire", "Kosongkan")
	b.until("nothing is shown", `document.querySelectorAll("#tools-wire li").length === 0 && seen(document.querySelector("#tools-wire p"))`)
	b.press("#tools-wire", "Jeda")
	if b.device.phone {
		b.press("aside", "Tutup alat")
	}
	b.write("/status")
	b.until("the bot has answered", `messages().at(-1).textContent.includes("Rembuk") || messages().length > 3`)
	if b.device.phone {
		b.press("header", "Alat")
	}
	b.until("nothing has come", `document.querySelectorAll("#tools-wire li").length === 0`)
	b.press("#tools-wire", "Jeda")
	b.until("it goes on", lastRow+`.includes("sendMessage")`)
}

// copied presses a button that copies, and reads what was copied.
func (b *tab) copied(origin, where, words string) string {
	b.t.Helper()
	b.run("let the page copy", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for _, name := range []string{"clipboard-read", "clipboard-write"} {
			_, err := chromedp.CallBrowser(ctx, permission.SetPermission, permission.SetPermissionParams{Permission: &permission.PermissionDescriptor{Name: name},
				Setting: permission.PermissionSettingGranted, Origin: origin, BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID})
			if err != nil {
				return err
			}
		}
		_, err := cdp.Call(ctx, t, page.BringToFront, cdp.Empty{})
		return err
	}))
	b.press(where, words)
	b.until("it says so", `document.querySelector("#toast").textContent === "Disalin"`)
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("navigator.clipboard.readText()", chromedp.EvalAwaitPromise))
	if err != nil {
		b.fail("read what was copied", err)
	}
	return text
}
