package boot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/https"
	"laoqi/app/notify"
	"laoqi/app/store"
	"laoqi/app/vault"
)

var errToMend = errors.New("有待处理的项目")

func fine(what, state string) app.Finding { return app.Finding{What: what, State: state} }

func toMend(what, state, mend string) app.Finding {
	return app.Finding{What: what, State: state, Mend: mend}
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
func findings(ctx context.Context, files fs.FS, cfg Config, now time.Time) []app.Finding {
	today := cfg.BaseURL
	cfg.BaseURL = cmp.Or(givenAddress(cfg.Data), today)
	return append(stored(ctx, files, cfg.Data, now), around(ctx, cfg, today, now)...)
}

// around runs the checks that need no database, of a site whose address would be
// today's if it were started now.
func around(ctx context.Context, cfg Config, today string, now time.Time) []app.Finding {
	return []app.Finding{space(cfg.Data), messages(cfg), stamps(ctx, cfg), faceReader(ctx, cfg), reachable(ctx, cfg.BaseURL, today), certificate(cfg, now), backedUp(cfg.Data, now)}
}

// examine runs every check but those of the whole database and log, which take as long
// as these are large.
func (s *site) examine(ctx context.Context) ([]app.Finding, error) {
	now := s.DB.Now().Time
	list, err := known(ctx, s.DB, s.cfg.Data, now)
	return append(list, around(ctx, s.cfg, s.cfg.today(), now)...), err
}

// stored checks what needs the database: itself, its log, the clock and the key.
func stored(ctx context.Context, files fs.FS, data string, now time.Time) []app.Finding {
	what := "数据库"
	path := filepath.Join(data, store.File)
	if _, err := os.Stat(path); err != nil {
		return []app.Finding{toMend(what, "找不到 "+path, "请用 -data 指定数据文件夹，或从备份恢复")}
	}
	damaged := func(err error) []app.Finding {
		return []app.Finding{toMend(what, fmt.Sprintf("无法读取（%v）", err), "请停止系统，从最近的备份恢复")}
	}
	db, err := openData(ctx, files, data)
	if err != nil {
		return damaged(err)
	}
	defer db.Close()
	if err := db.Check(ctx); err != nil {
		return damaged(err)
	}
	list, err := known(ctx, db, data, now)
	if err != nil {
		return damaged(err)
	}
	return append([]app.Finding{fine(what, "完整"), logged(ctx, db)}, list...)
}

// logged follows the hash chain of the audit log from its first row.
func logged(ctx context.Context, db *store.DB) app.Finding {
	what := "操作记录"
	n, err := audit.Verify(ctx, db)
	if err != nil {
		return toMend(what, fmt.Sprintf("前 %d 条连续，之后对不上（%v）", n, err), "数据库可能被人改动，请保留现在的数据文件夹，查明原因，再从改动之前的备份恢复")
	}
	return fine(what, fmt.Sprintf("%d 条，前后连续", n))
}

// known checks clock, key, timestamps and text messages against what the database holds.
func known(ctx context.Context, db *store.DB, data string, now time.Time) ([]app.Finding, error) {
	newest, sealed, err := audit.Newest(ctx, db)
	if err != nil {
		return nil, err
	}
	stamps, err := lasting(ctx, db, data, now)
	if err != nil {
		return nil, err
	}
	imported, err := stampKey(ctx, db, now)
	if err != nil {
		return nil, err
	}
	lost, err := undelivered(ctx, db, now)
	return slices.Concat([]app.Finding{clock(newest, now), key(filepath.Join(data, "key"), sealed), stamps}, imported, lost), err
}

// undelivered tells of the text messages that the provider did not take.
func undelivered(ctx context.Context, db *store.DB, now time.Time) ([]app.Finding, error) {
	n, err := notify.GivenUp(ctx, db, app.At(now.AddDate(0, 0, -7)))
	if err != nil || n == 0 {
		return nil, err
	}
	return []app.Finding{toMend("短信发送", fmt.Sprintf("最近 7 天有 %d 条短信试了一天也没有发出", n), "请检查短信接口；接口正常的，多半是手机号码有误，请单位核对并提醒员工")}, nil
}

// clock compares the time with that of the newest recorded step.
func clock(newest, now time.Time) app.Finding {
	f := fine("系统时间", now.In(app.Zone).Format(time.DateTime))
	if now.Before(newest) {
		f.State += "，早于最近一次操作的 " + newest.In(app.Zone).Format(time.DateTime)
		f.Mend = "请校准这台电脑的时间"
	}
	return f
}

// key checks the key file against a sealed audit detail, empty in a new installation.
func key(path string, sealed []byte) app.Finding {
	what := "密钥文件"
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return toMend(what, "找不到 "+path, "请把另存的 key 放回数据文件夹")
	}
	v, failed := vault.Open(path, false)
	if err := errors.Join(err, failed); err != nil {
		return toMend(what, fmt.Sprintf("无法读取（%v）", err), "请用另存的 key 替换它")
	}
	if len(sealed) > 0 {
		if _, _, err := audit.New(v).Open(sealed); err != nil {
			return toMend(what, "与数据库不匹配", "请换回这个数据库原来的 key")
		}
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		return toMend(what, fmt.Sprintf("权限是 %04o，其他用户可能读到", info.Mode().Perm()), "请运行 chmod 600 "+path)
	}
	return fine(what, "与数据库匹配")
}

