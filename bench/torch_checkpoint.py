"""Loads the checkpoint that bench/checkpoint_for_torch.ts wrote into PyTorch and compares logits:
python3 bench/torch_checkpoint.py <folder>"""
import json
import sys
from pathlib import Path

import torch
from safetensors import safe_open
from torch import nn

folder = Path(sys.argv[1])
expected = json.loads((folder / "expected.json").read_text())
with safe_open(folder / "model.safetensors", "pt") as file:
    config = json.loads(file.metadata()["config"])
    E, W_e, W_h, b_1, U, b_2 = (file.get_tensor(n) for n in ("E", "W_e", "W_h", "b_1", "U", "b_2"))

V, H = config["V"], config["H"]
lstm = nn.LSTM(H, H)
with torch.no_grad():
    lstm.weight_ih_l0.copy_(W_e.T)
    lstm.weight_hh_l0.copy_(W_h.T)
    lstm.bias_ih_l0.copy_(b_1)
    lstm.bias_hh_l0.zero_()
    ids = torch.tensor(expected["ids"]).view(expected["T"], expected["B"])
    states, _ = lstm(E[ids])
    logits = (states @ U + b_2).flatten()
difference = (logits - torch.tensor(expected["logits"])).abs().max().item()
print(f"torch {torch.__version__}: {len(logits)} logits, largest difference {difference:.1e}")
sys.exit(difference > 1e-5)
