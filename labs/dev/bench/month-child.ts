import { runMonth } from './month-scenario.ts';

const [root = '.', seed = '1', mode = ''] = process.argv.slice(2);
console.log(JSON.stringify(runMonth(root, Number(seed), mode === 'huella')));
