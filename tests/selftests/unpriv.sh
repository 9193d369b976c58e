#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Who may do what: a user without capabilities may look, root of a user
# namespace may do all in network namespaces of its own, and nobody reaches
# into another's.
#
#    h1      veth, host's side
#    |
#   +p1----+
#   | vsw0 |
#   +------+

. "$(dirname "$0")/lib.sh"

as_user() { "$TEST_DIR/unpriv" user "$@"; }

setup() {
	make_topology 1
	# They may be in a folder that is closed to others.
	if ! as_user "$VSCTL" -V >/dev/null 2>&1 ||
	   ! as_user test -x "$(helper nl_perm)"; then
		skip_all "an ordinary user cannot run the programs here"
	fi
	read -r INDEX </sys/class/net/vsw0/ifindex
}

user() {
	log_helper as_user "$(helper nl_perm)" unprivileged "$INDEX"
}

user_commands() {
	check_match "$(as_user "$VSCTL" switch show)" "*vsw0*" "switches"
	check_match "$(as_user "$VSCTL" port show)" "*p1*" "ports"
	check_ok as_user "$VSCTL" fdb show
	check_ok as_user "$VSCTL" drops show
	check_refused "not permitted" as_user "$VSCTL" switch add x0
	check_refused "not permitted" as_user "$VSCTL" switch del vsw0
	check_refused "not permitted" as_user "$VSCTL" port del p1
	check_refused "not permitted" as_user "$VSCTL" fdb add "$M1" port p1
	check_refused "not permitted" as_user ip link add x0 type vswitch
	check_refused "not permitted" as_user ip link set p1 nomaster
	check_match "$(vsctl switch show vsw0)" "*ports 2*" "vsw0"
	log_test "a user may look at everything and change nothing"
}

own_namespace() {
	local out

	out=$("$TEST_DIR/unpriv" userns bash -e 2>&1 <<-END
		"$VSCTL" -b - <<-BATCH
			switch add own0 ageing 10
			switch set own0 fdb-limit 10
			port add own0 in0 type internal vlan access 7
			port set in0 vlan trunk 7 native 8
			fdb add $M1 vlan 7 port in0
			fdb set $M1 vlan 7 port in0
			fdb flush own0
		BATCH
		ip link add own1 type vswitch
		ip link add v0 type veth peer name v1
		ip link set v0 master own1
		"$VSCTL" port show
		"$VSCTL" fdb del $M1 vlan 7 switch own0
		"$VSCTL" port del in0
		"$VSCTL" switch del own0
		ip link del own1
		"$VSCTL" switch show
		echo end
	END
	)
	case $? in
	0) ;;
	4)
		log_skip "a user namespace" "this kernel allows none"
		return
		;;
	*) fail "$out" ;;
	esac
	check_match "$out" "*own0*v0*end" "in the namespace"
	[[ $out != *vsw0* ]]
	check_err $? "the parent's switch is seen: $out"
	log_test "root of a user namespace does all on switches of its own"
}

elsewhere() {
	"$TEST_DIR/unpriv" userns true
	if [ $? = 4 ]; then
		log_skip "elsewhere" "no user namespace"
		return
	fi
	log_helper "$TEST_DIR/unpriv" userns "$(helper nl_perm)" \
		elsewhere "$INDEX"
}

setup
user
user_commands
own_namespace
elsewhere
finish
