/** How a table's rows belong to a matter: to itself, to its recordings, or to the pseudonyms of either. */
type Owner = 'matter' | 'recording';

/** A table whose rows a hand-over carries. */
export interface CarriedTable {
  readonly name: string;
  readonly owner: Owner;
  /** Which rows are those of the owner `@id`, in an order in which they can be inserted. */
  readonly where: string;
  /** Columns that name rows of the vault: they get new ids where the old ones are taken. */
  readonly ids: readonly string[];
  /** SQL instead of a column's value: what tells of the sender's computer, or would act by itself, stays there. */
  readonly instead?: Readonly<Record<string, string>>;
  /** Rows of a fixed content, up to some hundred kilobytes each: they are read some at a time. */
  readonly isLarge?: true;
  /** Only if the sender asks for it. */
  readonly isVoice?: true;
}

/** The rows of a job's or version's table, for a recording. */
const ofJobs = (order: string) =>
  `job_id IN (SELECT id FROM jobs WHERE recording_id = @id) ORDER BY ${order}`;
const ofVersions = (order: string) =>
  `version_id IN (SELECT id FROM versions WHERE recording_id = @id) ORDER BY ${order}`;
const ofRecording = (order: string) => `recording_id = @id ORDER BY ${order}`;

/** What a hand-over carries, in an order in which rows can be inserted. Records of objects are made anew by the receiver. */
export const CARRIED_TABLES: readonly CarriedTable[] = [
  { name: 'matters', owner: 'matter', where: 'id = @id', ids: ['id'], instead: { last_export: 'NULL' } },
  {
    ...{ name: 'retentions', owner: 'matter', where: 'matter_id = @id', ids: ['matter_id'] },
    instead: { automatic: '0', confirmed: '0' },
  },
  {
    ...{ name: 'correction_rules', owner: 'matter', where: 'matter_id = @id ORDER BY id' },
    ids: ['id', 'matter_id'],
  },
  {
    ...{ name: 'recordings', owner: 'recording', where: 'id = @id' },
    ids: ['id', 'matter_id', 'original_object_id'],
    instead: { source_path: 'name', waiting_choice: 'NULL' },
  },
  {
    ...{ name: 'recording_sources', owner: 'recording', where: ofRecording('source_index') },
    ids: ['recording_id', 'original_object_id'],
    instead: { source_path: 'name' },
  },
  {
    ...{ name: 'parts', owner: 'recording', where: ofRecording('channel, part_index'), isLarge: true },
    ids: ['recording_id', 'object_id'],
  },
  {
    ...{ name: 'voice_activity', owner: 'recording', where: ofRecording('channel, part_index') },
    ...{ ids: ['recording_id'], isLarge: true },
  },
  {
    ...{ name: 'speaker_parts', owner: 'recording', where: ofRecording('part_index'), isLarge: true },
    ids: ['recording_id'],
  },
  {
    ...{ name: 'jobs', owner: 'recording', where: ofRecording('created_at_ms, id') },
    ids: ['id', 'recording_id'],
    instead: {
      delivery: 'NULL',
      options: `json_set(options, '$.model.path', json_extract(options, '$.model.name'))`,
    },
  },
  { name: 'attempts', owner: 'recording', where: ofJobs('job_id, number'), ids: ['id', 'job_id'] },
  { name: 'windows', owner: 'recording', where: ofJobs('job_id, channel, window_index'), ids: ['job_id'] },
  {
    ...{ name: 'versions', owner: 'recording', where: ofRecording('number') },
    ids: ['id', 'recording_id', 'job_id', 'parent_id'],
  },
  { name: 'segments', owner: 'recording', where: ofVersions('rowid'), ids: ['version_id'] },
  {
    ...{ name: 'replaced_segments', owner: 'recording', where: ofVersions('version_id, segment_id') },
    ids: ['version_id'],
  },
  {
    ...{ name: 'applied_corrections', owner: 'recording', where: ofVersions('version_id, number') },
    ids: ['version_id'],
  },
  {
    ...{ name: 'aligned_texts', owner: 'recording', where: ofVersions('version_id') },
    ids: ['version_id', 'base_version_id'],
  },
  {
    ...{
      name: 'waiting_texts',
      owner: 'recording',
      where: ofRecording('recording_id'),
      ids: ['recording_id'],
    },
  },
  { name: 'edits', owner: 'recording', where: ofVersions('version_id, number'), ids: ['version_id'] },
  {
    ...{ name: 'captures', owner: 'recording', where: ofRecording('recording_id') },
    ids: ['recording_id', 'live_version_id', 'final_job_id'],
  },
  {
    ...{ name: 'capture_parts', owner: 'recording', where: ofRecording('part_index') },
    ids: ['recording_id', 'object_id'],
  },
  { name: 'capture_gaps', owner: 'recording', where: ofRecording('start_ms'), ids: ['recording_id'] },
  { name: 'markers', owner: 'recording', where: ofRecording('at_ms, id'), ids: ['id', 'recording_id'] },
  {
    ...{
      name: 'diarizations',
      owner: 'recording',
      where: ofRecording('recording_id'),
      ids: ['recording_id'],
    },
  },
  {
    ...{ name: 'recording_sounds', owner: 'recording', where: ofRecording('recording_id') },
    ids: ['recording_id'],
  },
  { name: 'listened', owner: 'recording', where: ofRecording('recording_id'), ids: ['recording_id'] },
  {
    ...{ name: 'sign_offs', owner: 'recording', where: ofRecording('recording_id') },
    ids: ['recording_id', 'version_id'],
  },
  {
    ...{ name: 'pseudonym_scopes', owner: 'matter', where: 'matter_id = @id' },
    ids: ['id', 'matter_id', 'recording_id'],
  },
  {
    ...{ name: 'pseudonym_scopes', owner: 'recording', where: 'recording_id = @id' },
    ids: ['id', 'matter_id', 'recording_id'],
  },
  {
    ...{ name: 'pseudonyms', owner: 'matter' },
    where: 'scope_id IN (SELECT id FROM pseudonym_scopes WHERE matter_id = @id) ORDER BY created_at_ms, id',
    ids: ['id', 'scope_id'],
  },
  {
    ...{ name: 'pseudonyms', owner: 'recording' },
    where:
      'scope_id IN (SELECT id FROM pseudonym_scopes WHERE recording_id = @id) ORDER BY created_at_ms, id',
    ids: ['id', 'scope_id'],
  },
  {
    ...{ name: 'pseudonym_uses', owner: 'recording', where: ofRecording('pseudonym_id') },
    ids: ['recording_id', 'pseudonym_id'],
  },
  {
    ...{ name: 'known_voices', owner: 'matter', where: 'matter_id = @id ORDER BY id', isVoice: true },
    ids: ['id', 'matter_id', 'recording_id'],
  },
];

/** Tables of the vault alone, or that are made anew from those that are carried. */
export const LEFT_TABLES: readonly string[] = [
  ...['objects', 'audit', 'settings', 'view_states', 'job_exports', 'segments_fts', 'word_templates'],
  ...['erasure_certificates', 'received_hand_overs', 'corrected_words', 'arriving_rows'],
];
