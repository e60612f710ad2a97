"""scikit-learn's figures for the examples that come as JSON on stdin, as JSON on stdout; see
bench/classifiers.ts, which starts it."""

import json
import sys

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.svm import SVC

task = json.load(sys.stdin)
x = np.array(task["x"], dtype=np.float64).reshape(-1, task["features"])
y = np.array(task["y"])
grid = np.array(task["grid"], dtype=np.float64).reshape(-1, task["features"])
counts = np.floor(np.abs(x) * 10)  # for the model of counts

svm = SVC(kernel="linear", C=task["cost"], tol=1e-8).fit(x, y)
normal = GaussianNB().fit(x, y)
multinomial = MultinomialNB(alpha=task["smoothing"]).fit(counts, y)
# J = (1/N) sum -log p + lambda |W|^2 is sklearn's sum -log p + |W|^2 / (2 C), divided by N
inverse = 1 / (2 * task["lambda"] * len(y))
regression = LogisticRegression(C=inverse, tol=1e-10, max_iter=10000).fit(x, y)
json.dump({
    "version": sklearn.__version__,
    "svm": svm.decision_function(grid).ravel().tolist(),
    "gaussianNaiveBayes": normal.predict_proba(grid)[:, 1].tolist(),
    "multinomialNaiveBayes": multinomial.predict_proba(counts)[:, 1].tolist(),
    "logisticRegression": regression.predict_proba(grid)[:, 1].tolist(),
}, sys.stdout)
