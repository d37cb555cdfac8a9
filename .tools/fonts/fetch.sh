#!/bin/sh
# Fetches the whole fonts that cut.py cuts, into the folder given: packages of
# Debian 12, unpacked side by side.
set -eu
out=${1:?folder}
mkdir -p "$out" && cd "$out"
for package in fonts-noto-cjk fonts-noto-cjk-extra fonts-lxgw-wenkai texlive-lang-chinese rime-data-stroke; do
	apt-get download "$package"
	rm -rf "$package"
	dpkg-deb -x "${package}"_*.deb "$package"
	rm "${package}"_*.deb
done
