#!/bin/sh
# Export the locked requirements with hashes for both systems that counters run, without index addresses.
set -eu
for system in linux windows; do
    uv pip compile pyproject.toml --extra dev --generate-hashes --no-header --no-annotate --quiet \
        --no-emit-index-url --no-emit-find-links --python-version 3.11 --python-platform "$system" \
        --output-file "requirements/$system.txt"
done
