"""Cuts the print faces of the project from whole fonts.

Usage: /usr/bin/python3 cut.py SOURCES OUT
SOURCES holds what fetch.sh unpacked; OUT receives the cut fonts, the list of
characters and the licences. The same sources give the same bytes.
"""
import bisect
import bz2
import gzip
import heapq
import os
import re
import shutil
import sys

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

UNIHAN = "/usr/share/unicode/Unihan_%s.txt.bz2"


def table():
    """Returns the 8105 characters of the table as (index, rune, strokes)."""
    strokes = {}
    for line in bz2.open(UNIHAN % "IRGSources", "rt", encoding="utf-8"):
        m = re.match(r"U\+([0-9A-F]+)\tkTotalStrokes\t(\d+)", line)
        if m:
            strokes[int(m[1], 16)] = int(m[2])
    out = []
    for line in bz2.open(UNIHAN % "OtherMappings", "rt", encoding="utf-8"):
        m = re.match(r"U\+([0-9A-F]+)\tkTGH\t2013:(\d+)", line)
        if m:
            out.append((int(m[2]), int(m[1], 16), strokes[int(m[1], 16)]))
    return sorted(out)


def level(index):
    return 1 if index <= 3500 else 2 if index <= 6500 else 3


def kinds_of_strokes(path):
    """Returns rune → the ways it is written, each a digit a stroke: 1 to 5 for 横竖撇点折."""
    out = {}
    for line in open(path, encoding="utf-8"):
        m = re.match(r"(.)\t([hspnz]+)", line)
        if m:
            out.setdefault(ord(m[1]), []).append(m[2].translate(str.maketrans("hspnz", "12345")))
    return out


def ordered(part):
    """Gives every (way, char) a way not before that of the one ahead of it. The list
    is in the right order, some ways are written otherwise elsewhere: those that are
    not in a longest rising run take the way of the one before."""
    tops, at, back = [], [], []  # last ways of runs by length; where they stand; links
    for i, (way, _) in enumerate(part):
        n = bisect.bisect_right(tops, way)
        tops[n:n + 1], at[n:n + 1] = [way], [i]
        back.append(at[n - 1] if n else None)
    run, i = set(), at[-1]
    while i is not None:
        run.add(i)
        i = back[i]
    out, last = [], ""
    for i, (way, char) in enumerate(part):
        last = way if i in run else last
        out.append((last, char))
    return out


def write_table(chars, ways, path):
    """One line per stroke count. Within its levels the table is in the order of
    姓氏笔画 already; the three levels are merged by the kinds of strokes."""
    parts = {}
    for index, rune, strokes in chars:
        fitting = [w for w in ways.get(rune, []) if len(w) == strokes] or [""]
        parts.setdefault(strokes, {}).setdefault(level(index), []).append((fitting[0], chr(rune)))
    with open(path, "w", encoding="utf-8") as f:
        for strokes in sorted(parts):
            merged = heapq.merge(*map(ordered, parts[strokes].values()), key=lambda x: x[0])
            f.write("%d %s\n" % (strokes, "".join(char for _, char in merged)))


def gb2312():
    """ASCII, Latin-1, and every character of GB 2312, symbols included."""
    out = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                out.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    out |= {ord(c) for c in "‐–—―‖‘’“”…‰′″※℃№℡Ⅰ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳─│□■△▲○●◇◆☆★√×÷±≤≥≈≠∞〇〓《》「」『』【】〔〕︵︶︿﹀￥·•→←↑↓"}
    return out


def latin(runes):
    """ASCII and the letters near it: beside 仿宋 and 楷体 those of 宋体 stand, as in print."""
    return {r for r in runes if r < 0x7F or r < 0x250 and chr(r).isalpha()}


def face(path, name):
    """Opens the font of a file that is called name; a collection has several."""
    if path.endswith(".ttc"):
        for number in range(len(TTCollection(path, lazy=True))):
            font = TTFont(path, fontNumber=number, recalcTimestamp=False)
            if font["name"].getDebugName(4) == name:
                return font
        sys.exit("%s: no face %s" % (path, name))
    return TTFont(path, recalcTimestamp=False)


def cut(font, runes, name):
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 13, 14]
    options.legacy_kern = False
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "STAT", "kern", "FFTM", "meta"]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=runes)
    subsetter.subset(font)
    rename(font, name)
    return font


def rename(font, name):
    """Cut fonts carry a name of their own, as reserved font names ask."""
    family = name.split("-")[0]
    for nid, text in ((1, family), (2, "Regular"), (3, name + " cut"), (4, name), (5, "Version 1.0"), (6, name)):
        font["name"].setName(text, nid, 3, 1, 0x409)


