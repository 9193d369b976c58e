# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Packages from suites that this machine does not use, by an apt
# configuration of our own: nothing is installed, and the machine's own
# sources, lists and package state are neither changed nor looked at.
# Sourced after common.sh.

APT_DIR=

# apt_use SUITE: fetch the lists of SUITE and turn apt_get and friends to it
apt_use() {
	APT_DIR=$VSW_CACHE/apt/$1
	mkdir -p "$APT_DIR"/{lists/partial,archives/partial,parts}
	"$VSW_VM/aptsources.py" "$1" >"$APT_DIR/parts/debian.sources"
	[ -s "$APT_DIR/parts/debian.sources" ] ||
		die "no Debian source in /etc/apt to take a mirror from"
	: >"$APT_DIR/status"
	cat >"$APT_DIR/apt.conf" <<-CONF
		Dir::State "$APT_DIR";
		Dir::State::lists "$APT_DIR/lists";
		Dir::State::status "$APT_DIR/status";
		Dir::Cache "$APT_DIR";
		Dir::Etc::sourcelist "/dev/null";
		Dir::Etc::sourceparts "$APT_DIR/parts";
		Dir::Etc::preferences "/dev/null";
		Dir::Etc::preferencesparts "/dev/null";
		APT::Architecture "amd64";
		APT::Architectures { "amd64"; };
		APT::Sandbox::User "";
		Acquire::Retries "3";
		Acquire::Languages "none";
	CONF
	say "fetching the package lists of $1"
	apt_run apt-get -q update >&2 ||
		say "apt-get update had errors; going on with what it got"
}

apt_run() { APT_CONFIG=$APT_DIR/apt.conf "$@"; }

# apt_newest PACKAGE [PREFIX]: the newest version, of those that begin so
apt_newest() {
	local version best=

	while read -r version; do
		case $version in "${2:-}"*) ;; *) continue ;; esac
		if [ -z "$best" ] ||
		   dpkg --compare-versions "$version" gt "$best"; then
			best=$version
		fi
	done < <(apt_run apt-cache show "$1" 2>/dev/null |
		 sed -n 's/^Version: //p')
	[ -n "$best" ] || die "no package $1 (${2:-any version})"
	echo "$best"
}

# apt_depends PACKAGE=VERSION GLOB: first package in Depends that matches
apt_depends() {
	local field dep

	field=$(apt_run apt-cache show "$1" | sed -n 's/^Depends: //p' |
		head -n 1)
	while read -r dep; do
		# The pattern is meant as one.
		# shellcheck disable=SC2053
		if [[ $dep == $2 ]]; then
			echo "$dep"
			return
		fi
	done < <(sed 's/([^)]*)//g; s/[,|]/\n/g; s/ //g' <<<"$field")
	die "$1 does not depend on $2"
}

# apt_download FOLDER PACKAGE[=VERSION]...
apt_download() {
	local dir=$1

	shift
	say "downloading $*"
	(cd "$dir" && apt_run apt-get -q download "$@" >&2)
}
