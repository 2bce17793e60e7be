package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func (b *bench) database() string { return filepath.Join(b.folder, "rembuk.db") }

// vault is the folder of contents. They are written as they lie in a vault, but
// without waiting for the disk at each.
func (b *bench) vault() string { return b.database() + ".files" }

// kinds are what people file: nearly all of it is compressed already.
var kinds = []string{"pdf", "jpg", "jpg", "docx", "pdf", "xlsx", "jpg", "pdf", "mp4", "zip"}

// fill makes an evaluation with evidence for its indicators, some of it with several.
func (b *bench) fill(ctx context.Context) (err error) {
	opened, err := store.Open(ctx, b.database())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	if err := os.Mkdir(b.vault(), 0o700); err != nil {
		return err
	}
	now := time.Date(2026, 6, 9, 7, 40, 0, 0, time.UTC)
	return opened.Update(ctx, func(tx *store.Tx) error {
		member, err := tx.Seen(200000001, "Baso", "baso_contoh", "id", now)
		if err != nil {
			return err
		}
		evaluation, err := tx.CreateEvaluation(council.Evaluation{Name: "Evaluasi Smart City Tahap I", State: council.EvaluationOpen, CreatedBy: member.ID, CreatedAt: now})
		if err != nil {
			return err
		}
		indicators := make([]int64, b.indicators)
		for i := range indicators {
			indicator, err := tx.SaveIndicator(council.Indicator{Evaluation: evaluation.Number, Code: fmt.Sprintf("IND-%04d", i+1), Weight: 5, Owner: "Diskominfo",
				Dimension: council.Dimensions[i%len(council.Dimensions)], Name: fmt.Sprintf("Layanan publik nomor %d berjalan sesuai rencana kerja", i+1)})
			if err != nil {
				return err
			}
			indicators[i] = indicator.ID
		}
		return b.file(ctx, tx, member.ID, indicators, now)
	})
}

// file makes the files: half of them small, the others up to four times the average.
func (b *bench) file(ctx context.Context, tx *store.Tx, member int64, indicators []int64, now time.Time) error {
	random, source := rand.New(rand.NewPCG(1, 0)), rand.NewChaCha8([32]byte{})
	average := b.bytes / int64(b.files)
	content, left := make([]byte, 4*average), b.bytes
	for number := range b.files {
		size := average/4 + random.Int64N(average/2)
		if number%2 == 1 {
			size = average + random.Int64N(average)
		}
		if size = min(size, left-int64(b.files-number-1)); number == b.files-1 {
			size = min(left, 4*average)
		}
		left -= size
		if _, err := source.Read(content[:size]); err != nil {
			return err
		}
		hash, err := b.put(content[:size])
		if err != nil {
			return err
		}
		states := []council.EvidenceState{council.EvidenceVerified, council.EvidenceVerified, council.EvidenceUploaded, council.EvidenceNeedsFix}
		if _, err := tx.CreateEvidence(council.Evidence{IndicatorID: indicators[number%len(indicators)], MemberID: member, Kind: "document",
			Name: fmt.Sprintf("rekap kegiatan triwulan %d.%s", number+1, kinds[number%len(kinds)]), Hash: hash, Size: size, Personal: council.PersonalNo,
			State: states[number%len(states)], Version: 1, CreatedAt: now.Add(time.Duration(number) * time.Second)}); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	b.bytes -= left // what the last one could not take
	return nil
}

func (b *bench) put(content []byte) (string, error) {
	sum := sha256.Sum256(content)
	hash := hex.EncodeToString(sum[:])
	folder := filepath.Join(b.vault(), hash[:2])
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	return hash, os.WriteFile(filepath.Join(folder, hash), content, 0o600)
}
