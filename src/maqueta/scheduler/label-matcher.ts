import type { LabelSelector } from '../schema/types.generated.ts';

export type Labels = Readonly<Record<string, string>>;

/** Un selector ya leído: se compila una vez y se aplica a miles de objetos. */
export interface LabelMatcher {
  /** El mismo selector da siempre la misma clave: sirve para guardar recuentos. */
  readonly key: string;
  readonly isEmpty: boolean;
  matches(labels: Labels): boolean;
}

interface Requirement {
  key: string;
  operator: string;
  values: readonly string[];
}

const noLabels: Labels = {};

/** Como `LabelSelectorAsSelector`: sin selector no casa nada; vacío, casa todo. */
export function compileSelector(selector: LabelSelector | undefined, extra: Labels = noLabels): LabelMatcher {
  if (!selector) return { key: 'nada', isEmpty: true, matches: () => false };
  return fromRequirements([...equalities(selector.matchLabels), ...equalities(extra), ...(selector.matchExpressions ?? []).map(toRequirement)]);
}

/** Suma de varios selectores: hay que cumplirlos todos. */
export function combineSelectors(labels: Labels, selector: LabelSelector | undefined): LabelMatcher {
  return fromRequirements([...equalities(labels), ...equalities(selector?.matchLabels), ...(selector?.matchExpressions ?? []).map(toRequirement)]);
}

function fromRequirements(requirements: readonly Requirement[]): LabelMatcher {
  const sorted = [...requirements].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return {
    key: sorted.map(({ key, operator, values }) => `${key} ${operator} ${values.join('|')}`).join(','),
    isEmpty: requirements.length === 0,
    matches: (labels) => requirements.every((requirement) => satisfies(requirement, labels)),
  };
}

const equalities = (labels: Labels | undefined): Requirement[] =>
  Object.entries(labels ?? noLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] }));

const toRequirement = ({ key, operator, values = [] }: { key: string; operator: string; values?: readonly string[] }): Requirement => ({
  key,
  operator,
  values,
});

// Sigue a apimachinery: pkg/labels/selector.go (Requirement.Matches): NotIn también vale si falta la etiqueta.
export function satisfies({ key, operator, values }: Requirement, labels: Labels): boolean {
  const found = labels[key];
  switch (operator) {
    case 'In':
      return found !== undefined && values.includes(found);
    case 'NotIn':
      return found === undefined || !values.includes(found);
    case 'Exists':
      return found !== undefined;
    case 'DoesNotExist':
      return found === undefined;
    case 'Gt':
      return isInteger(found) && isInteger(values[0]) && Number(found) > Number(values[0]);
    case 'Lt':
      return isInteger(found) && isInteger(values[0]) && Number(found) < Number(values[0]);
    default:
      return false;
  }
}

const isInteger = (text: string | undefined): boolean => text !== undefined && /^[-+]?[0-9]+$/.test(text);
