#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# "vsctl drops watch": each frame that is dropped, with its reason and its first
# bytes, when it is; what is not told is counted.
#
#    h1     h2     h3      h4      veth, hosts' side
#    |      |      |       |
#   +p1----+p2----+p3---+ +p4----+
#   |  1     1      1   | | vsw1 |  access VLAN; vsw1 is not VLAN-aware
#   |       vsw0        | +------+
#   +-------------------+

. "$(dirname "$0")/lib.sh"

LOG=/tmp/vsw-watch-$$
WATCH=''
# Of a group: dropped where it comes in, and known by its type.
MARK="$M2 $MCAST 88b6 00*46"
# A part of what is told of it, in text and in JSON.
IS_MARK='type*34998'

cleanup() { rm -f "$LOG"; }

as_user() { "$TEST_DIR/unpriv" user "$@"; }

setup() {
	make_topology 3
	ip link set vsw0 down
	vsctl switch add vsw1 vlan-aware off
	make_pairs 4 4 vsw1 | ip -batch -
	wait_up h4 p4
	vsctl fdb add "$M2" vlan 1 port p2
}

# hex FRAME: its bytes, as JSON has them
hex() {
	local word out='' n

	for word in $1; do
		n=1
		[[ $word != *"*"* ]] || n=${word#*\*}
		word=${word%\**}
		for (( ; n; n--)); do
			out+=${word//:/}
		done
	done
	echo "$out"
}

is_told() { [[ $(<"$LOG") == *$1* ]]; }

mark() { frame "mark" -g 0 tx "${1:-h1}" "$MARK"; }

is_watched() {
	mark "$1"
	# A pattern it is.
	is_told "$IS_MARK"
}

# begin HOST VSCTL-WORD...: what is told goes to the log, as soon as a frame
# from HOST is
begin() {
	local host=$1

	shift
	: >"$LOG"
	"$VSCTL" "$@" >>"$LOG" 2>&1 &
	WATCH=$!
	wait_for 10 is_watched "$host" || fail "nothing is told: $(<"$LOG")"
	nap 0.3
	: >"$LOG"
}

end() {
	kill -INT "$WATCH"
	wait "$WATCH"
	check_eq $? 0 "exit status when interrupted"
	WATCH=''
}

# told IN OUT REASON VLAN LENGTH FRAME: as the only one, "-" for what is not
# there
told() {
	local line key want got

	wait_for 5 test -s "$LOG" || fail "not told: $*"
	nap 0.1
	line=$(<"$LOG")
	: >"$LOG"
	[[ $line != *$'\n'* ]]
	check_err $? "more than one: $line"
	for key in in out reason vlan length frame; do
		want=$1
		shift
		json_value "$line" "$key" || REPLY=-
		got=$REPLY
		check_eq "$got" "$want" "$key of: $line"
	done
}

ingress() {
	frame "a group as source" -g 0 tx h1 "$M2 $MCAST $DATA"
	told p1 - src-invalid - 60 "$(hex "$M2 $MCAST $DATA")"
	frame "a tag at an access port" -g 0 tx h1 "$M2 $M1 $(tag 5) $DATA"
	told p1 - vlan-tagged 5 60 "$(hex "$M2 $M1 $DATA")"
	frame "back to where it came from" -g 0 tx h2 "$M2 $M3 $DATA"
	told p2 - same-port 1 60 "$(hex "$M2 $M3 $DATA")"
	vsctl port set p3 vlan trunk 20
	frame "no tag at a trunk" -g 0 tx h3 "$BCAST $M3 $DATA"
	told p3 - vlan-untagged - 60 "$(hex "$BCAST $M3 $DATA")"
	frame "nobody else in the VLAN" -g 0 tx h3 "$BCAST $M3 $(tag 20) $DATA"
	told p3 - no-receiver 20 60 "$(hex "$BCAST $M3 $DATA")"
	vsctl port set p3 vlan access 1
	vsctl rule add vsw0 match type 0x88b5 action drop
	frame "a rule" -g 0 tx h1 "$M2 $M1 $DATA"
	told p1 - rule 1 60 "$(hex "$M2 $M1 $DATA")"
	vsctl rule flush vsw0
	log_test "what is dropped where it came in"
}

short() {
	ip link set vsw0 up
	frame "a tag that is cut off" -g 0 tx vsw0 "$BCAST $HOST_MAC 8100 0001"
	told vsw0 - malformed - 16 "$(hex "$BCAST $HOST_MAC 8100 0001")"
	frame "14 bytes" -g 0 tx vsw0 "$M2 $MCAST $EXP"
	told vsw0 - src-invalid - 14 "$(hex "$M2 $MCAST $EXP")"
	ip link set vsw0 down
	log_test "frames shorter than what is told of one"
}

egress() {
	local long="$M2 $M1 $EXP 11*1001"

	ip link set p2 mtu 1000
	frame "too long" -g 0 tx h1 "$long"
	told p1 p2 too-big 1 1015 "$(hex "$M2 $M1 $EXP 11*50")"
	ip link set p2 mtu 1500
	ip link set p2 down
	frame "a port that is down" -g 0 tx h1 "$M2 $M1 $DATA"
	told p1 p2 port-down 1 60 "$(hex "$M2 $M1 $DATA")"
	ip link set p2 up
	wait_up p2 h2
	if tc qdisc add dev p2 root bfifo limit 1 2>/dev/null; then
		frame "a full queue" -g 0 tx h1 "$M2 $M1 $DATA"
		told p1 p2 queue-full 1 - -
		tc qdisc del dev p2 root
	fi
	log_test "what is dropped where it was to leave"
}

payload_tag() {
	frame "a tag that is payload" -g 0 tx h4 "$M2 $MCAST $(tag 5) $DATA"
	told p4 - src-invalid 5 64 "$(hex "$M2 $MCAST $(tag 5) $DATA")"
	frame "a long one" -g 0 tx h4 "$M2 $MCAST $(tag 5) $EXP 22*100"
	told p4 - src-invalid 5 118 "$(hex "$M2 $MCAST $(tag 5) $EXP 22*46")"
	log_test "tags of a switch that is not VLAN-aware"
}

traced() {
	vsctl trace vsw0 port p1 vlan 7 mac src $M1 >/dev/null
	frame "afterwards" -g 0 tx h1 "$M2 $BCAST $DATA"
	told p1 - src-invalid - 60 "$(hex "$M2 $BCAST $DATA")"
	log_test "a traced frame is not told"
}

json() {
	local ip="4500 0028 0001 0000 40 06 0000 0a000001 0a000002"

	: >"$LOG"
	frame "TCP" -g 0 tx h1 \
		"$M2 $MCAST 0800 $ip 9c40 0050 00*8 5002 00*6"
	frame "ARP" -g 0 tx h1 "$M2 $MCAST 0806 0001 0800 06 04 0001 $M1
		0a000001 00*6 0a000002 00*18"
	frame "UDP in IPv6" -g 0 tx h1 "$M2 $MCAST 86dd 60000000 0008 11 40
		2001 0db8 00*11 01 2001 0db8 00*11 02 0035 1388 0008 0000"
	wait_for 5 is_told "ip*ip*5000"
	jq -se 'length == 3 and all(.event == "drop" and .switch == "vsw0" and
		.["in-ifindex"] > 0 and (has("out") | not) and
		(.time | test("^20..-..-..T..:..:..[.]......Z$")) and
		(.meaning | length > 0) and (.advice | length > 0) and
		.match["mac-src"] == "01:00:5e:01:02:03") and
		.[0].match["ip-src"] == "10.0.0.1" and
		.[0].match["ip-proto"] == "tcp" and
		.[0].match.sport == "40000" and .[0].match.dport == "80" and
		.[0].match["tcp-flags"] == "+syn" and
		.[1].match["arp-op"] == "request" and
		.[1].match["arp-target-ip"] == "10.0.0.2" and
		.[2].match["ip-dst"] == "2001:db8::2" and
		.[2].match.dport == "5000"' "$LOG" >/dev/null
	check_err $? "$(<"$LOG")"
	log_test "JSON: one object for each, and what is in the frame"
}

text() {
	local line lines

	: >"$LOG"
	"$VSCTL" -d drops watch >>"$LOG" 2>&1 &
	WATCH=$!
	wait_for 10 is_watched h1 || fail "nothing is told"
	mapfile -t lines <"$LOG"
	check_match "${lines[0]}" "??:??:??.?????? vsw0 ifindex * in p1 \
ifindex * src-invalid mac src $MCAST dst $M2 type 34998 bytes 60" "a line"
	check_match "${lines[1]}" "    02 00 00 00 00 02 01 00 5e 01 02 03 88 b6 \
00 00" "its bytes"
	check_match "$(<"$LOG")" "*group address or all zero*Give the sender*" \
		"the reason in words"
	: >"$LOG"
	frame "the same again" -g 0 tx h1 "$M2 $MCAST $EXP 00*46"
	wait_for 5 is_told "34997"
	line=$(<"$LOG")
	[[ $line != *"Give the sender"* ]]
	check_err $? "said twice: $line"
	end
	log_test "text, with bytes, and each reason explained once"
}

filtered() {
	begin h4 -j drops watch vsw1
	frame "on the other switch" -g 0 tx h1 "$M2 $BCAST $DATA"
	frame "on this one" -g 0 tx h4 "$M2 $BCAST $DATA"
	told p4 - src-invalid - 60 "$(hex "$M2 $BCAST $DATA")"
	end
	log_test "one switch alone"
}

# All that is dropped while somebody listens is told or counted. Where sending
# takes four seconds and more, as on debug kernels, it need not be too much: a
# thousand are told in each.
flood() {
	local before after drops missed n=0 start took

	begin h1 -j drops watch
	nap 1.1
	: >"$LOG"
	before=$(drop_count vsw0 p1 src-invalid)
	start=${EPOCHREALTIME/./}
	frame "a flood" -g 0 gen h1 6000 "$M2 $MCAST $DATA"
	took=$((${EPOCHREALTIME/./} - start))
	nap 1.3
	mark
	wait_for 10 is_told "$IS_MARK" || fail "the last is not told"
	after=$(drop_count vsw0 p1 src-invalid)
	drops=$(grep -c '"event":"drop"' "$LOG")
	while read -r missed; do
		n=$((n + missed))
	done < <(sed -n 's/.*"missed".*"packets":\([0-9]*\).*/\1/p' "$LOG")
	[ "$drops" -ge 1000 ] && { [ "$n" -ge 900 ] || [ "$took" -ge 4000000 ]; }
	check_err $? "$drops told, $n missed of $((after - before)) in $took us"
	check_eq $((drops + n)) $((after - before)) "told and missed"
	end
	log_test "a flood: what is not told is counted"
}

# Nothing was counted as missed of what nobody wanted to hear of.
unheard() {
	frame "a flood" -g 0 gen h1 3000 "$M2 $MCAST $DATA"
	: >"$LOG"
	"$VSCTL" -j drops watch >>"$LOG" 2>&1 &
	WATCH=$!
	wait_for 10 is_watched h1 || fail "nothing is told"
	! is_told missed
	check_err $? "missed: $(<"$LOG")"
	end
	log_test "nothing is done while nobody listens"
}

rights() {
	if ! as_user "$VSCTL" -V >/dev/null 2>&1; then
		log_skip "rights" "an ordinary user cannot run the programs here"
		return
	fi
	check_refused "not permitted" as_user "$VSCTL" drops watch
	check_fail "$(as_user "$(helper nl_event)" drop </dev/null \
		>/dev/null 2>&1; echo $?)" "a user joined the group"
	check_ok as_user "$(helper nl_event)" config fdb rule </dev/null
	log_test "frames are not for those without rights"
}

refusals() {
	check_refused "unknown word" vsctl drops watch vsw0 more
	check_refused "no such device" vsctl drops watch nothing
	check_refused "not a switch" vsctl drops watch p1
	log_test "what cannot be watched"
}

require jq
setup
begin h1 -j drops watch
ingress
short
egress
payload_tag
traced
json
end
text
filtered
flood
unheard
rights
refusals
finish
