// Package boot reads the configuration, wires the parts together, and starts
// and stops them in order.
package boot

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/vault"
)

// World is what the program is given from outside.
type World struct {
	Files  fs.FS // static/ and schema.sql
	Args   []string
	Getenv func(string) string
	Out    io.Writer
	Err    io.Writer
}

const usage = `laoqi                 start the installation in the data folder
laoqi demo            start a demo on a throw-away data folder
laoqi desk NAME       add a reviewer's account; the password is read from LAOQI_PASSWORD
laoqi desk-end NAME   end a reviewer's account, which is logged out everywhere
laoqi desk-password NAME  give a reviewer's account another password, read from LAOQI_PASSWORD; it is logged out everywhere
laoqi check FILE.pdf  tell who signed a file, when, and whether it was changed; trusts the installation of -data
                      (exit code 0: all is well; 3: nobody known vouches for a signer; 1: anything else)
laoqi backup FOLDER   copy the installation of -data, which may be running, all but its key file
laoqi archive-stamp   renew, by the running installation of -data, the timestamps that end within -within days (180)
                      (exit code 0: none is left; 1: some are, it says why)
laoqi tsa-import FILE.p12  have a time-stamp authority's key and certificate stamp the documents from the next start on; the
                      password of the file is read from LAOQI_PASSWORD
laoqi doctor          check the installation, given the flags that start it (exit code 0: all is well; 1: something to mend)
laoqi face-bench FOLDER  try the face model on pictures, a folder a person: who is confused, how long it takes; keeps no picture

`

// Main runs the command that the arguments name and returns the exit code.
func Main(ctx context.Context, w World) int {
	err := run(ctx, w)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 2
	case err == nil:
		return 0
	}
	fmt.Fprintln(w.Err, "laoqi:", err)
	if errors.Is(err, errUnvouched) {
		return 3
	}
	return 1
}

func run(ctx context.Context, w World) error {
	command := ""
	if len(w.Args) > 0 && w.Args[0] != "" && w.Args[0][0] != '-' {
		command, w.Args = w.Args[0], w.Args[1:]
	}
	switch command {
	case "":
		return serve(ctx, w)
	case "demo":
		return serveDemo(ctx, w)
	case "desk", "desk-end", "desk-password":
		return deskAccount(ctx, w, command)
	case "check":
		return checkFile(ctx, w)
	case "backup":
		return backUp(ctx, w)
	case "archive-stamp":
		return archiveStamp(ctx, w)
	case "tsa-import":
		return importTSA(ctx, w)
	case "doctor":
		return examine(ctx, w)
	case "face-bench":
		return benchFaces(ctx, w)
	}
	fmt.Fprint(w.Err, usage)
	return fmt.Errorf("no command %q", command)
}

func logger(w World) *slog.Logger { return slog.New(slog.NewTextHandler(w.Err, nil)) }

// open wires the installation that the arguments describe.
func open(ctx context.Context, w World) (*site, error) {
	cfg, err := readConfig(w, ":8080")
	if err != nil {
		return nil, err
	}
	return wire(ctx, w.Files, cfg, time.Now, logger(w))
}

func serve(ctx context.Context, w World) error {
	cfg, err := begin(ctx, w)
	if err != nil || ctx.Err() != nil {
		return err
	}
	s, err := wire(ctx, w.Files, cfg, time.Now, logger(w))
	if err != nil {
		return err
	}
	return s.serve(ctx, func(address string) error {
		fmt.Fprintf(w.Out, "劳契已启动：%s\n", address)
		s.explain(w.Out)
		fmt.Fprintf(w.Out, "数据文件夹：%s（密钥文件 key 丢失后，加密的数据无法恢复，请与数据库分开备份）\n", s.cfg.Data)
		if s.setupCode != "" {
			fmt.Fprintf(w.Out, "首次使用，请在浏览器打开，输入一次性安装码：%s\n", s.setupCode)
		}
		if s.cfg.SMSURL == "" {
			fmt.Fprintln(w.Out, "注意：没有配置短信接口（-sms-url），不能注册账号，也不能启用电子劳动合同。")
		}
		return noteAddress(s.cfg.Data, address)
	})
}

func serveDemo(ctx context.Context, w World) error {
	cfg, err := readConfig(w, "127.0.0.1:8080")
	if err != nil {
		return err
	}
	cfg.Data, err = os.MkdirTemp("", "laoqi-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(cfg.Data)
	cfg.Demo = true
	cfg.sample()
	s, err := wire(ctx, w.Files, cfg, time.Now, logger(w))
	if err != nil {
		return err
	}
	return s.serve(ctx, func(address string) error {
		seed := demo.Seed{Office: s.Office, Screen: s.screen, Today: app.DateOf(time.Now())}
		if err := seed.Run(ctx); err != nil {
			return err
		}
		fmt.Fprintf(w.Out, "劳契演示：%s\n按 Ctrl+C 结束，数据随即删除。\n", address)
		return nil
	})
}

func newSetupCode() string { return vault.Token()[:10] }
