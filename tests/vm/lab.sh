#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A lab that a person can follow: each step with the commands as typed, what
# they say, and whether that is as expected. It ends at the first thing that
# is not, with status 1.
#
# Needs root and the module. All that it makes is in a network, a mount and a
# process namespace of its own: nothing is left however it ends, and no name
# or address can clash with the machine's. Files go to $OUT.

set -u
export LC_ALL=C

if [ "${VSW_LAB:-}" != inside ]; then
	OUT=$(realpath "${OUT:-.}")
	export OUT VSW_LAB=inside
	exec unshare --net --mount --pid --fork --kill-child --mount-proc \
		"$0" "$@"
fi

SHOWN=''	# what the last command said
STEP=0
HELD=0		# expectations that held

##############################################################################
# What the steps are told with

die() {
	printf '\nlab.sh: FAILED: %s\n' "$*"
	exit 1
}

step() {
	local title

	STEP=$((STEP + 1))
	title="$STEP. $1"
	printf '\n\n%s\n%s\n' "$title" "${title//?/=}"
}

text() { printf '\n%s\n' "$@"; }

# show COMMAND...: as typed, then what it says
show() {
	local status=0

	printf '$ %s\n' "$*"
	SHOWN=$("$@" 2>&1) || status=$?
	[ -z "$SHOWN" ] || printf '%s\n' "$SHOWN"
	return "$status"
}

# run COMMAND...: it has to succeed
run() { show "$@" || die "status $?: $*"; }

# expect PATTERN WHAT: what the last command said has a line like this
expect() {
	grep -qE -- "$1" <<<"$SHOWN" || die "this is not so: $2"
	HELD=$((HELD + 1))
	printf -- '--> as expected: %s\n' "$2"
}

# reach NETNS ADDRESS: all answers come
reach() {
	echo
	show ip netns exec "$1" ping -c 3 -i 0.2 -W 5 "$2" || true
	expect ' 3 received, 0% packet loss' "$1 reaches $2"
}

# miss NETNS ADDRESS: it can be tried, and no answer comes
miss() {
	echo
	show ip netns exec "$1" ping -c 3 -i 0.2 -W 1 "$2" || true
	expect '^3 packets .* 0 received,.* 100% packet loss' \
		"$1 does not reach $2"
}

# Quietly, till ACTION... succeeds; WHAT says what does not come about.
wait_for() {
	local what=$1 i

	shift
	for ((i = 0; i < 100; i++)); do
		! "$@" || return 0
		sleep 0.1
	done
	die "$what"
}

all_up() { vsctl -j port show | jq -e 'all(.up)' >/dev/null; }

listening() {
	ip netns exec "$1" ss -Hltn "sport = $2" | grep -q .
}

# serve NETNS PORT: one client of iperf3, in the background
serve() {
	local cmd=(ip netns exec "$1" iperf3 -s -1 -p "$2")

	printf '$ %s >/dev/null &\n' "${cmd[*]}"
	"${cmd[@]}" >/dev/null 2>&1 &
	wait_for "iperf3 does not listen" listening "$1" "$2"
}

# ask NETNS ADDRESS PORT: some bytes to the server there, if it answers
ask() {
	show ip netns exec "$1" iperf3 -c "$2" -p "$3" -n 256K -i 0 \
		--connect-timeout 2000 || true
}

# no_ipv6 [COMMAND]...: else neighbour discovery is among what is counted
no_ipv6() {
	# shellcheck disable=SC2016 # the inner shell's
	"$@" sh -c 'for conf in /proc/sys/net/ipv6/conf/*/disable_ipv6; do
			echo 1 >"$conf"
		    done' 2>/dev/null
}

prepare() {
	local tool

	[ "$(id -u)" = 0 ] || die "not root"
	for tool in ip vsctl ping iperf3 ss jq; do
		type -P "$tool" >/dev/null || die "$tool is missing"
	done
	[ -d /sys/module/vswitch ] || die "the module vswitch is not loaded"
	mkdir -p /run/netns
	mount -t tmpfs tmpfs /run/netns || die "no place for namespaces"
	ip link set lo up
	no_ipv6
}

##############################################################################
# The steps

topology() {
	cat <<'PICTURE'

               VLAN                        VLAN
  red    .1 ---- 10 +--------------------+ 10, 20 ---- outside
                    |                    |             eth0.10  10.0.10.254
  blue   .2 ---- 10 |        vsw0        |             eth0.20  10.0.20.254
                    |                    |
  green  .3 ---- 20 +--------------------+ 10 -------- this host
                                                       host0    10.0.10.100

VLAN 10 has the addresses 10.0.10.0/24, VLAN 20 has 10.0.20.0/24.
IPv6 is off in all of them, so that only what you see here is counted.
PICTURE
}

make_switch() {
	step "A switch"
	text "A switch is a network device, which is also the host's own port."
	run vsctl switch add vsw0
	run ip link set vsw0 up
	run vsctl switch show
}

# tenant NAME ADDRESS VLAN
tenant() {
	echo
	run ip netns add "$1"
	no_ipv6 ip netns exec "$1"
	run ip link add "${1}0" type veth peer name eth0 netns "$1"
	run ip -n "$1" link set eth0 address "02:00:00:00:00:0${2##*.}" up
	run ip -n "$1" addr add "$2/24" dev eth0
	run vsctl port add vsw0 "${1}0" vlan access "$3"
	run ip link set "${1}0" up
}

make_tenants() {
	step "Three tenants on two VLANs"
	text "Each is a namespace with an eth0, whose other end is a port."
	tenant red 10.0.10.1 10
	tenant blue 10.0.10.2 10
	tenant green 10.0.20.3 20
}

