#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The table of policies that the selftests compare the kernel's with is the one
# that the spec gives.
cd "$(dirname "$0")/../selftests" && exec python3 gen_policy.py --check