def to_truetype(font, tolerance):
    """Replaces CFF outlines by TrueType ones within tolerance of 1000 units: 4 are 0.02 mm at 16 pt, half a dot of a 600 dpi printer."""
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    glyf = newTable("glyf")
    glyf.glyphs, glyf.glyphOrder = {}, order
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, tolerance, reverse_direction=True))
        glyf.glyphs[name] = pen.glyph()
    del font["CFF "]
    font["loca"], font["glyf"] = newTable("loca"), glyf
    font["maxp"].tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions"):
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    font["maxp"].maxComponentElements = 0
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
    return font


def save(font, path):
    font["post"].formatType = 3.0
    font.save(path, reorderTables=True)
    print("%-28s %6d glyphs %8d bytes" % (os.path.basename(path), font["maxp"].numGlyphs, os.path.getsize(path)))


# What is cut: file, face in it, tolerance of the outlines, name.
NOTO, EXTRA = "fonts-noto-cjk/usr/share/fonts/opentype/noto", "fonts-noto-cjk-extra/usr/share/fonts/opentype/noto"
WENKAI = "fonts-lxgw-wenkai/usr/share/fonts/truetype/lxgw-wenkai"
SONG = (NOTO + "/NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", 2)
FACES = (
    SONG + ("ZhibuSong-Regular",),
    (EXTRA + "/NotoSerifCJK-Black.ttc", "Noto Serif CJK SC Black", 2, "ZhibuSong-Black"),
    (NOTO + "/NotoSansCJK-Bold.ttc", "Noto Sans CJK SC Bold", 2, "ZhibuHei-Bold"),
    (WENKAI + "/LXGWWenKai-Regular.ttf", "", 0, "ZhibuKai-Regular"),
    ("texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf", "", 4, "ZhibuFang-Regular"),
)


def make(sources, out, source, name, tolerance, target, runes):
    """Cuts and saves one face, and returns the characters of runes that it has."""
    font = cut(face(os.path.join(sources, source), name), runes, target)
    if "CFF " in font:
        font = to_truetype(font, tolerance)
    save(font, os.path.join(out, target + ".ttf"))
    has = runes & set(font.getBestCmap())
    print("  lacks", len(runes - has), "of", len(runes))
    return has


def main(sources, out):
    chars = table()
    strokes = os.path.join(sources, "rime-data-stroke/usr/share/rime-data/stroke.dict.yaml")
    write_table(chars, kinds_of_strokes(strokes), os.path.join(out, "tongyong.txt"))
    runes = gb2312() | {rune for _, rune, _ in chars}
    for source, name, tolerance, target in FACES:
        own = runes - latin(runes) if target in ("ZhibuKai-Regular", "ZhibuFang-Regular") else runes
        has = make(sources, out, source, name, tolerance, target, own)
    # What 仿宋, the last of them, lacks is drawn beside it in a 楷体 as light as it is.
    make(sources, out, WENKAI + "/LXGWWenKai-Light.ttf", "", 0, "ZhibuKai-Light", own - has)
    # The rest of GB 18030 level 1's basic block, which names and old documents use: last but one in every chain.
    make(sources, out, *SONG, "ZhibuRare-Regular", set(range(0x4E00, 0xA000)) - runes)
    licences(sources, out)


def licences(sources, out):
    noto = os.path.join(sources, "fonts-noto-cjk/usr/share/doc/fonts-noto-cjk/copyright")
    shutil.copy(noto, os.path.join(out, "ZhibuSong-LICENSE.txt"))
    shutil.copy(noto, os.path.join(out, "ZhibuHei-LICENSE.txt"))
    shutil.copy(os.path.join(sources, "fonts-lxgw-wenkai/usr/share/doc/fonts-lxgw-wenkai/copyright"), os.path.join(out, "ZhibuKai-LICENSE.txt"))
    fandol = os.path.join(sources, "texlive-lang-chinese/usr/share/doc/texlive-doc/fonts/fandol")
    with open(os.path.join(out, "ZhibuFang-NOTICE.txt"), "w", encoding="utf-8") as f:
        f.write(open(os.path.join(fandol, "README"), encoding="utf-8").read() + "\n\n")
        f.write(gzip.open(os.path.join(fandol, "COPYING.gz"), "rt", encoding="utf-8").read())


if __name__ == "__main__":
    main(*sys.argv[1:3])
