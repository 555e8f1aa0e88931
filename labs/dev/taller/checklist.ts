/** Comprobaciones que se corren una tras otra: cada una devuelve su problema, o nada. Se ejecutan todas aunque alguna falle. */
export interface Checklist {
  check(title: string, work: () => Promise<string | undefined>): Promise<void>;
  /** Cierra con «N passed, N failed», como el repaso del navegador, y dice si todo ha ido bien. */
  close(): boolean;
}

export function createChecklist(print: (line: string) => void): Checklist {
  let passed = 0;
  let failed = 0;
  return {
    async check(title, work) {
      const start = performance.now();
      let problem: string | undefined;
      try {
        problem = await work();
      } catch (error) {
        problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
      }
      const took = `${((performance.now() - start) / 1000).toFixed(1).replace('.', ',')} s`;
      if (problem === undefined) passed += 1;
      else failed += 1;
      print(problem === undefined ? `  ✔ ${title} (${took})` : `  ✖ ${title} (${took})\n    ${problem.split('\n').join('\n    ')}`);
    },
    close() {
      print(`${passed} passed, ${failed} failed`);
      return failed === 0;
    },
  };
}
