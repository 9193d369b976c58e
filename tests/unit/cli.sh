#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What vsctl says to words that are wrong, and its exit status. None of this
# needs the module: words are looked at before anything is asked of it.
#
# VSCTL names the program.

VSCTL=${VSCTL:-vsctl}
number=0
failed=0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

point() { # status, text
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		failed=1
	fi
}

# Run vsctl with the remaining words; its status and standard error must be
# as given, the latter's text somewhere in it, on one line.
expect() { # status, text, word...
	local want=$1 text=$2 got status
	shift 2

	got=$("$VSCTL" "$@" 2>&1 >"$dir/out" </dev/null)
	status=$?
	if [ "$status" = "$want" ] && [[ $got = *"$text"* ]] &&
	   { [ "$want" = 0 ] || [ "$(wc -l <<<"$got")" = 1 ]; }; then
		point 0 "vsctl $*"
	else
		point 1 "vsctl $*"
		echo "# status $status, wanted $want"
		echo "# got:  $got"
		echo "# want: $text"
	fi
}

# A mistake in the words: status 2, and where to look it up.
usage() { # object, text, word...
	local object=$1 text=$2
	shift 2

	expect 2 "$text (see 'vsctl $object${object:+ }help')" "$@"
}

# The same in a batch names file and line.
batch() { # status, text, content, option...
	local status=$1 text=$2 content=$3
	shift 3

	printf '%b' "$content" >"$dir/batch"
	expect "$status" "$text" "$@" -b "$dir/batch"
}

output() { # text that standard output must have
	if grep -qF -- "$1" "$dir/out"; then
		point 0 "... and writes '$1'"
	else
		point 1 "... and writes '$1'"
	fi
}

options() {
	local opt

	expect 0 "" help
	output "Usage: vsctl [ OPTIONS ] OBJECT"
	expect 0 "" -h
	output "vsctl drops show"
	expect 0 "" --help
	expect 0 "" -V
	output "vsctl "
	expect 0 "" -Version
	for opt in -j -json --json -p -pretty -s -stats -statistics -d \
		   -details -c -color -c=always -color=auto -c=never -force; do
		expect 0 "" "$opt" switch help
	done
	expect 0 "" -j -p -s -d -- port help
	for opt in -x -jp -js -jso -jsons --j=1 -c=red -color= -colors -bat \
		   -vers --- -; do
		usage "" "unknown option \"$opt\"" "$opt" switch show
	done
	usage "" '"-n": a network namespace must follow' -n
	usage "" '"-b": a file name must follow' -b
	usage "" 'unknown word "switch" after "-b x"' -b x switch show
	usage "" "expected a network namespace's name, not \"a/b\"" \
		-n a/b switch show
	usage "" "expected a network namespace's name, not \"..\"" \
		-n .. switch show
	expect 1 'there is no network namespace of that name ("no-such-ns")' \
		-n no-such-ns switch show
}

objects() {
	local object

	usage "" "unknown object \"swit\": expected one of 'switch' 'port' 'fdb' 'rule' 'set' 'police' 'drops' 'top' 'trace' 'monitor' 'graph'" \
		swit show
	expect 2 'unknown object ""' ""
	usage "" 'unknown word "me"' help me
	for object in switch port fdb rule set police drops top trace monitor \
		graph; do
		expect 0 "" "$object" help
		output "vsctl $object "
		usage "$object" 'unknown word "me"' "$object" help me
	done
	for object in switch port fdb rule set police drops; do
		usage "$object" "a command must follow \"$object\"" "$object"
		expect 2 'unknown command "sho"' "$object" sho
		expect 2 "(see 'vsctl $object help')" "$object" list
	done
}

