"""Writes the advance widths of ASCII in Liberation Sans, which has Helvetica's, in thousandths of the font size.

fonttools 4.68; the font of Debian package fonts-liberation, whose version is in the file.
Usage: python make_liberation_sans_widths.py LiberationSans-Regular.ttf > liberation_sans_widths.json
"""

import json
import sys

from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1])
characters = font.getBestCmap()
units = font["head"].unitsPerEm
widths = {chr(code): round(font["hmtx"][characters[code]][0] / units * 1000, 1) for code in range(32, 127)}
name = font["name"].getDebugName(4) + ", " + font["name"].getDebugName(5)
json.dump({"font": name, "widths": widths}, sys.stdout, indent=1)
print()
