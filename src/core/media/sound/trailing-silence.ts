/**
 * The samples without the zeros at their end: what is sealed of a part. A part knows how many samples it has, and those that
 * its object does not hold are zeros, so that hours of silence take no room.
 */
export function withoutTrailingSilence(samples: Int16Array): Int16Array {
  return samples.subarray(0, samples.findLastIndex((sample) => sample !== 0) + 1);
}
