#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The code is written to the newest kernel. What an older one lacks is found
# by looking into its headers, never by its version, and supplied in
# compat-include alone.

. "$(dirname "$0")/lib/common.sh"

list=$(files '^kmod/.*\.[ch]$' | grep -v '^kmod/compat-include/') ||
	nothing "no kernel code"
if xargs grep -nE 'LINUX_VERSION_CODE|KERNEL_VERSION|linux/version\.h' \
	/dev/null <<<"$list"; then
	exit 1
fi
