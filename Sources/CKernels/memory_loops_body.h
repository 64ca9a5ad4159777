// The memory loops for one instruction set. Included by memory_loops.c once for each, with these defined:
//
//   LANES      floats in a vector: 4, 8 or 16
//   TARGET     the target attribute of every function
//   NAME(f)    the name of f for this instruction set

typedef float NAME(vector) __attribute__((vector_size(LANES * 4), aligned(4)));
typedef int32_t NAME(bits) __attribute__((vector_size(LANES * 4), aligned(4)));

#define VECTOR NAME(vector)
#define LOAD(p) (*(const VECTOR *)(p))
#define STORE(p, value) (*(VECTOR *)(p) = (value))

TARGET static void NAME(add)(float *values, size_t count, float addend) {
    size_t whole = count / BLOCK * BLOCK;
    for (size_t i = 0; i < whole; i += BLOCK) {
#pragma clang loop unroll(full)
        for (size_t line = 0; line < BLOCK; line += 16) {
            __builtin_prefetch(values + i + PREFETCH_DISTANCE + line, 1);
        }
#pragma clang loop unroll(full)
        for (size_t part = 0; part < BLOCK; part += LANES) {
            STORE(values + i + part, LOAD(values + i + part) + addend);
        }
    }
    for (size_t i = whole; i < count; i++) values[i] += addend;
}

TARGET static void NAME(copy)(float *to, const float *from, size_t count) {
    size_t whole = count / BLOCK * BLOCK;
    for (size_t i = 0; i < whole; i += BLOCK) {
#pragma clang loop unroll(full)
        for (size_t line = 0; line < BLOCK; line += 16) {
            __builtin_prefetch(from + i + PREFETCH_DISTANCE + line, 0);
            __builtin_prefetch(to + i + PREFETCH_DISTANCE + line, 1);
        }
#pragma clang loop unroll(full)
        for (size_t part = 0; part < BLOCK; part += LANES) STORE(to + i + part, LOAD(from + i + part));
    }
    for (size_t i = whole; i < count; i++) to[i] = from[i];
}

TARGET static float NAME(maximum)(const float *values, size_t count) {
    size_t whole = count / BLOCK * BLOCK;
    VECTOR largest[BLOCK / LANES];
    for (size_t part = 0; part < BLOCK / LANES; part++) largest[part] = (VECTOR){0} - __builtin_inff();
    for (size_t i = 0; i < whole; i += BLOCK) {
#pragma clang loop unroll(full)
        for (size_t line = 0; line < BLOCK; line += 16) {
            __builtin_prefetch(values + i + PREFETCH_DISTANCE + line, 0);
        }
#pragma clang loop unroll(full)
        for (size_t part = 0; part < BLOCK / LANES; part++) {
            VECTOR value = LOAD(values + i + part * LANES);
            NAME(bits) isLarger = value > largest[part];
            largest[part] = (VECTOR)((isLarger & (NAME(bits))value) | (~isLarger & (NAME(bits))largest[part]));
        }
    }
    float result = -__builtin_inff();
    for (size_t part = 0; part < BLOCK / LANES; part++) {
        for (int lane = 0; lane < LANES; lane++) {
            result = largest[part][lane] > result ? largest[part][lane] : result;
        }
    }
    for (size_t i = whole; i < count; i++) result = values[i] > result ? values[i] : result;
    return result;
}

#undef VECTOR
#undef LOAD
#undef STORE
#undef LANES
#undef TARGET
#undef NAME
