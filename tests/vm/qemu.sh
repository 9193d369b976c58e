# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Starting and ending QEMU. Sourced after common.sh.

QEMU_PID=

# qemu_start ACCEL KERNEL INITRD CONSOLE SMP MEM [ARG]...: in the background, the
# machine of the present target.
# The kernel kills it when the process that called this ends, however that
# comes about.
qemu_start() {
	local accel=$1 kernel=$2 initrd=$3 console=$4 smp=$5 mem=$6
	local -a how=(-accel "tcg,thread=multi" -cpu max)

	shift 6
	# With a thread for each CPU, s390x once came to a stop with a stack
	# pointer to nowhere, where no stack is ever half full. QEMU before 8.1
	# has a race of one CPU with another that writes over its code (a static
	# key, a module), which may have been that. What is asked of the other
	# architectures, the order of bytes, is seen as well if CPUs take turns.
	[ "$T_ARCH" = amd64 ] || how=(-accel "tcg,thread=single" -cpu max)
	[ "$accel" != kvm ] || how=(-accel kvm -cpu host)
	# Time is counted in instructions, and of a string's with one each.
	[ "$accel" != icount ] ||
		how=(-accel tcg -icount "shift=0,sleep=off"
		     -cpu "max,-erms,-fsrm")
	setpriv --pdeathsig KILL "qemu-system-$T_QEMU" -M "$T_MACHINE" \
		"${how[@]}" \
		-nodefaults -no-user-config -no-reboot -display none \
		-smp "$smp" -m "$mem" -kernel "$kernel/vmlinux" \
		-initrd "$initrd" -append "console=$T_CONSOLE panic=-1 \
random.trust_cpu=on mitigations=off tsc=nowatchdog \
${T_DEBUG_ARCH:+kasan_multi_shot}" \
		-serial "file:$console" -device virtio-rng \
		"$@" <&"${QEMU_STDIN:-0}" 2>"$console.qemu" &
	QEMU_PID=$!
}

qemu_stop() {
	[ -n "$QEMU_PID" ] || return 0
	kill -KILL "$QEMU_PID" 2>/dev/null || true
	wait "$QEMU_PID" 2>/dev/null || true
	QEMU_PID=
}

# qemu_wait SECONDS: till QEMU ends by itself; fails after that time
qemu_wait() {
	local clock ended=

	setpriv --pdeathsig KILL sleep "$1" &
	clock=$!
	wait -n -p ended "$QEMU_PID" "$clock" || true
	kill "$clock" 2>/dev/null || true
	wait "$clock" 2>/dev/null || true
	[ "$ended" = "$QEMU_PID" ] || return 1
	QEMU_PID=
}

# overlay_cpio FOLDER: the folder as a second initramfs archive
overlay_cpio() {
	(cd "$1" && find . -mindepth 1 | LC_ALL=C sort |
		cpio -o -H newc -R 0:0 --quiet)
}

# kvm_boots KERNEL BASE TMP: does a real boot reach user space, and soon?
kvm_boots() {
	mkdir "$3/overlay"
	echo MODE=probe >"$3/overlay/run.conf"
	cp "$VSW_VM/init" "$3/overlay/init"
	overlay_cpio "$3/overlay" | cat "$2/base.cpio" - >"$3/initrd"
	qemu_start kvm "$1" "$3/initrd" "$3/console" 1 512M
	qemu_wait 10 || true
	qemu_stop
	grep -q 'vsw-vm: up' "$3/console" 2>/dev/null
}

# qemu_accel KERNEL BASE: print kvm or tcg. That /dev/kvm exists says little:
# it may refuse a guest or let it hang. So try, once per boot of the host.
qemu_accel() {
	local boot answer tmp

	boot=$(cat /proc/sys/kernel/random/boot_id)
	answer=$VSW_CACHE/accel-$boot
	if [ "$T_ARCH" != amd64 ] || [ ! -r /dev/kvm ] || [ ! -w /dev/kvm ]; then
		echo tcg
		return
	fi
	cache_lock accel
	if [ ! -e "$answer" ]; then
		tmp=$(cache_tmp)
		if kvm_boots "$1" "$2" "$tmp"; then
			echo kvm >"$tmp/answer"
		else
			say "KVM does not boot a guest here; emulating"
			echo tcg >"$tmp/answer"
		fi
		rm -f "$VSW_CACHE"/accel-*
		mv "$tmp/answer" "$answer"
		rm -rf "$tmp"
	fi
	cache_unlock
	cat "$answer"
}
