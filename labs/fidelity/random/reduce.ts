/**
 * El programa más corto que sigue fallando: quita acciones de una en una, de la última a la primera, mientras `fails` siga diciendo
 * que sí y quede tiempo. Cada prueba cuesta lo que tarda un clúster de verdad, así que no se prueba nada dos veces.
 */
export async function reduce<T>(items: readonly T[], fails: (items: readonly T[]) => Promise<boolean>, hasTime: () => boolean): Promise<readonly T[]> {
  let smallest = items;
  for (let index = items.length - 1; index >= 0 && hasTime(); index--) {
    const shorter = smallest.toSpliced(index, 1);
    if (await fails(shorter)) smallest = shorter;
  }
  return smallest;
}
