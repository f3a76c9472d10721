package boot

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"laoqi/app/https"
)

// begin reads the configuration of a start. It waits a while for a network on which to
// find the site's address.
func begin(ctx context.Context, w World) (Config, error) {
	cfg, err := readConfig(w, ":8080")
	if err != nil || !cfg.adrift() {
		return cfg, err
	}
	join(ctx, w.Out, func() bool { return !https.Loopback(https.LanAddress()) })
	return readConfig(w, ":8080")
}

// joining is how long that takes at most: Windows starts its services before the network.
const joining = time.Minute

// join says that it waits, and does until the machine has joined a network.
func join(ctx context.Context, out io.Writer, joined func() bool) {
	fmt.Fprintln(out, "这台电脑还没有连上网络，连上后继续启动，最多等 1 分钟。")
	ctx, stop := context.WithTimeout(ctx, joining)
	defer stop()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for !joined() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// lastAddress is the file in the data folder that tells the site's address since the last start.
const lastAddress = "last-address"

func noteAddress(data, address string) error {
	return os.WriteFile(filepath.Join(data, lastAddress), []byte(address+"\n"), 0o600)
}

// givenAddress is the one that noteAddress noted, "" for none.
func givenAddress(data string) string {
	text, _ := os.ReadFile(filepath.Join(data, lastAddress)) // before the first start there is none
	return strings.TrimSpace(string(text))
}
