package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// Telegram ids of whom and what there is in the city.
const (
	bot         = 7000000001
	owner       = 100000001
	firstMember = 200000001 // of the community; as many as there are inputs that want one
	firstStaff  = 300000001 // of the working group, likewise
	firstOther  = 400000001 // people of whom nothing is known
	community   = -1000000002001
	pokja       = -1000000002002
	unlinked    = -1000000002003 // a group that nobody has linked
)

// How many ideas there are already: what somebody gives is compared with them.
const (
	manyIdeas = 20_000
	fewIdeas  = 2_000
)

// people are those who have not written anything yet: each input comes from somebody
// else, so that no limit for one person makes it cheap.
type people struct{ used [3]int64 }

// next is somebody of a kind.
func (p *people) next(who kind) int64 {
	p.used[who]++
	return [3]int64{firstOther, firstMember, firstStaff}[who] + p.used[who] - 1
}

// settle fills the database of a program that does not run yet: two linked groups
// with members, and ideas.
func settle(ctx context.Context, path string, ideas, members int) (_ *people, err error) {
	opened, err := store.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	now := time.Now().Add(-time.Hour)
	err = opened.Update(ctx, func(tx *store.Tx) error {
		for _, group := range []council.Group{
			{ChatID: community, Title: "Forum Warga", Kind: council.KindCommunity, Language: "id"},
			{ChatID: pokja, Title: "Pokja Lingkungan", Kind: council.KindWorkingGroup, Dimension: council.Dimensions[0], Language: "id"},
		} {
			if _, err := tx.LinkGroup(group); err != nil {
				return err
			}
		}
		if err := tx.SetSetting(store.SettingStrangers, "1"); err != nil {
			return err
		}
		for number := range members {
			for first, chat := range map[int64]int64{firstMember: community, firstStaff: pokja} {
				if err := enter(tx, first+int64(number), chat, now); err != nil {
					return err
				}
			}
		}
		return fillIdeas(tx, ideas, now)
	})
	for made := true; err == nil && made; { // which the program has done long before there are so many
		made, err = opened.Sieve(ctx)
	}
	return &people{}, err
}

// enter makes somebody known who is in a group, can be written to and has agreed to
// the text about personal data.
func enter(tx *store.Tx, id, chat int64, now time.Time) error {
	person, err := tx.Seen(id, fmt.Sprintf("Warga %d", id), "", "id", now)
	if err != nil {
		return err
	}
	return errors.Join(tx.SeenIn(person.ID, chat), tx.SetReach(person.ID, council.ReachOpen),
		tx.GiveConsent(council.Consent{MemberID: person.ID, Purpose: council.ConsentIdeas, Version: 1, Language: "id", GivenAt: now}))
}

// fillIdeas gives ideas in words that stand in many of the inputs as well.
func fillIdeas(tx *store.Tx, count int, now time.Time) error {
	member, _, err := tx.Appeared(owner, "", "id", now)
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(11, 0))
	for range count {
		words := make([]string, 6+random.IntN(20))
		for at := range words {
			words[at] = vocabulary[random.IntN(len(vocabulary))]
		}
		text := strings.Join(words, " ")
		idea, err := tx.CreateIdea(council.Idea{SubmitterID: member.ID, Text: text, Title: text, State: council.IdeaSubmitted,
			CreatedAt: now, StateSince: now, ReviewBy: now.AddDate(1, 0, 0), DecideBy: now.AddDate(1, 0, 0)})
		if err != nil {
			return err
		}
		var about []store.IdeaTerm
		terms, whole := reading.Terms(text), 0.0
		for _, term := range terms {
			whole += term.Weight
		}
		for _, term := range terms {
			about = append(about, store.IdeaTerm{Term: term.Key, Share: int(1000 * term.Weight / whole)})
		}
		if err := tx.SetIdeaTerms(idea.Number, about); err != nil {
			return err
		}
	}
	return nil
}

// vocabulary are words of which ideas are made.
var vocabulary = strings.Fields(`sampah truk jadwal bank plastik pasar warga aplikasi jalan lampu taman sekolah anak ibu posyandu gizi
	nelayan ikan perahu danau sungai banjir hujan air bersih sumur listrik surya internet desa kantor surat izin usaha koperasi petani padi
	jagung pupuk irigasi ternak sapi kambing wisata pantai budaya tari musik festival kuliner kopi kerajinan tenun perpustakaan buku
	guru murid beasiswa kerja pelatihan pemuda olahraga lapangan sepeda angkot terminal parkir trotoar difabel lansia kesehatan puskesmas`)
