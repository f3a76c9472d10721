// Package app holds the words that every part of Laoqi shares: errors, dates,
// accounts and their permissions, the states of filings and contracts, and the
// rules of identity numbers. It imports the standard library only.
package app
