import type { Program } from 'estree';
import type { Node } from 'unist';

export interface JsxAttribute {
  type: 'mdxJsxAttribute';
  name: string;
  value: string | null | { type: 'mdxJsxAttributeValueExpression'; value: string; data?: { estree: Program } };
}

export interface JsxElement extends Node {
  type: 'mdxJsxFlowElement' | 'mdxJsxTextElement';
  name: string | null;
  attributes: JsxAttribute[];
  children: Node[];
}

export const isJsx = (node: Node): node is JsxElement => node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

const attribute = ([name, value]: [string, string]): JsxAttribute => ({ type: 'mdxJsxAttribute', name, value });

/** Componente de bloque. Los valores van como cadenas: lo que no lo sea viaja en JSON. */
export const flowElement = (name: string, attributes: Record<string, string>, children: Node[] = []): JsxElement => ({
  type: 'mdxJsxFlowElement',
  name,
  attributes: Object.entries(attributes).map(attribute),
  children,
});

/** Componente dentro de una frase. */
export const textElement = (name: string, attributes: Record<string, string>, children: Node[]): JsxElement => ({
  ...flowElement(name, attributes, children),
  type: 'mdxJsxTextElement',
});

/** Valor de un atributo escrito como cadena (`lab="04"`), o `undefined`. */
export function stringAttribute(element: JsxElement, name: string): string | undefined {
  const found = element.attributes.find((each) => each.name === name);
  return typeof found?.value === 'string' ? found.value : undefined;
}