const littleSpace = 1 << 30

// space checks the free room on the disk of the data folder.
func space(data string) app.Finding {
	what := "磁盘空间"
	free, err := freeSpace(data)
	if err != nil {
		return toMend(what, fmt.Sprintf("无法得知（%v）", err), "请自行查看数据文件夹所在磁盘的剩余空间")
	}
	return room(free)
}

// room judges the free bytes of the disk.
func room(free uint64) app.Finding {
	f := fine("磁盘空间", fmt.Sprintf("剩余 %.1f GB", float64(free)/(1<<30)))
	if free < littleSpace {
		f.Mend = "请清理磁盘，至少留出 1 GB"
	}
	return f
}

// messages checks that text messages can be sent.
func messages(cfg Config) app.Finding {
	what := "短信接口"
	switch {
	case cfg.Demo:
		return fine(what, "演示，短信显示在首页")
	case cfg.SMSURL == "":
		return toMend(what, "没有配置", "请用 -sms-url 指定短信接口，否则不能注册账号")
	}
	return fine(what, "已配置")
}

// faceReader asks the service outside that reads faces, if there is one.
func faceReader(ctx context.Context, cfg Config) app.Finding {
	what := "人脸验证"
	switch {
	case cfg.Face == faceOff:
		return fine(what, "已关闭，用短信验证码或通行密钥办理")
	case cfg.FaceURL == "":
		return fine(what, "由本机的模型比对，画面不外传")
	}
	if err := faceService(cfg).Answers(ctx); err != nil {
		return toMend(what, fmt.Sprintf("人脸服务没有正确应答（%v）", err), "请检查 -face-url、-face-secret、网络和两边的时间；恢复之前，各项业务可以改用短信验证码")
	}
	return fine(what, "人脸服务应答正常")
}

// reachable checks that the address in the QR codes is still this installation's and
// that something answers there.
func reachable(ctx context.Context, address, today string) app.Finding {
	what := "二维码里的地址"
	base, err := url.Parse(address)
	if err != nil || base.Hostname() == "" {
		return toMend(what, address+" 不是网址", "请用 -base-url 指定手机能打开的地址")
	}
	if now, err := url.Parse(today); err == nil && today != address && !https.Loopback(now.Hostname()) {
		return toMend(what, fmt.Sprintf("系统启动时用的是 %s，按现在的网络和设置应是 %s", address, today),
			"请重新启动系统；要让印在合同上的地址一直能打开，请在路由器上给这台电脑固定地址，或用 -base-url 指定名称")
	}
	if https.Loopback(base.Hostname()) {
		return toMend(what, address+" 只有这台电脑能打开", "请连上单位网络，或用 -base-url 指定手机能打开的地址")
	}
	port := base.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[base.Scheme]
	}
	dialer := net.Dialer{Timeout: 3 * time.Second}
	connection, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(base.Hostname(), port))
	if err != nil {
		return toMend(what, address+" 连接不上", "请检查系统是否已启动、网络是否连上、地址和端口是否正确、防火墙是否允许")
	}
	connection.Close()
	return fine(what, address+" 可以连接")
}

const oldBackup = 7 * 24 * time.Hour

// backedUp checks when the last backup ended.
func backedUp(data string, now time.Time) app.Finding {
	what, mend := "最近备份", "请运行 laoqi backup 备份文件夹 -data "+data
	text, err := os.ReadFile(filepath.Join(data, lastBackup))
	if errors.Is(err, fs.ErrNotExist) {
		return toMend(what, "还没有备份过", mend)
	}
	at, failed := time.Parse(time.RFC3339, strings.TrimSpace(string(text)))
	if err := errors.Join(err, failed); err != nil {
		return toMend(what, "时间无法读取", mend)
	}
	f := fine(what, at.In(app.Zone).Format(time.DateTime))
	if now.Sub(at) > oldBackup {
		f.State += "，已超过 7 天"
		f.Mend = mend
	}
	return f
}
