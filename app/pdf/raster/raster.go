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

// ErrNone means that this machine has no tool to make pictures.
var ErrNone = errors.New("raster: pdftoppm is not installed")

const (
	width     = 1160             // pixels: three a point on the usual phone
	highest   = 4 * width        // of a long page, which becomes narrower instead: an upload may be 400 times as high as wide
	patience  = 10 * time.Second // for one page
	cacheSize = 32 << 20         // bytes of pictures kept in memory
	parallel  = 2                // pictures made at a time
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
	return &Cache{tool: tool, slots: make(chan struct{}, parallel), kept: map[key]*list.Element{}}
}

// Available reports whether pictures can be made.
func (c *Cache) Available() bool { return c.tool != "" }

// Page returns a page, counted from 1, of the file with this hash as a PNG. The
// file is only asked for if the picture is not kept.
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
	pdf, err := file()
	if err != nil {
		return nil, err
	}
	png, err := c.render(ctx, pdf, page)
	if err == nil {
		c.put(picture{k, png})
	}
	return png, err
}

func (c *Cache) render(ctx context.Context, pdf []byte, page int) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	boxes, err := pades.Boxes(pdf)
	if err != nil {
		return nil, fmt.Errorf("raster: %w", err)
	}
	if page < 1 || page > len(boxes) {
		return nil, fmt.Errorf("raster: no page %d", page)
	}
	across, down := strconv.Itoa(width), "-1" // as the page's shape demands
	if w, h := boxes[page-1].Size(); h*width > w*highest {
		across, down = "-1", strconv.Itoa(highest)
	}
	n := strconv.Itoa(page)
	cmd := exec.CommandContext(ctx, c.tool, "-png", "-cropbox", "-f", n, "-l", n, "-scale-to-x", across, "-scale-to-y", down, "-")
	cmd.Stdin = bytes.NewReader(pdf)
	png, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("raster: page %d: %w", page, err)
	}
	if len(png) == 0 {
		return nil, fmt.Errorf("raster: nothing of page %d", page)
	}
	return png, nil
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
