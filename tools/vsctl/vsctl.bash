# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# bash completion for vsctl(8)

# Names of what there is: "switch", "port", "set" or "police".
_vsctl_names()
{
	"${_vsctl_cmd[@]}" -j "$1" show 2>/dev/null |
		grep -o '"name":"[^"\\]*"' | cut -d '"' -f 4
}

# Devices that a switch can still take: of no master, and no loopback.
_vsctl_free()
{
	local names used

	names=$(ip ${_vsctl_netns:+-n "$_vsctl_netns"} -o link show nomaster \
		2>/dev/null | sed -n 's/^[0-9]*: \([^:@]*\).*/\1/p')
	used=$(_vsctl_names switch)
	grep -vxF -e lo ${used:+-e "$used"} <<<"$names"
}

# Offer those of the words that fit. Not by compgen -W: it expands its words,
# and a device may have any name, $(halt) among them.
_vsctl_complete()
{
	local words word

	read -ra words -d '' <<<"$1"
	for word in "${words[@]}"; do
		[[ $word != "$cur"* ]] ||
			COMPREPLY+=("$(printf %q "$word")")
	done
}

# What the word before the one at the cursor asks for, or nothing.
_vsctl_value()
{
	case $1 in
	port)		_vsctl_complete "$(_vsctl_names port)" ;;
	switch)		_vsctl_complete "$(_vsctl_names switch)" ;;
	type)		_vsctl_complete "netdev internal" ;;
	vlan-aware)	_vsctl_complete "on off" ;;
	trunk)		_vsctl_complete "all none" ;;
	svg)		mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	ageing|fdb-limit|access|native|interval|count) ;;
	*)		return 1 ;;
	esac
}

# The keywords of $1 that are not in the words already.
_vsctl_keys()
{
	local key keys=

	for key in $1; do
		[[ " ${args[*]} " = *" $key "* ]] || keys+=" $key"
	done
	_vsctl_complete "$keys"
}

_vsctl_switch()
{
	case $cmd/${#args[@]} in
	add/0)		;;
	add/*)		_vsctl_keys "vlan-aware ageing fdb-limit" ;;
	set/0|del/0|show/0)
			_vsctl_complete "$(_vsctl_names switch)" ;;
	set/*)		if [ "$prev" = policy ]; then
				_vsctl_complete "permit drop"
			else
				_vsctl_keys "ageing fdb-limit policy ct-zone"
			fi ;;
	esac
}

_vsctl_port_keys()
{
	case $prev in
	policy)		_vsctl_complete "permit drop switch" ;;
	rules)		_vsctl_complete none ;;
	*)		_vsctl_keys "$1" ;;
	esac
}

_vsctl_port()
{
	# "vlan" has a word of its own kind behind it here.
	if [ "$prev" = vlan ]; then
		_vsctl_complete "access trunk"
		return
	fi
	case $cmd/${#args[@]} in
	add/0)		_vsctl_complete "$(_vsctl_names switch)" ;;
	add/1)		_vsctl_complete "$(_vsctl_free)" ;;
	add/*)		_vsctl_port_keys "type vlan rules policy" ;;
	set/0|del/0)	_vsctl_complete "$(_vsctl_names port)" ;;
	set/*)		_vsctl_port_keys "switch vlan rules policy" ;;
	del/*|show/1)	_vsctl_keys switch ;;
	show/0)		_vsctl_complete "switch $(_vsctl_names port)" ;;
	esac
	# The native VLAN of a trunk comes behind its list.
	[ "${#args[@]}" -lt 2 ] || [ "${args[-2]}" != trunk ] ||
		_vsctl_complete native
}

_vsctl_fdb()
{
	[ "$prev" != vlan ] || return
	case $cmd/${#args[@]} in
	add/0|set/0|del/0) ;;
	add/*)		_vsctl_keys "vlan port switch static" ;;
	set/*)		_vsctl_keys "vlan port switch" ;;
	del/*)		_vsctl_keys "vlan switch" ;;
	show/0)		_vsctl_complete "port vlan $(_vsctl_names switch)" ;;
	show/*)		_vsctl_keys "port vlan" ;;
	flush/0)	_vsctl_complete "$(_vsctl_names switch)" ;;
	flush/*)	_vsctl_keys "port vlan" ;;
	esac
}

_vsctl_drops()
{
	case $cmd/${#args[@]} in
	show/0)		_vsctl_complete "port $(_vsctl_names switch)" ;;
	show/*)		_vsctl_keys port ;;
	watch/0)	_vsctl_complete "$(_vsctl_names switch)" ;;
	esac
}

# Within a match there are too many fields to guess which is meant.
_vsctl_rule()
{
	case $cmd/${#args[@]} in
	show/0)		_vsctl_complete "interval $(_vsctl_names switch)" ;;
	*/0)		_vsctl_complete "$(_vsctl_names switch)" ;;
	add/*)		_vsctl_rule_words ;;
	del/1)		_vsctl_complete "id prio" ;;
	del/3)		_vsctl_keys band ;;
	show/*)		_vsctl_keys interval ;;
	replace/1)	mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	esac
}

_vsctl_rule_words()
{
	case $prev in
	action|commit|reject)
			_vsctl_complete "permit drop reject output goto mirror
				mark set push pop dec ct police
				sample" ;;
	sample)		_vsctl_complete "rate group trunc" ;;
	rate|trunc)	;;
	prio|band|group|goto|mark|*-timeout) ;;
	police)		_vsctl_complete "$(_vsctl_names police)" ;;
	output|mirror)	_vsctl_complete "$(_vsctl_names port)" ;;
	set)		_vsctl_complete "mac ip sport dport vlan" ;;
	push|pop)	_vsctl_complete vlan ;;
	dec)		_vsctl_complete ip ;;
	nat)		_vsctl_complete "src dst" ;;
	ct)		_vsctl_complete "new established related invalid
				untracked commit nat" ;;
	frag)		_vsctl_complete "none first later" ;;
	mac)		_vsctl_complete "src dst" ;;
	ip)		_vsctl_complete "src dst proto dscp ecn ttl frag" ;;
	arp)		_vsctl_complete "op sender-ip target-ip sender-mac
				target-mac action" ;;
	icmp|icmp6)	_vsctl_complete "type code action" ;;
	nd)		_vsctl_complete "target action" ;;
	op)		_vsctl_complete "request reply" ;;
	*)		if [[ " ${args[*]} " = *" match "* ]]; then
				_vsctl_keys "port mark ct vlan inner-vlan mac type
					arp ip tcp udp sctp sport dport
					tcp-flags icmp icmp6 nd action"
			else
				_vsctl_keys "band group prio idle-timeout
					hard-timeout match action"
			fi ;;
	esac
}

# Policers are known by their names, which are not those of devices.
_vsctl_police()
{
	case $cmd/${#args[@]} in
	*/0)		_vsctl_complete "$(_vsctl_names switch)" ;;
	set/1|del/1)	_vsctl_complete "$(_vsctl_names police)" ;;
	add/1)		;;
	add/*|set/*)	case $prev in
			rate|burst|pps|pburst) ;;
			*)	_vsctl_keys "rate burst pps pburst" ;;
			esac ;;
	esac
}

# So are sets.
_vsctl_set()
{
	case $cmd/${#args[@]} in
	*/0)		_vsctl_complete "$(_vsctl_names set)" ;;
	add/1|del/1)	_vsctl_complete ip ;;
	esac
}

