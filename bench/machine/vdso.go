//go:build linux && (amd64 || arm64)

package machine

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strings"
)

// withoutSharedClock makes a program that has just begun ask the kernel for the time. Linux
// otherwise shows the time in memory that it shares with every program (the vDSO),
// and tells a program on its stack where that is: here the program overlooks it.
func withoutSharedClock(process int) error {
	mappings, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", process))
	if err != nil {
		return err
	}
	var shared, from, to uint64
	for line := range strings.Lines(string(mappings)) {
		var begin, end uint64
		if _, err := fmt.Sscanf(line, "%x-%x", &begin, &end); err != nil {
			return err
		}
		switch {
		case strings.Contains(line, "[vdso]"):
			shared = begin
		case strings.Contains(line, "[stack]"):
			from, to = begin, end
		}
	}
	if shared == 0 || from == 0 {
		return errors.New("a program without a stack, or without a shared clock")
	}
	memory, err := os.OpenFile(fmt.Sprintf("/proc/%d/mem", process), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { _ = memory.Close() }()
	stack := make([]byte, to-from)
	if _, err := memory.ReadAt(stack, int64(from)); err != nil {
		return err
	}
	// A kind (AT_SYSINFO_EHDR) and a value; the kind AT_IGNORE is skipped by everybody.
	const kindOfShared, ignored = 33, 1
	entry := binary.NativeEndian.AppendUint64(binary.NativeEndian.AppendUint64(nil, kindOfShared), shared)
	at := bytes.LastIndex(stack, entry)
	if at < 0 {
		return errors.New("a program that was not told of the shared clock")
	}
	_, err = memory.WriteAt(binary.NativeEndian.AppendUint64(nil, ignored), int64(from)+int64(at))
	return err
}
