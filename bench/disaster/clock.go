//go:build linux && (amd64 || arm64)

package main

import (
	"fmt"
	"strings"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// Signals that are sent more than once.
const killed = syscall.SIGKILL

// monday is when the cases of clocks begin: 09.00 in the city.
var monday = time.Date(2026, time.December, 7, 9, 0, 0, 0, time.FixedZone("WITA", 8*60*60))

// clocks sets the machine's clock and Telegram's, which need not agree.
func (s *stage) clocks(machine, telegram time.Time) {
	s.orders.SetClock(time.Until(machine))
	s.setTelegram(time.Until(telegram))
}

// openOn begins on monday, with a group of coordinators and somebody who can be written to.
func (s *stage) openOn() (secretariat int64, err error) {
	s.clocks(monday, monday)
	if err := s.open(); err != nil {
		return 0, err
	}
	secretariat = s.telegram.Group(sim.Group{Title: "Sekretariat", Supergroup: true, Members: []int64{s.city.Owner}})
	s.telegram.AddBot(secretariat, s.city.Owner)
	s.telegram.Say(sim.Message{Chat: secretariat, Person: s.city.Owner, Text: "/hubungkan sekretariat"})
	s.telegram.Say(sim.Message{Chat: s.city.Owner, Person: s.city.Owner, Text: "/start"})
	return secretariat, s.wait("the secretariat is linked", func() bool {
		return s.saysTimes(secretariat, "telah terhubung") == 1 && len(s.telegram.Messages(s.city.Owner)) > 1
	})
}

// reminder is somebody's own, and how often its words had been said before it was due.
type reminder struct {
	words  string
	before int
}

// remind asks for a reminder and waits until that is confirmed.
func (s *stage) remind(when, words string) (reminder, error) {
	s.telegram.Say(sim.Message{Chat: s.city.Owner, Person: s.city.Owner, Text: "/ingatkan " + when + " " + words})
	err := s.wait(words+" is confirmed", func() bool { return s.saysTimes(s.city.Owner, words) > 0 })
	return reminder{words, s.saysTimes(s.city.Owner, words)}, err
}

// reminded is how often it was said since it was asked for.
func (s *stage) reminded(r reminder) int { return s.saysTimes(s.city.Owner, r.words) - r.before }

// once waits until a reminder is said.
func (s *stage) once(r reminder) error {
	return s.wait(r.words+" is said", func() bool { return s.reminded(r) > 0 })
}

// noticing is how long the program may take to notice that a clock was set, and a little.
const noticing = 2500 * time.Millisecond

// work lets people write and waits until they are answered.
func (s *stage) work() error {
	s.city.Say(2 * groups)
	took, err := s.answered()
	if err == nil && took > 5*time.Second {
		s.promise("people are answered within 5 s", false, fmt.Sprintf("%.1f s", took.Seconds()))
	}
	return err
}

// setClock sets the machine's clock a day forward and back, and a day back and forward.
// Telegram's clock goes on as it should.
func setClock(s *stage) error {
	if _, err := s.openOn(); err != nil {
		return err
	}
	today, err := s.remind("hari ini 14.00", "periksa gudang")
	if err != nil {
		return err
	}
	tomorrow, err := s.remind("besok 14.00", "periksa gedung")
	if err != nil {
		return err
	}
	s.clocks(monday.AddDate(0, 0, 1), monday) // wrong
	if err := s.once(today); err != nil {
		return err
	}
	if err := s.work(); err != nil {
		return err
	}
	if err := s.setRight(); err != nil {
		return err
	}
	time.Sleep(noticing)
	if err := s.work(); err != nil {
		return err
	}
	s.clocks(monday.Add(5*time.Hour+time.Minute), monday.Add(5*time.Hour+time.Minute)) // 14.01
	time.Sleep(noticing)
	later, err := s.setBack(monday.Add(5*time.Hour + time.Minute))
	if err != nil {
		return err
	}
	s.promise("nothing is said before its time", s.reminded(later)+s.reminded(tomorrow) == 0, fmt.Sprint(s.reminded(later)+s.reminded(tomorrow), " times"))
	s.clocks(monday.Add(6*time.Hour+time.Minute), monday.Add(6*time.Hour+time.Minute)) // 15.01
	if err := s.once(later); err != nil {
		return err
	}
	s.clocks(monday.Add(29*time.Hour+time.Minute), monday.Add(29*time.Hour+time.Minute)) // the next day, 14.01
	if err := s.once(tomorrow); err != nil {
		return err
	}
	time.Sleep(noticing)
	counts := []int{s.reminded(today), s.reminded(later), s.reminded(tomorrow)}
	s.promise("each reminder is said once", counts[0] == 1 && counts[1] == 1 && counts[2] == 1, fmt.Sprint(counts))
	s.promise("it goes on", len(s.ended()) == 0, fmt.Sprint(len(s.ended()), " ends"))
	return s.work()
}

// setRight sets the clock right that is a day ahead, while a message waits for the end of
// a ban, and the program is killed: the next one reads the end of the ban on the wrong clock.
func (s *stage) setRight() error {
	if err := s.ban(ban); err != nil {
		return err
	}
	time.Sleep(500 * time.Millisecond) // until it is written down
	s.clocks(monday, monday)
	if err := s.process().Send(killed); err != nil {
		return err
	}
	took, err := s.answered()
	s.promise("what the next program finds waiting for the end of a ban does neither", err == nil && took < 4*ban*time.Second, fmt.Sprintf("%.1f s", took.Seconds()))
	return err
}

// ban lets a chat be banned for so many seconds, with a command that waits there.
func (s *stage) ban(seconds int) error {
	mark := len(s.telegram.Calls())
	s.telegram.Fail(sim.Fault{Method: "sendMessage", Chat: s.telegram.Groups()[0].ID, Kind: sim.Error429, RetryAfter: seconds})
	s.city.Say(groups)
	return s.wait("a chat is banned", func() bool { return s.refused(mark) == 1 })
}

// ban is for how long, in seconds.
const ban = 3

// setBack sets the machine's clock back by a day while a message waits for the end of a
// ban, and lets somebody ask for a reminder of that day.
func (s *stage) setBack(now time.Time) (reminder, error) {
	if err := s.ban(ban); err != nil {
		return reminder{}, err
	}
	s.clocks(now.AddDate(0, 0, -1), now)
	took, err := s.answered()
	s.promise("what waits for the end of a ban does not wait for the clock", err == nil && took < 2*ban*time.Second, fmt.Sprintf("%d s, %.1f s", ban, took.Seconds()))
	if err != nil {
		return reminder{}, err
	}
	later, err := s.remind("hari ini 15.00", "periksa pompa")
	if err != nil {
		return later, err
	}
	time.Sleep(noticing)
	return later, s.work()
}

// absences are the messages in which the secretariat reads that the bot was away.
func (s *stage) absences(secretariat int64) []string {
	var told []string
	for _, message := range s.telegram.Messages(secretariat) {
		if message.Bot && strings.Contains(message.Text, "tidak terhubung dengan Telegram dari") {
			told = append(told, message.Text)
		}
	}
	return told
}

// toldOfAbsence waits until the secretariat has read of it, and looks what of.
func (s *stage) toldOfAbsence(secretariat int64, from, until string) error {
	if err := s.wait("the secretariat is told", func() bool { return len(s.absences(secretariat)) > 0 }); err != nil {
		return err
	}
	time.Sleep(noticing)
	told := s.absences(secretariat)
	s.promise("the secretariat reads once from when to when it was away", len(told) == 1 && strings.Contains(told[0], from) && strings.Contains(told[0], until), fmt.Sprint(len(told), " times"))
	return nil
}

// asleep lets the machine sleep for three days: nothing of the program runs, and what
// measures time does not go on, but the clock does.
func asleep(s *stage) error {
	secretariat, err := s.openOn()
	if err != nil {
		return err
	}
	missed, err := s.remind("besok 14.00", "periksa gudang")
	if err != nil {
		return err
	}
	if err := s.process().Send(syscall.SIGSTOP); err != nil {
		return err
	}
	s.clocks(monday.Add(60*time.Hour), monday.Add(60*time.Hour))
	s.city.Say(4 * groups)
	woken := monday.AddDate(0, 0, 3)
	s.clocks(woken, woken)
	time.Sleep(time.Second)
	if err := s.process().Send(syscall.SIGCONT); err != nil {
		return err
	}
	took, err := s.answered()
	s.promise("what people wrote meanwhile is answered within 10 s", err == nil && took < 10*time.Second, fmt.Sprintf("%.1f s", took.Seconds()))
	if err != nil {
		return err
	}
	if err := s.once(missed); err != nil {
		return err
	}
	if err := s.toldOfAbsence(secretariat, "Senin, 7 Desember 2026 pukul 09.0", "Kamis, 10 Desember 2026 pukul 09.0"); err != nil {
		return err
	}
	s.promise("what fell due meanwhile is said once", s.reminded(missed) == 1, fmt.Sprint(s.reminded(missed), " times"))
	s.promise("it goes on", len(s.ended()) == 0, fmt.Sprint(len(s.ended()), " ends"))
	return s.work()
}

// away breaks the line for 26 hours, of which Telegram keeps the last 24.
func away(s *stage) error {
	secretariat, err := s.openOn()
	if err != nil {
		return err
	}
	missed, err := s.remind("hari ini 14.00", "periksa gudang")
	if err != nil {
		return err
	}
	s.telegram.BreakLine()
	time.Sleep(time.Second)
	const dropped = "periksa yang hilang"
	s.telegram.Say(sim.Message{Chat: s.city.Owner, Person: s.city.Owner, Text: "/ingatkan besok 10.00 " + dropped})
	for hours := range 26 {
		now := monday.Add(time.Duration(hours) * time.Hour)
		s.clocks(now, now)
		if hours == 20 {
			s.city.Say(4 * groups)
		}
		time.Sleep(s.span(0.5, 0.1))
	}
	back := monday.Add(26 * time.Hour)
	s.clocks(back, back)
	s.telegram.MendLine()
	took, err := s.answered()
	s.promise("what people wrote meanwhile is answered within 90 s", err == nil && took < 90*time.Second, fmt.Sprintf("%.1f s", took.Seconds()))
	if err != nil {
		return err
	}
	if err := s.once(missed); err != nil {
		return err
	}
	if err := s.toldOfAbsence(secretariat, "Senin, 7 Desember 2026 pukul 09.0", "Selasa, 8 Desember 2026 pukul 11.0"); err != nil {
		return err
	}
	s.promise("what fell due meanwhile is said once", s.reminded(missed) == 1, fmt.Sprint(s.reminded(missed), " times"))
	s.promise("nothing comes of what Telegram dropped", s.saysTimes(s.city.Owner, dropped) == 0, fmt.Sprint(s.saysTimes(s.city.Owner, dropped), " times"))
	return s.work()
}
