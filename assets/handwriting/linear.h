/* Linear algebra for the generator: small, in double, basic operations and square roots alone, so
 * that every machine gets the same bits. Matrices are row-major. */
#pragma once

#include <stddef.h>

/* Replace the symmetric, positive definite `a` (n x n) by the lower L with L L' = a; what is above
 * the diagonal becomes 0. */
void linear_cholesky(double *a, size_t n);
/* Solve L x = b in place. */
void linear_forward(const double *lower, size_t n, double *b);
/* Solve L' x = b in place. */
void linear_backward(const double *lower, size_t n, double *b);
/* Eigenvalues of the symmetric `a` (n x n, destroyed), greatest first, and their vectors as rows of
 * `vectors`. Cyclic Jacobi. */
void linear_eigen(double *a, size_t n, double *values, double *vectors);
/* The first `count` main axes of `rows` points of `n` numbers whose mean is 0: unit vectors as rows
 * of `axes`, and the variance along each. Power steps, one axis after the other. */
void linear_main_axes(const float *points, size_t rows, size_t n, size_t count, float *axes,
                      float *variances);
/* Natural logarithm of a positive number. */
double linear_log(double x);
