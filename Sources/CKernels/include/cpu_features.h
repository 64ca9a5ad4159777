#ifndef LEZOBENCH_CPU_FEATURES_H
#define LEZOBENCH_CPU_FEATURES_H

#include <stdbool.h>

// Whether this is an x86-64 CPU with AVX, enabled by the operating system.
bool ck_cpu_has_avx(void);

#endif
