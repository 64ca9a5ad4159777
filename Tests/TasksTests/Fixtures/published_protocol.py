"""The published protocol of MeZO's large-model code, restated in Python, for make_task_goldens.py.

Records become examples as `tasks.py` and `templates.py` put them and as Hugging Face's loaders (`super_glue.py` and
`drop.py`) give them to it; examples become tokens as `encode_prompt` in `utils.py` has it; answers are scored as
`metrics.py` does. Nothing here is taken from the Swift code.

A loader gets a function that reads an entry and yields (prompt, full texts, positions of right options, answers).
"""

import json
import re
import string
from collections import Counter

import numpy


def jsonl(text):
    return [json.loads(line) for line in text.split("\n") if line]


def chosen(prompt, options, gold):
    return prompt, [prompt + option for option in options], [gold], None


def sst2(read, split):
    for line in filter(None, read({"train": "train.tsv", "validation": "dev.tsv"}[split]).split("\n")[1:]):
        sentence, label = line.split("\t")
        yield chosen(sentence.strip() + " It was", [" terrible", " great"], int(label))


def superglue(read, split):
    return jsonl(read({"train": "train.jsonl", "validation": "val.jsonl"}[split]))


def rte(read, split):
    for r in superglue(read, split):
        prompt = f"{r['premise']}\nDoes this mean that \"{r['hypothesis']}\" is true? Yes or No?\n"
        yield chosen(prompt, ["Yes", "No"], ["entailment", "not_entailment"].index(r["label"]))


def cb(read, split):
    for r in superglue(read, split):
        prompt = f"Suppose {r['premise']} Can we infer that \"{r['hypothesis']}\"? Yes, No, or Maybe?\n"
        yield chosen(prompt, ["Yes", "No", "Maybe"], ["entailment", "contradiction", "neutral"].index(r["label"]))


def boolq(read, split):
    for r in superglue(read, split):
        passage = r["passage"].split(" -- ", 1)[-1]
        question = r["question"]
        question = question if question.endswith("?") else question + "?"
        yield chosen(f"{passage} {question[0].upper() + question[1:]}\n", ["Yes", "No"], [True, False].index(r["label"]))


def wsc_fixed(record):
    """The spans of the variant wsc.fixed."""
    fixed = {"text": record["text"], **record["target"]}
    for span in ("span1", "span2"):
        words, index = fixed[span + "_text"], fixed[span + "_index"]
        if words in fixed["text"] or words in ("Kamenev and Zinoviev", "Kamenev, Zinoviev, and Stalin"):
            continue
        if "theyscold" in words:
            fixed["span2_index"] = 10
        lower = fixed["text"].split()[index][0].islower()
        words = (words[0].lower() if lower else words[0].upper()) + words[1:]
        words = words.rstrip(".").replace("\n", " ")
        assert words in fixed["text"], fixed
        fixed[span + "_text"] = words
    return fixed["text"], fixed["span1_text"], fixed["span2_text"]


def wsc(read, split):
    for r in superglue(read, split):
        text, span1, span2 = wsc_fixed(r)
        prompt = f"{text}\nIn the previous sentence, does the pronoun \"{span2.lower()}\" refer to {span1}? Yes or No?\n"
        yield chosen(prompt, ["No", "Yes"], int(r["label"]))


def wic(read, split):
    for r in superglue(read, split):
        prompt = f"Does the word \"{r['word']}\" have the same meaning in these two sentences? Yes, No?\n{r['sentence1']}\n{r['sentence2']}\n"
        yield chosen(prompt, ["No", "Yes"], int(r["label"]))


def multirc(read, split):
    for r in superglue(read, split):
        for question in r["passage"]["questions"]:
            for answer in question["answers"]:
                prompt = f"{r['passage']['text']}\nQuestion: {question['question']}\n"
                prompt += f"I found this answer \"{answer['text']}\". Is that correct? Yes or No?\n"
                yield chosen(prompt, ["No", "Yes"], int(bool(answer["label"])))


