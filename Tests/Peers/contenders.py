"""MeZO steps in PyTorch: our own restatement of the published algorithm, and what careful PyTorch can do.

All compute, with z(seed) drawn parameter by parameter from PyTorch's generator,

    L+ = L(theta + eps z), L- = L(theta - eps z), g = (L+ - L-) / (2 eps), theta <- theta - lr g z

(Malladi et al. 2023, "Fine-Tuning Language Models with Just Forward Passes", algorithm 1). Under one seed all but the
last one draw the same z, so their losses agree up to rounding.
"""
from concurrent.futures import ThreadPoolExecutor

import torch
from torch.nn import functional

PERTURBATION_SCALE = 1e-3
LEARNING_RATE = 1e-6
WEIGHT_DECAY = 0.0
PADDING_TOKEN = 1
IGNORED = -100


class Published:
    """As the published trainer does it: new tensors in every pass, z drawn four times, padded rows, all logits."""

    def __init__(self, model, batch):
        self.model = model
        self.parameters = list(model.named_parameters())
        options = [option for example in batch["examples"] for option in example["options"]]
        longest = max(len(option["tokens"]) for option in options)
        width = -(-longest // 8) * 8
        self.option_lengths = [option["scored"] for option in options]
        self.input_ids = torch.full((len(options), width), PADDING_TOKEN)
        self.attention_mask = torch.zeros_like(self.input_ids)
        for row, option in enumerate(options):
            self.input_ids[row, width - len(option["tokens"]):] = torch.tensor(option["tokens"])
            self.attention_mask[row, width - len(option["tokens"]):] = 1
        self.option_count = len(batch["examples"][0]["options"])
        self.gold = torch.tensor([example["gold"] for example in batch["examples"]])

    def begin(self, seed):
        """Starts a step."""
        self.seed = seed

    def perturb(self, factor):
        """theta <- theta + factor eps z."""
        torch.manual_seed(self.seed)
        for _, parameter in self.parameters:
            z = torch.normal(0, 1, size=parameter.data.size(), dtype=parameter.dtype)
            parameter.data = parameter.data + factor * z * PERTURBATION_SCALE

    def update(self, projected_gradient):
        """theta <- theta - lr (g z + wd theta), decaying neither biases nor norms."""
        torch.manual_seed(self.seed)
        for name, parameter in self.parameters:
            z = torch.normal(0, 1, size=parameter.data.size(), dtype=parameter.dtype)
            if "bias" in name or "layer_norm" in name:
                parameter.data = parameter.data - LEARNING_RATE * (projected_gradient * z)
            else:
                change = projected_gradient * z + WEIGHT_DECAY * parameter.data
                parameter.data = parameter.data - LEARNING_RATE * change

    def loss(self):
        """The batch's loss from the logits of every position of every row."""
        with torch.inference_mode():
            logits = self.model(input_ids=self.input_ids, attention_mask=self.attention_mask).logits
            logits = logits[..., :-1, :].contiguous()
            labels = self.input_ids[..., 1:].clone()
            labels[labels == PADDING_TOKEN] = IGNORED
            for row, length in enumerate(self.option_lengths):
                labels[row, :-length] = IGNORED
            if self.option_count == 1:
                return functional.cross_entropy(
                    logits.view(-1, logits.size(-1)), labels.view(-1), ignore_index=IGNORED).item()
            log_probabilities = functional.log_softmax(logits, dim=-1)
            scored = labels != IGNORED
            labels[~scored] = 0
            chosen = log_probabilities.gather(-1, labels.unsqueeze(-1)).squeeze(-1)
            scores = (chosen * scored).sum(-1) / scored.sum(-1)
            return functional.cross_entropy(scores.view(-1, self.option_count), self.gold).item()


class InPlace(Published):
    """Additions in place, z drawn four times, rows as long as they must be, logits at option tokens only."""

    def __init__(self, model, batch):
        self.model = model
        self.parameters = list(model.named_parameters())
        # A causal model needs no mask for padding on the right, and no row for the last token of an option.
        # Options of one token after the same prompt are read from the same row.
        inputs, self.rows, self.positions, self.targets, self.option_of_target = [], [], [], [], []
        row_of_input = {}
        options = [option for example in batch["examples"] for option in example["options"]]
        for number, option in enumerate(options):
            known = tuple(option["tokens"][:-1])
            row = row_of_input.setdefault(known, len(row_of_input))
            if row == len(inputs):
                inputs.append(known)
            for position in range(len(known) - option["scored"], len(known)):
                self.rows.append(row)
                self.positions.append(position)
                self.targets.append(option["tokens"][position + 1])
                self.option_of_target.append(number)
        self.input_ids = torch.full((len(inputs), max(map(len, inputs))), PADDING_TOKEN)
        for row, known in enumerate(inputs):
            self.input_ids[row, :len(known)] = torch.tensor(known)
        self.targets = torch.tensor(self.targets)
        self.option_of_target = torch.tensor(self.option_of_target)
        self.option_lengths = torch.tensor([option["scored"] for option in options])
        self.option_count = len(batch["examples"][0]["options"])
        self.gold = torch.tensor([example["gold"] for example in batch["examples"]])

    def perturb(self, factor):
        torch.manual_seed(self.seed)
        for _, parameter in self.parameters:
            parameter.data.add_(torch.normal(0, 1, size=parameter.size()), alpha=factor * PERTURBATION_SCALE)

    def update(self, projected_gradient):
        torch.manual_seed(self.seed)
        for _, parameter in self.parameters:
            z = torch.normal(0, 1, size=parameter.size())
            parameter.data.add_(z, alpha=-LEARNING_RATE * projected_gradient)

    def loss(self):
        """The batch's loss from the logits at option tokens."""
        with torch.inference_mode():
            hidden = self.model.model(input_ids=self.input_ids, use_cache=False).last_hidden_state
            logits = self.model.lm_head(hidden[self.rows, self.positions])
            losses = functional.cross_entropy(logits, self.targets, reduction="none")
            if self.option_count == 1:
                return losses.mean().item()
            scores = torch.zeros(len(self.option_lengths)).index_add(0, self.option_of_target, -losses)
            scores = scores / self.option_lengths
            return functional.cross_entropy(scores.view(-1, self.option_count), self.gold).item()


class Careful(InPlace):
    """As `InPlace`, with z drawn once a step and kept, which takes a second copy of the parameters."""

    def __init__(self, model, batch):
        super().__init__(model, batch)
        self.noise = [torch.empty_like(parameter.data) for _, parameter in self.parameters]

    def begin(self, seed):
        torch.manual_seed(seed)
        for z in self.noise:
            z.normal_()

    def perturb(self, factor):
        for (_, parameter), z in zip(self.parameters, self.noise):
            parameter.data.add_(z, alpha=factor * PERTURBATION_SCALE)

    def update(self, projected_gradient):
        for (_, parameter), z in zip(self.parameters, self.noise):
            parameter.data.add_(z, alpha=-LEARNING_RATE * projected_gradient)


class CarefulTwoStreams(Careful):
    """As `Careful`, with z from two generators in two threads: as fast as PyTorch draws, but other numbers."""

    def __init__(self, model, batch):
        super().__init__(model, batch)
        self.halves = ([], [])
        for z in sorted(self.noise, key=torch.numel, reverse=True):
            min(self.halves, key=lambda half: sum(map(torch.numel, half))).append(z)
        self.threads = ThreadPoolExecutor(max_workers=2)

    def begin(self, seed):
        list(self.threads.map(self._draw, self.halves, (2 * seed, 2 * seed + 1)))

    @staticmethod
    def _draw(tensors, seed):
        generator = torch.Generator().manual_seed(seed)
        for z in tensors:
            z.normal_(generator=generator)


CONTENDERS = {
    "published": Published, "in-place": InPlace, "careful": Careful, "careful-two-streams": CarefulTwoStreams}
