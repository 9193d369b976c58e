# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Packages from suites that this machine does not use, by an apt
# configuration of our own: nothing is installed, and the machine's own
# sources, lists and package state are neither changed nor looked at.
# Sourced after common.sh.

APT_DIR=

# apt_use SUITE ARCH: fetch the lists and turn apt_get and friends to them. Each
# pair has a configuration of its own: where the index of one is broken apt uses
# none of its suite.
apt_use() {
	APT_DIR=$VSW_CACHE/apt/$1-$2
	mkdir -p "$APT_DIR"
	exec {apt_lock}>"$APT_DIR/.lock"
	flock "$apt_lock"
	# Several targets want the same lists at nearly the same time.
	[ -n "$(find "$APT_DIR/fresh" -mmin -10 2>/dev/null)" ] ||
		apt_update "$1" "$2"
	exec {apt_lock}>&-
}

apt_update() {
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
		APT::Architecture "$2";
		APT::Architectures { "$2"; };
		APT::Sandbox::User "";
		Acquire::Retries "3";
		Acquire::Languages "none";
	CONF
	say "fetching the package lists of $1 ($2)"
	if apt_run apt-get -q update >&2; then
		: >"$APT_DIR/fresh"
	else
		say "apt-get update had errors; going on with what it got"
	fi
}

apt_run() { APT_CONFIG=$APT_DIR/apt.conf "$@"; }

# apt_newest PACKAGE: its newest version
apt_newest() {
	local version best=

	while read -r version; do
		if [ -z "$best" ] ||
		   dpkg --compare-versions "$version" gt "$best"; then
			best=$version
		fi
	done < <(apt_run apt-cache show "$1" 2>/dev/null |
		 sed -n 's/^Version: //p')
	[ -n "$best" ] || die "no package $1"
	echo "$best"
}

# apt_depends PACKAGE=VERSION GLOB: first package in Depends that matches, or
# none
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
}

# apt_download FOLDER PACKAGE[=VERSION]...
apt_download() {
	local dir=$1

	shift
	say "downloading $*"
	(cd "$dir" && apt_run apt-get -q download "$@" >&2)
}

# apt_closure FOLDER PACKAGE...: the packages and all that they depend on
apt_closure() {
	local dir=$1

	shift
	say "downloading $* and what they need"
	mkdir -p "$dir/partial"
	apt_run apt-get -qy -o "Dir::Cache::archives=$dir" \
		--no-install-recommends --download-only install "$@" >&2
}

# deb_unpack DEB ROOT [EXCLUDE]...: without documentation. Older packages fill
# /lib and /bin, newer ones /usr/lib and /usr/bin: links make them one.
deb_unpack() {
	local deb=$1 root=$2 name

	shift 2
	for name in bin sbin lib lib64; do
		mkdir -p "$root/usr/$name"
		[ -e "$root/$name" ] || ln -s "usr/$name" "$root/$name"
	done
	dpkg-deb --fsys-tarfile "$deb" |
		tar -x -C "$root" --keep-directory-symlink \
		    --exclude=./usr/share/{doc,man,locale,bug} \
		    "${@/#/--exclude=}"
}
