package kz.qonyrau.speech.activity;

/// The fast Fourier transform of one length, in place, on separate real and imaginary parts.
final class Fourier {

  private final int length;
  private final double[] cosines;
  private final double[] sines;

  /// @param length a power of two
  Fourier(int length) {
    if (Integer.bitCount(length) != 1) {
      throw new IllegalArgumentException("a transform's length is a power of two, not " + length);
    }
    this.length = length;
    this.cosines = new double[length / 2];
    this.sines = new double[length / 2];
    for (int i = 0; i < length / 2; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / length);
      sines[i] = Math.sin(2 * Math.PI * i / length);
    }
  }

  int length() {
    return length;
  }

  /// Without a factor; two of them, the second with real and imaginary parts exchanged, give the
  /// input times the length.
  void transform(double[] real, double[] imaginary) {
    reorder(real, imaginary);
    for (int half = 1; half < length; half *= 2) {
      int stride = length / (2 * half);
      for (int start = 0; start < length; start += 2 * half) {
        for (int i = 0; i < half; i++) {
          double c = cosines[i * stride];
          double s = -sines[i * stride];
          int low = start + i;
          int high = low + half;
          double r = real[high] * c - imaginary[high] * s;
          double m = real[high] * s + imaginary[high] * c;
          real[high] = real[low] - r;
          imaginary[high] = imaginary[low] - m;
          real[low] += r;
          imaginary[low] += m;
        }
      }
    }
  }

  private void reorder(double[] real, double[] imaginary) {
    int shift = Integer.numberOfLeadingZeros(length) + 1;
    for (int i = 0; i < length; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (j > i) {
        swap(real, i, j);
        swap(imaginary, i, j);
      }
    }
  }

  private static void swap(double[] values, int i, int j) {
    double kept = values[i];
    values[i] = values[j];
    values[j] = kept;
  }
}
