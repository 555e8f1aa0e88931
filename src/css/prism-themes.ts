import type { PrismTheme } from 'prism-react-renderer';

interface Inks {
  plain: string;
  comment: string;
  name: string;
  text: string;
  value: string;
  word: string;
}

/** Cinco tintas bastan; todas pasan de 4,5:1 sobre el fondo del código. */
const themeOf = (inks: Inks): PrismTheme => ({
  plain: { color: inks.plain, backgroundColor: 'transparent' },
  styles: [
    { types: ['comment', 'prolog'], style: { color: inks.comment, fontStyle: 'italic' } },
    { types: ['atrule', 'key', 'property', 'attr-name', 'function', 'class-name'], style: { color: inks.name } },
    { types: ['string', 'template-string', 'attr-value', 'regex'], style: { color: inks.text } },
    { types: ['number', 'boolean', 'constant', 'important'], style: { color: inks.value } },
    { types: ['keyword', 'builtin', 'tag'], style: { color: inks.word } },
    { types: ['punctuation', 'operator'], style: { color: inks.comment } },
  ],
});

export const lightInks = themeOf({ plain: '#1c2733', comment: '#5a6570', name: '#0b5a6b', text: '#6b4a0c', value: '#8a2d6b', word: '#9c3412' });

export const darkInks = themeOf({ plain: '#ece6d9', comment: '#a3aeb8', name: '#8fd3de', text: '#e3c78a', value: '#eaa6d3', word: '#f0a27a' });
