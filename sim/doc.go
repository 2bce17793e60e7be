// Package sim is a local Telegram for tests, benchmarks and the playground: the Bot API over HTTP, and a small Go
// door through which people act.
//
// A Server keeps everything in memory. It answers as Telegram does, with the same codes and descriptions, and it lists
// separately what a bot should not have sent (Server.Violations): the real server reads such requests silently.
//
// What it does not imitate: webhooks, inline mode, channels, polls, payments, stickers, albums sent by the bot, web
// apps, reply keyboards (accepted and ignored), e-mail and phone entities, the queue of 310 unsent messages per chat,
// the limit of 100,000 queued updates, the two milliseconds for which an answer to getUpdates gathers more updates,
// and the changes of membership around a migration. Message ids do not survive a migration.
package sim
