// SPDX-License-Identifier: GPL-2.0
/*
 * Arrays that grow while a dump comes in.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vsctl.h"

/**
 * array_grow - one more element, zeroed, at the end of an array
 * @array: the array, or NULL
 * @n: how many elements it has
 * @size: how large one is
 *
 * Return: the array, which may have moved; without memory there is no going on
 */
void *array_grow(void *array, unsigned int n, size_t size)
{
	/* Twice as much whenever it is full: at 0, 1, 2, 4, ... elements. */
	if (!(n & (n - 1)))
		array = realloc(array, (n ? 2 * (size_t)n : 1) * size);
	if (!array) {
		perror("vsctl");
		exit(EXIT_REFUSED);
	}
	memset((char *)array + n * size, 0, size);
	return array;
}
