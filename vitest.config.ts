import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['labs/dev/testing/fixed-seed.ts'],
    include: ['labs/**/*.test.ts', 'src/**/*.test.{ts,tsx}'],
    // Lo que necesita un navegador o un clúster de verdad tiene su propia orden; lo de siempre no necesita nada.
    exclude: ['**/node_modules/**', '**/*.browser.test.ts', '**/*.minikube.test.ts'],
    environment: 'node',
    // Con dos núcleos, un laboratorio entero en la maqueta comparte máquina con otras pruebas.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
