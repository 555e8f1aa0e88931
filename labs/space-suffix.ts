// cspell:ignore bcdfghjkmnpqrstvwxz
/** Sin vocales, para que no salgan palabras, ni letras que se confundan con cifras. */
export const suffixLetters = 'bcdfghjkmnpqrstvwxz2456789';

/** Final del nombre de un espacio: cuatro letras o cifras. El azar lo pone quien llama: un entero menor que el que se le da. */
export const spaceSuffix = (random: (below: number) => number): string => Array.from({ length: 4 }, () => suffixLetters[random(suffixLetters.length)]).join('');
