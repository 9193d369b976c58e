#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What the bash completion offers, with a vsctl and an ip that pretend to know
# a few devices.

top=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
number=0
failed=0

cat >"$dir/vsctl" <<'END'
#!/bin/sh
netns=
[ "$1" != -n ] || { netns=$2-; shift 2; }
case $* in
"-j switch show")
	echo '[{"name":"'"$netns"'vsw0","ifindex":4},{"name":"vsw1"}]' ;;
"-j port show")
	echo '[{"name":"tap1","switch":"vsw0"},{"name":"$(id>x)"},{"name":"*"}]' ;;
"-j set show")
	echo '[{"name":"web-servers","addresses":2},{"name":"db"}]' ;;
"-j police show")
	echo '[{"name":"dns","switch":"vsw0"},{"name":"web"}]' ;;
esac
END
cat >"$dir/ip" <<'END'
#!/bin/sh
case $* in
"netns list")
	printf 'red (id: 0)\nblue\n' ;;
*"link show nomaster")
	printf '%s\n' '1: lo: <UP>' '4: vsw0: <UP>' '7: eth1: <UP>' \
		'8: t-red@if2: <UP>' '9: vsw1: <UP>' ;;
esac
END
chmod +x "$dir/vsctl" "$dir/ip"
PATH=$dir:$PATH

# shellcheck source=/dev/null
. "$top/tools/vsctl/vsctl.bash"

# The last word is the one that is being typed.
offers() { # want, word...
	local want=$1 got
	shift

	# Bash gives these to the function.
	# shellcheck disable=SC2034
	COMP_WORDS=(vsctl "$@") COMP_CWORD=$#
	COMPREPLY=()
	_vsctl
	got=${COMPREPLY[*]}
	number=$((number + 1))
	if [ "$got" = "$want" ]; then
		echo "ok $number - vsctl $*"
	else
		echo "not ok $number - vsctl $*"
		echo "# got:  $got"
		echo "# want: $want"
		failed=1
	fi
}

cd "$dir" || exit 1
offers "switch" sw
offers "-statistics" -s
offers "port police" -j -p po
offers "red blue" -n ""
offers "switch" -n red sw
offers "vsctl" -b vs
offers "vsctl" -batch vs
offers "add set del show help" switch ""
offers "add set del show flush help" fdb ""
offers "show watch help" drops ""
offers "interval count help vsw0 vsw1" top ""
offers "interval count" top vsw0 ""
offers "" top vsw0 interval ""
offers "count" top interval 2 c
offers "config fdb rule help" monitor ""
offers "fdb rule help" monitor config ""
offers "add del show flush replace help" rule ""
offers "vsw0 vsw1" rule add ""
offers "band group prio idle-timeout hard-timeout match action" \
	rule add vsw0 ""
offers "permit drop reject output goto mirror mark set push pop dec ct police sample" \
	rule add vsw0 action ""
offers "mac ip sport dport vlan" rule add vsw0 action set ""
offers "band group idle-timeout hard-timeout match action" \
	rule add vsw0 prio 5 ""
offers "src dst proto dscp ecn ttl frag" rule add vsw0 match ip ""
offers "dport" rule add vsw0 match tcp dp
offers "id prio" rule del vsw0 ""
offers "interval vsw0 vsw1" rule show ""
offers "interval" rule show vsw0 ""
offers "" rule show vsw0 interval ""
offers "vsw0 vsw1" rule flush ""
offers "dns web" rule add vsw0 action police ""
offers "new established related invalid untracked commit nat" \
	rule add vsw0 action ct ""
offers "src dst" rule add vsw0 action ct commit nat ""
offers "rate group trunc" rule add vsw0 action sample ""
offers "add del show flush help" set ""
offers "web-servers db" set add ""
offers "ip" set add web-servers ""
offers "" set add web-servers ip ""
offers "db" set show d
offers "ip" set del db ""
offers "" set flush db ""
offers "add set del show help" police ""
offers "vsw0 vsw1" police add ""
offers "" police add vsw0 ""
offers "rate burst pps pburst" police add vsw0 web ""
offers "" police add vsw0 web rate ""
offers "rate burst pburst" police set vsw0 web pps 5 ""
offers "dns web" police set vsw0 ""
offers "web" police del vsw0 w
offers "vsw0 vsw1" police show ""
offers "svg help vsw0 vsw1" graph ""
offers "vsctl" graph svg vs

offers "" switch add ""
offers "vlan-aware ageing fdb-limit" switch add s ""
offers "on off" switch add s vlan-aware ""
offers "ageing fdb-limit" switch add s vlan-aware on ""
offers "" switch add s ageing ""
offers "vsw0 vsw1" switch del ""
offers "vsw0 vsw1" switch show ""
offers "red-vsw0 vsw1" -n red switch set ""
offers "ageing fdb-limit policy ct-zone" switch set vsw0 ""
offers "permit drop" switch set vsw0 policy ""
offers "permit drop switch" port set tap1 policy ""

offers "vsw0 vsw1" port add v
offers "eth1 t-red" port add vsw0 ""
offers "type vlan rules policy" port add vsw0 eth1 ""
offers "permit drop switch" port add vsw0 eth1 policy ""
offers "none" port add vsw0 eth1 rules ""
offers "none" port set tap1 rules ""
offers "netdev internal" port add vsw0 eth1 type ""
offers "access trunk" port add vsw0 eth1 vlan ""
offers "" port add vsw0 eth1 vlan access ""
offers "type rules policy" port add vsw0 eth1 vlan access 10 ""
offers "all none" port add vsw0 eth1 vlan trunk ""
offers "type rules policy native" port add vsw0 eth1 vlan trunk 10,20 ""
offers "native" port set tap1 vlan trunk 10 n
offers "tap1 \\\$\\(id\\>x\\) \\*" port del ""
offers "tap1" port set t
offers "switch vlan rules policy" port set tap1 ""
offers "vlan rules policy" port set tap1 switch vsw0 ""
offers "vsw0 vsw1" port set tap1 switch ""
offers "switch" port del tap1 ""
offers "vsw0 vsw1" port del tap1 switch ""
offers "" port del tap1 switch vsw0 ""
offers "switch tap1 \\\$\\(id\\>x\\) \\*" port show ""
offers "vsw0 vsw1" port show switch ""
offers "switch" port show tap1 ""
offers "vsw0 vsw1" port show tap1 switch v

mac=02:00:00:00:00:09
offers "" fdb add ""
offers "vlan port switch static" fdb add "$mac" ""
offers "" fdb add "$mac" vlan ""
offers "tap1 \\\$\\(id\\>x\\) \\*" fdb add "$mac" vlan 10 port ""
offers "switch static" fdb add "$mac" vlan 10 port tap1 ""
offers "vsw0 vsw1" fdb add "$mac" vlan 10 port tap1 switch ""
offers "vlan port switch" fdb set "$mac" ""
offers "vsw0 vsw1" fdb del "$mac" switch ""
offers "port vlan vsw0 vsw1" fdb show ""
offers "tap1" fdb show port t
offers "vlan" fdb show port tap1 ""
offers "vsw0 vsw1" fdb flush ""
offers "port vlan" fdb flush vsw0 ""
offers "port vsw0 vsw1" drops show ""
offers "tap1" drops show vsw0 port t
offers "vsw0 vsw1" drops watch ""
offers "" drops watch vsw0 ""
offers "" bogus ""

number=$((number + 1))
if [ -e "$dir/x" ]; then
	echo "not ok $number - a device's name was run"
	failed=1
else
	echo "ok $number - no device's name is run"
fi
echo "1..$number"
exit "$failed"
