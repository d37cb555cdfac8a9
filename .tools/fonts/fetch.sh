#!/bin/sh
# Fetches the whole fonts that cut.py cuts, into the folder given.
# Needs npm, apt-get, python3-fonttools, unicode-data, fonts-lxgw-wenkai.
set -eu
out=${1:?folder}
mkdir -p "$out" && cd "$out"
for face in noto-serif-sc noto-sans-sc; do
	archive=$(npm pack --silent "@expo-google-fonts/$face@0.4.3")
	rm -rf "$face" && mkdir "$face"
	tar xzf "$archive" -C "$face" --strip-components=1
	rm "$archive"
done
cp /usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf .
cp /usr/share/doc/fonts-lxgw-wenkai/copyright wenkai-copyright
apt-get download texlive-lang-chinese
dpkg-deb -x texlive-lang-chinese_*.deb fandol
cp fandol/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf .
cp fandol/usr/share/doc/texlive-doc/fonts/fandol/README fandol-README
cp fandol/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz fandol-COPYING.gz
rm -rf fandol texlive-lang-chinese_*.deb
apt-get download rime-data-stroke
dpkg-deb -x rime-data-stroke_*.deb stroke
cp stroke/usr/share/rime-data/stroke.dict.yaml .
rm -rf stroke rime-data-stroke_*.deb
