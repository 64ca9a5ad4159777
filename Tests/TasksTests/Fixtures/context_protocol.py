"""The published protocol's demonstrations and calibration, restated in Python, for make_context_goldens.py.

As `sample_train_sets` and `sample_subset` in `tasks.py`, `main` in `run.py`, `encode_prompt` in `utils.py` and the
`encode_sfc` and `verbalize_sfc` of `templates.py` have them, in MeZO's large-model code. Nothing here is taken from the
Swift code. An example is (prompt, full texts, positions of right options, answers), as in published_protocol.py.
"""

import numpy

SEPARATOR = "\n\n"


def demonstration_indices(train_size, test_count, count, seed, fixed):
    """For each test example the positions of its demonstrations in the train split."""
    if fixed:
        seeds = [seed] * test_count
    else:
        numpy.random.seed(seed)
        seeds = numpy.random.randint(0, 10000, test_count)
    indices = []
    for set_seed in seeds:
        numpy.random.seed(set_seed)
        indices.append(numpy.random.permutation(train_size).tolist()[:count])
    return indices


def demonstration(example):
    _, fulls, gold, _ = example
    return fulls[gold[0]].strip()


def cut(ids, head, maximum):
    return ids[0:1] + ids[1:][-(maximum - 1):] if head else ids[-maximum:]


def encode(example, demonstrations, tokenize, leading, maximum, generation):
    """For each option its count of tokens and the text's ids, and the ids of a generation's prompt."""
    prompt, fulls, _, _ = example
    head = [] if leading is None else [leading]
    maximum = maximum - 50 if generation else maximum
    before = SEPARATOR.join(demonstration(d) for d in demonstrations).strip()

    def final(text):
        return cut(head + tokenize((before + SEPARATOR + text).lstrip().strip(" ")), head, maximum)

    prompt = prompt.strip(" ")
    options = []
    for full in fulls:
        full = full if generation else full.strip(" ")
        options.append((len(head + tokenize(full)) - len(head + tokenize(prompt)), final(full)))
    return options, final(prompt) if generation else []


def calibration_texts(name, example):
    """The prompt and the full texts without what an example is about."""
    prompt, fulls, _, _ = example
    options = [full[len(prompt):] for full in fulls]
    if name == "sst2":
        return " It was", [" It was" + option for option in options]
    if name == "copa":
        conjunction = "because" if prompt.endswith(" because ") else "so"
        return conjunction, [conjunction + " " + option for option in options]
    if name == "record":
        return "-", ["-" + option for option in options]
    return "", options


def encode_calibration(name, example, tokenize, leading, maximum):
    """For each option how many of its tokens have a score, and the text's ids."""
    head = [] if leading is None else [leading]
    prompt, fulls = calibration_texts(name, example)
    prompt = prompt.strip(" ")
    options = []
    for full in fulls:
        ids = head + tokenize(full.strip(" "))
        count = len(ids) - len(head + tokenize(prompt))
        ids = cut(ids, head, maximum)
        # The first id has none before it; slicing the others' scores from -count on takes what there is.
        options.append((len(ids[1:][-count:]), ids))
    return options