# What is said of a rule that is wrong before any kernel is asked.
rules() {
	usage rule "SWITCH is missing: a device name of 1 to 15 characters must follow" \
		rule add
	usage rule "what the rule does is missing: 'action permit', 'action drop' ..." \
		rule add s prio 5
	usage rule "expected an action such as 'permit' or 'drop', not \"deny\"" \
		rule add s action deny
	usage rule "expected an action such as 'permit' or 'drop', not \"\"" \
		rule add s action
	usage rule "'set' must be followed by what to set" \
		rule add s action set
	usage rule "'set' must be followed by what to set" \
		rule add s action set ip nothing
	usage rule 'what follows "goto" is missing' rule add s action goto
	usage rule 'expected a number from 1 to 15, not "16"' \
		rule add s action goto 16
	usage rule 'expected a number from 1 to 4094, not "0"' \
		rule add s action set vlan 0 permit
	usage rule 'expected an IP address, not "10.0.0.0/8"' \
		rule add s action set ip src 10.0.0.0/8 permit
	usage rule 'expected an IP address, not "2001:db8::/64"' \
		rule add s action set ip src 2001:db8::/64 permit
	usage rule '"band": expected a number from 0 to 15, not "16"' \
		rule add s band 16 action drop
	usage rule '"prio": expected a number from 0 to 65535, not "65536"' \
		rule add s prio 65536 action drop
	usage rule "what must match is missing: a field such as port, vlan, ip or tcp must follow" \
		rule add s match action drop
	usage rule '"action" is given twice' \
		rule add s action drop action permit
	usage rule "say which: 'id ID', or 'prio NUMBER' for all with it" \
		rule del s
	usage rule "say which: 'id ID', or 'prio NUMBER' for all with it" \
		rule del s id 1 prio 1
	usage rule '"id": expected the ID of a rule, not "0"' rule del s id 0
	usage rule "FILE is missing: a file name must follow" rule replace s
	expect 2 'unknown word "bogus"' rule show s bogus
	expect 2 '"interval": seconds from 1 to 3600 must follow' \
		rule show s interval
	expect 2 '"interval": expected seconds from 1 to 3600, not "0"' \
		rule show interval 0
	expect 2 'not "3601"' rule show s interval 3601
	expect 2 'unknown word "bogus"' rule flush s bogus
	expect 2 'unknown word "bogus"' rule replace s f bogus
}

sets() {
	local cmd list

	list=$(seq -s , -f 10.0.0.%g 0 255)
	for cmd in add del flush; do
		usage set "NAME is missing: a name of 1 to 31 characters, none of them a comma must follow" \
			set "$cmd"
		usage set 'expected a name of 1 to 31 characters, none of them a comma, not "a,b"' \
			set "$cmd" a,b
		unknown set "$cmd" n
	done
	for cmd in add del; do
		usage set 'what follows "ip" is missing' set "$cmd" n ip
		usage set 'expected an IP address or prefix, not "10.0.0.256"' \
			set "$cmd" n ip 10.0.0.1,10.0.0.256
		usage set 'expected an IP address or prefix, not ""' \
			set "$cmd" n ip 10.0.0.1,
		usage set "more than 512 addresses: make more commands of it" \
			set "$cmd" n ip "$list,$list,::1"
		unknown set "$cmd" n ip 10.0.0.1
	done
	unknown set show n
	usage trace 'a frame has one value of each field: "@web" is many' \
		trace s port p ip src @web
}

policers() {
	local cmd rate

	for cmd in add set del; do
		usage police "SWITCH is missing: a device name of 1 to 15 characters must follow" \
			police "$cmd"
		usage police "NAME is missing: a name of 1 to 31 characters must follow" \
			police "$cmd" s
		usage police 'expected a name of 1 to 31 characters, not "01234567890123456789012345678901"' \
			police "$cmd" s 01234567890123456789012345678901
	done
	for cmd in add set; do
		usage police "what may pass is missing: 'rate' or 'pps' must follow \"n\"" \
			police "$cmd" s n
		for rate in 7 7bit 0mbit mbit 10mb 1.5mbit -1 2tbit 1tibit \
			    10000000000000 99999999999999999999; do
			usage police "\"rate\": expected a rate from 8bit to 1tbit, as 10mbit, not \"$rate\"" \
				police "$cmd" s n rate "$rate"
		done
		usage police '"pps": expected a number from 1 to 4294967295, not "0"' \
			police "$cmd" s n pps 0
		usage police '"burst": expected a number from 1 to 4294967295, not "10k"' \
			police "$cmd" s n rate 1Gbit burst 10k
		unknown police "$cmd" s n rate 1000000000000 pburst 5
	done
	unknown police del s n
	unknown police show s
	usage rule 'what follows "police" is missing' rule add s action police
	usage rule 'expected a name of 1 to 31 characters, not ""' \
		rule add s action police '' permit
}

