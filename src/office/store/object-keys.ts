/** Where a recording's envelope lies in the store. */
export function recordingKey(tenantId: string, jobId: string): string {
  return `${tenantId}/${jobId}/recording`;
}

/** Where the envelope of a job's result lies in the store. */
export function resultKey(tenantId: string, jobId: string): string {
  return `${tenantId}/${jobId}/result`;
}
