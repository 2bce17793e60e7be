//go:build !linux

package main

// letGo does nothing: only Linux is known to count what only the start needed.
func letGo() error { return nil }
