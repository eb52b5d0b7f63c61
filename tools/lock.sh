#!/bin/sh
# Export the locked requirements with hashes for both systems that counters run, without index addresses.
#
# Linux is locked for glibc 2.34 or newer (Debian 12, Ubuntu 22.04). Older desktops have to lock for
# x86_64-manylinux_2_28 instead, which brings PySide6 6.9.3: the tests pass on it, the type check does not.
set -eu
for system in linux windows; do
    platform=$system
    [ "$system" = linux ] && platform=x86_64-manylinux_2_34
    uv pip compile pyproject.toml --extra dev --generate-hashes --no-header --no-annotate --quiet --upgrade \
        --no-emit-index-url --no-emit-find-links --python-version 3.11 --python-platform "$platform" \
        --output-file "requirements/$system.txt"
done
