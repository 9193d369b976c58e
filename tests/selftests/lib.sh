# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What all tests share. A test sources this file first: it then starts itself
# once more within a network namespace of its own, and cleans up after that.
#
# Set before sourcing, if needed:
#   NETNS_COUNT    how many namespaces; the test runs in the first, the names
#                  of the others are in NS2, NS3, ...
#   NEED_VSCTL=no  the test does without vsctl
#
# A test calls functions, each of which checks one family of assertions and ends
# by log_test; at last it calls finish.

KSFT_PASS=0
KSFT_FAIL=1
KSFT_SKIP=4

TEST_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LC_ALL=C

skip_all() {
	printf '1..0 # SKIP %s\n' "$*"
	exit "$KSFT_SKIP"
}

find_vsctl() {
	local own=$TEST_DIR/../../tools/vsctl/vsctl

	if [ -z "${VSCTL:-}" ]; then
		if [ -x "$own" ]; then
			VSCTL=$own
		else
			VSCTL=$(type -P vsctl)
		fi
	fi
	[ -n "$VSCTL" ] || [ "${NEED_VSCTL:-yes}" = no ] ||
		skip_all "vsctl is not to be found; set VSCTL"
	export VSCTL
}

require() {
	local tool

	for tool; do
		type -P "$tool" >/dev/null || skip_all "$tool is missing"
	done
}

# A signal must not wait for the test that it is to end.
leave_netns() {
	local ns

	[ -z "$VSW_CHILD" ] || kill "$VSW_CHILD" 2>/dev/null
	for ns in $VSW_NETNS; do
		[ ! -e "/run/netns/$ns" ] || ip netns del "$ns"
	done
}

enter_netns() {
	local i

	[ "$(id -u)" = 0 ] || skip_all "not root"
	[ -d /sys/module/vswitch ] || modprobe -q vswitch ||
		skip_all "module vswitch is not loaded"
	find_vsctl
	VSW_NETNS='' VSW_CHILD=''
	trap leave_netns EXIT
	trap 'exit 1' INT TERM HUP
	for ((i = 1; i <= ${NETNS_COUNT:-1}; i++)); do
		ip netns add "vsw-$$-$i" || skip_all "no network namespace"
		VSW_NETNS+=" vsw-$$-$i"
	done
	export VSW_NETNS
	ip netns exec "vsw-$$-1" "$0" "$@" &
	VSW_CHILD=$!
	wait "$VSW_CHILD"
	i=$?
	VSW_CHILD=''
	exit "$i"
}

[ -n "${VSW_NETNS:-}" ] || enter_netns "$@"

# shellcheck disable=SC2034 # they are the test's
read -r NS NS2 NS3 _ <<<"$VSW_NETNS"
unset VSW_NETNS

# Nothing that the test started outlives it. A test that made more to clean up
# defines a function cleanup.
end_jobs() {
	local pid

	! declare -F cleanup >/dev/null || cleanup
	for pid in $(jobs -p); do
		kill "$pid" 2>/dev/null
	done
}
trap end_jobs EXIT
trap 'exit 1' INT TERM HUP

# No router solicitation, no multicast listener report among the frames.
for conf in all default; do
	echo 1 >/proc/sys/net/ipv6/conf/$conf/disable_ipv6
done 2>/dev/null

# A wait that starts no process: nobody ever writes to this pipe.
exec {NAP_FD}<> <(:)
nap() { read -rt "$1" -u "$NAP_FD"; true; }

##############################################################################
# Results

RET=0 NCHECKS=0 NTESTS=0 NPASSED=0 NSKIPPED=0 EXIT_STATUS=$KSFT_PASS

comment() {
	local line

	while IFS= read -r line; do
		printf '# %s\n' "$line"
	done <<<"$1"
}

# fail WHAT: the present test failed
fail() {
	RET=1
	comment "$1"
}

# check_err STATUS WHAT: it must have succeeded
check_err() {
	NCHECKS=$((NCHECKS + 1))
	[ "$1" = 0 ] || fail "$2"
}

# check_fail STATUS WHAT: it must have failed
check_fail() {
	NCHECKS=$((NCHECKS + 1))
	[ "$1" != 0 ] || fail "$2"
}

# check_eq GOT EXPECTED WHAT
check_eq() {
	NCHECKS=$((NCHECKS + 1))
	[ "$1" = "$2" ] || fail "$3: got '$1', expected '$2'"
}

