import { type MonthOptions, runMonth } from './month-scenario.ts';

console.log(JSON.stringify(runMonth(JSON.parse(process.argv[2] ?? '{}') as MonthOptions)));
