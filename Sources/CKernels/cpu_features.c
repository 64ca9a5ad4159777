// CPU features that no kernel of this module needs, but the choice of BLAS kernels does.
#pragma STDC FP_CONTRACT OFF

#include "cpu_features.h"

bool ck_cpu_has_avx(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx");
#else
    return false;
#endif
}
