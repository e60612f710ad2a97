#!/usr/bin/env bash
# Installs Apache Spark from its package on PyPI (pyspark, 455 MB) into .cache/spark/, for
# tests/ngram/scale/spark_test.ts and bench/ngram/scale.ts. Needs Java 17 or newer and python3-venv
# (Debian: openjdk-17-jre-headless).
#   .cache/spark/home   what SPARK_HOME names: bin/spark-sql, bin/spark-class, jars
set -euo pipefail
cd "$(dirname "$0")/../.."
version=4.3.0
here=$PWD/.cache/spark
java -version 2>/dev/null || { echo "Spark needs Java 17 or newer" >&2; exit 1; }
mkdir -p "$here"
[ -x "$here/venv/bin/python" ] || python3 -m venv "$here/venv"
[ -d "$(echo "$here"/venv/lib/python3*/site-packages/pyspark/jars)" ] ||
  "$here/venv/bin/python" -m pip --quiet --disable-pip-version-check install "pyspark==$version"
ln -sfn "$(echo "$here"/venv/lib/python3*/site-packages/pyspark)" "$here/home"
ls "$here/home/bin/spark-sql"
