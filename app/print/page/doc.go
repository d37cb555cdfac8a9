// Package page is what paper is made of: a display list in millimetres (text
// runs, lines, boxes, pictures, bookmarks), the layout that fills it (lines with
// 禁则, paragraphs on a grid, tables that break over pages), and two ways out:
// one writer to PDF and one painter to an image. Forms never see either.
package page
