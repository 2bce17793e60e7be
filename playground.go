package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime/debug"
	"strconv"
	"strings"
)

// playgroundCollectAt is when garbage is collected once the city is there: at one
// and a quarter times what is in use, since chats and files are kept in memory, and
// nobody waits for microseconds. Until then it is at twice as much.
const playgroundCollectAt = 25

// playground shows a local Telegram with a sample city in the browser until the
// context is done. folder keeps everything; when empty, nothing is kept.
func playground(ctx context.Context, address, folder string, stdout *Scrubber) (err error) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	listener, err := listenPlayground(ctx, address)
	if err != nil {
		return err
	}
	defer listener.Close() // serveHTTP closes it first unless there is nothing to show
	place, err := openPlaygroundFolder(ctx, folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, place.close()) }()
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	page := &playgroundPage{folder: place, hosts: hostsOf(listener, address), output: stdout, failed: fail}
	if err := page.begin(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, page.end()) }()
	fmt.Fprintf(stdout, "Kabupaten Teluk Marannu: http://%s (Ctrl+C ends it)\n", addressShown(listener.Addr()))
	if len(page.hosts) > 0 {
		fmt.Fprintf(stdout, "Warning: --addr %s can be reached from other machines, and the page has no login: whoever reaches it can read and write as anybody in this city. Use it in a network you trust, and keep nothing real in it.\n", address)
	}
	if err := serveHTTP(ctx, listener, page); !errors.Is(err, context.Canceled) {
		return err
	}
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// listenPlayground takes the address that the page is shown at.
func listenPlayground(ctx context.Context, address string) (net.Listener, error) {
	const allowed = "allowed: a free HOST:PORT such as 127.0.0.1:8088"
	if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, refuse("--addr %q is not allowed: it has no port; %s", address, allowed)
	}
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", address)
	var failed *net.OpError
	if errors.As(err, &failed) {
		err = failed.Err // without the address, which is named already
	}
	if err != nil {
		return nil, refuse("--addr %q cannot be used: %v; %s", address, err, allowed)
	}
	return listener, nil
}

// addressShown is where a browser of this machine finds what is served at an address.
func addressShown(served net.Addr) string {
	if at, ok := served.(*net.TCPAddr); ok && at.IP.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(at.Port))
	}
	return served.String()
}

// hostsOf are the names under which browsers may ask for a page that is not on
// loopback: the address as it was given, or each of this machine's when it is
// served on all of them.
func hostsOf(listener net.Listener, address string) []string {
	if isLoopback("http://" + address) {
		return nil
	}
	host, _, err := net.SplitHostPort(address)
	_, port, bad := net.SplitHostPort(listener.Addr().String())
	if err != nil || bad != nil {
		return nil
	}
	hosts := []string{strings.ToLower(net.JoinHostPort(host, port))}
	if ip := net.ParseIP(host); host != "" && (ip == nil || !ip.IsUnspecified()) {
		return hosts
	}
	own, err := net.InterfaceAddrs()
	if err != nil {
		return hosts
	}
	for _, one := range own {
		if network, ok := one.(*net.IPNet); ok {
			hosts = append(hosts, net.JoinHostPort(network.IP.String(), port))
		}
	}
	return hosts
}
