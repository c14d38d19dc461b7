// Forward-backward sums of LF-MMI with one-state phones: pdf 2i is the first frame of phone i, 2i+1 the rest.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEVER -1e20f

static inline float log_add(float a, float b) {
  float high = a > b ? a : b, gap = a > b ? b - a : a - b;
  return gap < -40.f ? high : high + log1pf(expf(gap));
}

// The numerator: a chain of phones, of which some (optional[i] = 1: silence) may be left out.
// scores: batch x T x P. Adds posteriors to gamma and writes the log of the sum over all paths.
void numerator(const float *scores, const int *frames, const int *phones, const int *optional, const int *sizes,
               int batch, int T, int P, int S, float *gamma, float *total) {
  for (int b = 0; b < batch; b++) {
    int L = frames[b], n = sizes[b];
    const int *p = phones + b * S, *o = optional + b * S;
    const float *Y = scores + (size_t)b * T * P;
    float *G = gamma + (size_t)b * T * P;
    float *alpha = malloc(sizeof(float) * L * n), *enter = malloc(sizeof(float) * L * n);
    float *beta = malloc(sizeof(float) * n), *next = malloc(sizeof(float) * n);
    for (int i = 0; i < n; i++) {
      enter[i] = i == 0 || (i == 1 && o[0]) ? 0 : NEVER;
      alpha[i] = enter[i] + Y[2 * p[i]];
    }
    for (int t = 1; t < L; t++) {
      const float *y = Y + t * P, *a = alpha + (t - 1) * n;
      for (int i = 0; i < n; i++) {
        float e = i ? a[i - 1] : NEVER;
        if (i > 1 && o[i - 1]) e = log_add(e, a[i - 2]);
        enter[t * n + i] = e;
        alpha[t * n + i] = log_add(e + y[2 * p[i]], a[i] + y[2 * p[i] + 1]);
      }
    }
    float z = alpha[(L - 1) * n + n - 1];
    for (int i = 0; i < n; i++) beta[i] = NEVER;
    beta[n - 1] = 0;
    if (o[n - 1]) {
      beta[n - 2] = 0;
      z = log_add(z, alpha[(L - 1) * n + n - 2]);
    }
    total[b] = z;
    for (int t = L - 1; t >= 0; t--) {
      const float *y = Y + t * P;
      float *g = G + t * P;
      for (int i = 0; i < n; i++) {
        float first = enter[t * n + i] + y[2 * p[i]] + beta[i] - z;
        if (first > -30) g[2 * p[i]] += expf(first);
        if (t) {
          float rest = alpha[(t - 1) * n + i] + y[2 * p[i] + 1] + beta[i] - z;
          if (rest > -30) g[2 * p[i] + 1] += expf(rest);
        }
      }
      for (int i = 0; t && i < n; i++) {
        float v = y[2 * p[i] + 1] + beta[i];
        if (i + 1 < n) v = log_add(v, y[2 * p[i + 1]] + beta[i + 1]);
        if (i + 2 < n && o[i + 1]) v = log_add(v, y[2 * p[i + 2]] + beta[i + 2]);
        next[i] = v;
      }
      if (t) memcpy(beta, next, sizeof(float) * n);
    }
    free(alpha), free(enter), free(beta), free(next);
  }
}

// The denominator: all phone sequences by a phone trigram. A state is (previous, current) phone;
// A[current][previous][new] are probabilities, rows padded with zeros to W, a multiple of 16.
// Subtracts posteriors from gamma.
void denominator(const float *scores, const int *frames, const float *A, int batch, int T, int P, int N, int W,
                 float *gamma, float *total) {
  size_t M = (size_t)N * W;
  for (int b = 0; b < batch; b++) {
    int L = frames[b];
    const float *Y = scores + (size_t)b * T * P;
    float *G = gamma + (size_t)b * T * P;
    float *alpha = aligned_alloc(64, sizeof(float) * M * L), *enter = aligned_alloc(64, sizeof(float) * M * L);
    float *scale = malloc(sizeof(float) * L), *first = calloc((size_t)L * W, 4), *rest = calloc((size_t)L * W, 4);
    float *beta = aligned_alloc(64, 4 * M), *f = aligned_alloc(64, 4 * M), *next = aligned_alloc(64, 4 * M);
    double z = 0;
    for (int t = 0; t < L; t++) {
      const float *y = Y + t * P;
      float high = y[0];
      for (int k = 1; k < P; k++) if (y[k] > high) high = y[k];
      z += high;
      for (int i = 0; i < N; i++) {
        first[t * W + i] = expf(y[2 * i] - high);
        rest[t * W + i] = expf(y[2 * i + 1] - high);
      }
    }
    for (int t = 0; t < L; t++) {
      float *to = alpha + t * M, *in = enter + t * M;
      const float *from = t ? alpha + (t - 1) * M : 0;
      memset(in, 0, 4 * M);
      if (!t) memcpy(in, A, 4 * W);  // as if two silences had gone before
      else
        for (int c = 0; c < N; c++) {
          float *row = in + c * W;
          for (int p = 0; p < N; p++) {
            float s = from[p * W + c];
            const float *q = A + ((size_t)c * N + p) * W;
            for (int n = 0; n < W; n++) row[n] += s * q[n];
          }
        }
      float sum = 0;
      for (int c = 0; c < N; c++)
        for (int n = 0; n < W; n++) {
          float v = in[c * W + n] * first[t * W + n];
          if (t) v += from[c * W + n] * rest[t * W + n];
          to[c * W + n] = v;
          sum += v;
        }
      float r = 1.f / sum;
      for (size_t k = 0; k < M; k++) to[k] *= r;
      scale[t] = r;
      z += log(sum);
    }
    total[b] = z;
    for (size_t k = 0; k < M; k++) beta[k] = 1;
    for (int t = L - 1; t >= 0; t--) {
      float *g = G + t * P, *in = enter + t * M, r = scale[t], of_first[W], of_rest[W];
      const float *from = t ? alpha + (t - 1) * M : 0;
      memset(of_first, 0, 4 * W);
      memset(of_rest, 0, 4 * W);
      for (int c = 0; c < N; c++)
        for (int n = 0; n < W; n++) {
          f[c * W + n] = beta[c * W + n] * first[t * W + n] * r;
          of_first[n] += in[c * W + n] * f[c * W + n];
        }
      if (t) {
        for (int p = 0; p < N; p++)
          for (int c = 0; c < W; c++) {
            float v = beta[p * W + c] * rest[t * W + c] * r;
            of_rest[c] += from[p * W + c] * v;
            next[p * W + c] = v;
          }
        for (int c = 0; c < N; c++)
          for (int p = 0; p < N; p++) {
            const float *q = A + ((size_t)c * N + p) * W;
            float s = 0;
            for (int n = 0; n < W; n++) s += q[n] * f[c * W + n];
            next[p * W + c] += s;
          }
        float *swap = beta;
        beta = next;
        next = swap;
      }
      for (int i = 0; i < N; i++) {
        g[2 * i] -= of_first[i];
        g[2 * i + 1] -= of_rest[i];
      }
    }
    free(alpha), free(enter), free(scale), free(first), free(rest), free(beta), free(f), free(next);
  }
}
