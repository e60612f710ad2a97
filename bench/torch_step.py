"""Times the training steps of bench/workloads.ts in PyTorch and prints one JSON line:
python3 bench/torch_step.py <workload> [steps] [threads]"""
import json
import sys
import time

import torch
from torch import nn

name = sys.argv[1]
steps = int(sys.argv[2]) if len(sys.argv) > 2 else 20
torch.set_num_threads(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
torch.manual_seed(1)


class LanguageModel(nn.Module):
    def __init__(self, units, layers, cell, words=10_000, cutoffs=None, carries=False):
        super().__init__()
        self.carries, self.state = carries, None
        self.embedding = nn.Embedding(words, units)
        self.recurrent = (nn.LSTM if cell == "lstm" else nn.RNN)(units, units, layers)
        self.output = (
            nn.AdaptiveLogSoftmaxWithLoss(units, words, cutoffs, head_bias=True)
            if cutoffs
            else nn.Linear(units, words)
        )

    def forward(self, x):
        states, last = self.recurrent(self.embedding(x), self.state)
        if self.carries:
            self.state = tuple(part.detach() for part in last)
        return states.view(-1, states.shape[-1])

    def loss(self, x, y):
        if isinstance(self.output, nn.Linear):
            return nn.functional.cross_entropy(self.output(self(x)), y)
        return self.output(self(x), y).loss


def zipf_ids(words, *shape):
    """As in bench/workloads.ts: ids nearly as frequent as Zipf's law has their ranks."""
    return ((words + 1) ** torch.rand(shape)).long().sub(1).clamp(0, words - 1)


class Parser(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(20_000, 50)
        self.hidden = nn.Linear(48 * 50, 200)
        self.output = nn.Linear(200, 80)

    def forward(self, x):
        h = self.hidden(self.embedding(x).view(x.shape[0], -1))
        return self.output(h * h * h)


class WindowModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(10_000, 100)
        self.hidden = nn.Linear(5 * 100, 300)
        self.projection = nn.Linear(300, 100, bias=False)
        self.output = nn.Linear(100, 10_000)

    def forward(self, x):
        h = torch.tanh(self.hidden(self.embedding(x).view(x.shape[0], -1)))
        return self.output(self.projection(h))


clip = 0.0
if name in ("lstm-200", "lstm-650", "lm-200", "rnn-256"):
    kind, units = name.split("-")
    cell = "rnn" if kind == "rnn" else "lstm"
    model = LanguageModel(int(units), 2 if cell == "lstm" else 1, cell, carries=kind == "lm")
    optimizer = torch.optim.SGD(model.parameters(), 1.0)
    x, y = torch.randint(0, 10_000, (35, 20)), torch.randint(0, 10_000, (700,))
    tokens, group, clip = 700, 1, 5.0
elif name in ("adaptive-10k", "adaptive-40k", "full-40k"):
    words = 10_000 if name == "adaptive-10k" else 40_000
    cutoffs = {"adaptive-10k": [2000], "adaptive-40k": [2000, 10_000]}.get(name)
    model = LanguageModel(200, 2, "lstm", words, cutoffs)
    optimizer = torch.optim.SGD(model.parameters(), 1.0)
    x, y = zipf_ids(words, 35, 20), zipf_ids(words, 700)
    tokens, group, clip = 700, 1, 5.0
elif name == "parser":
    model = Parser()
    optimizer = torch.optim.Adagrad(model.parameters(), 0.01)
    x, y = torch.randint(0, 20_000, (1024, 48)), torch.randint(0, 80, (1024,))
    tokens, group = 1024, 1
elif name == "window":
    model = WindowModel()
    optimizer = torch.optim.Adagrad(model.parameters(), 0.05)
    x, y = torch.randint(0, 10_000, (150, 5)), torch.randint(0, 10_000, (150,))
    tokens, group, clip = 150, 1, 5.0
else:
    model = nn.Sequential(
        nn.Linear(2, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 3)
    )
    if name == "mlp-sgd":
        optimizer = torch.optim.SGD(model.parameters(), 0.1)
    else:
        optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    x, y = torch.rand(64, 2) * 2 - 1, torch.randint(0, 3, (64,))
    tokens, group = 64, 100


def step():
    optimizer.zero_grad()
    is_language_model = isinstance(model, LanguageModel)
    loss = model.loss(x, y) if is_language_model else nn.functional.cross_entropy(model(x), y)
    loss.backward()
    if clip:
        nn.utils.clip_grad_norm_(model.parameters(), clip)
    optimizer.step()
    return loss.item()


for _ in range((steps // 5 + 3) * group):
    step()
wall, cpu = [], []
for _ in range(steps):
    start, used = time.perf_counter(), time.process_time()
    for _ in range(group):
        loss = step()
    wall.append((time.perf_counter() - start) * 1000 / group)
    cpu.append((time.process_time() - used) * 1000 / group)
wall.sort()
cpu.sort()
half = len(wall) // 2
print(
    json.dumps(
        {
            "workload": name,
            "engine": f"torch {torch.__version__}, {torch.get_num_threads()} threads",
            "medianMs": wall[half],
            "minMs": wall[0],
            "cpuMedianMs": cpu[half],
            "cpuMinMs": cpu[0],
            "tokensPerSecond": round(1000 * tokens / wall[half]),
            "loss": loss,
        }
    )
)
