#ifndef LEZOBENCH_CPU_FEATURES_H
#define LEZOBENCH_CPU_FEATURES_H

#include <stdint.h>

// Vector extensions of x86-64, one bit each.
enum ck_cpu_feature {
    CK_CPU_AVX = 1 << 0,
    CK_CPU_AVX2 = 1 << 1,
    CK_CPU_FMA = 1 << 2,
    CK_CPU_AVX512F = 1 << 3,
    CK_CPU_AVX512BW = 1 << 4,
    CK_CPU_AVX512DQ = 1 << 5,
    CK_CPU_AVX512VL = 1 << 6,
};

// Those that this CPU has and the operating system saves the registers of; 0 on every other architecture.
uint32_t ck_cpu_features(void);

#endif
