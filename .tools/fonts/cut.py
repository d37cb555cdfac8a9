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
from fontTools.ttLib import TTFont, newTable

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


def cut(source, runes, name, number=-1):
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 13, 14]
    options.legacy_kern = False
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "STAT", "kern", "FFTM", "meta"]
    options.recalc_timestamp = False
    font = TTFont(source, fontNumber=number, recalcTimestamp=False)
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


def to_truetype(font):
    """Replaces CFF outlines by TrueType ones within 4 of 1000 units: 0.02 mm at 16 pt, half a dot of a 600 dpi printer."""
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    glyf = newTable("glyf")
    glyf.glyphs, glyf.glyphOrder = {}, order
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 4.0, reverse_direction=True))
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


def main(sources, out):
    chars = table()
    write_table(chars, kinds_of_strokes(os.path.join(sources, "stroke.dict.yaml")), os.path.join(out, "tongyong.txt"))
    runes = gb2312() | {rune for _, rune, _ in chars}
    serif = os.path.join(sources, "noto-serif-sc")
    sans = os.path.join(sources, "noto-sans-sc")
    kai = os.path.join(sources, "LXGWWenKai-Regular.ttf")
    jobs = [
        (os.path.join(serif, "400Regular/NotoSerifSC_400Regular.ttf"), "ZhibuSong-Regular"),
        (os.path.join(serif, "900Black/NotoSerifSC_900Black.ttf"), "ZhibuSong-Black"),
        (os.path.join(sans, "700Bold/NotoSansSC_700Bold.ttf"), "ZhibuHei-Bold"),
        (kai, "ZhibuKai-Regular"),
    ]
    for source, name in jobs:
        font = cut(source, runes, name)
        save(font, os.path.join(out, name + ".ttf"))
        print("  lacks", len(runes - set(font.getBestCmap())), "of", len(runes))
    fang = to_truetype(cut(os.path.join(sources, "FandolFang-Regular.otf"), runes, "ZhibuFang-Regular"))
    save(fang, os.path.join(out, "ZhibuFang-Regular.ttf"))
    # The rest of GB 18030 level 1's basic block, which names and old documents use: last but one in every chain.
    rest = set(range(0x4E00, 0xA000)) - runes
    rare = cut(jobs[0][0], rest, "ZhibuRare-Regular")
    save(rare, os.path.join(out, "ZhibuRare-Regular.ttf"))
    print("  lacks", len(rest - set(rare.getBestCmap())), "of", len(rest))
    licences(sources, serif, sans, out)


def licences(sources, serif, sans, out):
    shutil.copy(os.path.join(serif, "LICENSE_FONT"), os.path.join(out, "ZhibuSong-LICENSE.txt"))
    shutil.copy(os.path.join(sans, "LICENSE_FONT"), os.path.join(out, "ZhibuHei-LICENSE.txt"))
    shutil.copy(os.path.join(sources, "wenkai-copyright"), os.path.join(out, "ZhibuKai-LICENSE.txt"))
    with open(os.path.join(out, "ZhibuFang-NOTICE.txt"), "w", encoding="utf-8") as f:
        f.write(open(os.path.join(sources, "fandol-README"), encoding="utf-8").read() + "\n\n")
        f.write(gzip.open(os.path.join(sources, "fandol-COPYING.gz"), "rt", encoding="utf-8").read())


if __name__ == "__main__":
    main(*sys.argv[1:3])
