import { runScale } from './scale-scenario.ts';

console.log(JSON.stringify(runScale()));
