package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"iter"
	"math/bits"
	"slices"
	"strings"
)

// How texts are sieved: so many of them make a block, by their numbers, and so many signs
// are told apart. A row holds a slice of the signs, for each of which texts there are.
const (
	blockTexts  = 1024
	sieveSigns  = 1024
	blockSlices = 128
	sliceSigns  = sieveSigns / blockSlices
	signBytes   = blockTexts / 8
)

// sieved are the things whose texts are searched: the table they stand in, beside which
// there is one called after it.
var sieved = []string{"task", "idea"}

// textSigns are the signs of a word in a text: one of each two and each three bytes that
// follow each other. A word in which another stands has all signs of that one.
func textSigns(word string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := range len(word) {
			if at+2 <= len(word) && !yield(sign(word[at:at+2])) || at+3 <= len(word) && !yield(sign(word[at:at+3])) {
				return
			}
		}
	}
}

// sign is the sum over two or three bytes.
func sign(part string) int {
	sum := uint32(1)
	for at := range len(part) {
		sum = sum<<8 | uint32(part[at])
	}
	return int(sum * 2654435761 >> 22) // by Knuth's multiplier the bits scatter; ten are left
}

// mostSigns is how many signs are looked for: so many leave almost nothing of what lacks a
// word, and each is looked up in every block.
const mostSigns = 5

// wantedSigns are signs that a text has in which all the words stand; none where the words
// have one byte each. Of each word others are taken in turns, far from each other first.
func wantedSigns(words []string) []int {
	var queues [][]int
	for _, word := range words {
		if queue := spreadSigns(word); len(queue) > 0 {
			queues = append(queues, queue)
		}
	}
	var wanted []int
	for turn, more := 0, true; more; turn++ {
		more = false
		for _, queue := range queues {
			if turn >= len(queue) {
				continue
			}
			more = true
			if slices.Contains(wanted, queue[turn]) {
				continue
			}
			if wanted = append(wanted, queue[turn]); len(wanted) == mostSigns {
				return wanted
			}
		}
	}
	return wanted
}

// spreadSigns are the signs of a word that is searched for, those of three bytes first,
// since fewer texts have them.
func spreadSigns(word string) (signs []int) {
	for long := 3; long >= 2; long-- {
		for first := range long {
			for at := first; at+long <= len(word); at += long {
				signs = append(signs, sign(word[at:at+long]))
			}
		}
	}
	return signs
}

// Sieve makes the sieve of one block of texts that has none, and tells whether there was
// one. The newest texts, which do not fill a block, have none. It reads a thousand texts
// at once and takes some milliseconds.
func (s *Store) Sieve(ctx context.Context) (made bool, err error) {
	table := ""
	if err := s.View(ctx, func(tx *Tx) error { table, _, err = tx.unsieved(); return err }); err != nil || table == "" {
		return false, err
	}
	err = s.Note(ctx, func(tx *Tx) error { made, err = tx.sieveNext(); return err })
	return made, err
}

func (tx *Tx) sieveNext() (made bool, err error) {
	table, block, err := tx.unsieved()
	if err != nil || table == "" {
		return false, err
	}
	return true, tx.sieveBlock(table, block)
}

// unsieved finds a whole block of texts that has no sieve; an empty table where there is none.
func (tx *Tx) unsieved() (table string, block int64, err error) {
	for _, table := range sieved {
		newest, err := tx.newest(table)
		if err != nil {
			return "", 0, err
		}
		blocks, err := all(tx, scalar[int64], `WITH RECURSIVE block (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM block)
			SELECT number FROM (SELECT number FROM block LIMIT ?) WHERE NOT EXISTS (SELECT 1 FROM `+table+`_sieve WHERE place = number * ?) LIMIT 1`,
			(newest+1)/blockTexts, blockSlices)
		if err != nil || len(blocks) > 0 {
			return table, append(blocks, 0)[0], err
		}
	}
	return "", 0, nil
}

// newest is the highest number in a table; 0 where it is empty.
func (tx *Tx) newest(table string) (int64, error) {
	return one(tx, scalar[int64], `SELECT coalesce(max(number), 0) FROM `+table)
}

func (tx *Tx) sieveBlock(table string, block int64) error {
	having := make([]byte, sieveSigns*signBytes)
	first := block * blockTexts
	if _, err := all(tx, func(row scanner) (struct{}, error) {
		var number int64
		var text string
		err := row.Scan(&number, &text)
		at := int(number - first)
		for word := range strings.FieldsSeq(text) {
			for sign := range textSigns(word) {
				having[sign*signBytes+at/8] |= 1 << (at % 8)
			}
		}
		return struct{}{}, err
	}, `SELECT number, folded FROM `+table+` WHERE number >= ? AND number < ?`, first, first+blockTexts); err != nil {
		return err
	}
	return tx.run(`WITH RECURSIVE slice (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM slice WHERE number + 1 < ?)
		INSERT INTO `+table+`_sieve (place, texts) SELECT ? + number, substr(?, 1 + number * ?, ?) FROM slice`,
		blockSlices, block*blockSlices, having, sliceSigns*signBytes, sliceSigns*signBytes)
}

// sift gives the numbers of the texts in some blocks that may have all of these signs,
// newest first: each text that has them, and each in a block without a sieve.
func (tx *Tx) sift(table string, signs []int, from, to, newest int64) ([]int64, error) {
	left := make(map[int64]*[signBytes]byte)
	if len(signs) > 0 {
		if err := tx.siftBlocks(table, signs, from, to, left); err != nil {
			return nil, err
		}
	}
	var numbers []int64
	for block := to; block >= from; block-- {
		texts := left[block]
		for at := int64(signBytes - 1); at >= 0; at-- {
			eight := byte(0xff)
			if texts != nil {
				eight = texts[at]
			}
			for ; eight != 0; eight &^= 1 << (bits.Len8(eight) - 1) {
				number := block*blockTexts + at*8 + int64(bits.Len8(eight)) - 1
				if number > 0 && number <= newest {
					numbers = append(numbers, number)
				}
			}
		}
	}
	return numbers, nil
}

// siftBlocks leaves of each block that has a sieve the texts with all the signs.
func (tx *Tx) siftBlocks(table string, signs []int, from, to int64, left map[int64]*[signBytes]byte) error {
	list, _ := json.Marshal(signs) // numbers can be written always
	_, err := all(tx, func(row scanner) (none struct{}, err error) {
		var block int64
		var having sql.RawBytes
		if err := row.Scan(&block, &having); err != nil {
			return none, err
		}
		texts := left[block]
		if texts == nil {
			texts = new([signBytes]byte)
			copy(texts[:], having)
			left[block] = texts
		}
		for at := range min(len(having), signBytes) {
			texts[at] &= having[at]
		}
		return none, nil
	}, `WITH RECURSIVE block (number) AS (SELECT ? UNION ALL SELECT number + 1 FROM block WHERE number < ?)
		SELECT block.number, substr(texts, 1 + sign.value % ? * ?, ?) FROM block CROSS JOIN json_each(?) AS sign
		CROSS JOIN `+table+`_sieve ON place = block.number * ? + sign.value / ?`,
		from, to, sliceSigns, signBytes, signBytes, string(list), blockSlices, sliceSigns)
	return err
}
