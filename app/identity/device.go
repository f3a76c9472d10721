package identity

import (
	"context"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
)

// OpenSession is one log-in of an account, as its owner may see it.
type OpenSession struct {
	Face    string
	Device  string // a word for the kind of device
	Address string
	Since   app.Time
	Seen    app.Time
	Own     bool // the one that asks
}

// OpenSessions lists the log-ins of the actor's account, the one used last first;
// also those that act for another account now and may return to this one.
func (s *Service) OpenSessions(ctx context.Context, by app.Actor) ([]OpenSession, error) {
	rows, err := s.db.OpenSessions(ctx, store.OpenSessionsParams{AccountID: by.Account, NowAt: s.db.Now()})
	list := make([]OpenSession, len(rows))
	for i, r := range rows {
		list[i] = OpenSession{r.Face, DeviceName(r.Agent), r.Address, r.CreatedAt, r.SeenAt, r.ID == by.Session}
	}
	return list, err
}

// devices are words in a User-Agent header and what they mean, in this order.
var devices = [][2]string{
	{"MicroMessenger", "微信"}, {"iPhone", "苹果手机"}, {"iPad", "苹果平板"}, {"HarmonyOS", "鸿蒙手机"}, {"Android", "安卓手机"},
	{"Windows", "Windows 电脑"}, {"Macintosh", "苹果电脑"}, {"Linux", "Linux 电脑"},
}

// DeviceName is a word for the kind of device that sends the header User-Agent.
func DeviceName(agent string) string {
	for _, d := range devices {
		if strings.Contains(agent, d[0]) {
			return d[1]
		}
	}
	return "其他设备"
}

// EndOtherSessions ends all sessions of the actor's account but the one that asks
// (退出其他设备).
func (s *Service) EndOtherSessions(ctx context.Context, by app.Actor) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		ended, err := s.endSessions(ctx, tx, by.Account, by.Session)
		if err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "sessions.ended", audit.Subject("account", by.Account), audit.Facts{"count": ended})
	})
}

// DeviceLife is how long after a log-in it is known with which browser.
const DeviceLife = 180 * 24 * time.Hour

func (s *Service) seeDevice(ctx context.Context, tx *store.Tx, account int64, d app.Device) error {
	if d.Mark == "" {
		return nil
	}
	return tx.SeeDevice(ctx, store.SeeDeviceParams{AccountID: account, DeviceHash: s.vault.Index("device", d.Mark), SeenAt: tx.Now})
}

// SharesDevice reports whether whoever has the ID number with the hash logged in with
// the same browser as somebody else who acts for the enterprise: its legal rep, an
// agent, an operator (同一设备). Such a signature may be another's.
func (s *Service) SharesDevice(ctx context.Context, q *store.Queries, numberHash []byte, enterprise int64) (bool, error) {
	return q.DeviceOfStaff(ctx, store.DeviceOfStaffParams{IDHash: numberHash, EnterpriseID: app.Ref(enterprise)})
}
