// React no trae sus tipos y del servidor solo se usa esto, en las pruebas: no merece otra dependencia.
declare module 'react-dom/server' {
  import type { ReactNode } from 'react';
  export function renderToStaticMarkup(node: ReactNode): string;
}
