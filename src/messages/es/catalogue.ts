import { cli } from './cli.ts';
import { dialogs } from './dialogs.ts';
import { documents } from './documents.ts';
import { erasure } from './erasure.ts';
import { errors } from './errors.ts';
import { labels } from './export.ts';
import { law } from './law.ts';
import { modelRequest } from './model-request.ts';
import { officePage } from './office-page.ts';
import { places } from './places.ts';
import { privacy as privacyReport } from './privacy.ts';
import { readings } from './readings.ts';
import { report } from './report.ts';
import { actions } from './window/actions.ts';
import { app } from './window/app.ts';
import { checking } from './window/checking.ts';
import { citing } from './window/citing.ts';
import { corrections } from './window/corrections.ts';
import { editorTools } from './window/editor-tools.ts';
import { texts } from './window/existing-texts.ts';
import { exporting } from './window/exporting.ts';
import { handOver } from './window/hand-over.ts';
import { keeping } from './window/keeping.ts';
import { languages } from './window/languages.ts';
import { library } from './window/library.ts';
import { models } from './window/models.ts';
import { privacy } from './window/privacy.ts';
import { pseudonyms } from './window/pseudonyms.ts';
import { quality } from './window/quality.ts';
import { aloud } from './window/read-aloud.ts';
import { record } from './window/record.ts';
import { remedies } from './window/remedies.ts';
import { retention } from './window/retention.ts';
import { rerun } from './window/retranscribe.ts';
import { settings } from './window/settings.ts';
import { shortcuts } from './window/shortcuts.ts';
import { speakers } from './window/speakers.ts';
import { speaking } from './window/speaking.ts';
import { templates } from './window/templates.ts';
import { transcript } from './window/transcript.ts';
import { trial } from './window/trial.ts';
import { unlock } from './window/unlock.ts';
import { vaultPlace } from './window/vault-place.ts';
import { versions } from './window/versions.ts';
import { voices } from './window/voices.ts';
import { watched } from './window/watched.ts';

/** Mensajes de cualquier proceso. */
export const shared = { errors, readings } as const;

/** Mensajes fuera de la ventana: diálogos, exportaciones, informes, la línea de órdenes. */
export const program = {
  cli,
  dialogs,
  documents,
  erasure,
  export: labels,
  law,
  modelRequest,
  places,
  privacy: privacyReport,
  report,
} as const;

/** Mensajes de la ventana, parte por parte. */
export const window = {
  actions,
  aloud,
  app,
  editorTools,
  checking,
  citing,
  corrections,
  exporting,
  handOver,
  keeping,
  languages,
  library,
  models,
  places,
  privacy,
  quality,
  pseudonyms,
  record,
  remedies,
  rerun,
  retention,
  settings,
  shortcuts,
  speaking,
  speakers,
  texts,
  templates,
  transcript,
  trial,
  unlock,
  vaultPlace,
  versions,
  voices,
  watched,
} as const;

/** Messages of the office's page for browsers. */
export const office = { officePage } as const;
