#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: run.sh SECONDS [TARGET]
#
# Fuzz vsctl, each target or one for so many seconds, and print TAP. What was
# found before (corpus/) is tried first. Inputs that reach something new are
# kept below build/ and begun with the next time.
#
# FUZZ_SEED=N has a run begin as another one did.

. "$(dirname "$0")/../../vm/common.sh"

HERE=$VSW_TOP/tests/fuzz/vsctl
OUT=$VSW_BUILD/fuzz/vsctl
TARGETS="fuzz_args fuzz_batch fuzz_parse fuzz_reply"

# Runs in a second: a core that has nothing else to do makes almost a hundred
# times as many. And how much of vsctl, in libFuzzer's count, less than the seeds
# alone reach. A target that does less of either does not fuzz.
declare -A RUNS=([fuzz_args]=50 [fuzz_batch]=3 [fuzz_parse]=30
	[fuzz_reply]=20 [fuzz_plant]=50)
declare -A COV=([fuzz_args]=800 [fuzz_batch]=600 [fuzz_parse]=90
	[fuzz_reply]=750 [fuzz_plant]=1)

# A hang of so many seconds is a finding. Where symbols are is told by
# addr2line, which comes with the compiler, if LLVM's own is not there.
LIMIT=20
export ASAN_OPTIONS=detect_leaks=1:allow_addr2line=1
export UBSAN_OPTIONS=print_stacktrace=1

number=0
failed=0

point() { # "" or "not ", text
	number=$((number + 1))
	[ -z "$1" ] || failed=1
	echo "${1}ok $number - $2"
}

# seed_words TARGET BYTES: a file for each command line, for each first byte
seed_words() {
	local line how n=0

	while IFS= read -r line; do
		for how in $2; do
			n=$((n + 1))
			printf %s "$how$line" | tr ' ' '\0' \
				>"$OUT/seeds/$1/$n"
		done
	done < <(grep -v '^#' "$HERE/seeds/args.txt")
}

# seed_files TARGET BYTES FILE...: each file behind each first byte
seed_files() {
	local how file

	for file in "${@:3}"; do
		for how in $2; do
			{ printf %s "$how"; cat "$file"; } \
				>"$OUT/seeds/$1/$how-${file##*/}"
		done
	done
}

prepare() {
	local target

	make -s -C "$HERE" OUT="$OUT" >&2 || die "cannot build"
	rm -rf "$OUT/seeds"
	for target in $TARGETS fuzz_plant; do
		mkdir -p "$OUT"/{seeds,corpus,found}/"$target"
	done
	# The bits of these letters say what goes wrong, see the targets.
	seed_words fuzz_args "@ A B"
	seed_files fuzz_batch "@ A B D E H P" "$HERE"/seeds/*.batch
	"$OUT/record" "$OUT/seeds/fuzz_reply"
	"$OUT/record" "$OUT/seeds/fuzz_parse"
}

# fuzz TARGET SECONDS FOLDER...: what libFuzzer says goes to $OUT/TARGET.log
fuzz() {
	local target=$1 seconds=$2

	shift 2
	timeout -k 10 $((seconds + 5 * LIMIT)) "$OUT/$target" \
		-seed="$SEED" -max_total_time="$seconds" -timeout="$LIMIT" \
		-rss_limit_mb=1024 -max_len=8192 -print_final_stats=1 \
		-artifact_prefix="$OUT/found/$target/" "$@" \
		>"$OUT/$target.log" 2>&1
}

# last TARGET REGEX: the last number that the log has behind it
last() {
	sed -nE "s/.*$2 *([0-9]+).*/\1/p" "$OUT/$1.log" | tail -n 1
}

