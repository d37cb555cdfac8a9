package assets

import _ "embed" // the faces are part of the program

// The print faces, TrueType outlines. They are strings so that nobody can write
// into them. Their origin and licences are in fonts/README.md.

//go:embed fonts/ZhibuSong-Regular.ttf
var song string

//go:embed fonts/ZhibuSong-Black.ttf
var songBlack string

//go:embed fonts/ZhibuHei-Bold.ttf
var heiBold string

//go:embed fonts/ZhibuKai-Regular.ttf
var kai string

//go:embed fonts/ZhibuKai-Light.ttf
var kaiLight string

//go:embed fonts/ZhibuRare-Regular.ttf
var rare string

//go:embed fonts/tongyong.txt
var tongyong string

// Song returns 宋体, the face of tables and page numbers.
func Song() string { return song }

// SongBlack returns the face that stands for 小标宋, the face of titles.
func SongBlack() string { return songBlack }

// Hei returns 黑体, the face of first-level headings.
func Hei() string { return heiBold }

// Kai returns 楷体, the face of second-level headings.
func Kai() string { return kai }

// KaiLight returns a light 楷体 of the characters that 仿宋 lacks.
func KaiLight() string { return kaiLight }

// Rare returns the characters of the basic block that the other faces lack.
func Rare() string { return rare }

// Tongyong returns the characters of 通用规范汉字表 in the order of 姓氏笔画, one line
// per stroke count: "strokes characters".
func Tongyong() string { return tongyong }

// FangFile is the name of the 仿宋 file that is shipped beside the program, not
// inside it (its licence is the GPL with font exception).
const FangFile = "ZhibuFang-Regular.ttf"
