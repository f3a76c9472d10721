package boot

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/store"
)

var (
	errNotRenewed = errors.New("有文件没有续期")
	errNobodyRuns = errors.New("系统没有运行：任务已登记，请启动系统，它会自动续期")
)

// archiveStamp has the running installation renew the timestamps that end soon, and
// tells how that goes. It may be stopped: the installation goes on.
func archiveStamp(ctx context.Context, w World) error {
	f := flag.NewFlagSet("laoqi archive-stamp", flag.ContinueOnError)
	f.SetOutput(w.Err)
	data := f.String("data", cmp.Or(w.Getenv("LAOQI_DATA"), "data"), "data folder of the installation")
	days := f.Int("within", int(contract.RenewWithin.Hours()/24), "days within which a timestamp's authority ends")
	if err := f.Parse(w.Args); err != nil {
		return err
	}
	if *days < 1 || f.NArg() > 0 {
		return errors.New("usage: laoqi archive-stamp [-within DAYS] [-data FOLDER]")
	}
	if err := present(*data); err != nil {
		return err
	}
	db, err := openData(ctx, w.Files, *data)
	if err != nil {
		return err
	}
	r := renewal{Archive: contract.Archive{DB: db, Before: app.At(time.Now().AddDate(0, 0, *days))}, out: w.Out, patience: 2 * time.Minute, pace: time.Second}
	return errors.Join(r.run(ctx), db.Close())
}

// renewal watches the job in the running installation, which looks for jobs of other
// processes once a minute.
type renewal struct {
	contract.Archive
	out      io.Writer
	patience time.Duration // how long nothing may happen
	pace     time.Duration // between two looks
}

func (r renewal) run(ctx context.Context) error {
	all, err := r.Left(ctx)
	if err != nil {
		return err
	}
	if all == 0 {
		fmt.Fprintln(r.out, "没有需要续期的时间戳。")
		return nil
	}
	if err := r.Ask(ctx); err != nil {
		return err
	}
	fmt.Fprintf(r.out, "%d 份文件的时间戳需要续期，等待系统处理（最多一分钟）。可以随时中断，系统会继续。\n", all)
	problem, err := r.watch(ctx, all)
	if err != nil {
		return err
	}
	left, err := r.Left(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(r.out, "已续期 %d 份，剩余 %d 份。\n", all-left, left)
	switch {
	case left == 0:
		return nil
	case problem != "":
		fmt.Fprintf(r.out, "最近一次没有成功：%s。系统会自动重试。\n", problem)
	default:
		fmt.Fprintln(r.out, "时间戳机构目前的证书不比剩余文件的更晚到期，续期没有意义；等机构更换证书后再运行（本系统自签发的，请重新启动系统）。")
	}
	return errNotRenewed
}

// watch prints the progress until the job is over or fails; a job that nobody takes
// up within the patience is an error.
func (r renewal) watch(ctx context.Context, all int64) (problem string, err error) {
	shown, since := int64(0), time.Now()
	for {
		open, problem, err := r.Job(ctx)
		if err != nil || !open || problem != "" {
			return problem, err
		}
		left, err := r.Left(ctx)
		if err != nil {
			return "", err
		}
		if done := all - left; done > shown {
			shown, since = done, time.Now()
			fmt.Fprintf(r.out, "已续期 %d / %d\n", done, all)
		}
		if time.Since(since) > r.patience {
			return "", errNobodyRuns
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(r.pace):
		}
	}
}

// lasting checks how long the timestamps of the documents last.
func lasting(ctx context.Context, db *store.DB, data string, now time.Time) (app.Finding, error) {
	what := "时间戳期限"
	a := contract.Archive{DB: db, Before: app.At(now.Add(contract.RenewWithin))}
	n, err := a.Left(ctx)
	if err != nil {
		return app.Finding{}, err
	}
	first, err := a.First(ctx)
	switch {
	case err != nil:
		return app.Finding{}, err
	case first.IsZero():
		return fine(what, "还没有签署完成的文件"), nil
	case n == 0:
		return fine(what, "最早 "+app.DateOf(first.Time).Chinese()+" 到期"), nil
	}
	return toMend(what, fmt.Sprintf("%d 份文件的时间戳最早 %s 到期", n, app.DateOf(first.Time).Chinese()), "请运行 laoqi archive-stamp -data "+data), nil
}
