package web

// Routes lists method and path of the whole table, for the tests outside.
func Routes() (list [][2]string) {
	for _, r := range routes {
		list = append(list, [2]string{r.method, r.path})
	}
	return list
}
