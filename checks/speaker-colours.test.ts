import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SPEAKER_COLOURS, speakerColour } from '../renderer/lib/speaker-colours.ts';

type Triple = readonly [number, number, number];

/** Matrices of Machado et al. (2009) at full severity, over linear RGB: protanopia, deuteranopia, tritanopia. */
const SIGHTS: readonly (readonly [Triple, Triple, Triple])[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
];

/** Oklab distances below this are hard to tell apart in small marks. */
const CLOSEST = 0.07;

const theme = readFileSync(new URL('../renderer/app/theme.css', import.meta.url), 'utf8');
const grounds = ['ground', 'surface', 'sunken', 'hover', 'selected'].map((token) => {
  const [, light = '', dark = ''] =
    new RegExp(`--${token}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(theme) ?? [];
  return { light, dark };
});

describe.each(['light', 'dark'] as const)('speakers’ colours in the %s theme', (side) => {
  const colours = SPEAKER_COLOURS.map((colour) => colour[side]);

  test('are seen on every ground', () => {
    for (const colour of colours)
      for (const ground of grounds)
        expect(contrast(colour, ground[side]), `${colour} on ${ground[side]}`).toBeGreaterThanOrEqual(3);
  });

  test('stay apart for everyone’s sight', () => {
    for (const [place, colour] of colours.entries())
      for (const other of colours.slice(0, place))
        for (const sight of SIGHTS) {
          const distance = oklabDistance(seen(colour, sight), seen(other, sight));
          expect(distance, `${colour} and ${other}`).toBeGreaterThan(CLOSEST);
        }
  });
});

test('as many speakers as there may be have one, and nobody has none of theirs', () => {
  expect(SPEAKER_COLOURS.length).toBeGreaterThanOrEqual(8);
  expect(speakerColour(SPEAKER_COLOURS.length)).toBe(speakerColour(0));
  expect(speakerColour(1)).toBe('light-dark(#b66c18, #e78537)');
  expect(speakerColour(-1)).toBe('var(--line-strong)');
});

function linear(colour: string): Triple {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const level = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other]
    .map((colour) => product([0.2126, 0.7152, 0.0722], linear(colour)))
    .toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function seen(colour: string, [red, green, blue]: readonly [Triple, Triple, Triple]): Triple {
  const light = linear(colour);
  return [product(red, light), product(green, light), product(blue, light)].map((level) =>
    Math.min(1, Math.max(0, level)),
  ) as unknown as Triple;
}

/** Distance in Oklab (Ottosson, 2020) of two colours in linear RGB. */
function oklabDistance(one: Triple, other: Triple): number {
  const [a, b] = [oklab(one), oklab(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function oklab(light: Triple): Triple {
  const cones: Triple = [
    Math.cbrt(product([0.4122214708, 0.5363325363, 0.0514459929], light)),
    Math.cbrt(product([0.2119034982, 0.6806995451, 0.1073969566], light)),
    Math.cbrt(product([0.0883024619, 0.2817188376, 0.6299787005], light)),
  ];
  return [
    product([0.2104542553, 0.793617785, -0.0040720468], cones),
    product([1.9779984951, -2.428592205, 0.4505937099], cones),
    product([0.0259040371, 0.7827717662, -0.808675766], cones),
  ];
}

function product(row: Triple, values: Triple): number {
  return row[0] * values[0] + row[1] * values[1] + row[2] * values[2];
}
