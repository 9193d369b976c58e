# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The part of the initramfs that is new in each run: module, CLI, tests, and
# what /init is to do. Sourced by run.sh, and uses its variables.

# put_module RELEASE BASE: the module and what modprobe has to know about it
put_module() {
	local tree=$DIR/tmp/overlay/lib/modules/$1

	mkdir -p "$DIR/tmp/mods/lib/modules" "$tree/extra"
	cp -rs "$2/mods/lib/modules/$1" "$DIR/tmp/mods/lib/modules/"
	flock "$VSW_BUILD/.lock-$K" \
		cp "$VSW_BUILD/$K/vswitch.ko" "$tree/extra/"
	mkdir "$DIR/tmp/mods/lib/modules/$1/extra"
	cp "$tree/extra/vswitch.ko" "$DIR/tmp/mods/lib/modules/$1/extra/"
	# depmod writes through links.
	find "$DIR/tmp/mods/lib/modules/$1" -name 'modules.*' -type l \
		! -name '*builtin*' ! -name '*order' -delete
	depmod -b "$DIR/tmp/mods" "$1" 2>/dev/null
	find "$DIR/tmp/mods/lib/modules/$1" -name 'modules.*' -type f \
		-exec cp {} "$tree/" \;
	# lib is a link in the base archive: fill the folder it points to.
	mkdir -p "$DIR/tmp/overlay/usr"
	mv "$DIR/tmp/overlay/lib" "$DIR/tmp/overlay/usr/lib"
}

# put_fuzz: what tests/fuzz/ has for this machine, and its libraries
put_fuzz() {
	local top=$DIR/tmp/overlay

	mkdir -p "$top/fuzz"
	flock "$VSW_BUILD/$K.fuzz.lock" \
		cp -r "$VSW_BUILD/$K.fuzz/." "$top/fuzz/"
	cp "$VSW_BUILD/$K/vswitch.ko" "$top/fuzz/"
	(
		cd /
		# There may be none, if all that was named is Python.
		{
			find "$top/fuzz" -type f -perm -100 ! -name '*.ko' \
				-exec grep -la $'^\x7fELF' {} + || true
		} | lib_paths |
			xargs -r cp -L --parents -t "$top"
	)
}

# fuzz_limit: the seconds that one fuzzer may take; some do a fixed amount
fuzz_limit() {
	echo $((FUZZ_SECONDS * 3 + 540))
}

put_conf() {
	local limit=60 rows=24 cols=80

	if [ -e "$VSW_TOP/tests/selftests/settings" ]; then
		limit=$(sed -n 's/^timeout=//p' \
			"$VSW_TOP/tests/selftests/settings")
	fi
	# Detectors in an emulated machine take their time.
	[ "$T_DEBUG_ARCH" != x86_64 ] || limit=$((limit * 3))
	[ "$MODE" != fuzz ] || limit=$(fuzz_limit)
	[ ! -t 0 ] || read -r rows cols < <(stty size)
	cat >"$DIR/tmp/overlay/run.conf" <<-CONF
		MODE=$MODE
		TESTS="$1"
		TIMEOUT=${limit:-60}
		TERM=${TERM:-linux} ROWS=$rows COLS=$cols
		FDB_ENTRIES=${FDB_ENTRIES:-}
		FUZZ_SECONDS=$FUZZ_SECONDS FUZZ_SEED=${FUZZ_SEED:-}
	CONF
}

# put_overlay RELEASE BASE TESTS: what is new in this run
put_overlay() {
	local top=$DIR/tmp/overlay

	put_module "$1" "$2"
	put_conf "$3"
	cp "$VSW_VM/init" "$top/init"
	mkdir -p "$top/etc"
	flock "$VSW_BUILD/.lock-user-$T_ARCH" \
		cp -r "$VSW_BUILD/user-$T_ARCH/." "$top/"
	[ -z "$FUZZ$BUGS" ] || put_fuzz
	[ -z "$WITH" ] || cp -rT "$WITH" "$top"
	[ -z "$SCRIPT" ] || cp "$SCRIPT" "$top/script"
	[ -z "$CMD" ] || printf '#!/bin/bash\n%s\n' "$CMD" >"$top/script"
	[ ! -e "$top/script" ] || chmod +x "$top/script"
	cat >"$top/etc/bashrc" <<-'RC'
		# The port has told its size, 0 by 0, by now.
		. /run.conf
		stty rows "$ROWS" cols "$COLS"
		PS1='vswitch:\w# '
		. /usr/share/bash-completion/bash_completion
		. /usr/share/bash-completion/completions/vsctl
	RC
	overlay_cpio "$top" | cat "$2/base.cpio" - >"$DIR/tmp/initrd"
}
