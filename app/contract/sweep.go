package contract

import "context"

// Sweep sets files aside that no document names: what was signed when the process
// died before it could commit. Call it before anything can be signed.
func (s *Service) Sweep(ctx context.Context) error {
	return s.Files.Sweep(func(name string) (bool, error) { return s.DB.FileUsed(ctx, name) })
}
