import { normalize } from '../file-system.ts';

const join = (...parts: string[]): string => {
  const text = parts.filter(Boolean).join('/');
  const clean = normalize(text);
  return text.startsWith('/') ? clean || '/' : clean.slice(1) || '.';
};
const basename = (path: string, extension = ''): string => {
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return extension && name.endsWith(extension) ? name.slice(0, -extension.length) : name;
};

/** `node:path` en lo que usan los guiones. */
export const pathModule: Record<string, unknown> = {
  sep: '/',
  join,
  resolve: (...parts: string[]) =>
    join(
      ...parts.slice(
        Math.max(
          0,
          parts.findLastIndex((part) => part.startsWith('/')),
        ),
      ),
    ),
  basename,
  dirname: (path: string) => path.replace(/\/+$/, '').replace(/\/?[^/]*$/, '') || (path.startsWith('/') ? '/' : '.'),
  extname: (path: string) => /(?<=[^./])\.[^./]*$/.exec(basename(path))?.[0] ?? '',
  isAbsolute: (path: string) => path.startsWith('/'),
};
