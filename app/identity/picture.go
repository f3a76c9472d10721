package identity

import (
	"context"
	"errors"

	"laoqi/app/store"
)

// KeepPicture stores a picture, sealed, with the transaction that is to name it. If
// that fails, the picture goes again.
func (s *Service) KeepPicture(ctx context.Context, picture []byte, refer func(tx *store.Tx, name string) error) error {
	name, err := s.putPicture(ctx, picture, refer)
	if err != nil && name != "" {
		return errors.Join(err, s.DropPicture(context.WithoutCancel(ctx), name))
	}
	return err
}

// putPicture keeps whoever deletes pictures away until the database names this one.
func (s *Service) putPicture(ctx context.Context, picture []byte, refer func(tx *store.Tx, name string) error) (name string, err error) {
	s.pictures.RLock()
	defer s.pictures.RUnlock()
	if name, err = s.files.Put(picture); err != nil {
		return name, err
	}
	return name, s.db.Write(ctx, func(tx *store.Tx) error { return refer(tx, name) })
}

// DropPicture deletes a picture that is no longer needed. Equal pictures are one
// file, so it stays while anything else rests on it. Call it outside of transactions.
func (s *Service) DropPicture(ctx context.Context, name string) error {
	s.pictures.Lock()
	defer s.pictures.Unlock()
	if used, err := s.db.PictureUsed(ctx, name); err != nil || used {
		return err
	}
	return s.files.Remove(name)
}

// purgePictures deletes what a crash left: pictures that nothing names.
func (s *Service) purgePictures(ctx context.Context) error {
	s.pictures.Lock()
	defer s.pictures.Unlock()
	return s.files.Purge(func(name string) (bool, error) { return s.db.PictureUsed(ctx, name) })
}
