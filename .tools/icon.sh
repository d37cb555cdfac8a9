#!/bin/sh
# Draws the program's icon: a plain red square with 支部台账 in white. Needs ImageMagick.
set -eu
cd "$(dirname "$0")/.."
convert -size 512x512 xc:none -fill '#9B1B1F' -draw 'roundrectangle 0,0 511,511 40,40' \
	-fill none -stroke white -strokewidth 10 -draw 'roundrectangle 36,36 475,475 24,24' \
	-stroke none -fill white -font assets/fonts/screen-bold.otf -pointsize 196 \
	-gravity center -annotate +0-98 支部 -annotate +0+98 台账 \
	-colors 256 -define png:color-type=3 -define png:exclude-chunks=date,time -strip assets/icon.png
