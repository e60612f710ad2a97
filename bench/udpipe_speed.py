"""Times UDPipe 1's greedy parser on a CoNLL-U file whose tags stand: prints one JSON line.

udpipe_speed.py TRAIN.conllu TEST.conllu MODEL [REPETITIONS]

Where MODEL is not there it is trained on the first 1,500 sentences, once over: its speed is that of
any model of its size, its accuracy is not of interest. Needs `pip install ufal.udpipe`.
"""
import json
import os
import sys
import time

import ufal.udpipe as udpipe


def sentences_of(path, most=None):
    reader = udpipe.InputFormat.newConlluInputFormat()
    reader.setText(open(path, encoding="utf-8").read())
    found, error = [], udpipe.ProcessingError()
    while most is None or len(found) < most:
        sentence = udpipe.Sentence()
        if not reader.nextSentence(sentence, error):
            break
        found.append(sentence)
    return found


def train(path, model):
    data = udpipe.Sentences()
    for sentence in sentences_of(path, 1500):
        data.push_back(sentence)
    none, error = udpipe.Trainer.NONE, udpipe.ProcessingError()
    options = "iterations=1;hidden_layer=200;embedding_form=50;embedding_upostag=20;embedding_feats=20;" \
        "embedding_deprel=20;transition_system=projective;transition_oracle=dynamic;structured_interval=0"
    bytes_ = udpipe.Trainer.train(
        "morphodita_parsito", data, udpipe.Sentences(), none, none, options, error)
    if error.occurred():
        sys.exit(f"Cannot train UDPipe: {error.message}")
    with open(model, "wb") as file:
        file.write(bytes_)


train_path, test_path, model_path = sys.argv[1:4]
repetitions = int(sys.argv[4]) if len(sys.argv) > 4 else 5
if not os.path.exists(model_path):
    train(train_path, model_path)
model = udpipe.Model.load(model_path)
walls, cpus = [], []
for _ in range(repetitions):
    sentences = sentences_of(test_path)
    wall, cpu = time.perf_counter(), time.process_time()
    for sentence in sentences:
        model.parse(sentence, "beam_search=1")
    walls.append(time.perf_counter() - wall)
    cpus.append(time.process_time() - cpu)
n = len(sentences)
print(json.dumps({
    "sentencesPerSecond": n / sorted(walls)[repetitions // 2],
    "sentencesPerCpuSecond": n / sorted(cpus)[repetitions // 2],
}))
