/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_PARSE_H
#define VSW_PARSE_H

#include "vsw.h"

enum vsw_drop vsw_parse(struct vsw_pkt *pkt);

#endif /* VSW_PARSE_H */