translations() {
	local range

	for range in 1.2.3.4:0 1.2.3.4:65536 1.2.3.4: 1.2.3.4- -1.2.3.4 '' \
		     1.2.3.4:1-2-3 1.2.3.4-1.2.3.5-1.2.3.6 ::1-1.2.3.4 '[::1' \
		     '[::1]5' '[::1]:' '[1.2.3.4]:5' ::1] 1.2.3.0/24; do
		usage rule "expected ADDRESS[-ADDRESS][:PORT[-PORT]], not \"$range\"" \
			rule add s action ct commit nat src "$range" permit
	done
	usage rule 'what follows "dst" is missing' \
		rule add s action ct commit nat dst
}

samples() {
	usage rule '"sample" must be followed by '"'rate' and a number" \
		rule add s action sample permit
	usage rule '"sample" must be followed by '"'group' and a number" \
		rule add s action sample trunc 5 rate 5 permit
	usage rule '"rate": expected a number from 1 to 4294967295, not "0"' \
		rule add s action sample rate 0 group 1 permit
	usage rule '"group": expected a number from 0 to 4294967295, not ""' \
		rule add s action sample rate 1 group
	usage rule '"trunc": expected a number from 1 to 4294967295, not "-1"' \
		rule add s action sample rate 1 group 1 trunc -1 permit
	usage rule '"rate" is given twice' \
		rule add s action sample rate 1 group 1 rate 2 permit
}

# An unknown word at the end of each command that is right.
unknown() { # word...
	expect 2 'unknown word "bogus"' "$@" bogus
}

switches() {
	local cmd

	for cmd in add set del; do
		usage switch "NAME is missing: a device name of 1 to 15 characters must follow" \
			switch "$cmd"
		usage switch 'expected a device name of 1 to 15 characters, not "a/b"' \
			switch "$cmd" a/b
		usage switch 'expected a device name of 1 to 15 characters, not "a234567890123456"' \
			switch "$cmd" a234567890123456
	done
	unknown switch add s
	unknown switch set s ageing 10
	unknown switch del s
	unknown switch show s
	expect 2 "unknown word \"x\": expected 'vlan-aware' or 'ageing' or 'fdb-limit'" \
		switch add s x
	for cmd in add set; do
		usage switch '"ageing": seconds from 1 to 1000000 must follow' \
			switch "$cmd" s ageing
		usage switch '"ageing": expected seconds from 1 to 1000000, not "0"' \
			switch "$cmd" s ageing 0
		usage switch 'not "1000001"' switch "$cmd" s ageing 1000001
		usage switch 'not "10s"' switch "$cmd" s ageing 10s
		usage switch '"ageing" is given twice' \
			switch "$cmd" s ageing 1 ageing 2
		usage switch '"fdb-limit": a number from 1 to 4194304 must follow' \
			switch "$cmd" s fdb-limit
		usage switch 'not "4194305"' switch "$cmd" s fdb-limit 4194305
	done
	usage switch "\"vlan-aware\": 'on' or 'off' must follow" \
		switch add s vlan-aware
	usage switch "\"vlan-aware\": expected 'on' or 'off', not \"1\"" \
		switch add s vlan-aware 1
	unknown switch set s
	expect 2 'unknown word "vlan-aware"' switch set s vlan-aware on
	usage switch "nothing to set: 'ageing', 'fdb-limit', 'policy' or 'ct-zone' must follow \"s\"" \
		switch set s
}

