"""Hard strings for tokenizers: written for this project, about 300 of them, in a fixed order."""


def hard_strings():
    strings = [""]
    add = strings.append

    # Runs of white space: alone, inside, before and after text.
    for space in [" ", "\t", "\n", "\r", "\r\n", "\v", "\f", "\u00a0", "\u0085", "\u1680", "\u2000", "\u2003",
                  "\u2007", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"]:
        add(space)
        add(space * 3)
        add("one" + space * 2 + "two" + space)
    # Characters that look like white space to some tables and not to others.
    for near in ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u180e", "\x1c", "\x1d", "\x1e", "\x1f", "\u00ad"]:
        add("a" + near + "b " + near + " c")
    add("  leading"), add("trailing  "), add("   "), add(" \n "), add("\n\n\n"), add("a \n b"), add("a\n\n b")
    add("a  \tb"), add("x \u00a0 y"), add("x\u00a0\u00a0y"), add(" \u00a0"), add("\u00a0 1"), add("line one\nline two\n")
    add("    indented code(\n        twice)\n"), add("\t\tif x:\n\t\t\treturn y"), add(" " * 40 + "end"), add("a" + " " * 17)

    # Contractions: lower, upper and mixed case, straight and curly, attached and free.
    for tail in ["s", "t", "re", "ve", "m", "ll", "d", "S", "T", "RE", "VE", "M", "LL", "D", "Re", "lL", "x", "r", "l", ""]:
        add("it'" + tail + " fine")
    add("'s"), add("' s"), add(" 's"), add("''s"), add("don't've"), add("y'all'd've"), add("rock'n'roll"), add("'tis")
    add("the dogs' bowl"), add("it\u2019s curly"), add("\u2018quoted\u2019"), add("I'm you're he'll they'd we've"), add("'''")
    add("O'Neill's"), add("ca n't wo n't"), add("it 's a pity , n't it ?"), add("1's 2'd 3'll"), add("'d'm't")

    # Digits, and numbers of other scripts.
    for number in ["0", "7", "42", "123", "2026", "1234567890", "3.14159", "1,000,000", "-17", "+5%", "1e-6", "0x1F",
                   "12:34:56", "2026-11-21", "$9.99", "10th", "v1.2.3", "a1b2c3", "1 2 3", " 123 456", "123abc456"]:
        add(number)
    for digits in ["\u0661\u0662\u0663", "\u06f1\u06f2", "\u0967\u0968\u0969", "\u0e51\u0e52", "\uff11\uff12\uff13", "\u00b2\u00b3\u00b9",
                   "\u00bd\u2153\u00be", "\u2160\u2163\u217b", "\u2460\u2462", "\u3007\u4e00\u4e8c", "\U0001d7d8\U0001d7e1", "\U00010107\U00010108",
                   "\u0bf0\u0bf1", "\U0001fbf0\U0001fbf1", "\u2070\u2084", "\u3220\u3280", "\U0001f100\U0001f101"]:
        add(digits)
        add("x " + digits + "y 5" + digits)

    # Letters of many scripts, some right to left.
    for text in ["\u00fcber na\u00efve caf\u00e9", "\u0141\u00f3d\u017a", "\u0391\u03b8\u03ae\u03bd\u03b1", "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440!",
                 "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd", "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645", "\u0928\u092e\u0938\u094d\u0924\u0947",
                 "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35", "\u4f60\u597d\uff0c\u4e16\u754c\u3002", "\u3053\u3093\u306b\u3061\u306f\u30c6\u30b9\u30c8", "\uc548\ub155\ud558\uc138\uc694",
                 "\u10d2\u10d0\u10db\u10d0\u10e0\u10ef\u10dd\u10d1\u10d0", "\u1f08\u03c7\u03b9\u03bb\u03bb\u03b5\u03cd\u03c2", "\U00010330\U00010331\U00010332", "\U00020000\U0002a6d6",
                 "\u0531\u0575\u0562", "\u1200\u1208", "\u13a0\u13a1", "\u2c00\u2c30", "\ua4d0", "\ufb01\ufb02", "\u01c5\u02b0\u00aa\u00ba", "\u212b\u2126\u00c5"]:
        add(text)
        add("see " + text + " 9")

    # Combining marks, decomposed forms, marks with nothing before them.
    add("cafe\u0301 nai\u0308ve"), add("\u0301"), add(" \u0301"), add("a\u0300\u0301\u0302\u0303b"), add("\u0915\u094d\u0937\u093f"), add("z\u0335a\u0336l\u0337g\u0338o")
    add("\u1100\u1161\u11a8"), add("\uac01"), add("e\u20dd\u20e0"), add("\u0e01\u0e33"), add("A\u030a"), add("x\ufe0fy"), add("\u0903\u093e")

    # Emoji: single, with modifiers, joined, flags, key caps.
    for emoji in ["\U0001f600", "\u2764\ufe0f", "\U0001f44d\U0001f3fd", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", "\U0001f1f8\U0001f1ee", "1\ufe0f\u20e3",
                  "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "\U0001f9d1\u200d\U0001f4bb", "\u263a", "\U0001fae8", "\U0001f600\U0001f600\U0001f600"]:
        add(emoji)
        add("so " + emoji + " good" + emoji + "!")

    # Control characters, private use, unassigned, the ends of the planes.
    for code in list(range(0, 9)) + list(range(14, 28)) + [0x7F, 0x80, 0x9F, 0xFFFD, 0xFFFE, 0xFFFF, 0xE000, 0xF8FF, 0xF0000, 0x10FFFF,
                                                         0x378, 0x40000, 0x50005, 0x90009, 0x3134B, 0x1F8FF, 0xD7FF]:
        add("p" + chr(code) + "q " + chr(code))

    # Punctuation and symbols.
    for text in ["!!!", "...", "\u2026", "--", "\u2014", " -- ", "(a)", "[b]{c}<d>", "a/b\\c", "#tag @user", "a_b__c", "~`^|", "e.g., i.e.", "\"quoted\"", "\u00abguillemets\u00bb",
                 "\u20ac5 \u00a33 \u00a510", "\u2200x\u2208\u211d: x\u00b2\u22650", "a+b=c", "http://example.org/a?b=c&d=e#f", "name@example.org", "``latex''", "?!?!", " ?", "* * *", "\u2022 item",
                 "<br />", "&amp;", "\u3010x\u3011", "\uff01\uff1f", "a\u00b7b", "\u2122\u00ae\u00a9", "C++ & C#", "100%", "\u00b0C", "\u2192\u21d2", ":-) ;-)"]:
        add(text)

    # Special tokens of both vocabularies inside text, and things that nearly are.
    for text in ["</s>", "a</s>b", " </s> ", "</s></s>", "<s>", "<pad>", "x<pad> y", "</s", "< /s>", "</S>", "<unk>", "<mask>", "<|endoftext|>", "a <|endoftext|> b",
                 "<|im_start|>user\nHello<|im_end|>\n", "<|im_start", "<<|im_end|>>", "<reponame><repo_name>", "<|endoftext|><|endoftext|>", "madeupword0000", "1<|im_end|>2", "don<pad>'t", "a  </s>  b"]:
        add(text)

    # Ordinary and odd sentences, mixed scripts, long words, repeats.
    for text in ["The quick brown fox jumps over the lazy dog.", "Hello World", " Hello", "hello", "HELLO", "iPhone", "camelCaseAndPascalCase", "snake_case_name", "antidisestablishmentarianism",
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "abababababababababababababab", "\u00e9" * 20, "\u4e00" * 12, "ha" * 25, "=" * 80, "It was terrible", " great", "Yes", "No",
                 "Title: A\nContext: B\nQuestion: C?\nAnswer:", "Mix\u00e9d \u0441\u043a\u0440ipt \u4e2d\u6587 123\u0664 \U0001f600!", "tab\tseparated\tvalues", "a\u0000b\u0000", "the the the  the", "Wow!!1!one",
                 "x" * 200 + " " + "y" * 3, "\u0130stanbul \u0131 \u017f \u1e9e \u00df", "\u01c4 \u01c5 \u01c6", "\ufeffstart", "end\ufeff", "\U0001d400\U0001d401 bold", "\uff28\uff45\uff4c\uff4c\uff4f"]:
        add(text)
    return strings
