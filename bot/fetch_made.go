package bot

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

// madePrefix begins the id of a file that is not Telegram's: the bot makes it itself.
const madePrefix = "made "

// madeFileID is the id of a file that the bot makes, out of which it can be made again.
// No argument has a blank in it.
func madeFileID(file store.File) string {
	return madePrefix + strings.Join(append([]string{file.Maker}, file.Arguments...), " ")
}

// fileOfID is the file that such an id names; false for one of Telegram's.
func fileOfID(id string) (store.File, bool) {
	rest, made := strings.CutPrefix(id, madePrefix)
	words := strings.Fields(rest)
	if !made || len(words) == 0 {
		return store.File{}, false
	}
	return store.File{Kind: fileDocument, Maker: words[0], Arguments: words[1:]}, true
}

// keepMade makes a file and puts it into the vault, as one that is fetched.
func (b *Bot) keepMade(ctx context.Context, file store.File, fetched *fetchedFile) error {
	made, err := b.makeFile(ctx, file)
	if err != nil {
		return err
	}
	defer made.close()
	if fetched.hash, fetched.size, err = b.Vault.Put(made.open(), int64(fetched.Limit)); errors.Is(err, vault.ErrTooLarge) {
		return errFileTooLarge
	} else if err != nil {
		return errors.Join(errNotStored, err)
	}
	return nil
}

// makerContent makes a file of what lies in the vault; the word stands in the outbox.
const makerContent = "vault_content"

// pieceFile is the file of a piece of evidence as it is sent: one that was made comes
// out of the vault, so that it is the one that was filed.
func pieceFile(piece council.Evidence) store.File {
	if _, made := fileOfID(piece.FileID); made || piece.FileID == "" && piece.Hash != "" { // Telegram's id goes with the person who sent it
		return store.File{Kind: fileDocument, Maker: makerContent, Name: piece.Name, Arguments: []string{piece.Hash}}
	}
	return store.File{Kind: piece.Kind, FileID: piece.FileID, Name: piece.Name}
}

// makeContent reads what lies in the vault. Argument: its hash.
func makeContent(_ context.Context, _ *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	if len(arguments) != 1 || !b.Vault.Has(arguments[0]) {
		return nil, errors.New("a content of the vault is expected")
	}
	content, err := b.Vault.Open(arguments[0])
	if err != nil {
		return nil, err
	}
	var read bytes.Buffer
	_, err = io.Copy(&read, content)
	return read.Bytes(), errors.Join(err, content.Close())
}