ports() {
	local cmd

	usage port "SWITCH is missing: a device name of 1 to 15 characters must follow" \
		port add
	usage port "DEV is missing: a device name of 1 to 15 characters must follow" \
		port add s
	for cmd in set del; do
		usage port "DEV is missing: a device name of 1 to 15 characters must follow" \
			port "$cmd"
	done
	unknown port add s d
	unknown port set d vlan access 1
	unknown port del d
	unknown port show d
	unknown port show d switch s
	unknown port set d switch s vlan access 1
	unknown port del d switch s
	for cmd in set del show; do
		usage port '"switch": a device name of 1 to 15 characters must follow' \
			port "$cmd" d switch
		usage port '"switch" is given twice' \
			port "$cmd" d switch s switch s
	done
	usage port "nothing to set: 'vlan', 'rules' or 'policy' must follow \"s\"" \
		port set d switch s
	usage port '"switch": a device name of 1 to 15 characters must follow' \
		port show switch
	usage port "\"type\": 'netdev' or 'internal' must follow" \
		port add s d type
	usage port "\"type\": expected 'netdev' or 'internal', not \"host\"" \
		port add s d type host
	usage port '"type" is given twice' \
		port add s d type netdev type netdev
	for cmd in "add s d" "set d"; do
		# shellcheck disable=SC2086 # words
		usage port '"rules": a name of 1 to 31 characters must follow' \
			port $cmd rules
		# shellcheck disable=SC2086 # words
		usage port "\"policy\": expected 'permit', 'drop' or 'switch', not \"x\"" \
			port $cmd policy x
		# shellcheck disable=SC2086 # words
		usage port '"rules" is given twice' \
			port $cmd rules a rules b
	done
	unknown port add s d rules a policy drop
	usage port "nothing to set: 'vlan', 'rules' or 'policy' must follow \"d\"" port set d
	port_vlans add s d
	port_vlans set d
}

port_vlans() { # command, word...
	usage port "\"vlan\": 'access' or 'trunk' must follow" port "$@" vlan
	usage port "\"vlan\": expected 'access' or 'trunk', not \"10\"" \
		port "$@" vlan 10
	usage port '"access": a VLAN from 1 to 4094 must follow' \
		port "$@" vlan access
	usage port '"access": expected a VLAN from 1 to 4094, not "4095"' \
		port "$@" vlan access 4095
	usage port "\"trunk\": VLANs from 1 to 4094 as 10,20,100-199, 'all' or 'none' must follow" \
		port "$@" vlan trunk
	expect 2 'not "20-10"' port "$@" vlan trunk 20-10
	usage port '"native": a VLAN from 1 to 4094 must follow' \
		port "$@" vlan trunk 10 native
	usage port '"native": expected a VLAN from 1 to 4094, not "0"' \
		port "$@" vlan trunk 10 native 0
	expect 2 'unknown word "native"' port "$@" vlan access 10 native 1
	usage port '"vlan" is given twice' \
		port "$@" vlan access 1 vlan access 2
}

entries() {
	local cmd mac=02:00:00:00:00:09

	for cmd in add set del; do
		usage fdb "MAC is missing: a MAC address as 02:00:00:00:00:09 must follow" \
			fdb "$cmd"
		usage fdb 'expected a MAC address as 02:00:00:00:00:09, not "2"' \
			fdb "$cmd" 2
		usage fdb '"vlan": a VLAN from 1 to 4094 must follow' \
			fdb "$cmd" "$mac" vlan
		usage fdb '"vlan": expected a VLAN from 1 to 4094, not "a"' \
			fdb "$cmd" "$mac" vlan a
		usage fdb '"vlan" is given twice' \
			fdb "$cmd" "$mac" vlan 1 vlan 1
	done
	for cmd in add set; do
		usage fdb '"port DEV" is missing' fdb "$cmd" "$mac"
		usage fdb '"port": a device name of 1 to 15 characters must follow' \
			fdb "$cmd" "$mac" port
		unknown fdb "$cmd" "$mac" port d
		unknown fdb "$cmd" "$mac" port d switch s
		usage fdb '"switch": a device name of 1 to 15 characters must follow' \
			fdb "$cmd" "$mac" port d switch
	done
	usage fdb '"static" is given twice' fdb add "$mac" port d static static
	expect 2 'unknown word "static"' fdb set "$mac" port d static
	usage fdb '"switch": a device name of 1 to 15 characters must follow' \
		fdb del "$mac" switch
	unknown fdb del "$mac" switch s
	unknown fdb show s
	expect 2 'unknown word "02:00:00:00:00:0a"' \
		fdb show "$mac" 02:00:00:00:00:0a
	usage fdb '"vlan": a VLAN from 1 to 4094 must follow' fdb show vlan
	usage fdb '"port": a device name of 1 to 15 characters must follow' \
		fdb show port
	usage fdb "SWITCH is missing: a device name of 1 to 15 characters must follow" \
		fdb flush
	unknown fdb flush s
	usage fdb '"vlan": a VLAN from 1 to 4094 must follow' fdb flush s vlan
	usage fdb '"port": a device name of 1 to 15 characters must follow' \
		fdb flush s port
}