# check_match TEXT PATTERN WHAT
check_match() {
	NCHECKS=$((NCHECKS + 1))
	# A pattern it is.
	# shellcheck disable=SC2053
	[[ $1 == $2 ]] || fail "$3: '$1' is not like '$2'"
}

# check_ok COMMAND...: it must succeed
check_ok() {
	local out

	NCHECKS=$((NCHECKS + 1))
	out=$("$@" 2>&1) || fail "$*: $out"
}

# check_refused PHRASE COMMAND...: it must fail, and say why
check_refused() {
	local phrase=$1 out

	shift
	NCHECKS=$((NCHECKS + 1))
	if out=$("$@" 2>&1); then
		fail "not refused: $*"
	elif [[ $out != *"$phrase"* ]]; then
		fail "$*: no '$phrase' in: $out"
	fi
}

log_test() {
	NTESTS=$((NTESTS + 1))
	if [ "$NCHECKS" = 0 ]; then
		fail "nothing was checked"
	fi
	if [ "$RET" = 0 ]; then
		NPASSED=$((NPASSED + 1))
		printf 'ok %d - %s\n' "$NTESTS" "$1"
	else
		EXIT_STATUS=$KSFT_FAIL
		printf 'not ok %d - %s\n' "$NTESTS" "$1"
	fi
	RET=0
	NCHECKS=0
}

# log_skip TEST REASON
log_skip() {
	NTESTS=$((NTESTS + 1))
	NSKIPPED=$((NSKIPPED + 1))
	printf 'ok %d - %s # SKIP %s\n' "$NTESTS" "$1" "$2"
	RET=0
	NCHECKS=0
}

# log_helper COMMAND...: take over the results that a helper prints, lines of
# "ok NAME", "not ok NAME" and comments
log_helper() {
	local line before=$NTESTS

	while IFS= read -r line; do
		NCHECKS=1
		case $line in
		"ok "*" # SKIP "*)
			line=${line#ok }
			log_skip "${line%% # SKIP *}" "${line##* # SKIP }"
			;;
		"ok "*) log_test "${line#ok }" ;;
		"not ok "*) RET=1; log_test "${line#not ok }" ;;
		*) comment "$line" ;;
		esac
	done < <("$@" 2>&1; echo "exit $?" >&"$NAP_FD")
	read -rt 5 -u "$NAP_FD" line
	# What is left over from the last line.
	NCHECKS=0 RET=0
	if [ "$line" != "exit 0" ] || [ "$NTESTS" = "$before" ]; then
		fail "$1 ended by $line"
		NCHECKS=1
		log_test "$1"
	fi
}

# finish: the end of every test
finish() {
	if [ "$NCHECKS" != 0 ] || [ "$NTESTS" = 0 ]; then
		fail "checks that belong to no test, or no test"
		NCHECKS=1
		log_test "end"
	fi
	printf '1..%d\n' "$NTESTS"
	if [ "$EXIT_STATUS" = "$KSFT_PASS" ] && [ "$NPASSED" = 0 ]; then
		EXIT_STATUS=$KSFT_SKIP
	fi
	exit "$EXIT_STATUS"
}

echo "TAP version 13"

##############################################################################
# Commands

vsctl() { "$VSCTL" "$@"; }

helper() { echo "$TEST_DIR/$1"; }

# frame WHAT ARGUMENT...: one run of the helper, which is one check
frame() {
	local what=$1 out

	shift
	NCHECKS=$((NCHECKS + 1))
	out=$("$TEST_DIR/frame" "$@" 2>&1) || fail "$what:
$out"
}

# A trace of our own, so that nobody else's tracing is disturbed.
TRACEFS=/sys/kernel/tracing
TRACE=$TRACEFS/instances/vsw-$$

begin_trace() {
	# In the mount namespace of the test there is a /sys of its own.
	[ -e "$TRACEFS/events" ] || mount -t tracefs tracefs "$TRACEFS" ||
		skip_all "no tracefs"
	mkdir "$TRACE" || skip_all "no trace of its own"
}

end_trace() {
	[ -e "$TRACE" ] || return 0
	echo 0 >"$TRACE/events/enable"
	rmdir "$TRACE"
}

# wait_for SECONDS COMMAND...: until it succeeds
wait_for() {
	local end=$((SECONDS + $1 + 1))

	shift
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || return 1
		nap 0.02
	done
}

is_up() {
	local state

	read -r state <"/sys/class/net/$1/operstate" && [ "$state" = up ]
}

