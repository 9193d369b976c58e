#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Every file names its licence, and none names a place that only one machine
# or one network has.

. "$(dirname "$0")/lib/common.sh"

# Hosts that documents may point a reader to; a mirror or a registry is none.
HOSTS='(www\.)?(kernel|docs\.kernel|rfc-editor|ieee802|gnu|fsf|spdx)\.org'
HOSTS+='|github\.com|datatracker\.ietf\.org|docs\.kernel\.org|www\.w3\.org'

status=0
all=$(files '.' | grep -vxE 'LICENSE|.*\.(svg|json)')

missing=$(xargs grep -L 'SPDX-License-Identifier:' <<<"$all" || true)
if [ -n "$missing" ]; then
	echo "no SPDX-License-Identifier in:"
	echo "$missing"
	status=1
fi
if xargs grep -nE '(^|[^[:alnum:]_.$}/])/(work|home|mnt|Users)/[[:alnum:]]' \
	<<<"$all"; then
	echo "^ path of one machine"
	status=1
fi
if xargs grep -noE '(https?|ftp|git)://[^/ )>"]+' <<<"$all" |
	grep -vE "://($HOSTS)\$"; then
	echo "^ host that is not in the list in $0"
	status=1
fi
if xargs grep -nE '[[:blank:]]$' <<<"$all"; then
	echo "^ blanks at the end of a line"
	status=1
fi
exit $status