others() {
	unknown drops show s
	unknown drops watch s
	usage drops '"port": a device name of 1 to 15 characters must follow' \
		drops show port
	usage trace "a switch is missing" trace
	usage trace 'expected "port"' trace s
	usage trace 'expected "port", not "tap1"' trace s tap1
	usage trace '"port" must be followed by a device' trace s port
	usage trace "the frame is missing" trace s port p
	usage trace '"hex" must be followed by digits' trace s port p hex
	usage trace 'expected hexadecimal digits, not "0g"' \
		trace s port p hex 0g
	usage trace 'half a byte is left over in "123"' trace s port p hex 123
	usage trace 'what is given has 2 bytes: a frame has 14 to 1522' \
		trace s port p hex 1234
	usage trace '"pcap" must be followed by a file' trace s port p pcap
	usage trace 'a frame has one value of each field: "1-9" is many' \
		trace s port p tcp dport 1-9
	usage trace 'such a frame has no "dport"' trace s port p arp dport 80
	usage trace 'such a frame has no "src"' \
		trace s port p icmp6 ip src 10.0.0.1
	unknown top s
	usage top '"interval": expected seconds from 1 to 3600, not "0"' \
		top interval 0
	usage top '"interval": expected seconds from 1 to 3600, not "3601"' \
		top s interval 3601
	usage top '"interval": expected seconds from 1 to 3600, not "0.5"' \
		top interval 0.5
	usage top '"count": a number from 1 to 1000000 must follow' top count
	usage top '"count": expected a number from 1 to 1000000, not "0"' \
		top count 0
	unknown monitor
	usage monitor '"fdb" is given twice' monitor fdb fdb
	unknown graph s
	usage graph '"svg": a file name must follow' graph svg
}

batches() {
	expect 1 "/no-such-file: No such file or directory" -b /no-such-file
	batch 0 "" ""
	batch 0 "" "# nothing\n\n  \t\n"
	batch 0 "" "switch help\nport help # both\n"
	output "vsctl switch add"
	output "vsctl port add"
	batch 2 "$dir/batch:3: switch add: NAME is missing" \
		"# one\n\nswitch add\nfdb foo\n"
	batch 2 "$dir/batch:1: unknown object \"-j\"" "-j switch show"
	batch 2 "$dir/batch:2: a quotation mark has no partner" \
		"switch help\nswitch 'add\n"
	batch 2 "$dir/batch:1: switch add: unknown word \"b\"" \
		"switch \\\\\nadd a \\\\\nb\nfoo\n"
	batch 2 "$dir/batch:4: unknown object \"foo\"" \
		"switch \\\\\nhelp\n\nfoo\n"
	printf 'foo\nswitch help\nbar\n' >"$dir/batch"
	"$VSCTL" -force -b "$dir/batch" >"$dir/out" 2>"$dir/err"
	[ $? = 2 ] && [ "$(grep -c 'unknown object' "$dir/err")" = 2 ] &&
		grep -q 'vsctl switch add' "$dir/out"
	point $? "-force goes on after a mistake"
	printf 'switch add\n' | "$VSCTL" -b - 2>&1 |
		grep -q '^vsctl: -:1: switch add: NAME is missing'
	point $? "a batch from standard input"
	# Line 10,001 is wrong; it is longer than any buffer.
	{
		yes '# comment' | head -10000
		printf 'switch add %05000d\n' 0
	} >"$dir/batch"
	expect 2 "$dir/batch:10001: switch add: expected a device name" \
		-b "$dir/batch"
}

