// Package raster turns pages of PDF files into pictures for phones, by the tool
// pdftoppm (poppler-utils) where the machine has it. Pages must offer the text
// and the file itself beside the pictures: the tool may be absent or fail.
package raster

import (
	"bytes"
	"container/list"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"laoqi/app/pdf/pades"
)

var (
	// ErrNone means that this machine has no tool to make pictures.
	ErrNone = errors.New("raster: pdftoppm is not installed")
	// ErrPage means that there will be no picture of a page: the file is damaged, or asks for more than a page may take.
	ErrPage = errors.New("raster: page cannot be drawn")
)

// What pages may take. An employer's file may be hostile: an image of gigabytes in
// some kilobytes, forms that draw each other a billion times.
const (
	width     = 1160            // pixels: three a point on the usual phone
	highest   = 4 * width       // of a long page, which becomes narrower instead: an upload may be 400 times as high as wide
	patience  = 6 * time.Second // for one page
	memory    = 512 << 20       // bytes for one page; an ordinary one takes 20 MB
	cacheSize = 32 << 20        // bytes of pictures kept in memory
	parallel  = 2               // pictures made at a time

	costly = 3 * time.Second  // a page that fails after that ends the drawing of its file
	rest   = 10 * time.Minute // until that file is tried again
	wary   = 1000             // files remembered for that
)

// Cache makes pictures and keeps those used last, in memory only. It is safe for
// concurrent use.
type Cache struct {
	tool  string
	slots chan struct{}

	mu     sync.Mutex
	kept   map[key]*list.Element
	recent list.List // of picture, the last used first
	size   int
	failed map[string]time.Time // files by hash, until when they are not tried
}

type key struct {
	hash string
	page int
}

type picture struct {
	key
	png []byte
}

// NewCache looks for the tool.
func NewCache() *Cache {
	tool, _ := exec.LookPath("pdftoppm") // none: Available tells
	return &Cache{tool: tool, slots: make(chan struct{}, parallel), kept: map[key]*list.Element{}, failed: map[string]time.Time{}}
}

// Available reports whether pictures can be made.
func (c *Cache) Available() bool { return c.tool != "" }

// Page returns a page, counted from 1, of the file with this hash as a PNG. The
// file is only asked for if the picture is not kept. The errors are ErrNone, ErrPage
// and those of file and ctx.
func (c *Cache) Page(ctx context.Context, hash string, page int, file func() ([]byte, error)) ([]byte, error) {
	k := key{hash, page}
	if png := c.get(k); png != nil {
		return png, nil
	}
	if !c.Available() {
		return nil, ErrNone
	}
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if png := c.get(k); png != nil {
		return png, nil
	}
	if c.resting(hash) {
		return nil, ErrPage
	}
	pdf, err := file()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	png, err := c.render(ctx, pdf, page)
	switch {
	case err == nil:
		c.put(picture{k, png})
	case ctx.Err() != nil: // nobody waits for it any more
		return nil, ctx.Err()
	case time.Since(began) > costly:
		c.giveUp(hash)
	}
	return png, err
}

// resting reports whether the file cost too much lately.
func (c *Cache) resting(hash string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Before(c.failed[hash])
}

func (c *Cache) giveUp(hash string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.failed) >= wary {
		clear(c.failed)
	}
	c.failed[hash] = time.Now().Add(rest)
}

// command runs the tool within its memory, where the system can hold it to that.
func (c *Cache) command(ctx context.Context, args ...string) *exec.Cmd {
	sh, err := exec.LookPath("sh")
	if err != nil {
		return exec.CommandContext(ctx, c.tool, args...)
	}
	limited := fmt.Sprintf(`ulimit -v %d; exec "$0" "$@"`, memory>>10)
	return exec.CommandContext(ctx, sh, append([]string{"-c", limited, c.tool}, args...)...)
}

func (c *Cache) render(ctx context.Context, pdf []byte, page int) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	boxes, err := pades.Boxes(pdf)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrPage, err)
	}
	if page < 1 || page > len(boxes) {
		return nil, fmt.Errorf("%w: there is no page %d", ErrPage, page)
	}
	across, down := strconv.Itoa(width), "-1" // as the page's shape demands
	if w, h := boxes[page-1].Size(); h*width > w*highest {
		across, down = "-1", strconv.Itoa(highest)
	}
	n := strconv.Itoa(page)
	cmd := c.command(ctx, "-png", "-cropbox", "-f", n, "-l", n, "-scale-to-x", across, "-scale-to-y", down, "-")
	var said listener
	cmd.Stdin, cmd.Stderr = bytes.NewReader(pdf), &said
	png, err := cmd.Output()
	if said.shortOfMemory {
		return nil, fmt.Errorf("%w: %d wants more memory", ErrPage, page) // the tool left something out and calls that a success
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %d: %v", ErrPage, page, err)
	}
	if len(png) == 0 {
		return nil, fmt.Errorf("%w: nothing of %d", ErrPage, page)
	}
	return png, nil
}

// A listener hears the tool say that it was short of memory.
type listener struct {
	shortOfMemory bool
	last          []byte
}

func (l *listener) Write(b []byte) (int, error) {
	const words = "Out of memory"
	l.last = append(l.last, b...)
	l.shortOfMemory = l.shortOfMemory || bytes.Contains(l.last, []byte(words))
	l.last = bytes.Clone(l.last[max(0, len(l.last)-len(words)):])
	return len(b), nil
}

func (c *Cache) get(k key) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.kept[k]
	if !ok {
		return nil
	}
	c.recent.MoveToFront(e)
	return e.Value.(picture).png
}

func (c *Cache) put(p picture) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept[p.key] = c.recent.PushFront(p)
	c.size += len(p.png)
	for c.size > cacheSize && c.recent.Len() > 1 {
		oldest := c.recent.Remove(c.recent.Back()).(picture)
		delete(c.kept, oldest.key)
		c.size -= len(oldest.png)
	}
}
