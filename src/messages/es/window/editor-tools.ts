import type { editorTools as english } from '../../en/window/editor-tools.ts';
import type { Translation } from '../../translation.ts';

/** Snippets, the sound of a recording, keys from any program, spelling. */
export const editorTools: Translation<typeof english> = {
  snippets: 'Fragmentos',
  snippetsText:
    'Textos que una tecla inserta donde está el cursor. En el texto también puede escribir punto y coma, el nombre y luego Tab: ;pausa. Se guardan en la caja fuerte, porque pueden nombrar a personas.',
  placeholders:
    '{time} es el punto donde suena la grabación, {speaker} quien habla donde está el cursor, {date} el día de hoy. El cursor queda en {cursor}, o al final.',
  snippetText: 'Texto del fragmento {{place}}',
  snippetName: 'Nombre del fragmento {{place}}, para escribirlo',
  snippetTextHead: 'Texto',
  snippetNameHead: 'Nombre',
  snippetKeyHead: 'Tecla',
  noKey: 'Sin tecla',
  changeKeys: 'Cambiar las teclas del fragmento {{place}}',
  removeSnippet: 'Quitar el fragmento {{place}}',
  addSnippet: 'Añadir un fragmento',
  snippetsFull: 'Caben {{most}} fragmentos.',
  badName: 'Un nombre lleva solo letras y cifras, sin espacios.',
  sameName: 'Otro fragmento tiene este nombre.',
  insertSnippet: 'Insertar {{text}}',
  delivered1: '[inaudible {time}]',
  delivered1Name: 'inaudible',
  delivered2: '[hablan a la vez]',
  delivered2Name: 'alavez',
  delivered3: '[pausa]',
  delivered3Name: 'pausa',

  sound: 'Volumen y canales',
  soundNow: 'Volumen y canales: {{gain}}',
  gain: 'Más alto que lo grabado',
  gainValue: '{{gain}} dB',
  gainHint: 'Lo que suena fuerte se contiene, para que nada se distorsione. Se recuerda para esta grabación.',
  hear: 'Oír',
  hearAll: 'Todos los canales',
  hearOne: 'Solo el canal {{number}}',
  channels: 'Canales',
  soundFailed: 'Aquí no se pueden cambiar el volumen ni los canales. La grabación suena tal como es.',

  refusedKey: 'Otro programa o el sistema tiene esta tecla',
  refusedKeys:
    'Otro programa o el sistema tiene una tecla que debería servir desde cualquier programa: {{actions}}. Dé otra tecla a la acción en los ajustes.',

  spelling: 'Ortografía',
  spellingOn: 'Marcar las palabras que pueden estar mal escritas',
  spellingHint:
    'En inglés y en español, con diccionarios que forman parte de VoiceSync. No se descarga ni se envía nada. F7 va a la siguiente de esas palabras.',
  english: 'Inglés',
  americanEnglish: 'Estadounidense',
  britishEnglish: 'Británico',
  ownWords: 'Palabras de la caja fuerte',
  ownWordsText:
    'Valen como correctas en todos los textos. También el vocabulario y los hablantes de un expediente, en sus grabaciones.',
  noOwnWords:
    'Todavía ninguna. «Añadir a las palabras de la caja fuerte», en la lista de sugerencias, pone una aquí.',
  newWord: 'Palabra nueva',
  addNewWord: 'Añadir',
  removeWord: 'Quitar {{word}}',
  suggestionsFor: 'Sugerencias para «{{word}}»',
  noSuggestions: 'El diccionario no tiene nada parecido.',
  searching: 'Buscando…',
  addWord: 'Añadir a las palabras de la caja fuerte',
  skipWord: 'Omitir en este texto',
  nextWord: 'La siguiente',
  spellingOff: 'La ortografía está desactivada. Actívela en los ajustes.',
  noneMarked: 'Este texto no tiene ninguna palabra marcada.',
  maybeMisspelled: 'Puede estar mal escrita',
};