# Output that goes nowhere is an error, but no news if the reader has gone.
output_errors() {
	local text status

	text=$("$VSCTL" help 2>&1 >/dev/full)
	status=$?
	[ "$status" = 1 ] &&
		[ "$text" = "vsctl: standard output: No space left on device" ]
	point $? "a full disk"
	text=$("$VSCTL" help 2>&1 >&-)
	status=$?
	[ "$status" = 1 ] &&
		[ "$text" = "vsctl: standard output: Bad file descriptor" ]
	point $? "no standard output"
	{
		sleep 0.2
		"$VSCTL" help 2>"$dir/err"
	} | true
	[ "${PIPESTATUS[0]}" = 1 ] && [ ! -s "$dir/err" ]
	point $? "a reader that has gone"
	text=$("$VSCTL" foo 2>&1 >/dev/full)
	[ $? = 2 ] && [[ $text = *"unknown object"* ]]
	point $? "the first error is the exit status"
	"$VSCTL" >"$dir/out" 2>"$dir/err"
	[ $? = 2 ] && [ ! -s "$dir/out" ] && grep -q '^Usage' "$dir/err"
	point $? "no words at all"
	"$VSCTL" switch add $'a\033[31m/' 2>&1 | grep -qF 'a\x1b[31m/'
	point $? "no control characters in messages"
}

# Where the module is not loaded, each command that is right says so.
no_module() {
	local text="the vswitch module is not loaded (modprobe vswitch)"

	if [ -d /sys/module/vswitch ]; then
		number=$((number + 1))
		echo "ok $number - without the module # SKIP it is loaded"
		return
	fi
	expect 1 "vsctl: switch show: $text" switch show
	expect 1 "vsctl: switch add: $text" switch add s vlan-aware off ageing 5
	expect 1 "vsctl: port add: $text" port add s d vlan trunk all native 1
	expect 1 "vsctl: port show: $text" -j -p -s -d port show switch s
	expect 1 "vsctl: fdb add: $text" \
		fdb add 02:00:00:00:00:09 port d vlan 10 static
	expect 1 "vsctl: fdb show: $text" \
		fdb show vlan 1 02:00:00:00:00:09 s port d
	expect 1 "vsctl: fdb flush: $text" fdb flush s port d vlan 1
	expect 1 "vsctl: drops show: $text" drops show s port d
	expect 1 "vsctl: top: $text" top s interval 2 count 3
	expect 1 "vsctl: drops watch: $text" drops watch s
	expect 1 "vsctl: monitor: $text" monitor config fdb
	expect 1 "vsctl: graph: $text" graph s svg x.svg
	batch 1 "$dir/batch:1: fdb add: $text" \
		"fdb add 02:00:00:00:00:09 port d\n"
}

# Every command takes every option.
all_options() {
	local mac=02:00:00:00:00:09 command option status bad
	local text="the vswitch module is not loaded (modprobe vswitch)"
	local -a words commands=("switch add s" "switch set s ageing 5"
		"switch del s" "switch show" "switch show s" "port add s d"
		"port set d vlan access 1" "port set d switch s vlan trunk all"
		"port del d" "port del d switch s" "port show"
		"port show d switch s" "fdb add $mac port d"
		"fdb add $mac port d switch s static"
		"fdb set $mac switch s port d" "fdb del $mac" "fdb show"
		"fdb flush s" "drops show" "drops watch" "top" "top s count 1"
		"monitor" "graph" "graph svg x")

	if [ -d /sys/module/vswitch ]; then
		number=$((number + 1))
		echo "ok $number - options # SKIP the module is loaded"
		return
	fi
	for command in "${commands[@]}"; do
		read -ra words <<<"$command"
		bad=0
		for option in -j -p -s -d -c; do
			[[ $("$VSCTL" "$option" "${words[@]}" 2>&1) = \
			   *": $text" ]] || bad=1
		done
		echo "$command" >"$dir/batch"
		[[ $("$VSCTL" -j -p -s -d -c -b "$dir/batch" 2>&1) = \
		   *"$dir/batch:1: "*": $text" ]] || bad=1
		point "$bad" "-j, -p, -s, -d, -c and -b with: $command"
	done
}

options
objects
rules
sets
policers
translations
samples
all_options
switches
ports
entries
others
batches
output_errors
no_module
echo "1..$number"
exit "$failed"
