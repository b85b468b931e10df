/** Where a recording's envelope lies in the store. */
export function recordingKey(tenantId: string, jobId: string): string {
  return `${tenantId}/${jobId}/recording`;
}

/** Where the envelope of a job's result lies in the store. */
export function resultKey(tenantId: string, jobId: string): string {
  return `${tenantId}/${jobId}/result`;
}

/** Where lies what the worker that divided a long recording found out about all of it. */
export function flowKey(tenantId: string, jobId: string): string {
  return `${tenantId}/${jobId}/flow`;
}

/** Where the sound of a recording's window lies. */
export function windowKey(tenantId: string, jobId: string, windowId: string): string {
  return `${tenantId}/${jobId}/windows/${windowId}/sound`;
}

/** Where the text of a recording's window lies. */
export function windowTextKey(tenantId: string, jobId: string, windowId: string): string {
  return `${tenantId}/${jobId}/windows/${windowId}/text`;
}
