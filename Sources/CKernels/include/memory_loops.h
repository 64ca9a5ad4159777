// The plainest loops over memory, written as well as this module can: what any other kernel's speed is measured
// against. Each uses the instruction set in use (dispatch.h) and gives the same bits on all of them.
#ifndef LEZOBENCH_MEMORY_LOOPS_H
#define LEZOBENCH_MEMORY_LOOPS_H

#include <stddef.h>

// values[i] += addend for 0 <= i < count: reads and writes each element once.
void ck_memory_add(float *values, size_t count, float addend);

// to[i] = from[i] for 0 <= i < count; the two must not overlap.
void ck_memory_copy(float *to, const float *from, size_t count);

// The largest of values[0 ..< count], minus infinity when count is 0; what is not a number is passed over.
float ck_memory_maximum(const float *values, size_t count);

#endif
