#!/usr/bin/env bash
# Pins requirements/*.in for Python 3.11 to 3.13 on every platform, with hashes and without a single address.
# No configuration of this machine may leak in: an index, a folder of wheels or a constraint would end up in the pins.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
for name in PIP_FIND_LINKS PIP_CONSTRAINT PIP_INDEX_URL PIP_EXTRA_INDEX_URL UV_INDEX UV_FIND_LINKS UV_CONSTRAINT; do unset "$name"; done
pin() {
  uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
    --no-annotate --no-header "$@"  # uv writes no address unless it is asked to; a house test looks
}
PATH="$PWD/../.venv/bin:$PATH"
command -v uv >/dev/null || pip --disable-pip-version-check install --quiet uv
pin --upgrade base.in --output-file base.txt >/dev/null
pin --upgrade --constraint base.txt search.in --output-file search.txt >/dev/null
pin --upgrade --constraint base.txt --constraint search.txt dev.in --output-file dev.txt >/dev/null
