#include "assets/handwriting/linear.h"

#include <math.h>
#include <string.h>

void linear_cholesky(double *a, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double *row = a + i * n;
        for (size_t j = 0; j <= i; j++) {
            const double *other = a + j * n;
            double sum = row[j];
            for (size_t k = 0; k < j; k++)
                sum -= row[k] * other[k];
            row[j] = i == j ? sqrt(sum) : sum / other[j];
        }
        for (size_t j = i + 1; j < n; j++)
            row[j] = 0;
    }
}

void linear_forward(const double *lower, size_t n, double *b)
{
    for (size_t i = 0; i < n; i++) {
        double sum = b[i];
        for (size_t k = 0; k < i; k++)
            sum -= lower[i * n + k] * b[k];
        b[i] = sum / lower[i * n + i];
    }
}

void linear_backward(const double *lower, size_t n, double *b)
{
    for (size_t i = n; i-- > 0;) {
        b[i] /= lower[i * n + i];
        for (size_t k = 0; k < i; k++)
            b[k] -= lower[i * n + k] * b[i];
    }
}

/* ---- Jacobi ---------------------------------------------------------------------------- */
static void turn_rows(double *p, double *q, size_t n, double c, double s)
{
    for (size_t k = 0; k < n; k++) {
        double x = p[k], y = q[k];
        p[k] = c * x - s * y;
        q[k] = s * x + c * y;
    }
}

/* Make a[p][q] zero. Both triangles are kept, so that rows alone are read in order. */
static void annihilate(double *a, double *v, size_t n, size_t p, size_t q)
{
    double apq = a[p * n + q], app = a[p * n + p], aqq = a[q * n + q];
    double theta = (aqq - app) / (2 * apq);
    double t = 1 / (fabs(theta) + sqrt(theta * theta + 1));
    t = theta < 0 ? -t : t;
    double c = 1 / sqrt(t * t + 1), s = t * c;
    turn_rows(a + p * n, a + q * n, n, c, s);
    a[p * n + p] = app - t * apq;
    a[q * n + q] = aqq + t * apq;
    a[p * n + q] = a[q * n + p] = 0;
    for (size_t k = 0; k < n; k++)
        if (k != p && k != q) {
            a[k * n + p] = a[p * n + k];
            a[k * n + q] = a[q * n + k];
        }
    turn_rows(v + p * n, v + q * n, n, c, s);
}

static void sort_by_value(double *values, double *vectors, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t top = i;
        for (size_t k = i + 1; k < n; k++)
            if (values[k] > values[top])
                top = k;
        double kept = values[i];
        values[i] = values[top];
        values[top] = kept;
        for (size_t k = 0; k < n && top != i; k++) {
            kept = vectors[i * n + k];
            vectors[i * n + k] = vectors[top * n + k];
            vectors[top * n + k] = kept;
        }
    }
}

void linear_eigen(double *a, size_t n, double *values, double *vectors)
{
    double all = 0;
    memset(vectors, 0, n * n * sizeof(*vectors));
    for (size_t i = 0; i < n; i++) {
        vectors[i * n + i] = 1;
        for (size_t k = 0; k < n; k++)
            all += a[i * n + k] * a[i * n + k];
    }
    double small = sqrt(all) * 1e-9 / (double)n;
    for (int sweep = 0; sweep < 30; sweep++) {
        size_t turned = 0;
        for (size_t p = 0; p < n; p++)
            for (size_t q = p + 1; q < n; q++)
                if (fabs(a[p * n + q]) > small) {
                    annihilate(a, vectors, n, p, q);
                    turned++;
                }
        if (!turned)
            break;
    }
    for (size_t i = 0; i < n; i++)
        values[i] = a[i * n + i];
    sort_by_value(values, vectors, n);
}

/* ---- main axes ------------------------------------------------------------------------- */
static float dot(const float *a, const float *b, size_t n)
{
    float sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static float unit(float *a, size_t n)
{
    float length = sqrtf(dot(a, a, n));
    for (size_t i = 0; i < n && length > 0; i++)
        a[i] /= length;
    return length;
}

static void take_out(float *a, const float *axes, size_t count, size_t n)
{
    for (size_t k = 0; k < count; k++) {
        float along = dot(a, axes + k * n, n);
        for (size_t i = 0; i < n; i++)
            a[i] -= along * axes[k * n + i];
    }
}

void linear_main_axes(const float *points, size_t rows, size_t n, size_t count, float *axes,
                      float *variances)
{
    for (size_t k = 0; k < count; k++) {
        float *axis = axes + k * n, next[1024];
        float length = 0;
        memcpy(axis, points + k % rows * n, n * sizeof(*axis)); /* any start that is not across */
        for (int round = 0; round < 8; round++) {
            take_out(axis, axes, k, n);
            if (!(unit(axis, n) > 0))
                axis[k % n] = 1;
            memset(next, 0, sizeof(next));
            for (size_t r = 0; r < rows; r++) {
                const float *point = points + r * n;
                float along = dot(point, axis, n);
                for (size_t i = 0; i < n; i++)
                    next[i] += along * point[i];
            }
            memcpy(axis, next, n * sizeof(*axis));
        }
        take_out(axis, axes, k, n);
        length = unit(axis, n);
        variances[k] = length / (float)rows;
    }
}

double linear_log(double x)
{
    int exponent = 0;
    double m = frexp(x, &exponent), u, sum = 0, power;
    u = (m - 1) / (m + 1); /* log m = 2 (u + u^3 / 3 + ...), m from 0.5 to 1 */
    power = u;
    for (int k = 1; k < 40; k += 2) {
        sum += power / k;
        power *= u * u;
    }
    return 2 * sum + exponent * 0.69314718055994530942;
}