# judge NAME TARGET STATUS SECONDS: a test point for the run that just ended
judge() {
	local name=$1 target=$2 status=$3 seconds=$4 runs cov why='' input

	runs=$(last "$target" stat::number_of_executed_units:)
	cov=$(last "$target" cov:)
	if [ "$status" != 0 ]; then
		why=$(grep -m 1 -oE '^(SUMMARY|PROPERTY BROKEN): .*' \
			"$OUT/$target.log") || why="status $status"
	elif [ "${runs:-0}" -lt $((seconds * RUNS[$target])) ]; then
		why="less than $((seconds * RUNS[$target])) runs"
	elif [ "${cov:-0}" -lt "${COV[$target]}" ]; then
		why="cov less than ${COV[$target]}"
	fi
	name+=": ${runs:-no} runs, seed $SEED, cov ${cov:-none}"
	if [ -z "$why" ]; then
		point "" "$name"
		return
	fi
	point "not " "$name # ${why//#/}"
	sed -nE '/ERROR: |PROPERTY BROKEN|runtime error: /,/^SUMMARY/p' \
		"$OUT/$target.log" | head -n 40 | cat -v | sed 's/^/# /'
	input=$(sed -n 's/.*Test unit written to //p' "$OUT/$target.log")
	[ -z "$input" ] ||
		echo "# again: ${OUT#"$VSW_TOP/"}/$target ${input#"$VSW_TOP/"}"
}

# What was found once, each input by itself.
regress() {
	local target=$1 file status n=0

	for file in "$HERE/corpus/$target"/*; do
		[ -e "$file" ] || continue
		status=0
		n=$((n + 1))
		timeout -k 10 $((2 * LIMIT)) "$OUT/$target" \
			-timeout="$LIMIT" "$file" >"$OUT/$target.log" 2>&1 ||
			status=$?
		# libFuzzer says so once it did it.
		if [ "$status" != 0 ] ||
			! grep -q '^Executed .* in ' "$OUT/$target.log"; then
			point "not " "$target: ${file##*/} # status $status"
			echo "# again: ${OUT#"$VSW_TOP/"}/$target" \
				"${file#"$VSW_TOP/"}"
		fi
	done
	point "" "$target: $n inputs of findings before"
}

# plant NAME REGEX FUZZ_ARG...: what is planted is found, and judged "not ok"
# for that reason
plant() {
	local name=$1 want=$2 status=0 judged

	shift 2
	fuzz fuzz_plant 10 "$@" || status=$?
	# In a shell of its own: its points are none of this run's.
	judged=$(judge planted fuzz_plant "$status" 10)
	if grep -qE "^not ok .* # .*($want)" <<<"$judged"; then
		point "" "selftest: $name is a finding"
	else
		point "not " "selftest: $name is a finding # it is not"
		echo "# ${judged//$'\n'/$'\n'# }"
	fi
}

selftest() {
	local dir=$OUT/seeds/fuzz_plant fault
	local -A why=(
		[overread]=heap-buffer-overflow [overflow]=undefined-behavior
		[leak]="leaked in" [escape]="a control character"
		[json]="malformed JSON" [hang]=timeout
	)

	for fault in overread overflow leak escape json hang; do
		rm -rf "$dir"
		mkdir "$dir"
		printf %s "$fault" >"$dir/$fault"
		LIMIT=1 plant "$fault" "${why[$fault]}" -runs=1 "$dir"
	done
	plant "a fault that is to be searched for" "SUMMARY|PROPERTY"
	rm -rf "$dir"
	mkdir "$dir"
	plant "to do nothing" "less than" -runs=0 "$dir"
}

main() {
	local target status
	local -a dict before

	[[ $# -le 2 && ${1:-} =~ ^[1-9][0-9]*$ ]] ||
		die "usage: run.sh SECONDS [TARGET]"
	[ -z "${2:-}" ] || [[ " $TARGETS " == *" $2 "* ]] ||
		die "there is no target $2, but $TARGETS"
	SEED=${FUZZ_SEED:-$((RANDOM << 15 | RANDOM | 1))}
	command -v clang >/dev/null || die "no clang here"
	prepare
	selftest
	for target in ${2:-$TARGETS}; do
		regress "$target"
		dict=()
		before=()
		[ ! -d "$HERE/corpus/$target" ] ||
			before=("$HERE/corpus/$target")
		case $target in
		fuzz_args | fuzz_batch) dict=(-dict="$OUT/vsctl.dict") ;;
		esac
		status=0
		fuzz "$target" "$1" "${dict[@]}" "$OUT/corpus/$target" \
			"$OUT/seeds/$target" "${before[@]}" || status=$?
		judge "$target" "$target" "$status" "$1"
	done
	echo "1..$number"
	exit "$failed"
}

main "$@"
