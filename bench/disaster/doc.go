// Command disaster lets the real program live through what happens to machines, disks,
// clocks and networks, one case after the other, and tells of each whether
// what must hold did.
//
//	go run ./bench/disaster [-short] [-case NAME] [-seed N] [-binary FILE] [-v]
//
// It needs Linux 5.19 or later and user namespaces, but no privilege: the full disk is
// one of its own, in memory, and all that a disk refuses and a clock shows otherwise is
// answered in the kernel's place, see bench/machine.
package main
