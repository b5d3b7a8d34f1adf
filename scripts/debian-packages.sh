#!/bin/sh
# What the browser tests need of the machine, on Debian and its kin: chromium, and fonts with Greek and Danish letters.
# Does nothing when they are there. Ends with 1, and says why, when they are not and cannot be installed.
set -eu

if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo 'chromium is not installed, and this is no Debian: install chromium or google-chrome.' >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo 'chromium is not installed. As root: apt-get install chromium fonts-dejavu-core' >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
# Another installation may be going on; wait for it rather than fail.
apt='apt-get -qq -o DPkg::Lock::Timeout=300'
$apt update
$apt install -y --no-install-recommends chromium fonts-dejavu-core >/dev/null
