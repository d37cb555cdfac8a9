// Package ui is the face of the program: Fyne only, and it decides nothing. What
// is shown and what may be done comes from app/screen; how it looks from kit.
package ui
