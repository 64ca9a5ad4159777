// Vectors in double precision, for the small problems that are solved beside a model.
//
// Determinism class: the same bits on every instruction set; a sum is taken in eight lanes, which are added in order.
#ifndef LEZOBENCH_DOUBLE_VECTORS_H
#define LEZOBENCH_DOUBLE_VECTORS_H

#include <stddef.h>

// The sum of first[i] * second[i].
double ck_double_dot(const double *first, const double *second, size_t count);

// to[i] += factor * from[i].
void ck_double_add_scaled(double factor, const double *from, double *to, size_t count);

#endif
