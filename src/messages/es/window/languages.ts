/** Los idiomas habituales en la caja fuerte. */
export const languages = {
  title: 'Idiomas habituales',
  text: 'Los idiomas en que suelen estar sus grabaciones. Donde el idioma se detecta, se prefieren estos si el habla podría ser de uno u otro, como en grabaciones cortas o con ruido. En todas las listas de idiomas aparecen primero.',
  none: 'No hay ninguno: todos los idiomas cuentan igual, salvo los que han sido habituales hasta ahora.',
  add: 'Añadir un idioma',
  choose: 'Elegir…',
  remove: 'Quitar {{language}}',
  englishOnly: 'El modelo {{model}} solo sabe inglés: escribe todo lo demás como si fuera inglés.',
  unknownToModel: 'No conoce idiomas que son habituales aquí: {{languages}}.',
  limits:
    'El habla que está claramente en otro idioma se sigue reconociendo como tal. Lo que se detectó, y con qué seguridad, está al lado de cada grabación; allí puede cambiarlo.',
};
