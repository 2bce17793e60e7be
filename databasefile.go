package main

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// syncPath brings a file, or the names in a folder, onto the disk.
func syncPath(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// giveToFolderOwner keeps files that root makes (`sudo rembuk restore`) usable
// for the user as whom the bot runs. Where the system does not allow it the
// file stays root's, and the bot will name it when it cannot open it.
func giveToFolderOwner(path string) {
	info, err := os.Stat(filepath.Dir(path))
	if err != nil || os.Geteuid() != 0 {
		return
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok && owner.Uid != 0 {
		_ = os.Chown(path, int(owner.Uid), int(owner.Gid))
	}
}
