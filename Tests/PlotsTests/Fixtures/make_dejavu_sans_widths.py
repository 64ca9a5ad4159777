"""Writes the advance widths of ASCII in DejaVu Sans, plain and bold, in thousandths of the font size.

fonttools; the fonts of Debian package fonts-dejavu-core, whose version is in the file.
Usage: python make_dejavu_sans_widths.py DejaVuSans.ttf DejaVuSans-Bold.ttf > dejavu_sans_widths.json
"""

import json
import sys

from fontTools.ttLib import TTFont


def widths(font):
    characters = font.getBestCmap()
    units = font["head"].unitsPerEm
    return {chr(code): round(font["hmtx"][characters[code]][0] / units * 1000, 1) for code in range(32, 127)}


plain, bold = (TTFont(path) for path in sys.argv[1:3])
name = plain["name"].getDebugName(4) + ", " + plain["name"].getDebugName(5)
json.dump({"font": name, "widths": widths(plain), "bold": widths(bold)}, sys.stdout, indent=1)
print()
