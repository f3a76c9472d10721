package boot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/https"
	"laoqi/app/store"
	"laoqi/app/vault"
)

var errToMend = errors.New("有待处理的项目")

// finding is what one check found. Mend says what to do, "" if all is well.
type finding struct {
	What, State, Mend string
}

// examine prints what the checks find in an installation, which may be running.
func examine(ctx context.Context, w World) error {
	cfg, err := readConfig(w, ":8080")
	if err != nil {
		return err
	}
	for _, f := range findings(ctx, w.Files, cfg, time.Now()) {
		if f.Mend == "" {
			fmt.Fprintf(w.Out, "[正常] %s：%s\n", f.What, f.State)
			continue
		}
		err = errToMend
		fmt.Fprintf(w.Out, "[待处理] %s：%s。%s。\n", f.What, f.State, f.Mend)
	}
	return err
}

// findings runs every check of the installation that the configuration describes.
func findings(ctx context.Context, files fs.FS, cfg Config, now time.Time) []finding {
	return append(stored(ctx, files, cfg.Data, now),
		space(cfg.Data), messages(cfg.SMSURL), reachable(ctx, cfg.BaseURL), certificate(cfg, now), backedUp(cfg.Data, now))
}

// stored checks what needs the database: itself, the clock and the key.
func stored(ctx context.Context, files fs.FS, data string, now time.Time) []finding {
	what := "数据库"
	path := filepath.Join(data, store.File)
	if _, err := os.Stat(path); err != nil {
		return []finding{{what, "找不到 " + path, "请用 -data 指定数据文件夹，或从备份恢复"}}
	}
	damaged := func(err error) []finding {
		return []finding{{what, fmt.Sprintf("无法读取（%v）", err), "请停止系统，从最近的备份恢复"}}
	}
	schema, err := fs.ReadFile(files, "schema.sql")
	if err != nil {
		return damaged(err)
	}
	db, err := store.Open(ctx, data, string(schema), time.Now)
	if err != nil {
		return damaged(err)
	}
	defer db.Close()
	if err := db.Check(ctx); err != nil {
		return damaged(err)
	}
	newest, sealed, err := audit.Newest(ctx, db)
	if err != nil {
		return damaged(err)
	}
	return []finding{{What: what, State: "完整"}, clock(newest, now), key(filepath.Join(data, "key"), sealed)}
}

// clock compares the time with that of the newest recorded step.
func clock(newest, now time.Time) finding {
	f := finding{What: "系统时间", State: now.In(app.Zone).Format(time.DateTime)}
	if now.Before(newest) {
		f.State += "，早于最近一次操作的 " + newest.In(app.Zone).Format(time.DateTime)
		f.Mend = "请校准这台电脑的时间"
	}
	return f
}

// key checks the key file against a sealed audit detail, empty in a new installation.
func key(path string, sealed []byte) finding {
	what := "密钥文件"
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return finding{what, "找不到 " + path, "请把另存的 key 放回数据文件夹"}
	}
	v, failed := vault.Open(path, false)
	if err := errors.Join(err, failed); err != nil {
		return finding{what, fmt.Sprintf("无法读取（%v）", err), "请用另存的 key 替换它"}
	}
	if len(sealed) > 0 {
		if _, _, err := audit.New(v).Open(sealed); err != nil {
			return finding{what, "与数据库不匹配", "请换回这个数据库原来的 key"}
		}
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		return finding{what, fmt.Sprintf("权限是 %04o，其他用户可能读到", info.Mode().Perm()), "请运行 chmod 600 " + path}
	}
	return finding{What: what, State: "与数据库匹配"}
}

const littleSpace = 1 << 30

// space checks the free room on the disk of the data folder.
func space(data string) finding {
	what := "磁盘空间"
	free, err := freeSpace(data)
	if err != nil {
		return finding{what, fmt.Sprintf("无法得知（%v）", err), "请自行查看数据文件夹所在磁盘的剩余空间"}
	}
	f := finding{What: what, State: fmt.Sprintf("剩余 %.1f GB", float64(free)/(1<<30))}
	if free < littleSpace {
		f.Mend = "请清理磁盘，至少留出 1 GB"
	}
	return f
}

// messages checks that text messages can be sent.
func messages(url string) finding {
	if url == "" {
		return finding{"短信接口", "没有配置", "请用 -sms-url 指定短信接口，否则不能注册账号"}
	}
	return finding{What: "短信接口", State: "已配置"}
}

// reachable checks that the address in the QR codes is this installation's and
// that something answers there.
func reachable(ctx context.Context, address string) finding {
	what := "二维码里的地址"
	base, err := url.Parse(address)
	if err != nil || base.Hostname() == "" {
		return finding{what, address + " 不是网址", "请用 -base-url 指定手机能打开的地址"}
	}
	if https.Loopback(base.Hostname()) {
		return finding{what, address + " 只有这台电脑能打开", "请连上单位网络，或用 -base-url 指定手机能打开的地址"}
	}
	port := base.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[base.Scheme]
	}
	dialer := net.Dialer{Timeout: 3 * time.Second}
	connection, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(base.Hostname(), port))
	if err != nil {
		return finding{what, address + " 连接不上", "请先启动系统，再检查地址、端口和防火墙"}
	}
	connection.Close()
	return finding{What: what, State: address + " 可以连接"}
}

const oldBackup = 7 * 24 * time.Hour

// backedUp checks when the last backup ended.
func backedUp(data string, now time.Time) finding {
	what, mend := "最近备份", "请运行 laoqi backup 备份文件夹 -data "+data
	text, err := os.ReadFile(filepath.Join(data, lastBackup))
	if errors.Is(err, fs.ErrNotExist) {
		return finding{what, "还没有备份过", mend}
	}
	at, failed := time.Parse(time.RFC3339, strings.TrimSpace(string(text)))
	if err := errors.Join(err, failed); err != nil {
		return finding{what, "时间无法读取", mend}
	}
	f := finding{What: what, State: at.In(app.Zone).Format(time.DateTime)}
	if now.Sub(at) > oldBackup {
		f.State += "，已超过 7 天"
		f.Mend = mend
	}
	return f
}