make_uplink() {
	local vid

	step "An uplink, and a port of the host"
	text "The uplink is a trunk: frames of both VLANs, with their tags."
	run ip netns add outside
	no_ipv6 ip netns exec outside
	run ip link add up0 type veth peer name eth0 netns outside
	run ip -n outside link set eth0 address 02:00:00:00:00:fe up
	for vid in 10 20; do
		run ip -n outside link add link eth0 name "eth0.$vid" \
			type vlan id "$vid"
		run ip -n outside addr add "10.0.$vid.254/24" dev "eth0.$vid"
		run ip -n outside link set "eth0.$vid" up
	done
	run vsctl port add vsw0 up0 vlan trunk 10,20
	run ip link set up0 up

	text "An internal port is one more adapter of this host, in VLAN 10."
	run vsctl port add vsw0 host0 type internal vlan access 10
	run ip link set host0 address 02:00:00:00:00:64 up
	run ip addr add 10.0.10.100/24 dev host0

	wait_for "a port does not come up" all_up
	text "All together:"
	run vsctl port show
}

ping_within() {
	step "Within a VLAN, all reach each other"
	reach red 10.0.10.2
	reach red 10.0.10.100
	reach red 10.0.10.254
	reach green 10.0.20.254
}

ping_across() {
	step "Across VLANs, nobody reaches anybody"
	text "red takes an address of green's network, and asks for green:"
	run ip -n red addr add 10.0.20.1/24 dev eth0
	miss red 10.0.20.3
	run ip -n red addr del 10.0.20.1/24 dev eth0

	text "red sends frames with green's VLAN in a tag:"
	run ip -n red link add link eth0 name eth0.20 type vlan id 20
	run ip -n red addr add 10.0.20.1/24 dev eth0.20
	run ip -n red link set eth0.20 up
	miss red 10.0.20.3
	echo
	run vsctl drops show vsw0 port red0
	expect 'vlan-tagged +[1-9]' "the switch says why"
	run ip -n red link del eth0.20
}

transfer() {
	local rate

	step "A TCP transfer"
	text "It shows that TCP works. In a virtual machine the rate says little."
	serve blue 5201
	run ip netns exec red iperf3 -c 10.0.10.2 -t 3 -i 0
	wait
	rate=$(awk '/receiver$/ { print $7, $8 }' <<<"$SHOWN")
	expect '[1-9][0-9.]* [KMG]?bits/sec .*receiver' "blue got $rate"
}

mistake() {
	step "A mistake, and how to find it"
	text "Somebody sets the uplink's VLANs anew, and forgets 20."
	run vsctl port set up0 vlan trunk 10
	miss outside 10.0.20.3

	text "What does the uplink drop, and why?"
	run vsctl drops show vsw0 port up0
	expect 'vlan-ingress +[1-9]' "the switch says why"

	text "Which VLANs does it have?"
	run vsctl port show up0

	text "20 is missing. Put it right:"
	run vsctl port set up0 vlan trunk 10,20
	reach outside 10.0.20.3
}

security_group() {
	step "A security group"
	text "What no rule permits is to be dropped. All may ask for addresses,"
	echo "and what belongs to a connection that was permitted may pass."
	run vsctl rule add vsw0 match arp action permit
	run vsctl rule add vsw0 match ct established action permit
	run vsctl switch set vsw0 policy drop

	text "Who is in the group \"web\" may begin connections to port 80:"
	run vsctl rule add vsw0 group web match ct new tcp dport 80 \
		action ct commit permit
	run vsctl port set red0 rules web
	text "blue has a server at port 80, and one at port 22:"
	serve blue 80
	serve blue 22

	text "red asks that at port 80:"
	ask red 10.0.10.2 80
	expect 'receiver$' "red reaches port 80 of blue"
	echo
	run vsctl -s rule show vsw0
	expect 'group web .* packets [1-9]' "by the group's rule"
	expect 'ct established .* packets [1-9]' \
		"and what followed, by that of connections"
}

blocked() {
	step "A blocked connection, and why"
	text "red asks the server at port 22:"
	ask red 10.0.10.2 22
	expect 'unable to connect' "red does not reach port 22 of blue"

	text "What does red's port drop, and why?"
	run vsctl drops show vsw0 port red0
	expect 'policy +[1-9]' "the switch says why"

	text "Where does such a frame end? One can ask without sending it."
	run vsctl trace vsw0 port red0 mac src 02:00:00:00:00:01 \
		dst 02:00:00:00:00:02 ip src 10.0.10.1 dst 10.0.10.2 \
		tcp dport 22 tcp-flags +syn
	expect '^rule: +ct new +none matches' "no rule matches it"
	expect '^drop: +port red0 +policy' "and so the policy drops it"

	text "That is as it was meant. Without all this, as before:"
	run vsctl port set red0 rules none
	run vsctl switch set vsw0 policy permit
	run vsctl rule flush vsw0
	ask red 10.0.10.2 22
	expect 'receiver$' "red reaches port 22 of blue"
	wait
}

tables() {
	step "What the switch knows"
	text "What passed each port:"
	run vsctl -s port show
	text "Which station is behind which port:"
	run vsctl fdb show
	expect '02:00:00:00:00:01 vlan 10 .*port red0' "red is behind red0"
	text "The switch itself:"
	run vsctl switch show
}

picture() {
	step "A picture of it all"
	echo
	echo '$ vsctl -s graph >topology.dot'
	vsctl -s graph >"$OUT/topology.dot" || die "status $?: vsctl graph"
	SHOWN=$(cat "$OUT/topology.dot")
	expect '>outside<' "it shows what is behind the uplink"
}

prepare
topology
make_switch
make_tenants
make_uplink
ping_within
ping_across
transfer
mistake
security_group
blocked
tables
picture
printf '\nAll %d expectations held.\n' "$HELD"
