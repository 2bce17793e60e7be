// Command echo is the least that a bot on go-telegram/bot can be, in the way
// the library's own examples show: every text comes back with two buttons, and
// nothing is kept. It is the measure for speed.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func main() {
	api := flag.String("api", "", "base URL of the Bot API on this machine")
	token := flag.String("token", "", "the bot's token")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	echo, err := bot.New(*token, bot.WithServerURL(*api), bot.WithDefaultHandler(answer))
	if err != nil {
		fmt.Fprintln(os.Stderr, "echo: no bot:", err)
		os.Exit(1)
	}
	echo.Start(ctx)
}

func answer(ctx context.Context, b *bot.Bot, update *models.Update) {
	if update.Message == nil || update.Message.Text == "" {
		return
	}
	_, err := b.SendMessage(ctx, &bot.SendMessageParams{
		ChatID: update.Message.Chat.ID, Text: update.Message.Text,
		ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
			{Text: "Ambil", CallbackData: "take"}, {Text: "Selesai", CallbackData: "done"},
		}}},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "echo:", err)
	}
}
