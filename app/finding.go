package app

// Finding is what one check of the installation found. Mend says what to do, "" if
// all is well.
type Finding struct {
	What, State, Mend string
}
