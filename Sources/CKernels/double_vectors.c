// Vectors in double precision; see double_vectors.h.
#pragma STDC FP_CONTRACT OFF

#include "double_vectors.h"

#define LANES 8

double ck_double_dot(const double *first, const double *second, size_t count) {
    double lanes[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (size_t lane = 0; lane < LANES; lane++) lanes[lane] += first[i + lane] * second[i + lane];
    double sum = 0;
    for (size_t lane = 0; lane < LANES; lane++) sum += lanes[lane];
    for (; i < count; i++) sum += first[i] * second[i];
    return sum;
}

void ck_double_add_scaled(double factor, const double *from, double *to, size_t count) {
    for (size_t i = 0; i < count; i++) to[i] += factor * from[i];
}
