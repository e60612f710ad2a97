#!/usr/bin/env bash
# The library of native matrix products on a Debian machine: OpenBLAS. Does nothing where it is.
set -euo pipefail
if ldconfig -p | grep -q 'libopenblas\.so\.0'; then exit; fi
as_root=$([ "$(id -u)" = 0 ] || echo "sudo -n")
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends libopenblas0-pthread