# A frame is described as a rule's match is.
_vsctl_trace()
{
	local prev=${args[-1]}

	case ${#args[@]} in
	1)		_vsctl_complete "help $(_vsctl_names switch)" ;;
	2)		_vsctl_complete port ;;
	3)		_vsctl_complete "$(_vsctl_names port)" ;;
	*)		case ${args[4]-} in
			pcap)	[ "${#args[@]}" != 5 ] ||
				mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
			hex)	;;
			'')	_vsctl_complete "hex pcap mark vlan mac type arp
					ip tcp udp sctp icmp icmp6 nd" ;;
			*)	args+=(match)
				_vsctl_rule_words ;;
			esac ;;
	esac
}

_vsctl_top()
{
	local keys="interval count"

	[ "${#args[@]}" -gt 1 ] || keys+=" help $(_vsctl_names switch)"
	_vsctl_value "${args[-1]}" || _vsctl_keys "$keys"
}

# The command behind the object, then the arguments of the command.
_vsctl_object()
{
	local object=$1 commands=$2 cmd prev

	prev=${args[-1]}
	if [ "${#args[@]}" = 1 ]; then
		_vsctl_complete "$commands help"
		return
	fi
	cmd=${args[1]}
	args=("${args[@]:2}")
	# What stands first is a name, whatever it is.
	if [ "${#args[@]}" -gt 1 ] || [ "$cmd" = show ]; then
		[ "${#args[@]}" = 0 ] || ! _vsctl_value "$prev" || return
	fi
	"_vsctl_$object"
}

_vsctl_options()
{
	local i

	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-n|-netns)	_vsctl_netns=${COMP_WORDS[++i]-} ;;
		-b|-batch)	((i++)) ;;
		-*)		;;
		*)		break ;;
		esac
	done
	args=("${COMP_WORDS[@]:i:COMP_CWORD - i}")
}

_vsctl()
{
	local cur=${COMP_WORDS[COMP_CWORD]} _vsctl_netns='' args=()
	local last=${COMP_WORDS[COMP_CWORD - 1]}

	COMPREPLY=()
	_vsctl_options
	local _vsctl_cmd=("${COMP_WORDS[0]}"
			  ${_vsctl_netns:+-n "$_vsctl_netns"})
	if [ "${#args[@]}" = 0 ]; then
		case $last in
		-n|-netns)	_vsctl_complete "$(ip netns list 2>/dev/null |
				cut -d ' ' -f 1)" ;;
		-b|-batch)	mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
		*)		_vsctl_complete "switch port fdb rule set police drops
				top trace monitor graph help -json -pretty -statistics -details
				-color -netns -batch -force -Version -help" ;;
		esac
		return
	fi
	case ${args[0]} in
	switch|port)	_vsctl_object "${args[0]}" "add set del show" ;;
	fdb)		_vsctl_object fdb "add set del show flush" ;;
	rule)		_vsctl_object rule "add del show flush replace" ;;
	set)		_vsctl_object set "add del show flush" ;;
	police)		_vsctl_object police "add set del show" ;;
	drops)		_vsctl_object drops "show watch" ;;
	top)		_vsctl_top ;;
	trace)		_vsctl_trace ;;
	monitor)	_vsctl_keys "config fdb rule help" ;;
	graph)		_vsctl_value "${args[-1]}" ||
			_vsctl_keys "svg help $(_vsctl_names switch)" ;;
	esac
}

complete -F _vsctl vsctl