has_no_carrier() {
	local carrier

	read -r carrier <"/sys/class/net/$1/carrier" && [ "$carrier" = 0 ] &&
		! is_up "$1"
}

# wait_down DEVICE: until it has no carrier and everyone has heard of it
wait_down() {
	wait_for 5 has_no_carrier "$1" || fail "$1 keeps its carrier"
}

# wait_up DEVICE...: until they have carrier and everyone has heard of it
wait_up() {
	local dev

	for dev; do
		wait_for 5 is_up "$dev" || fail "$dev does not come up"
	done
}

# make_pairs FROM TO [SWITCH]: veth pairs, pN for a port and hN beyond it, up;
# with SWITCH the port is put there. Prints lines for ip -batch.
make_pairs() {
	local i

	for ((i = $1; i <= $2; i++)); do
		printf 'link add h%d address 02:00:00:00:ff:%02x type veth ' \
			"$i" "$i"
		printf 'peer name p%d address 02:00:00:00:fe:%02x\n' "$i" "$i"
		[ -z "${3:-}" ] || printf 'link set p%d master %s\n' "$i" "$3"
		printf 'link set h%d up\nlink set p%d up\n' "$i" "$i"
	done
}

# make_topology N: vsw0, up, and N ports p1... with h1... beyond them
make_topology() {
	local i

	{
		echo "link add vsw0 address 02:00:00:00:00:ff type vswitch"
		make_pairs 1 "$1" vsw0
		echo "link set vsw0 up"
	} | ip -batch - || skip_all "cannot make vsw0 and its ports"
	for ((i = 1; i <= $1; i++)); do
		wait_up "h$i" "p$i"
	done
}

# Nothing in these tests starts a program where bash will do: that is what they
# spend their time on in a slow virtual machine. So this takes flat JSON apart.

# json_value OBJECT KEY: into REPLY; fails if there is no such key
json_value() {
	[[ $1 == *\""$2"\":* ]] || return
	REPLY=${1#*\""$2"\":}
	REPLY=${REPLY%%[,\}]*}
	REPLY=${REPLY//\"/}
}

# fdb_entries ARGUMENT...: "MAC VID PORT TYPE" of each entry that "fdb show"
# shows
fdb_entries() {
	local object
	local -a objects

	IFS='{' read -rd '' -a objects < <(vsctl -j fdb show "$@")
	for object in "${objects[@]}"; do
		json_value "$object" mac || continue
		printf '%s ' "$REPLY"
		json_value "$object" vid || REPLY=0
		printf '%s ' "$REPLY"
		json_value "$object" port
		printf '%s ' "$REPLY"
		json_value "$object" type
		printf '%s\n' "$REPLY"
	done
}

# drop_counters SWITCH [port DEV]: "DEVICE REASON PACKETS" of each counter; the
# switch's own are those of "SWITCH*"
drop_counters() {
	local object dev=''
	local -a objects

	IFS='{' read -rd '' -a objects < <(vsctl -j drops show "$@")
	for object in "${objects[@]}"; do
		if json_value "$object" reason; then
			printf '%s %s ' "$dev" "$REPLY"
			json_value "$object" packets
			printf '%s\n' "$REPLY"
		elif json_value "$object" port; then
			dev=$REPLY
		elif json_value "$object" switch; then
			dev="$REPLY*"
		fi
	done
}

# drop_count SWITCH DEVICE REASON: one counter
drop_count() {
	local dev reason packets

	while read -r dev reason packets; do
		if [ "$dev $reason" = "$2 $3" ]; then
			echo "$packets"
			return
		fi
	done < <(drop_counters "$1")
	echo 0
}

# switch_number SWITCH FIELD: a number out of "switch show"
switch_number() {
	json_value "$(vsctl -j -s switch show "$1")" "$2"
	echo "$REPLY"
}

##############################################################################
# Frames, as hex

# tag VID [PCP [DEI]]: a VLAN tag
tag() {
	printf '8100%04x' $((${2:-0} << 13 | ${3:-0} << 12 | $1))
}

# shellcheck disable=SC2034 # all of these are the tests'
{
	# Type of local experiments: no protocol will answer.
	EXP=88b5
	DATA="$EXP 00*46"
	BCAST=ff:ff:ff:ff:ff:ff
	MCAST=01:00:5e:01:02:03
	# Stations beyond h1, h2, ...
	M1=02:00:00:00:00:01
	M2=02:00:00:00:00:02
	M3=02:00:00:00:00:03
	M4=02:00:00:00:00:04
	HOST_MAC=02:00:00:00:00:ff
}
