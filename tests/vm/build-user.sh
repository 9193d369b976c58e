#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Build what runs in user space, vsctl and the helpers of the selftests, and
# lay it out in build/user/ as a machine is to have it.

. "$(dirname "$0")/common.sh"

mkdir -p "$VSW_BUILD"
exec {lock}>"$VSW_BUILD/.lock-user"
flock "$lock"
make -s -C "$VSW_TOP/tools/vsctl" >&2
make -s -C "$VSW_TOP/tests/selftests" >&2
rm -rf "$VSW_BUILD/user"
make -s -C "$VSW_TOP/tools/vsctl" install DESTDIR="$VSW_BUILD/user" \
	PREFIX=/usr >&2
mkdir -p "$VSW_BUILD/user/tests"
cp -r "$VSW_TOP/tests/selftests/." "$VSW_BUILD/user/tests/"
