#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# All YAML, with yamllint's default rules, warnings included.

. "$(dirname "$0")/lib/common.sh"

list=$(files '\.ya?ml$')
[ -n "$list" ] || nothing "no YAML"
xargs yamllint --strict <<<"$list"
