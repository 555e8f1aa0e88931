/// <reference types="@docusaurus/module-type-aliases" />
/// <reference types="@docusaurus/theme-classic" />

declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

declare module 'mdx-mermaid/Mermaid' {
  import type { MermaidConfig } from 'mermaid';
  import type { ReactElement } from 'react';

  export function Mermaid(props: { chart: string; config: { theme: { light: string; dark: string }; mermaid: MermaidConfig } }): ReactElement;
}
