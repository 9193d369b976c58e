# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Packets in hex, with the checksums that they have to have; for tests that look
# at bytes. Blanks in them mean nothing.

# For those who source this.
# shellcheck disable=SC2034
PAYLOAD="0102030405060708090a0b0c0d0e0f10"

# sum HEX: into REPLY, the Internet checksum (RFC 1071)
sum() {
	local hex=${1// /} n=0 i

	((${#hex} % 4)) && hex+=00
	for ((i = 0; i < ${#hex}; i += 4)); do
		n=$((n + 0x${hex:i:4}))
	done
	while ((n >> 16)); do
		n=$(((n & 0xffff) + (n >> 16)))
	done
	printf -v REPLY %04x $((~n & 0xffff))
}

hex4() {
	local -a bytes

	IFS=. read -ra bytes <<<"$1"
	printf '%02x%02x%02x%02x' "${bytes[@]}"
}

# packet4 PROTO L4 SRC DST [TTL] [TOS] [FRAGMENT]
packet4() {
	local len before after

	len=${2// /}
	printf -v before '45%s%04x12 34%s%s%s' "${6:-00}" $((20 + ${#len} / 2)) \
		"${7:-0000}" "${5:-40}" "$1"
	after="$(hex4 "$3")$(hex4 "$4")"
	sum "$before$after"
	echo "$before $REPLY $after $2"
}

# ip4: likewise, behind its type
ip4() {
	printf '0800 '
	packet4 "$@"
}

# l4 PROTO PSEUDO BEFORE AFTER: its checksum is between the two
l4() {
	local len="$3$4" pseudo

	len=${len// /}
	printf -v pseudo %s%04x%04x "$2" $((0x$1)) $((${#len} / 2 + 2))
	sum "$pseudo$3$4"
	echo "$3$REPLY$4"
}
