// Package layout holds the shells that pages are put into: the hall and the
// desk, the mobile site, and plain pages for those who are not logged in.
package layout

import "laoqi/views/part"

// Frame is what every page shows around its own content.
type Frame struct {
	Title     string // of the page, its only h1
	Lead      string // one line beside the title, "" for none
	Product   string // 劳契
	HallTitle string // 劳动关系网厅
	Demo      bool   // every page then says 演示

	Asset   func(name string) string // address of a file of static/, by its content's hash
	Scripts []string                 // further files of static/ that this page needs
	Token   string                   // submission token of the log-out form

	Who        string // who is logged in, "" for nobody
	Enterprise string // whom they act for, "" for themselves
	HomeURL    string
	LogoutURL  string
	SwitchURL  string // 切换企业, "" for who acts for no other

	Tabs      Tabs   // of the mobile site
	Unread    int    // messages not read yet
	UnreadURL string // fragment with the count, fetched again on each UnreadEvent
	EventsURL string // stream of the page's events, "" for none

	ManifestURL string // of the site as an app, "" where it is none
	WorkerURL   string // service worker of the app
	Scope       string // below which the worker serves

	Flash   *part.Flash
	Refresh int // seconds after which a page that hears no events loads again, 0 for never
}

// The colours of the app around its pages: the tokens --brand and --bg.
const (
	Theme      = "#0b57b0"
	Background = "#f3f5f8"
)

// UnreadEvent is the event upon which the count of unread messages is fetched again.
const UnreadEvent = "unread"

// EndEvent is the last event of a stream whose session is over; the page then
// loads again and so arrives at the log-in.
const EndEvent = "end"

// SignatureScript is the entry of Frame.Scripts that part.SignPad needs.
const SignatureScript = "vendor/signature_pad/signature_pad.umd.min.js"

// PasskeyScript is the entry of Frame.Scripts that speaks to the device's passkeys.
const PasskeyScript = "passkey.js"

// NavGroup is a headed block of the left menu.
type NavGroup struct {
	Label string
	Items []NavItem
}

// NavItem is one entry of the left menu; its children stand indented below it.
type NavItem struct {
	Label    string
	URL      string
	Current  bool
	Children []NavItem
}

// Crumb is a step of the way to the page; the last one has no URL.
type Crumb struct{ Label, URL string }

// MobileBar is the bar on top of a mobile page; the title is the frame's.
type MobileBar struct {
	BackURL string       // "" for no way back
	Action  *part.Action // top right, nil for none
}

// Tab is an entry of the bottom bar of the mobile site.
type Tab int

// The entries of the bottom bar. A page with NoTab has no bar.
const (
	NoTab Tab = iota
	HomeTab
	MessagesTab
	ScanTab
	MineTab
)

// Tabs holds the addresses of the bottom bar. Messages also leads to the inbox
// from the head of the hall.
type Tabs struct{ Home, Messages, Scan, Mine string }
