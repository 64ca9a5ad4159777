// What the choice of BLAS kernels rests on.
#pragma STDC FP_CONTRACT OFF

#include "cpu_features.h"

uint32_t ck_cpu_features(void) {
    uint32_t features = 0;
#if defined(__x86_64__)
    // These look at XCR0 as well, so they say no when the operating system does not save the wide registers.
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx")) features |= CK_CPU_AVX;
    if (__builtin_cpu_supports("avx2")) features |= CK_CPU_AVX2;
    if (__builtin_cpu_supports("fma")) features |= CK_CPU_FMA;
    if (__builtin_cpu_supports("avx512f")) features |= CK_CPU_AVX512F;
    if (__builtin_cpu_supports("avx512bw")) features |= CK_CPU_AVX512BW;
    if (__builtin_cpu_supports("avx512dq")) features |= CK_CPU_AVX512DQ;
    if (__builtin_cpu_supports("avx512vl")) features |= CK_CPU_AVX512VL;
#endif
    return features;
}