def copa(read, split):
    for r in superglue(read, split):
        premise = r["premise"].rstrip()
        premise = premise[:-1] if premise.endswith(".") else premise
        choices = []
        for choice in (r["choice1"], r["choice2"]):
            words = choice.split(" ")
            words[0] = words[0] if words[0] == "I" else words[0].lower()
            choices.append(" ".join(words))
        yield chosen(premise + {"effect": " so ", "cause": " because "}[r["question"]], choices, r["label"])


def record(read, split):
    for r in superglue(read, split):
        text = r["passage"]["text"]
        spans = sorted(r["passage"]["entities"], key=lambda mark: mark["start"])
        entities = list(dict.fromkeys(text[mark["start"]:mark["end"] + 1] for mark in spans))
        passage = text.replace("@highlight\n", "- ")
        for qa in r["qas"]:
            answers = sorted({answer["text"] for answer in qa["answers"]})
            fulls = [f"{passage}\n- {qa['query'].replace('@placeholder', entity)}" for entity in entities]
            yield f"{passage}\n-", fulls, [entities.index(answer) for answer in answers], answers


def squad(read, split):
    for article in json.loads(read({"train": "train-v1.1", "validation": "dev-v1.1"}[split]))["data"]:
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"]:
                answers = [answer["text"] for answer in qa["answers"]]
                prompt = f"Title: {article['title']}\nContext: {paragraph['context']}\nQuestion: {qa['question'].strip()}\nAnswer:"
                yield prompt, [f"{prompt} {answers[0]}\n"], [0], answers


def drop_answers(answers):
    """The texts of all answers; nothing where the loader gives up on the question."""
    texts = []
    for answer in answers:
        date = [answer["date"].get(part, "") for part in ("day", "month", "year")]
        if (answer["number"] != "") + any(date) + (len(answer["spans"]) > 0) > 1:
            return []
        if answer["number"] != "":
            texts.append(answer["number"])
        elif any(date):
            texts.append(" ".join(date).strip())
        texts += answer["spans"]
    return texts


def drop(read, split):
    for section in json.loads(read({"train": "drop_dataset_train.json", "validation": "drop_dataset_dev.json"}[split])).values():
        for qa in section["qa_pairs"]:
            answers = drop_answers([qa["answer"]] if split == "train" else qa["validated_answers"])
            if answers:
                prompt = f"Passage: {section['passage']}\nQuestion: {qa['question'].strip()}\nAnswer:"
                yield prompt, [f"{prompt} {answers[0]}\n"], [0], answers


GENERATION = {"squad", "drop"}


def encode(example, tokenize, leading, maximum, generation):
    """For each option its count of tokens and the text's ids, and the ids of a generation's prompt."""
    prompt, fulls, _, _ = example
    head = [] if leading is None else [leading]
    maximum = maximum - 50 if generation else maximum

    def final(text):
        ids = head + tokenize(("\n\n" + text).lstrip().strip(" "))
        if head:
            return ids[0:1] + ids[1:][-(maximum - 1):]
        return ids[-maximum:]

    stripped = prompt.strip(" ")
    options = []
    for full in fulls:
        full = full if generation else full.strip(" ")
        options.append((len(head + tokenize(full)) - len(head + tokenize(stripped)), final(full)))
    return options, final(stripped) if generation else []


def draw(size, seed, count):
    state = numpy.random.get_state()
    numpy.random.seed(seed)
    indices = numpy.random.permutation(size).tolist()[:count]
    numpy.random.set_state(state)
    return indices


def normalize(text):
    text = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return re.sub(r"\b(a|an|the)\b", " ", text).split()


def f1_of_one(prediction, gold):
    predicted, wanted = normalize(prediction), normalize(gold)
    same = sum((Counter(predicted) & Counter(wanted)).values())
    if same == 0:
        return 0.0
    precision, recall = same / len(predicted), same / len(wanted)
    return 2 * precision * recall / (precision + recall)


def f1(prediction, answers):
    if answers[0] in ("CANNOTANSWER", "no answer"):
        return float(normalize(prediction) == normalize(answers[0]))
    return max(f1_of_one(prediction, answer) for answer in answers)


def exact_match(prediction, answers):
    return float(any(normalize(prediction) == normalize(answer) for answer in answers))
