//go:build browser

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"context"
)

// Ten tabs of one browser show what is said, each as soon as it is looked at.
func TestBrowserTenTabs(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(playground openPlayground) {
		b := openBrowser(t)
		group := playground.id("Forum Komunitas")
		tabs := []*tab{}
		for number := range 10 {
			who := []string{"Sitti", "Fadli", "Nurhikmah"}[number%3]
			tabs = append(tabs, b.show(desk, playground.address, fmt.Sprintf("%d/%d", playground.id(who), group)))
		}
		for number, writer := range tabs {
			if number != 0 && number != 9 {
				continue
			}
			text := fmt.Sprintf("kabar ke-%d untuk semua", number)
			writer.toFront()
			writer.write(text)
			for _, reader := range tabs {
				reader.toFront()
				reader.sees(text)
			}
		}
		tabs[9].keep("last")
	})
}

// toFront is choosing the tab in the browser's window.
func (b *tab) toFront() {
	b.t.Helper()
	b.run("look at this tab", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.BringToFront, cdp.Empty{})
		return err
	}))
}

// What one person writes, changes and reads is seen by another without asking, while both look.
func TestBrowserTwoPersons(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		b := openBrowser(t)
		sitti, fadli := b.as(desk, page, "Sitti"), b.as(phone, page, "Fadli")
		sitti.chat("Forum Komunitas")
		fadli.until("the chats are there", `document.querySelector("nav").textContent.includes("Forum Komunitas")`)
		before := await[struct{ Count int }](fadli, "what is unread", "{ count: "+unread+" }").Count
		sitti.write("Selamat pagi, Bapak dan Ibu")
		fadli.until("it is counted", fmt.Sprintf("%s === %d", unread, before+1))
		fadli.chat("Forum Komunitas")
		fadli.sees("Selamat pagi, Bapak dan Ibu")
		fadli.write("Pagi, Bu. <b>Siap</b> & sehat?")
		sitti.sees("Pagi, Bu. <b>Siap</b> & sehat?")
		fadli.press(".bar", "Kembali")
		fadli.until("all is read", unread+" === 0")
		sitti.keep("both")
	})
}

// unread is a script for how much of the forum has not been read.
const unread = `Number([...document.querySelectorAll("nav li")].find((item) => item.textContent.includes("Forum Komunitas")).querySelector(".badge")?.textContent.match(/\d+/)[0] ?? 0)`
