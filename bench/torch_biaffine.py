"""The network of lib/parser/biaffine in PyTorch, with the batches of bench/biaffine_step.ts; prints one
JSON line: python3 bench/torch_biaffine.py '<sizes as JSON>' <batch tokens> <steps> <threads>"""
import json
import sys
import time

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

sizes, tokens, steps, threads = json.loads(sys.argv[1]), *map(int, sys.argv[2:5])
torch.set_num_threads(threads)
torch.manual_seed(1)
WORDS, TAGS, LABELS = 10_000, 50, 51


class Biaffine(nn.Module):
    def __init__(self, wordWidth, tagWidth, layers, units, arcUnits, labelUnits, drop):
        super().__init__()
        self.drop, self.layers = drop, layers
        self.word, self.tag = nn.Embedding(WORDS, wordWidth), nn.Embedding(TAGS, tagWidth)
        widths = [wordWidth + tagWidth] + [2 * units] * layers
        self.lstms = nn.ModuleList(
            nn.LSTM(width, units, bidirectional=True, batch_first=True) for width in widths[:-1]
        )
        self.d, self.h = nn.Linear(widths[-1], arcUnits), nn.Linear(widths[-1], arcUnits)
        self.d_label, self.h_label = (nn.Linear(widths[-1], labelUnits) for _ in range(2))
        self.arc = nn.Linear(arcUnits, arcUnits)
        self.label = nn.Linear(labelUnits, labelUnits * LABELS)
        self.prior = nn.Linear(labelUnits, LABELS)

    def sentence_dropout(self, x):
        if not self.training:
            return x
        mask = torch.empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - self.drop)
        return x * (mask / (1 - self.drop))

    def packed_dropout(self, x):
        """The same on packed sentences: packing once is faster than padding between layers."""
        if not self.training:
            return x
        keep = torch.empty(int(x.batch_sizes[0]), x.data.shape[1]).bernoulli_(1 - self.drop)
        at = torch.cat([torch.arange(int(size)) for size in x.batch_sizes])
        return x._replace(data=x.data * (keep / (1 - self.drop))[at])

    def forward(self, words, tags, lengths):
        word, tag = self.word(words), self.tag(tags)
        if self.training:
            keep = torch.empty(*words.shape, 2).bernoulli_(1 - self.drop)
            keep = keep * 2 / keep.sum(-1, keepdim=True).clamp(min=1)
            word, tag = word * keep[..., :1], tag * keep[..., 1:]
        x = torch.cat([word, tag], -1)
        x = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        for lstm in self.lstms:
            x, _ = lstm(self.packed_dropout(x))
        x, _ = pad_packed_sequence(self.packed_dropout(x), batch_first=True)
        roles = [
            self.sentence_dropout(nn.functional.leaky_relu(layer(x), 0.1))
            for layer in (self.d, self.h, self.d_label, self.h_label)
        ]
        absent = torch.arange(words.shape[1])[None, :] >= lengths[:, None]
        scores = self.arc(roles[0]) @ roles[1].transpose(1, 2)
        return scores.masked_fill(absent[:, None, :], -1e9), roles[2], roles[3]

    def label_scores(self, d, h, heads):
        h = torch.gather(h, 1, heads[..., None].expand(-1, -1, h.shape[2]))
        du = self.label(d).view(*d.shape, LABELS)
        return (h[:, :, None, :] @ du).squeeze(2) + self.prior(d)


def batch():
    """Sentences of 16 and 17 tokens, as batches by length have, as many as there is room for, chain trees."""
    lengths, total = [], 0
    while total + 16 + len(lengths) % 2 <= tokens:
        lengths.append(16 + len(lengths) % 2)
        total += lengths[-1]
    longest = max(lengths)
    at = torch.arange(longest)[None, :].expand(len(lengths), -1)
    lengths = torch.tensor(lengths)
    inside = (at > 0) & (at < lengths[:, None])
    words = torch.randint(0, WORDS, at.shape)
    heads = torch.where(inside, (at - 1).clamp(min=0), -1)
    labels = torch.where(inside, at % LABELS, -1)
    return words, words % TAGS, lengths, heads, labels


words, tags, lengths, heads, labels = batch()
model = Biaffine(**sizes)
optimizer = torch.optim.Adam(model.parameters(), 2e-3, betas=(0.9, 0.9), eps=1e-12)


def train_step():
    optimizer.zero_grad()
    scores, d, h = model(words, tags, lengths)
    cross_entropy = lambda z, y: nn.functional.cross_entropy(
        z.reshape(-1, z.shape[-1]), y.reshape(-1), ignore_index=-1
    )
    loss = cross_entropy(scores, heads)
    loss = loss + cross_entropy(model.label_scores(d, h, heads.clamp(min=0)), labels)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimizer.step()
    return loss.item()


@torch.inference_mode()
def parse_step():
    """The best head and label of each token; no tree is looked for."""
    scores, d, h = model(words, tags, lengths)
    best = scores.argmax(-1)
    return model.label_scores(d, h, best).argmax(-1).sum().item()


def timed(step):
    for _ in range(3):
        step()
    wall, cpu = [], []
    for _ in range(steps):
        start, used = time.perf_counter(), time.process_time()
        step()
        wall.append(1000 * (time.perf_counter() - start))
        cpu.append(1000 * (time.process_time() - used))
    return {"medianMs": sorted(wall)[steps // 2], "cpuMinMs": min(cpu)}


train = timed(train_step)
model.eval()
parse = timed(parse_step)
print(
    json.dumps(
        {
            "engine": f"torch {torch.__version__}, {torch.get_num_threads()} threads",
            "sentences": len(lengths),
            "train": train,
            "parse": parse,
        }
    )
)
