package sim

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"sync"
	"time"
)

// botFirstName is the first name of the bot until setMyName changes it.
const botFirstName = "Rembuk"

var tokenShape = regexp.MustCompile(`^[1-9][0-9]{0,15}:[A-Za-z0-9_-]{3,}$`)

// Options says how a Server behaves. The zero value is a strict server without rate limits.
type Options struct {
	Token       string           // the bot's token; default DefaultToken
	BotUsername string           // without @; default "rembuk_bot"
	Now         func() time.Time // the clock that messages are dated by and updates expire by; default time.Now
	Limits      bool             // answer 429 when Telegram's rate limits are passed
	LimitNow    func() time.Time // the clock of the rate limits; default Now
	Lenient     bool             // do not look for violations (a benchmark's choice)
	LastMessage int              // messages are numbered after it: a second server over the database of a first must not repeat numbers
}

// DefaultToken is the token of a Server whose Options name none.
const DefaultToken = "7000000001:AAlocalTelegramForTestsOnly0000000000"

// Server is one local Telegram with one bot. All methods may be called at the same time.
type Server struct {
	token      string
	now        func() time.Time
	limitNow   func() time.Time
	limits     bool
	lenient    bool
	bot        wireUser
	beginning  time.Time
	mutex      sync.Mutex
	people     map[int64]*person
	cast       []*person // in the order in which they came
	chats      map[int64]*chat
	chatOrder  []*chat
	nextPerson int64
	nextGroup  int64
	firstID    int // Options.LastMessage
	lastShared int // message ids of private chats and basic groups come from one row
	albums     int64
	polls      int64
	timed      []*message // open polls that end by themselves
	queue      queue
	presses    map[string]*press
	pressOrder []string
	files      map[string]*storedFile
	commands   map[commandKey][]Command
	profile    map[string]string
	violations []string
	calls      []Call
	wire       wireLog
	counts     map[string]int
	faults     []*Fault
	each       *eachOnce               // nil: no call fails by itself
	unheard    outstanding[[]*message] // messages whose answer got lost
	tally      tally
	delay      time.Duration
	cut        bool // the line is broken
	pace       pace
	watchers   map[chan struct{}]struct{}
	observer   Observer
}

// New makes a Server without people and chats.
func New(options Options) *Server {
	if options.Token == "" {
		options.Token = DefaultToken
	}
	if options.BotUsername == "" {
		options.BotUsername = "rembuk_bot"
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.LimitNow == nil {
		options.LimitNow = options.Now
	}
	server := &Server{
		token:      options.Token,
		firstID:    options.LastMessage,
		lastShared: options.LastMessage,
		now:        options.Now,
		limitNow:   options.LimitNow,
		limits:     options.Limits,
		lenient:    options.Lenient,
		bot:        wireUser{ID: botNumber(options.Token), IsBot: true, FirstName: botFirstName, Username: options.BotUsername},
		beginning:  time.Now(),
		people:     map[int64]*person{},
		chats:      map[int64]*chat{},
		nextPerson: 100000001,
		nextGroup:  1001,
		presses:    map[string]*press{},
		files:      map[string]*storedFile{},
		commands:   map[commandKey][]Command{},
		profile:    map[string]string{},
		counts:     map[string]int{},
		watchers:   map[chan struct{}]struct{}{},
	}
	server.queue.begin()
	return server
}

// botNumber reads the bot's id out of its token; a token of another shape belongs to bot 7000000001.
func botNumber(token string) int64 {
	var number int64
	if !tokenShape.MatchString(token) {
		return 7000000001
	}
	if _, err := fmt.Sscanf(token, "%d:", &number); err != nil {
		return 7000000001
	}
	return number
}

// Token is the token that the Bot API answers to.
func (s *Server) Token() string { return s.token }

// BotID is the bot's own user id, and BotUsername its name without @.
func (s *Server) BotID() int64 { return s.bot.ID }

// BotUsername is the bot's name without @.
func (s *Server) BotUsername() string { return s.bot.Username }

// Start serves Handler on addr, which must be on 127.0.0.1 ("127.0.0.1:0" picks a free port). It returns the base URL
// to give to a bot, without a trailing slash, and a function that stops serving and cuts open connections.
func (s *Server) Start(addr string) (baseURL string, stop func(), err error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return "", nil, fmt.Errorf("local Telegram: %w", err)
	}
	if host != "127.0.0.1" {
		return "", nil, fmt.Errorf("local Telegram: %q is not on 127.0.0.1", addr)
	}
	listener, err := net.Listen("tcp4", addr)
	if err != nil {
		return "", nil, fmt.Errorf("local Telegram: %w", err)
	}
	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	stop = func() {
		closing := server.Close()
		if err := errors.Join(closing, <-ended); err != nil && !errors.Is(err, http.ErrServerClosed) {
			panic("local Telegram: " + err.Error())
		}
	}
	return "http://" + listener.Addr().String(), sync.OnceFunc(stop), nil
}

// Subscribe returns a channel that receives a value after something has changed (several changes may come as one), and
// a function that ends it.
func (s *Server) Subscribe() (<-chan struct{}, func()) {
	watcher := make(chan struct{}, 1)
	s.mutex.Lock()
	s.watchers[watcher] = struct{}{}
	s.mutex.Unlock()
	return watcher, func() {
		s.mutex.Lock()
		delete(s.watchers, watcher)
		s.mutex.Unlock()
	}
}

// changed wakes every watcher; the caller holds the mutex.
func (s *Server) changed() {
	for watcher := range s.watchers {
		select {
		case watcher <- struct{}{}:
		default:
		}
	}
}
