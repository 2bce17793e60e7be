package vault

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// As another process this test's program does one of these.
const (
	variableJob    = "REMBUK_VAULT_TEST"
	variableFolder = "REMBUK_VAULT_FOLDER"
	jobEndless     = "endless" // puts contents in until it is killed, and names each that is kept
	jobLittleRoom  = "little room"
)

func TestMain(m *testing.M) {
	switch os.Getenv(variableJob) {
	case jobEndless:
		putEndlessly(os.Getenv(variableFolder))
	case jobLittleRoom:
		putWithLittleRoom(os.Getenv(variableFolder))
	default:
		os.Exit(m.Run())
	}
}

func again(t *testing.T, job, folder string) *exec.Cmd {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), variableJob+"="+job, variableFolder+"="+folder)
	command.Stderr = os.Stderr
	return command
}

func putEndlessly(folder string) {
	v, err := Open(folder)
	if err != nil {
		panic(err)
	}
	for i := 0; ; i++ {
		name, _, err := v.Put(bytes.NewReader(bytes.Repeat([]byte(strconv.Itoa(i)+" baris rekap\n"), 20000)), 8<<20)
		if err != nil {
			panic(err)
		}
		fmt.Println(name)
	}
}

// TestAKillLosesNoKeptContent kills another process at random while it puts
// contents in: what it named is there and whole, and nothing half written counts.
func TestAKillLosesNoKeptContent(t *testing.T) {
	_, folder := open(t)
	for range 8 {
		command := again(t, jobEndless, folder)
		said, err := command.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		var named []string
		lines := bufio.NewScanner(said)
		for range 1 + rand.IntN(5) {
			if lines.Scan() {
				named = append(named, lines.Text())
			}
		}
		if err := command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			named = append(named, lines.Text())
		}
		if err := command.Wait(); err == nil || len(named) == 0 {
			t.Fatalf("it was not killed: %v, %v", err, named)
		}
		beside := At(folder)
		for _, name := range named {
			if err := beside.Verify(name); err != nil {
				t.Errorf("%s was said to be kept: %v", name, err)
			}
		}
		v, err := Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range contents(t, v) {
			if err := v.Verify(name); err != nil {
				t.Errorf("%s counts: %v", name, err)
			}
		}
		if kept := files(t, folder); len(kept) != len(contents(t, v)) {
			t.Errorf("something else is left: %v", kept)
		}
	}
}

// roomForFiles is how large a file may be where there is little room, in bytes.
const roomForFiles = 1 << 16

func putWithLittleRoom(folder string) {
	signal.Ignore(syscall.SIGXFSZ) // so that writing ends as on a full disk, with an error
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: roomForFiles, Max: roomForFiles}); err != nil {
		panic(err)
	}
	v, err := Open(folder)
	if err != nil {
		panic(err)
	}
	_, _, err = v.Put(strings.NewReader(strings.Repeat("x", 2*roomForFiles)), plenty)
	_, _, small := v.Put(strings.NewReader("muat"), plenty)
	fmt.Println(errors.Is(err, syscall.EFBIG), small == nil)
}

func TestWithoutRoomNothingHalfIsKept(t *testing.T) {
	v, folder := open(t)
	before := put(t, v, "sudah ada")
	output, err := again(t, jobLittleRoom, folder).Output()
	if err != nil || string(output) != "true true\n" {
		t.Fatalf("what did not fit, and what did: %q %v", output, err)
	}
	if kept := files(t, folder); len(kept) != 2 || v.Verify(before) != nil || v.Verify(hashOf("muat")) != nil {
		t.Errorf("in the folder lie %v", kept)
	}
}
