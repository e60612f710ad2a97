#!/usr/bin/env bash
# What the test of the notebooks in a browser needs on a Debian machine: Chromium with a font, and
# JupyterLab with plotly's renderer (in .cache/jupyter, to be put on the PATH). Skips what is there.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.cache/jupyter/bin:$PATH"

packages=()
command -v chromium >/dev/null || packages+=(chromium fonts-dejavu-core)
has_jupyter() {
  jupyter lab --version >/dev/null 2>&1 && jupyter labextension list 2>&1 | grep -q jupyterlab-plotly
}
if ! has_jupyter; then
  python3 -c 'import ensurepip' 2>/dev/null || packages+=(python3-venv)
fi
if [ ${#packages[@]} -gt 0 ]; then
  as_root=$([ "$(id -u)" = 0 ] || echo "sudo -n")
  $as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi
if ! has_jupyter; then
  python3 -m venv .cache/jupyter
  .cache/jupyter/bin/pip install --quiet --disable-pip-version-check jupyterlab==4.6.6 plotly==7.1.0
fi
chromium --version
jupyter lab --version
