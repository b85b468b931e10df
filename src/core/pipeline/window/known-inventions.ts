/**
 * What Whisper models hallucinate in silence, learnt from the credits and farewells of subtitled videos: complete
 * segments, in lower case and without punctuation. Collected from public reports about Whisper (openai/whisper discussions
 * on hallucinated endings) and from runs over silence, noise and music.
 */
const CREDITS = [
  // A speaker who says these in a recording says them with other words around them.
  /\bamara\.? ?org\b/u,
  /^(subtitles|captions|subtitling|transcription|transcribed|translated|translation) by\b/u,
  /^(subtítulos|subtitulos|subtitulado|transcripción|traducción|traducido) (por|realizados por|creados por|hechos por)\b/u,
  /^(sous-titres|sous-titrage|sous titres|sous titrage|traduction) (réalisés?|realises?|fait|par|société|st)\b/u,
  /^(untertitel|untertitelung|copyright wdr|swr \d{4}|zdf für funk)/u,
  /^(sottotitoli|sottotitolato|traduzione) (a cura|creati|e revisione|di)\b/u,
  /^(legendas|legendado|tradução) (pela|pelo|por|de)\b/u,
  /^(ondertitels?|ondertiteld|ondertiteling) (ingediend|door|van|tv)\b/u,
  /^(napisy|tłumaczenie) (stworzone|wykonane|autor|przez)\b/u,
  /^(titulky|překlad) (vytvořil|od)\b/u,
  /^(субтитры|редактор субтитров|корректор|титры)(?!\p{L})/u,
  /^(字幕|中文字幕|字幕by|字幕由|字幕志愿者|字幕製作|請不吝點贊|请不吝点赞)/u,
  /(ご視聴ありがとうございました|チャンネル登録)/u,
  /(한글자막|자막 제공|구독과 좋아요)/u,
  /^(ترجمة نانسي|اشترك في القناة)/u,
  /^altyazı(?!\p{L})/u,
];

/** Farewells that people say too: hallucinated only if the audio does not support them. */
const FAREWELLS = new Set([
  'thank you',
  'thank you very much',
  'thank you so much',
  'thank you for watching',
  'thanks for watching',
  'thanks for listening',
  'thank you for listening',
  'please subscribe',
  'please subscribe to my channel',
  "i'll see you next time",
  'see you next time',
  'see you in the next video',
  'bye',
  'bye bye',
  'you',
  'okay',
  'so',
  'oh',
  'the end',
  'gracias',
  'muchas gracias',
  'gracias por ver el video',
  'gracias por ver',
  '¡gracias por ver el video!',
  'suscríbete',
  'hasta la próxima',
  'merci',
  "merci d'avoir regardé cette vidéo",
  "merci d'avoir regardé",
  'abonnez-vous',
  'à la prochaine',
  'vielen dank',
  'vielen dank fürs zuschauen',
  'danke fürs zuschauen',
  'danke',
  'tschüss',
  'bis zum nächsten mal',
  'grazie',
  'grazie a tutti',
  'grazie per aver guardato il video',
  'obrigado',
  'obrigada',
  'obrigado por assistir',
  'tchau',
  'dank u wel',
  'bedankt voor het kijken',
  'dziękuję',
  'dziękuję za oglądanie',
  'děkuji',
  'спасибо',
  'спасибо за просмотр',
  'продолжение следует',
  'дякую за перегляд',
  'дякую',
  'teşekkürler',
  'izlediğiniz için teşekkür ederim',
  'شكرا',
  'شكرا للمشاهدة',
  'شكرا لكم',
  '谢谢',
  '谢谢大家',
  '谢谢观看',
  '謝謝',
  '謝謝大家',
  '謝謝觀看',
  'ありがとうございました',
  'おやすみなさい',
  '감사합니다',
  '시청해주셔서 감사합니다',
  'tak',
  'tack',
  'takk',
  'kiitos',
]);

/** Milliseconds per character of fast speech. */
const FASTEST_MS_PER_CHARACTER = 35;

/** The evidence that distinguishes a hallucination from speech. */
export interface SegmentEvidence {
  /** Speech detected within the segment's times. */
  readonly speechMs: number;
  /** The model's mean log probability of the segment's tokens. */
  readonly meanLogProb: number;
  /** It is the first or the last of its window, where hallucinations occur. */
  readonly atEdge: boolean;
}

/** Below this mean log probability a farewell was guessed. */
const GUESSED_LOG_PROB = -0.7;

/** Whether a text is one of Whisper's well-known hallucinations and the audio does not support it. */
export function isInvention(text: string, evidence: SegmentEvidence): boolean {
  const plain = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[.,!?…。、！？¡¿"“”«»]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  if (CREDITS.some((pattern) => pattern.test(plain))) return true;
  if (!evidence.atEdge || !FAREWELLS.has(plain)) return false;
  const saidMs = plain.length * FASTEST_MS_PER_CHARACTER;
  return evidence.speechMs < saidMs || evidence.meanLogProb < GUESSED_LOG_PROB;
}
