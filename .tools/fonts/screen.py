#!/usr/bin/python3
"""Cuts the two screen faces out of Debian's Noto Sans CJK.

Usage: .tools/fonts/screen.py [OUTPUT-FOLDER]   (default assets/fonts)
Needs the packages fonts-noto-cjk and python3-fonttools.

Kept: every character of the SC face but Hangul, so that each character of the
通用规范汉字表 and of rare names is drawn from the bundled face and never looked
for in the fonts of the machine.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

SOURCE = Path("/usr/share/fonts/opentype/noto")
FACE = "Noto Sans CJK SC"
HANGUL = [(0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC)]


def face(path):
    """The SC font of a collection."""
    for font in TTCollection(path, lazy=True):
        if font["name"].getDebugName(1).startswith(FACE):
            return font
    sys.exit(f"{path}: no face {FACE}")


def cut(weight, out):
    font = face(SOURCE / f"NotoSansCJK-{weight}.ttc")
    keep = [u for u in font.getBestCmap() if not any(a <= u <= b for a, b in HANGUL)]
    options = subset.Options(layout_features=["ccmp", "mark", "mkmk"], hinting=False, name_IDs=["*"],
                             name_languages=[0x409], notdef_outline=True, drop_tables=["BASE", "VORG", "vhea", "vmtx", "DSIG"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=keep)
    subsetter.subset(font)
    target = out / f"screen-{weight.lower()}.otf"
    font.save(target)
    print(target, target.stat().st_size, len(keep), "characters")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "assets/fonts"
    for w in ("Regular", "Bold"):
        cut(w, folder)
